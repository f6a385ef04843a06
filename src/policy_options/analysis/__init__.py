"""Numerical analysis: arrays with named axes in, frozen results out; no files, output formats or language."""
