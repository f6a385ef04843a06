"""What to do together: packages of options under resources, rules, synergies and conflicts."""
