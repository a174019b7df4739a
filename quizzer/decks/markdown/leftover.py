"""Pairs questions and cards that are left over on both sides, where one reworded is likelier than a coincidence."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from quizzer.decks.markdown.entries import Entry
from quizzer.decks.markdown.numbering import number_of
from quizzer.decks.markdown.rewording import LONGEST, asked, looks_alike, sureness, topics_of
from quizzer.model import Card

_MOST_PLACES = 200
"""Cards that one question is compared with."""

_MOST_NAMED = 3
_MARGIN = 0.15
"""How much better the best must be than the next: the same place is enough, the same section or number alone is not."""

_SMALL = 3
"""Questions left over on each side up to which a place between no known neighbours says something."""

_EDGE = -1


def pair_leftover(entries: Sequence[Entry], cards: Sequence[Card], pairs: dict[int, int]) -> None:
    """Add to *pairs* (question -> card) those that are left over and surely one question, reworded."""
    taken = set(pairs.values())
    free = [n for n, card in enumerate(cards) if n not in taken and len(card.question) <= LONGEST]
    open_ = [n for n, entry in enumerate(entries) if n not in pairs and _may_be_reworded(entry)]
    if not free or not open_:
        return
    questions = [card.question for card in cards if len(card.question) <= LONGEST]
    topics = topics_of((card.deck_id for card in cards), questions)
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for place in free:
        for word in set(asked(cards[place].question).about):
            by_word[word].append(place)
    places = _Places(pairs, len(entries), len(cards))
    close: list[tuple[float, int, int]] = []
    for number in open_:
        one = asked(entries[number].card.question)
        rare = sorted((word for word in set(one.about) if word in by_word), key=lambda word: (len(by_word[word]), word))
        for place in sorted({place for word in rare for place in by_word[word][:_MOST_PLACES]})[:_MOST_PLACES]:
            other = asked(cards[place].question)
            in_place = places.same(number, place)
            sure = sureness(one, other, topics=topics, in_place=in_place)
            if sure:
                close.append((sure + _evidence(entries[number], cards[place], place, in_place=in_place), number, place))
    pairs.update(unambiguous(close, margin=_MARGIN))


def unambiguous(close: Iterable[tuple[float, int, int]], *, margin: float) -> Iterator[tuple[int, int]]:
    """The pairs of *close* (score, question, card) taken from the best down, without those that another equals."""
    ranked = sorted(close, key=lambda item: (-item[0], item[1], item[2]))
    by_number: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    by_place: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for score, number, place in ranked:
        by_number[number].append((score, place))
        by_place[place].append((score, number))
    numbers: set[int] = set()
    places: set[int] = set()
    for score, number, place in ranked:
        if number in numbers or place in places:
            continue
        rivals = [rival for rival, other in by_number[number] if other != place and other not in places]
        rivals += [rival for rival, other in by_place[place] if other != number and other not in numbers]
        if all(score - rival >= margin for rival in rivals):
            numbers.add(number)
            places.add(place)
            yield number, place


def alike(entry: Entry, cards: Sequence[Card]) -> tuple[Card, ...]:
    """Those of *cards* that look like the question of *entry*, the likeliest first, few."""
    if not _may_be_reworded(entry):
        return ()
    one = asked(entry.card.question)
    known = [card for card in cards[:_MOST_PLACES] if len(card.question) <= LONGEST]
    scored = [(looks_alike(one, asked(card.question)), number) for number, card in enumerate(known)]
    best = sorted((-score, number) for score, number in scored if score)[:_MOST_NAMED]
    return tuple(known[number] for _, number in best)


def _may_be_reworded(entry: Entry) -> bool:
    """Whether a question has no id of its own, which decides, and is not too long."""
    return not entry.card.id and len(entry.card.question) <= LONGEST


def _evidence(entry: Entry, card: Card, place: int, *, in_place: bool) -> float:
    """What speaks for a pair besides its words, to choose among several."""
    number = entry.number is not None and entry.number == number_of(card.id, place)
    tags = bool(set(entry.card.tags) & set(card.tags))
    return 0.2 * in_place + 0.1 * number + 0.1 * tags + 0.1 * fuzz.ratio(entry.card.question, card.question) / 100


class _Places:
    """Where questions and cards stand between those that are paired already."""

    def __init__(self, pairs: dict[int, int], entries: int, cards: int) -> None:
        self._pairs = dict(pairs)
        self._numbers, self._taken = sorted(pairs), sorted(pairs.values())
        self._small = max(entries, cards) - len(pairs) <= _SMALL

    def same(self, number: int, place: int) -> bool:
        """Whether question *number* and card *place* have the same neighbours before and after them."""
        at, there = bisect(self._numbers, number), bisect(self._taken, place)
        before = self._pairs[self._numbers[at - 1]] if at else _EDGE
        after = self._pairs[self._numbers[at]] if at < len(self._numbers) else _EDGE
        same_before = before == (self._taken[there - 1] if there else _EDGE)
        same_after = after == (self._taken[there] if there < len(self._taken) else _EDGE)
        return same_before and same_after and (self._small or not before == after == _EDGE)
