"""Anki's packages (.apkg): notes and review histories in, decks out."""
