"""The explorer as one file: a page that opens from disk, for people who have nothing installed."""
