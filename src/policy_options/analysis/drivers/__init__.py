"""What drives a ranking: the scores and weights that move the lead, and the value of knowing a judgement."""
