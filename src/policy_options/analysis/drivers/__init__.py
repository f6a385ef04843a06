"""What drives a ranking: which scores and weights move the lead, and what it would be worth to know a judgement."""
