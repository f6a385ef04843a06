"""The smallest change that alters the order: of weights (``weights``) and of single scores (``scores``)."""
