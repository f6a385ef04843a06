"""The stated limits on input, in one place, so that error messages and documentation give the same numbers."""

MAX_FILE_BYTES = 4 * 1024 * 1024
"""Bytes in one dossier file."""

MAX_FILES = 20_000
"""Files of one kind (options, weight sets, sources) in a dossier."""

MAX_DEPTH = 32
"""Nesting depth of lists and mappings."""

MAX_ALIAS_NODES = 10_000
"""Nodes that all aliases of one file may expand to together."""

MAX_NUMBER_DIGITS = 40
"""Characters in one number."""

MAX_PERFORMANCE = 1e18
"""The largest performance, and its negative the smallest: beyond it, differences are lost in rounding."""

MAX_FAULTS = 1_000
"""Faults of one file that are reported before reading it is abandoned."""
