"""Results as reports: one module per result defines its sections, its rows and its published form for every face."""
