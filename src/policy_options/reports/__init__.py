"""Results as reports: a module a result says what its sections, its rows and its published form are, whichever face shows it."""
