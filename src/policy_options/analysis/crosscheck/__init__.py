"""Cross-checks: what other methods of ranking would say of the same dossier, and which of their assumptions differ."""
