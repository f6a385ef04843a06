"""The explorer: a dossier as pages in a browser, and as one file that ranks by itself."""
