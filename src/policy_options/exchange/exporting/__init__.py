"""Files of other tools, written from a dossier."""
