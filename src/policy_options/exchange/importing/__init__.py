"""Decisions that come from elsewhere: a file of another tool to a matrix, with the place that each part was read from.

One module reads one format, and ``registry`` lists them. Reading takes bytes and gives an ``ImportedMatrix``; nothing is written
before all of it was read. ``dossier_files`` makes the files of a dossier from a matrix.
"""
