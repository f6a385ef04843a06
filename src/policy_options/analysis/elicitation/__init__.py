"""Judgements about swings to weights. One module a method; ``deriving`` joins them down the tree, ``methods`` lists them."""
