"""The explorer: a dossier as pages in a browser, where a weight is a slider. It computes nothing itself."""
