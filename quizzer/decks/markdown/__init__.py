"""Question lists in Markdown: read them, match them with a deck, write them, fill them."""
