"""Dossier files to models and back: reading, models, checking, evidence, and building a problem. No ranks are computed
here.
"""
