"""The formats that a report is written in: one module per format, and a registry of them."""
