"""The files of a dossier as strict pydantic models, one module per concept. ``checking`` covers anything across files."""
