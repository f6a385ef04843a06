"""Numbers: named arrays in, frozen results out. No file, no face, no language."""
