"""Results in published JSON, with its versions and schemas, and files of other programs, read and written.

Lower layers decide the results; this one carries them. CSV, Markdown and the other formats of a report are in ``faces``.
"""
