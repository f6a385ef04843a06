"""The texts of sources, read from files that may come from anywhere. A text is compared or fingerprinted, and never stored."""
