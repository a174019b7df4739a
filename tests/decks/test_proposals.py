"""Which overruled answers are proposals, and how they are grouped."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from quizzer.decks.grouping import grouped
from quizzer.decks.proposals import (
    Overrule,
    Wording,
    alone,
    change,
    deck_text,
    direction_of,
    same_words,
    waiting,
    wordings,
)
from quizzer.model import Card, CardTests
from tests.factories import START

CARD = Card("a", "deck", "Why?", answers=("Because of this.",), digest="now")
CARDS = {card.key: card for card in (CARD, dataclasses.replace(CARD, id="b"))}
NEGATORS = {key: frozenset({"not", "no"}) for key in CARDS}


def overrule(number: int, answer: str, *, quality: int = 1, decided: int = 4, **fields: Any) -> Overrule:
    """One answer to ``deck/a``; the grader's *quality*, and the person's word on it."""
    values: dict[str, Any] = {
        "review_id": f"{number:04}", "card": "deck/a", "card_digest": "now", "player": "",
        "at": START + timedelta(minutes=number), "answer": answer, "score": quality / 5,
        "verdict": "pass" if quality >= 3 else "fail", "quality": quality, "points_missed": (), "flags": (),
        "grader": "test", "decided": decided, "by": "learner",
    }  # fmt: skip
    return Overrule(**(values | fields))


@pytest.mark.parametrize(
    ("verdict", "quality", "decided", "direction"),
    [
        ("fail", 1, 3, "right"), ("unsure", 2, 4, "right"), ("unsure", 3, 4, "right"), ("pass", 4, 5, None),
        ("pass", 3, 2, "wrong"), ("unsure", 3, 1, "wrong"), ("unsure", 2, 1, None), ("fail", 1, 0, None),
        ("fail", 2, 2, None), ("pass", 5, 3, None),
    ],
)  # fmt: skip
def test_only_disagreement_on_passing_is_a_proposal(
    verdict: Any, quality: int, decided: int, direction: str | None
) -> None:
    """ "Right, but 4 instead of 5" tells a maintainer nothing; "right, and it failed" does."""
    assert direction_of(overrule(1, "x", verdict=verdict, quality=quality, decided=decided)) == direction


def test_the_same_words_count_together() -> None:
    """Capitals, spacing and the stop at the end make no second proposal; how often and by whom is counted."""
    given = [overrule(1, "It scatters.", player="ann"), overrule(2, " it  scatters", player="bob"),
             overrule(3, "It scatters.", player="ann")]  # fmt: skip
    (one,) = wordings(given, CARDS)
    assert (one.text, one.times, one.players) == ("It scatters.", 3, frozenset({"ann", "bob"}))


def test_an_answer_without_words_is_no_proposal() -> None:
    """Somebody who pressed `y` after /reveal has proposed nothing."""
    assert wordings([overrule(1, ""), overrule(2, " \n"), overrule(3, "..."), overrule(4, "\u202e")], CARDS) == []


def test_a_card_that_is_not_there_has_none() -> None:
    """A deck that is not chosen, or a card that is gone."""
    assert wordings([overrule(1, "x", card="gone/card")], CARDS) == []


def test_the_id_stays_when_others_say_the_same() -> None:
    """What was read on the screen an hour ago can still be accepted by its id."""
    (before,) = wordings([overrule(1, "It scatters.")], CARDS)
    (after,) = wordings([overrule(1, "It scatters."), overrule(2, "it scatters")], CARDS)
    assert before.id == after.id
    assert len({one.id for one in wordings([overrule(1, "x"), overrule(2, "x", card="deck/b"),
                                            overrule(3, "x", quality=5, decided=0)], CARDS)}) == 3  # fmt: skip


@pytest.mark.parametrize(
    "card",
    [
        dataclasses.replace(CARD, answers=("Because of this.", "it scatters")),
        dataclasses.replace(CARD, tests=CardTests(passing=("It\nscatters!",))),
        dataclasses.replace(CARD, tests=CardTests(partial=("It scatters",))),
        dataclasses.replace(CARD, tests=CardTests(failing=("It scatters",))),
    ],
)
def test_what_the_deck_says_already_waits_no_more(card: Card) -> None:
    """Whoever wrote it there has decided, by hand or with this program, and whatever was noted then."""
    proposed = wordings([overrule(1, "It scatters.")], CARDS)
    assert waiting(proposed, CARDS, ()) == proposed
    assert waiting(proposed, {CARD.key: card}, ()) == []


def test_what_is_settled_does_not_come_again() -> None:
    """Not even when the next learner gives the same answer; the opposite claim about it still does."""
    (first,) = wordings([overrule(1, "It scatters.")], CARDS)
    again = wordings([overrule(2, "IT SCATTERS"), overrule(3, "It scatters.", quality=5, decided=0)], CARDS)
    left = waiting(again, CARDS, {(first.card, first.mark)})
    assert [one.direction for one in left] == ["wrong"]


def test_what_a_terminal_would_obey_never_reaches_a_deck() -> None:
    """An answer is data; the deck that it goes into is read by many."""
    assert deck_text(" a\x1b[2Jb\u202ec\r\nd\te \n") == "a [2Jb c\nd\te"
    assert deck_text("👩\u200d🚀 ok") == "👩\u200d🚀 ok"
    assert deck_text("\udce9x") == "x"


def test_nothing_is_added_twice() -> None:
    """Accepting twice, or what somebody wrote in meanwhile, changes nothing."""
    assert change(CARD, "A new one.", "answers") == {"answers": ("Because of this.", "A new one.")}
    assert change(CARD, "because of  this", "answers") == {}
    assert change(CARD, "because of this", "tests.pass") == {"tests.pass": ("because of this",)}


@given(st.text(max_size=30))
def test_cleaning_is_done_once(text: str) -> None:
    """What was written into a deck is recognised there."""
    once = deck_text(text)
    assert deck_text(once) == once
    assert same_words(once) == same_words(text)


PLANE = {"north": (1.0, 0.0), "northish": (0.9, 0.436), "northly": (0.95, 0.312), "east": (0.0, 1.0)}


def flat(texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors in the plane, by the first word."""
    return np.array([PLANE[text.split()[0].lower()] for text in texts], np.float32)


