"""Whether two questions ask the same in other words: what a sentence vector cannot tell, read from the words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quizzer.decks.checking.content import FRAME, stem
from quizzer.grading.text import Word, clean, words
from quizzer.grading.words import Language, language

POSSIBLE = 0.75
"""Cosine below which two questions are never taken for one."""

NEAR, VERY_NEAR = 0.78, 0.9
"""Cosines from which their words decide, and from which more of them may differ."""

OTHER_WORDS, MORE_OTHER_WORDS = 0.5, 0.65
"""Share of the content words of both that the other one may lack: in general, and where they are very near."""

REST, REST_AND_WHOLE = 0.5, 1.05
"""Where more words differ, the cosine of what is different on both sides, and that of the questions plus half of it."""

PATTERN_SHARE = 0.4
"""Questions that share these many of their words in one order are one pattern, filled in twice."""

OPENING = 2
"""Words at the beginning that make the way of asking the same."""

CERTAIN = 0.93
"""Cosine that two questions need in other languages than English, whose words of asking are not known."""


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, text.split()))


_ASPECTS = {
    "difference": _stems("difference differ different distinguish versus vs compare comparison contrast apart"),
    "advantage": _stems("advantage benefit prefer better easier preferable"),
    "drawback": _stems("disadvantage drawback limitation weakness downside shortcoming"),
    "example": _stems("example list types kinds"),
    "features": _stems("features components properties phases stages steps"),
    "effect": _stems("effect impact consequence influence affect"),
    "origin": _stems("author inventor history wrote written invented discovered"),
}
"""What is asked about a thing. Asked about two of them, two questions are two questions."""

_FORGIVEN = (frozenset({"advantage"}), frozenset({"effect"}))
"""Aspects that questions often name in other ways: "why would one prefer" asks for advantages."""

_ASKS_FOR = re.compile(
    r"(?:^|[.?!:] )(?:in |on |at |by |to )?(?:(?P<person>who|whom|whose)|(?P<place>where)"
    r"|(?P<time>when (?:did|was|were)|(?:what|which) (?:year|date|day|month|century)))\b"
    r"|\b(?P<number>how (?:many|much))\b"
)
_SIDES = frozenset(
    ("over", "than", "from", "to", "into", "before", "after", "above", "below", "against", "for", "instead")
)
"""Words whose two sides cannot be exchanged."""

_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_LONG_WORDS = 25


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is compared."""

    words: tuple[str, ...]
    content: tuple[tuple[str, str], ...]
    """Stem and spelling of the words that say what it is about, in order."""
    names: frozenset[str]
    """Numbers, names and single letters: one that the other question lacks makes it another question."""
    initials: str
    aspects: frozenset[str]
    asks_for: str
    """person, time, place or number; else empty."""
    denies: bool
    ordered: tuple[tuple[str, str], ...]
    """Content words on both sides of a word like "over"."""
    last: frozenset[str]
    """Content of the last sentence where there are several and they are long: the question after the story."""
    language: str


def read_question(text: str, code: str) -> Question:
    """*text*, written in the language *code*, ready to be compared."""
    plain, known = clean(text), language(code)
    found = words(plain)
    asks_for = _ASKS_FOR.search(plain.lower())
    parts = _SENTENCE.split(plain)
    story = len(parts) > 1 and len(found) > _LONG_WORDS
    stems = {stem(word.text) for word in found}
    return Question(
        words=tuple(word.text for word in found),
        content=tuple(_content(found, known)),
        names=frozenset(_names(plain, found, known)),
        initials="".join(word.text[0] for word in found),
        aspects=frozenset(name for name, meant in _ASPECTS.items() if meant & stems),
        asks_for=(asks_for.lastgroup or "") if asks_for else "",
        denies=sum(word.text in known.negators for word in found) % 2 == 1,
        ordered=tuple(_ordered(found, known)),
        last=frozenset(root for root, _ in _content(words(parts[-1]), known)) if story else frozenset(),
        language=known.code,
    )


def compare(one: Question, other: Question, cosine: float) -> bool | None:
    """Whether the two, whose vectors have this *cosine*, ask the same; None where `rests` must be compared too."""
    if one.words == other.words:
        return True
    if cosine < POSSIBLE or one.denies != other.denies or one.asks_for != other.asks_for:
        return False
    if one.language != other.language:
        return False  # a deck and its translation
    if one.language != "en":
        return cosine >= CERTAIN and not _one_pattern(one, other)
    if _ask_about_different_things(one, other):
        return False
    if _one_pattern(one, other):
        return False
    share = (len(_rest(one, other)) + len(_rest(other, one))) / max(1, len(one.content) + len(other.content))
    if cosine >= NEAR and share <= (MORE_OTHER_WORDS if cosine >= VERY_NEAR else OTHER_WORDS):
        return True
    return None


def rests(one: Question, other: Question) -> tuple[str, str]:
    """The content words of each that the other has not."""
    return " ".join(_rest(one, other)), " ".join(_rest(other, one))


def same_rests(cosine: float, rest_cosine: float) -> bool:
    """Whether two questions of this *cosine* ask the same where their `rests` have this *rest_cosine*."""
    return rest_cosine >= REST and cosine + rest_cosine / 2 >= REST_AND_WHOLE


