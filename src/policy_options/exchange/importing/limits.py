"""The limits on foreign files, checked before they are read."""

from typing import Final

MAX_BYTES: Final = 32 * 1024 * 1024
"""Bytes in one file."""

MAX_UNPACKED: Final = 128 * 1024 * 1024
"""Bytes in all parts of a workbook together, once unpacked."""

MAX_PART_RATIO: Final = 200
"""How many times its packed size a part of a workbook may unpack to, if it is larger than ``RATIO_FROM``."""

RATIO_FROM: Final = 8 * 1024 * 1024

MAX_PARTS: Final = 2_000
"""Parts in one workbook."""

MAX_ROWS: Final = 20_001
"""Rows in one sheet: as many options as a dossier may have, and a header."""

MAX_COLUMNS: Final = 1_000
"""Columns in one sheet."""

MAX_CELLS: Final = 400_000
"""Cells in one sheet."""

MAX_ELEMENTS: Final = 600_000
"""Elements in an XML file that is kept as a tree."""

MAX_XML_DEPTH: Final = 64

MAX_NODES: Final = 200_000
"""Values in a JSON or YAML file, each alias counted as its expansion."""

MAX_FILES: Final = 100
"""Files of one XMCDA folder."""
