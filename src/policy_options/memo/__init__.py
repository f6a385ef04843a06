"""The memo: a typed content model, its rendering through templates, the PDF and the Word file. No ranks are computed here."""