def _ask_about_different_things(one: Question, other: Question) -> bool:
    """Whether names, numbers, aspects, the order of two sides or the question after a story set them apart."""
    asked = one.aspects ^ other.aspects
    if asked and asked not in _FORGIVEN:
        return True
    if "difference" not in one.aspects and any((right, left) in other.ordered for left, right in one.ordered):
        return True
    if one.last and other.last and len(one.last ^ other.last) > OTHER_WORDS * (len(one.last) + len(other.last)):
        return True
    return _names_more(one, other) or _names_more(other, one)


def _content(found: Iterable[Word], known: Language) -> Iterable[tuple[str, str]]:
    for word in found:
        root = stem(word.text)
        if word.text not in known.stop and root not in FRAME:
            yield root, word.text


def _names(text: str, found: Sequence[Word], known: Language) -> Iterable[str]:
    """Numbers, single letters, and words with a capital where no sentence begins."""
    for index, word in enumerate(found):
        written = text[word.start : word.end]
        begins = index == 0 or text[found[index - 1].end : word.start].strip().endswith((".", "?", "!", ":"))
        inner = any(character.isupper() for character in written[1:])
        if word.text in known.numbers:
            yield f"{known.numbers[word.text]:g}"
        elif any(character.isdigit() for character in written):
            yield word.text
        elif inner or (written[:1].isupper() and not begins and word.text not in known.stop):
            yield stem(word.text)
        elif len(written) == 1 and written not in "ais" and word.text not in known.stop:
            yield word.text


def _ordered(found: Sequence[Word], known: Language) -> Iterable[tuple[str, str]]:
    """The content words before and after each word whose sides cannot be exchanged."""
    for index, word in enumerate(found):
        if word.text in _SIDES:
            before = [root for root, _ in _content(found[:index], known)][-2:]
            after = [root for root, _ in _content(found[index + 1 :], known)][:2]
            yield from ((left, right) for left in before for right in after if left != right)


def _names_more(one: Question, other: Question) -> bool:
    """Whether *one* speaks of a name or a number that *other* has in no form."""
    joined = {stem(left + right) for left, right in pairwise(other.words)}
    content = {root for root, _ in other.content}
    for name in one.names - other.names - _abbreviated(one, other):
        begun = len(name) >= 4 and any(word[:4] == name[:4] for word in other.words)
        spelt = 2 <= len(name) <= 6 and name in other.initials
        if not (begun or spelt or name in content or name in joined):
            return True
    return False


def _abbreviated(one: Question, other: Question) -> set[str]:
    """Stems of the words of *one* that *other* writes as an abbreviation."""
    found: set[str] = set()
    for name in other.names:
        start = one.initials.find(name) if 2 <= len(name) <= 6 else -1
        if start >= 0:
            found.update(map(stem, one.words[start : start + len(name)]))
    return found


def _rest(one: Question, other: Question) -> list[str]:
    roots = [root for root, _ in other.content]
    return [word for root, word in one.content if not _meets(root, roots)]


def _meets(word: str, others: Iterable[str]) -> bool:
    """Whether *word* is among *others* in this or a related form: they begin alike and differ in their endings."""
    for other in others:
        if word == other:
            return True
        short, long = sorted((word, other), key=len)
        if len(short) >= 5 and long.startswith(short[: max(5, len(short) - 1)]) and len(long) - len(short) <= 4:
            return True
    return False


def _one_pattern(one: Question, other: Question) -> bool:
    """Whether both are the same words with something else put into one place, or into several."""
    left, right = one.words, other.words
    shorter = min(len(left), len(right))
    first = next((i for i in range(shorter) if left[i] != right[i]), shorter)
    rest = shorter - first
    last = next((i for i in range(rest) if left[-1 - i] != right[-1 - i]), rest)
    put, instead = _filling(one, first, len(left) - last), _filling(other, first, len(right) - last)
    if first + last >= PATTERN_SHARE * shorter:
        # What is only added is another thing to ask for where both begin alike, another way of asking where not.
        replaced = (put and instead) or first >= OPENING
        same = put == instead or _spelt_out(one, other, first, last) or _spelt_out(other, one, first, last)
        return bool(replaced) and not same
    return first >= OPENING and _filled_in_several_places(one, other)


def _filled_in_several_places(one: Question, other: Question) -> bool:
    """Whether two questions that begin alike go on in the same words but for some that are exchanged."""
    matcher = difflib.SequenceMatcher(None, one.words, other.words, autojunk=False)
    shared = sum(block.size for block in matcher.get_matching_blocks())
    if shared < PATTERN_SHARE * min(len(one.words), len(other.words)):
        return False
    changes = (change[1:] for change in matcher.get_opcodes() if change[0] == "replace")
    fillings = [(_filling(one, a, b), _filling(other, c, d)) for a, b, c, d in changes]
    return any(put and instead and put != instead for put, instead in fillings)


def _spelt_out(short: Question, long: Question, first: int, last: int) -> bool:
    """Whether *short* has an abbreviation where *long* has the words it stands for."""
    middle = short.words[first : len(short.words) - last]
    return len(middle) == 1 and middle[0] == long.initials[first : len(long.initials) - last]


def _filling(question: Question, start: int, end: int) -> set[str]:
    """The content words from *start* to *end*."""
    roots = {root for root, _ in question.content}
    return {stem(word) for word in question.words[start:end]} & roots
