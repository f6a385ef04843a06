"""The same options in several futures: values, regret, likelihoods, and what to do once a signpost shows."""
