"""What is still open in a deck."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from quizzer.decks.todo import Flag, todo
from quizzer.model import Card, CardTests, Deck

AT = datetime(2026, 3, 2, tzinfo=UTC)
COMPLETE = Card(
    "done", "deck", "Why?", answers=("One.", "Two."), points=("a", "b", "c", "d"), misconceptions=("No.",),
    sources=("A book",), tests=CardTests(("p", "q"), ("r",), ("s", "t")), digest="now",
)  # fmt: skip
EMPTY = Card("empty", "deck", "What?")


def deck(*cards: Card, tags: tuple[str, ...] = ()) -> Deck:
    return Deck("deck", "Deck", cards=cards, tags=tags)


def test_a_complete_card_is_not_open() -> None:
    """A list that never gets empty is not read."""
    found = todo(deck(COMPLETE))
    assert found.cards == ()
    assert dataclasses.astuple(found.total) == ("", 1, 1, 1, 1)


def test_an_unanswered_card_is_only_unanswered() -> None:
    """Points and tests come with the answer; five complaints about one empty card help nobody."""
    (one,) = todo(deck(EMPTY)).cards
    assert (one.unanswered, one.thin, one.untested, one.unsourced) == (True, (), (), False)


def test_what_there_is_too_little_of_is_said() -> None:
    """ "Thin" alone does not tell what to write."""
    card = dataclasses.replace(
        COMPLETE, answers=("One.",), points=("a", "b", "c"), misconceptions=(), sources=(),
        tests=CardTests(("p",), (), ("s",)),
    )  # fmt: skip
    (one,) = todo(deck(card)).cards
    assert one.thin == ("1 answer of 2", "3 points of 4", "no misconceptions")
    assert one.untested == ("1 passing test of 2", "no partial tests", "1 failing test of 2")
    assert one.unsourced


def test_a_flag_or_a_proposal_opens_a_complete_card() -> None:
    """What learners send back is work, however good the card is."""
    flag = Flag("1", "deck/done", AT, "odd", "then")
    (one,) = todo(deck(COMPLETE), flags=[flag, Flag("2", "other/done", AT, "")], proposals={"deck/done": 2}).cards
    assert (one.flags, one.proposals) == ((flag,), 2)


def test_a_flag_from_before_the_last_change_is_told_apart() -> None:
    """Perhaps it is settled already; where nothing is known of the wording, nothing is claimed."""
    digests = {"then": True, "now": False, "": False}
    flags = [Flag(digest, "deck/done", AT, "", digest) for digest in digests]
    (one,) = todo(deck(COMPLETE), flags=flags).cards
    assert {flag.digest: one.outdated(flag) for flag in one.flags} == digests


def test_coverage_counts_each_tag_of_card_and_deck() -> None:
    """A card under two tags counts in both, in the total once."""
    cards = (dataclasses.replace(COMPLETE, tags=("x",)), dataclasses.replace(EMPTY, tags=("x", "y")))
    found = todo(deck(*cards, tags=("all",)))
    assert [(one.tag, one.cards, one.answered, one.tested, one.sourced) for one in found.tags] == [
        ("all", 2, 1, 1, 1), ("x", 2, 1, 1, 1), ("y", 1, 0, 0, 0)
    ]  # fmt: skip
    assert found.total.cards == 2


def test_a_tag_narrows_everything() -> None:
    """A maintainer who works through one topic sees that topic."""
    cards = (dataclasses.replace(EMPTY, tags=("x",)), dataclasses.replace(EMPTY, id="other"))
    found = todo(deck(*cards), tag="x")
    assert [one.card.id for one in found.cards] == ["empty"]
    assert found.total.cards == 1
    assert todo(deck(*cards), tag="nope").total.cards == 0


TEXTS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=5).map(tuple)
CARDS = st.lists(
    st.builds(
        lambda n, answers, points, sources, tags, tests: Card(
            f"c{n}", "deck", "Q?", answers=answers, points=points, sources=sources, tags=tags, tests=CardTests(*tests)
        ),
        st.integers(0, 99), TEXTS, TEXTS, TEXTS, TEXTS, st.tuples(TEXTS, TEXTS, TEXTS),
    ),
    max_size=8, unique_by=lambda card: card.id,
)  # fmt: skip


@given(CARDS)
def test_a_card_is_open_or_complete(cards: list[Card]) -> None:
    """Nothing falls between the lists, and no count exceeds its total."""
    found = todo(deck(*cards))
    opened = {one.card.id for one in found.cards}
    for card in cards:
        tests = card.tests
        complete = (
            len(card.answers) >= 2 and len(card.points) >= 4 and card.misconceptions and card.sources
            and len(tests.passing) >= 2 and tests.partial and len(tests.failing) >= 2
        )  # fmt: skip
        assert (card.id in opened) == (not complete)
    for one in (found.total, *found.tags):
        assert max(one.answered, one.tested, one.sourced) <= one.cards
        assert one.tested <= one.answered
