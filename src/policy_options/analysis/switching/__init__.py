"""Switching values: what it takes for another option to lead, as figures that can be typed and that then do it.

``unknowns`` settles unknown scores at an end of their scale, ``typed`` finds the first figure beyond a threshold that can be
written, ``scores`` and ``weights`` do so for single scores and for weights, and ``nearest`` picks the one change to name first.
"""
