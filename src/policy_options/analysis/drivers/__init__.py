"""What drives a ranking: which scores and weights move the lead, and which judgement is worth a second look."""
