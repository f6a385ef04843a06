"""Comparing rankings: what moved and why, the path between two weight sets, and how far many sets agree."""
