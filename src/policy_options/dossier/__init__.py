"""Files to models and back: reading, models, checking, evidence, and the building of a problem. No rank is computed here."""
