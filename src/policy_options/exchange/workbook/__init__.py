"""The workbook: a dossier as a spreadsheet that calculates, and its changed inputs back as changes of files.

``building`` puts the sheets together from ``input_sheets``, ``derived_sheets`` and ``reference_sheets``, whose formulas
``value_formulas`` and ``weight_formulas`` make; only ``writing`` knows XlsxWriter. ``guarding`` refuses a file before it is
read, only ``cell_values`` knows openpyxl, ``differences`` compares book, files and what the book was made from, and ``applying``
turns differences into changes of files.
"""
