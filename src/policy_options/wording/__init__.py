"""The only layer that rounds, formats by locale, and turns results into sentences. Nothing is computed here."""
