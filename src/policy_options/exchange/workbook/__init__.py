"""The workbook: a dossier as a spreadsheet that calculates, and its changed inputs read back as changes to files.

``building`` assembles the sheets from ``input_sheets``, ``derived_sheets`` and ``reference_sheets``, with formulas from
``value_formulas`` and ``weight_formulas``; only ``writing`` knows XlsxWriter. ``guarding`` refuses a file before it is
read, only ``cell_values`` knows openpyxl, ``differences`` compares the book, the files and what the book was made from,
and ``applying`` turns differences into changes to files.
"""
