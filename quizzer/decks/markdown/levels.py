"""How hard a question is, in the words, emoji and stars that lists use."""

from __future__ import annotations

import re

from quizzer.model import Difficulty

_EASY = (
    "easy", "beginner", "beginners", "basic", "simple", "junior", "fresher", "freshers", "elementary", "entry",
    "entry-level", "novice", "facile", "fácil", "leicht", "简单",
)  # fmt: skip
_MEDIUM = (
    "medium", "intermediate", "mid", "mid-level", "middle", "moderate", "average", "normal", "regular", "mittel",
    "medio", "moyen", "中等",
)  # fmt: skip
_HARD = (
    "hard", "advanced", "difficult", "expert", "experts", "senior", "challenging", "tough", "experienced", "schwer",
    "difícil", "difficile", "困难",
)  # fmt: skip
_LEVELS: dict[str, Difficulty] = {
    **dict.fromkeys(_EASY, "easy"),
    **dict.fromkeys(_MEDIUM, "medium"),
    **dict.fromkeys(_HARD, "hard"),
}
_NUMBERS: dict[str, Difficulty] = {"1": "easy", "2": "medium", "3": "hard"}
_SIGNS: dict[str, Difficulty] = {
    "👶": "easy", "🟢": "easy", "🟡": "medium", "🟠": "medium", "🚀": "hard", "🔴": "hard", "🔥": "hard",
}  # fmt: skip
_STARS = "⭐★🌟"
_BY_STARS: tuple[Difficulty, ...] = ("easy", "medium", "hard")
_AFTER_SIGNS = " \ufe0f\u200d"

_WORDS = "|".join(sorted(map(re.escape, _LEVELS), key=len, reverse=True))
_BRACKETED = rf"[\[({{]\s*(?:(?:difficulty|level)\s*[:=]?\s*)?(?P<a>{_WORDS})\s*[\])}}]|`\s*(?P<b>{_WORDS})\s*`"
_MARK_LAST = re.compile(
    rf"[\s–-]*(?:{_BRACKETED}|[*_]{{1,2}}[\[(]?(?P<c>{_WORDS})[\])]?[*_]{{1,2}})\s*$", re.IGNORECASE
)
_MARK_FIRST = re.compile(rf"^(?:{_BRACKETED})[\s:–-]*", re.IGNORECASE)
_LINE = re.compile(
    r"^[\s>*_-]*(?:difficulty|level|schwierigkeit|dificultad)(?: level)?\s*[*_]*\s*[:=：–-]\s*[*_`\s]*\W*"
    rf"(?P<level>{_WORDS}|\d)\b[\w\s/)(]{{0,12}}[*_`\s.]*$",
    re.IGNORECASE,
)
_SECTION = re.compile(
    rf"^(?:for\s+)?(?P<level>{_WORDS})(?:[\s-]*(?:level|questions?|difficulty|tier|interview questions?|q&a))*[\s:]*$",
    re.IGNORECASE,
)


def level_of(word: str) -> Difficulty | None:
    """The difficulty that a word names."""
    return _LEVELS.get(word.strip().lower())


def level_section(title: str) -> Difficulty | None:
    """The difficulty that a section's title names, where it names nothing else ("Advanced questions")."""
    found = _SECTION.match(title.strip())
    return _LEVELS[found.group("level").lower()] if found else None


def level_line(text: str) -> Difficulty | None:
    """The difficulty that a line such as ``**Difficulty:** hard`` states."""
    found = _LINE.match(text)
    if not found:
        return None
    word = found.group("level").lower()
    return _LEVELS.get(word) or _NUMBERS.get(word)


def take_level(text: str, *, stars_count: bool) -> tuple[str, Difficulty | None]:
    """*text* without its difficulty mark, and the difficulty; *stars_count*: one star is easy, three are hard."""
    level: Difficulty | None = None
    for pattern in (_MARK_LAST, _MARK_FIRST):
        found = pattern.search(text)
        if found and found.group(0) != text:
            word = next(group for group in found.groups() if group)
            level = _LEVELS[word.lower()]
            text = (text[: found.start()] + text[found.end() :]).strip()
    before, signed = _without_signs(text, stars_count=stars_count)
    return before, level or signed


def _without_signs(text: str, *, stars_count: bool) -> tuple[str, Difficulty | None]:
    """*text* without emoji and stars at its end, before the emphasis that closes it."""
    whole = text.rstrip(_AFTER_SIGNS + "*_")
    kept, stars = whole, 0
    level: Difficulty | None = None
    while kept and (kept[-1] in _SIGNS or kept[-1] in _STARS):
        stars += kept[-1] in _STARS
        level = level or _SIGNS.get(kept[-1])
        kept = kept[:-1].rstrip(_AFTER_SIGNS)
    if kept == whole:
        return text, None
    if stars and level is None:
        level = _BY_STARS[min(stars, 3) - 1] if stars_count else "medium"
    tail = text.rstrip()[-2:]
    return (kept + tail if tail in ("**", "__") and kept.startswith(tail) else kept), level
