"""Switching values: the changes that make another option lead, as figures that have this effect when typed.

``unknowns`` settles unknown scores at an end of their scale, ``typed`` finds the first figure beyond a threshold that
can be written, ``scores`` and ``weights`` do so for single scores and for weights, and ``nearest`` picks the one change
to name first.
"""
