"""The sections of the memo's body, a module each: from results to their part of the content model."""
