"""Which card of a deck each question of a list is, and what the list changes in the deck."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from quizzer.decks.editing.changes import Value, value_of
from quizzer.decks.markdown.entries import Entry
from quizzer.decks.markdown.leftover import alike, pair_leftover, unambiguous
from quizzer.decks.markdown.likeness import Words, likeness, plain, words_of
from quizzer.decks.markdown.numbering import number_of
from quizzer.decks.markdown.rewording import LONGEST, asked, may_be_same, set_apart
from quizzer.model import Card

FILLED_FIELDS = (
    "answers", "points", "misconceptions", "hints", "explanation", "sources", "tags", "difficulty", "tests.pass",
    "tests.partial", "tests.fail", "aliases",
)  # fmt: skip
"""What a list gives to a card that has nothing there; what the card has is kept."""

_RARE_WORDS = 4
_MOST_PLACES = 200

_SHORT = 3
"""Words of content up to which two questions must also ask the same about them."""

_TIE = 0.02

_REPORTED = frozenset(FILLED_FIELDS) - {"aliases"}


@dataclass(frozen=True, slots=True)
class Match:
    """A question of the list and the card that it is; no card: it is new."""

    entry: Entry
    card: Card | None = None
    changes: dict[str, Value] = field(default_factory=dict)
    """What the list changes on the card."""
    kept: tuple[str, ...] = ()
    """Keys under which the list says something else than the card, which stays as it is."""
    looks_like: tuple[Card, ...] = ()
    """For a new question: cards that the list has no question for and that may be it, the likeliest first."""

    @property
    def reworded(self) -> bool:
        """Whether the question has new words."""
        return self.card is not None and "question" in self.changes

    @property
    def answered(self) -> bool:
        """Whether an unanswered card gets an answer."""
        return self.card is not None and "answers" in self.changes


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing a list does to a deck."""

    matches: tuple[Match, ...]
    """One for each question, in the order of the list."""
    gone: tuple[Card, ...] = ()
    """Cards that the list has no question for; they stay."""

    @property
    def added(self) -> tuple[Match, ...]:
        """Questions that the deck does not have."""
        return tuple(match for match in self.matches if match.card is None)

    @property
    def changed(self) -> tuple[Match, ...]:
        """Cards that are changed."""
        return tuple(match for match in self.matches if match.card is not None and match.changes)

    @property
    def unchanged(self) -> int:
        """How many cards stay as they are."""
        return sum(match.card is not None and not match.changes for match in self.matches)


def plan(entries: Sequence[Entry], cards: Sequence[Card]) -> Plan:
    """What *entries* change in a deck of *cards*."""
    found = pair(entries, cards)
    used = set(found.values())
    gone = tuple(card for n, card in enumerate(cards) if n not in used)
    matches = tuple(
        _match(entry, cards[found[n]]) if n in found else Match(entry, looks_like=alike(entry, gone))
        for n, entry in enumerate(entries)
    )
    return Plan(matches, gone)


def pair(entries: Sequence[Entry], cards: Sequence[Card]) -> dict[int, int]:
    """Position of a question -> position of the card that it is; each card at most once."""
    pairs: dict[int, int] = {}
    _pair_by_id(entries, cards, pairs)
    for same in (lambda text: " ".join(text.split()), plain):
        waiting: defaultdict[str, list[int]] = defaultdict(list)
        taken = set(pairs.values())
        for number, card in enumerate(cards):
            if number not in taken:
                waiting[same(card.question)].append(number)
        for number, entry in enumerate(entries):
            if number not in pairs and waiting.get(same(entry.card.question)):
                pairs[number] = waiting[same(entry.card.question)].pop(0)
    _pair_by_words(entries, cards, pairs)
    pair_leftover(entries, cards, pairs)
    return pairs


def _pair_by_id(entries: Sequence[Entry], cards: Sequence[Card], pairs: dict[int, int]) -> None:
    places = {alias: number for number, card in enumerate(cards) for alias in card.aliases}
    places |= {card.id: number for number, card in enumerate(cards)}
    taken: set[int] = set()
    for number, entry in enumerate(entries):
        place = places.get(entry.card.id) if entry.card.id else None
        if place is not None and place not in taken:
            pairs[number] = place
            taken.add(place)


def _pair_by_words(entries: Sequence[Entry], cards: Sequence[Card], pairs: dict[int, int]) -> None:
    """Pair the rest by likeness, the most alike first."""
    taken = set(pairs.values())
    free = {number: words_of(card.question) for number, card in enumerate(cards) if number not in taken}
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for number, words in free.items():
        for word in set(words.heavy):
            by_word[word].append(number)
    close: list[tuple[float, int, int]] = []
    for number, entry in enumerate(entries):
        # A question with an id of its own is that card or none.
        if number not in pairs and not entry.card.id:
            close += _candidates(number, entry, cards, free, by_word)
    close.sort(key=lambda item: (-item[0], item[1], item[2]))
    used: set[int] = set()
    for number, place in unambiguous(close, margin=_TIE):
        if number not in pairs and place not in used:
            pairs[number] = place
            used.add(place)


def _candidates(
    number: int, entry: Entry, cards: Sequence[Card], free: dict[int, Words], by_word: dict[str, list[int]]
) -> list[tuple[float, int, int]]:
    words = words_of(entry.card.question)
    known = sorted((word for word in set(words.heavy) if word in by_word), key=lambda word: (len(by_word[word]), word))
    # Two wordings of one question share one of its rare words; without this, a long list is compared all with all.
    places = {place for word in known[:_RARE_WORDS] for place in by_word[word][:_MOST_PLACES]}
    close = []
    for place in sorted(places):
        common = len(set(words.heavy) & set(free[place].heavy))
        if common * 3 < min(len(words.heavy), len(free[place].heavy)):
            continue
        same_place = entry.number is not None and entry.number == number_of(cards[place].id, place)
        score = likeness(words, free[place], same_place=same_place)
        fewest = min(len(words.heavy), len(free[place].heavy))
        if score and not _asks_other(entry.card.question, cards[place].question, fewest):
            close.append((score + (0.1 if same_place else 0), number, place))
    return close


def _asks_other(one: str, other: str, fewest: int) -> bool:
    if max(len(one), len(other)) > LONGEST:
        return False
    left, right = asked(one), asked(other)
    return set_apart(left, right) or (fewest <= _SHORT and not may_be_same(left, right))


def _match(entry: Entry, card: Card) -> Match:
    changes: dict[str, Value] = {}
    kept: list[str] = []
    if " ".join(entry.card.question.split()) != " ".join(card.question.split()):
        changes["question"] = entry.card.question
    for name in FILLED_FIELDS:
        new, old = value_of(entry.card, name), value_of(card, name)
        if not new:
            continue
        if not old:
            changes[name] = new
        elif name in _REPORTED and not _is_known(new, old):
            kept.append(name)
    return Match(entry, card, changes, tuple(kept))


def _is_known(new: Value, old: Value) -> bool:
    """Whether all that the list says is in the card already, white space aside."""
    have = {" ".join(text.split()) for text in ((old,) if isinstance(old, str) else old)}
    return all(" ".join(text.split()) in have for text in ((new,) if isinstance(new, str) else new))
