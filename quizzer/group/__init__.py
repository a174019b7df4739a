"""Live sessions: many people, one quiz, one laptop that hosts it."""