def grouped_texts(*given: Overrule) -> list[list[str]]:
    found: list[Wording] = wordings(given, CARDS)
    return [[one.text for one in group.wordings] for group in grouped(found, flat, negators=NEGATORS)]


def test_what_means_the_same_is_one_proposal_best_wording_first() -> None:
    """The one given most often; where that does not tell, the one in the middle."""
    texts = ["north", "northish", "northly", "east"]
    found = grouped_texts(*(overrule(number, text) for number, text in enumerate(texts)))
    assert found == [["northly", "northish", "north"], ["east"]]
    assert grouped_texts(overrule(1, "north"), overrule(2, "northish"), overrule(3, "northish"))[0][0] == "northish"


def test_cards_and_directions_are_never_mixed() -> None:
    """The same words may be right for one card and wrong for another."""
    found = grouped_texts(
        overrule(1, "north"), overrule(2, "northish", card="deck/b"), overrule(3, "northly", quality=5, decided=0)
    )
    assert sorted(map(len, found)) == [1, 1, 1]


def test_a_negated_answer_is_never_grouped_with_its_opposite() -> None:
    """Their vectors are nearly the same."""
    assert len(grouped_texts(overrule(1, "north is it"), overrule(2, "north is it not"))) == 2
    assert len(grouped_texts(overrule(1, "north not no"), overrule(2, "northish"))) == 1


def test_a_single_wording_needs_no_vectors() -> None:
    """The model is not loaded where there is nothing to compare."""

    def never(texts: Sequence[str]) -> NDArray[np.float32]:
        raise AssertionError(texts)

    found = wordings([overrule(1, "north"), overrule(2, "north", card="deck/b")], CARDS)
    assert grouped(found, never, negators=NEGATORS) == alone(found)


@given(st.lists(st.tuples(st.sampled_from([*PLANE]), st.sampled_from([*CARDS]), st.booleans()), max_size=12))
def test_every_wording_is_in_exactly_one_group(given_answers: list[tuple[str, str, bool]]) -> None:
    """Nothing that a learner said is lost or doubled by grouping."""
    overrules = [
        overrule(n, text, card=card, quality=1 if right else 5, decided=4 if right else 0)
        for n, (text, card, right) in enumerate(given_answers)
    ]
    found = wordings(overrules, CARDS)
    groups = grouped(found, flat, negators=NEGATORS)
    assert sorted(one.id for group in groups for one in group.wordings) == sorted(one.id for one in found)
    assert sum(group.times for group in groups) == len(overrules)
