"""SMAA-2: how often each option takes each rank over a region of weights, computed exactly where possible, else sampled."""
