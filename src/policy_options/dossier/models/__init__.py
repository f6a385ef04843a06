"""The files of a dossier as strict pydantic models, one module a concept. What concerns more than one file is in ``checking``."""
