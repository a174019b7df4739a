"""Names that people give themselves and their teams: fit to be shown anywhere, and told apart at a glance."""

from __future__ import annotations

import unicodedata

from quizzer.errors import GroupRefused

NAME_CELLS = 24
"""Columns of a terminal that a name may fill."""

_NAME_CHARACTERS = 64
_MARKS_IN_A_ROW = 3

_SELECTORS = dict.fromkeys(range(0xFE00, 0xFE10))
"""Variation selectors, which phones put after emoji: they say how to draw, not what, and are left out."""

_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
"""Letters, marks and symbols that show nothing."""

_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories of what a terminal or a browser would obey, hide or not know."""

_LOOKALIKES = str.maketrans(
    "авекмнорстухѕіјһԁԛԝӏ" + "αβεηικμνορτυχϲϳ",
    "abekmhopctyxsijhdqwl" + "abehikmvoptuxcj",
)
"""Cyrillic and Greek letters that look like a Latin one, small or capital. Logs are held to it: never extended."""

_MORE_LOOKALIKES = str.maketrans(
    "үѵәӕз" + "հոսօցզյ" + "ıɑɡ" + "01|",
    "yvəæ3" + "hnuogqj" + "iag" + "oll",
)
"""Further Cyrillic letters, Armenian and rare Latin ones; digits and signs that look like a letter."""

_LOOKALIKE_CAPITALS = str.maketrans("IІΙΝΥη", "lllNYn")
"""Letters that look like one thing as they stand, and like another in the other case."""


def checked(name: str) -> str:
    """*name* as it is kept: composed, blanks at its ends and runs of blanks inside removed.

    Raises GroupRefused on a name that is empty, too long, or holds something that cannot be seen.
    """
    if len(name) > 8 * _NAME_CHARACTERS:
        raise GroupRefused("bad-name", f"a name has at most {NAME_CELLS} characters")
    kept = " ".join(unicodedata.normalize("NFC", name.translate(_SELECTORS)).split())
    if not kept:
        raise GroupRefused("bad-name", "a name is needed")
    if any(unicodedata.category(character) in _REFUSED or character in _BLANK for character in kept):
        raise GroupRefused("bad-name", "the name holds a character that cannot be seen")
    if _piled(kept):
        raise GroupRefused("bad-name", "the name has too many marks over or under a letter")
    if cells(kept) > NAME_CELLS or len(kept) > _NAME_CHARACTERS:
        raise GroupRefused("bad-name", f"a name has at most {NAME_CELLS} characters")
    return kept


def folded(name: str) -> str:
    """What no log has twice: the same for names that differ in case, width, blanks or the commonest lookalikes."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(plain.translate(_LOOKALIKES).split())


def likenesses(name: str) -> tuple[str, ...]:
    """What two names must not share any of, `folded(name)` first: "AI" is alike to "ai", and also to "Al".

    One key for all would make "Kai" and "Kal" the same, which nobody mistakes for each other.
    """
    as_it_stands = unicodedata.normalize("NFKD", name).translate(_LOOKALIKE_CAPITALS)
    return tuple(dict.fromkeys((folded(name), _likeness(name), _likeness(as_it_stands))))


def _likeness(name: str) -> str:
    # Apart from their marks, so that letters with the same mark are alike where the bare ones are.
    apart = unicodedata.normalize("NFKD", folded(name)).translate(_LOOKALIKES).translate(_MORE_LOOKALIKES)
    return unicodedata.normalize("NFC", apart)


def cells(text: str) -> int:
    """Columns that *text* fills in a terminal: two for a wide character, none for a mark on the one before."""
    return sum(
        0 if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me")
        else 2 if unicodedata.east_asian_width(character) in ("W", "F")
        else 1
        for character in text
    )  # fmt: skip


def _piled(name: str) -> bool:
    """Whether marks stand without a letter, or so many on one that they run into other lines."""
    row = _MARKS_IN_A_ROW
    for character in name:
        row = row + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if row > _MARKS_IN_A_ROW:
            return True
    return False
