"""The stated limits on what is read, in one place, so that the refusal and the documentation name the same numbers."""

MAX_FILE_BYTES = 4 * 1024 * 1024
"""Bytes in one dossier file."""

MAX_FILES = 20_000
"""Files of one kind (options, weight sets, sources) in a dossier."""

MAX_DEPTH = 32
"""Lists and mappings inside one another."""

MAX_ALIAS_NODES = 10_000
"""Nodes that all aliases of one file may stand for together."""

MAX_NUMBER_DIGITS = 40
"""Characters in one number."""

MAX_FAULTS = 1_000
"""Faults of one file that are told and counted before its reading is given up."""
