"""What a table's cells are parted by, as it is written on a command line."""

from __future__ import annotations

from quizzer.errors import UsageError

_NAMES = {"tab": "\t", "comma": ",", "semicolon": ";", "bar": "|", "\\t": "\t"}


def delimiter_of(word: str) -> str:
    """The character that *word* names; empty where it is empty.

    Raises:
        UsageError: it is no single character that could part cells.
    """
    sign = _NAMES.get(word.lower(), word)
    if len(sign) > 1 or sign in ('"', "\n", "\r", "\0", " ") or not sign.isascii():
        raise UsageError(f"{word!r} cannot part cells", hint="write a comma, a semicolon, a bar, or tab")
    return sign
