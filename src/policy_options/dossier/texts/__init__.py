"""The texts of sources, read from untrusted files. A text is compared or fingerprinted, and never stored."""
