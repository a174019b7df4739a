"""Cards that were reworded since they were learned: announced with the question, shown when asked for."""

from __future__ import annotations

import dataclasses

import pytest

from quizzer.model import Card, CardEvent
from tests.study.fakes import MemoryStore, Sitting, card, row

GOOD = "4 a good answer"
ANNOUNCED = "reworded since you learned it"
OLD = dataclasses.replace(card("a"), question="What is a hat?", answers=("It warms a head.",), digest="old")
QUESTION = dataclasses.replace(OLD, question="What is a cap?", digest="question")
ANSWER = dataclasses.replace(OLD, answers=("It cools a head.",), digest="answer")
BOTH = dataclasses.replace(QUESTION, answers=ANSWER.answers, digest="both")


def learned(now: Card, *script: str, waits: bool = True, rows: tuple[str, ...] = ("a",)) -> str:
    """What a session shows that asks *now*, learned as `OLD` before."""
    store = MemoryStore()
    Sitting([row("a")], [GOOD, ""], store=store, cards=[OLD]).run()
    sitting = Sitting([row(name) for name in rows], script, waits=waits, store=store, cards=[now]).run()
    return sitting.screen.text


def test_a_reworded_card_says_so_with_its_question() -> None:
    """Whoever has learned an answer by heart must know that it may not be the answer any more."""
    shown = learned(BOTH, GOOD, "")
    assert shown.index("What is a cap?") < shown.index(ANNOUNCED) < shown.index("[+] right")


@pytest.mark.parametrize("now", [OLD, dataclasses.replace(OLD, points=("another",), explanation="new")])
def test_a_card_worded_as_before_says_nothing(now: Card) -> None:
    """New points and explanations are no new question."""
    assert ANNOUNCED not in learned(now, GOOD, "")


def test_a_new_card_was_never_worded_otherwise() -> None:
    """Nothing to compare, nothing announced."""
    text = Sitting([row("a")], ["/diff", GOOD, ""], cards=[OLD]).run().screen.text
    assert ANNOUNCED not in text
    assert "nothing was reworded" in text


def test_once_answered_it_is_not_announced_again() -> None:
    """A repeat in the same session asks what was just read."""
    assert learned(BOTH, "1 bad", "", GOOD, "").count(ANNOUNCED) == 1


def test_an_undone_answer_is_announced_again() -> None:
    """The answer did not happen."""
    assert learned(BOTH, GOOD, "/undo", GOOD, "").count(ANNOUNCED) == 2


def test_the_difference_of_the_question_at_the_question() -> None:
    """Word by word, and the question stays open."""
    shown = learned(QUESTION, "/diff", GOOD, "")
    assert "What is a [-hat?-]{+cap?+}" in shown
    assert shown.index("[-hat?-]") < shown.index("[+] right")


@pytest.mark.parametrize("now", [ANSWER, BOTH])
def test_the_difference_of_the_answers_is_shown_on_the_second_request(now: Card) -> None:
    """It gives the answer away, so nobody sees it by accident."""
    once, twice = learned(now, "/diff", "/quit"), learned(now, "/diff", "/diff", "/quit")
    assert "[-warms-]{+cools+}" not in once
    assert "gives the answer away" in once
    assert "[-warms-]{+cools+}" in twice


@pytest.mark.parametrize("waits", [True, False])
def test_after_feedback_the_whole_difference(waits: bool) -> None:
    """In the terminal at the prompt, in plain mode with the next line."""
    shown = learned(BOTH, GOOD, "/diff", "", waits=waits)
    assert "What is a [-hat?-]{+cap?+}" in shown
    assert "It [-warms-]{+cools+} a head." in shown


def test_at_the_next_question_of_plain_mode_the_card_before_is_meant() -> None:
    """As for `/grade`: plain mode waits for nothing after feedback."""
    shown = learned(BOTH, GOOD, "/diff", GOOD, waits=False, rows=("a", "b"))
    assert "the card before, deck/a:" in shown
    assert "It [-warms-]{+cools+} a head." in shown


def test_a_wording_that_was_not_kept_is_not_invented() -> None:
    """Older versions kept none."""
    store = MemoryStore()
    Sitting([row("a")], [GOOD, ""], store=store, cards=[OLD]).run()
    store.texts.clear()
    shown = Sitting([row("a")], ["/diff", GOOD, "/diff", ""], store=store, cards=[BOTH]).run().screen.text
    assert ANNOUNCED in shown
    assert shown.count("the former wording was not kept") == 3


def test_an_exchange_of_two_answers_is_said_in_words() -> None:
    """The digest changes with the order of the answers, the words do not."""
    two = dataclasses.replace(OLD, answers=("One.", "Two."), digest="two")
    store = MemoryStore()
    Sitting([row("a")], [GOOD, ""], store=store, cards=[two]).run()
    turned = dataclasses.replace(two, answers=("Two.", "One."), digest="turned")
    shown = Sitting([row("a")], [GOOD, "/diff", ""], store=store, cards=[turned]).run().screen.text
    assert "only the order of the answers changed" in shown


def test_a_flag_remembers_the_wording() -> None:
    """The maintainer sees whether the card was changed since."""
    store = MemoryStore()
    Sitting([row("a")], ["/flag odd", GOOD, "/flag", ""], store=store, cards=[OLD]).run()
    flags = [fact for fact in store.log if isinstance(fact, CardEvent)]
    assert [fact.value for fact in flags] == ["odd", ""]
    assert [store.flagged[fact.id] for fact in flags] == ["old", "old"]
