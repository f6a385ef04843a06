"""The parts of the memo's annex: everything that the ranking was computed from, in full."""
