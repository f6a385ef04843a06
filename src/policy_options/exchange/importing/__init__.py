"""Decisions read from files of other tools: each becomes a matrix, with the place that each part was read from.

One module reads one format, and ``registry`` lists them. Reading takes bytes and gives an ``ImportedMatrix``; nothing
is written until all of it has been read. ``dossier_files`` makes the files of a dossier from a matrix.
"""
