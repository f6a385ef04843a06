"""The formats that a report is written in: a module a format, and one registry of them."""
