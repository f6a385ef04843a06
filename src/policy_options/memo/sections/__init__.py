"""The sections of the memo's body, one module each: from results to their part of the content model."""
