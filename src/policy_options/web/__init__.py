"""Pages for a browser, made from the same results as every other output."""
