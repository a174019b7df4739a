"""A study session: the rules, and the terminal that carries them."""
