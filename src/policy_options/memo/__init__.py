"""The memo: a typed content model, its rendering through templates, and the PDF. No ranks are computed here."""
