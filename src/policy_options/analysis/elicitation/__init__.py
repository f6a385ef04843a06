"""From judgements about swings to weights: one module per method; ``deriving`` joins them down the tree, ``methods``
lists them.
"""
