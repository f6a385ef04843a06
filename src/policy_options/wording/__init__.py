"""Results and findings as sentences, in the phrases of a language: the only layer that rounds and formats by locale.

Nothing is computed here. Tables for a report are put together in ``reports``.
"""
