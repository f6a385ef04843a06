"""SMAA-2: how often options take each rank over a region of weights, exactly where that is possible, else sampled."""
