"""Text from decks, answers and files, made fit to be shown: one rule for every surface that writes to a terminal."""

from __future__ import annotations

REPLACEMENT = "\ufffd"


def printable(text: str) -> str:
    """*text* without what a terminal would obey: control characters, bidirectional overrides, zero-width marks.

    Line feeds and tabs stay; every other character of the Unicode categories Cc, Cf and Cs becomes U+FFFD,
    so that hidden text is seen to be there. Joiners that emoji and scripts need (U+200C, U+200D) stay.
    """
    if text.isascii() and text.isprintable():
        return text
    import unicodedata  # 1 ms that plain ASCII never pays

    return "".join(
        character
        if character in "\n\t\u200c\u200d" or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
        else REPLACEMENT
        for character in text
    )
