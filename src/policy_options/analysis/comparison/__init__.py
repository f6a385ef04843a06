"""Rankings compared: what moved, what moved it, what lies between two weight sets, and how far many sets agree."""
