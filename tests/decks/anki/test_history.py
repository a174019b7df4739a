"""Anki's review log as facts, and facts as Anki's log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizzer.decks.anki.history import DEVICE, facts, suspensions
from quizzer.decks.anki.model import Answered, NoteCard
from quizzer.decks.anki.progress import progress
from quizzer.factids import fact_id
from quizzer.model import CardEvent, Fact, Review
from quizzer.scheduling.replay import replay
from quizzer.scheduling.sm2 import Sm2
from tests.factories import START, decision, event, review

NOW = datetime(2026, 11, 26, tzinfo=UTC)
AT_MS = 1_780_000_000_000


def read(*answered: Answered) -> list[Fact]:
    return list(facts(answered, {1: "deck/card"}, before=NOW, utc_offset_minutes=lambda at: 60))


def answered(number: int = 0, *, ease: int = 3, factor: int = 2500, kind: int = 1, card: int = 1) -> Answered:
    return Answered(AT_MS + number, card, ease, factor, 4000, kind)


def test_every_ease_has_its_quality() -> None:
    """Again fails, hard is right with effort."""
    made = read(*(answered(ease, ease=ease) for ease in (1, 2, 3, 4)))
    assert [(fact.quality, fact.verdict) for fact in made if isinstance(fact, Review)] == [
        (1, "fail"), (3, "pass"), (4, "pass"), (5, "pass"),
    ]  # fmt: skip
    assert {fact.device_id for fact in made} == {DEVICE}


def test_what_moves_no_memory_in_anki_moves_none_here() -> None:
    """A filtered deck that does not reschedule is cram, "forget" a reset, a change of the due day nothing."""
    cram, reset = read(
        answered(1, factor=0, kind=3), answered(2, ease=0, factor=0, kind=4), answered(3, ease=0, factor=2500, kind=4),
        answered(4, ease=0, factor=2500, kind=5), answered(5, card=2), answered(6, ease=9),
    )  # fmt: skip
    assert isinstance(cram, Review)
    assert cram.mode == "cram"
    assert isinstance(reset, CardEvent)
    assert reset.kind == "reset"


def test_what_a_wrong_clock_wrote_is_left_out() -> None:
    """A review of 1970, or of next year, would stand at the end of the log for good."""
    assert not read(Answered(12_345, 1, 3, 2500, 1, 1), Answered(2**62, 1, 3, 2500, 1, 1), Answered(-5, 1, 3, 0, 1, 1))


def test_the_same_line_is_the_same_fact() -> None:
    """Whatever the deck says by then, on any machine; under another key it is another fact."""
    assert read(answered()) == read(answered())
    other = list(facts([answered()], {1: "deck/other"}, before=NOW, utc_offset_minutes=lambda at: 60))
    assert other[0].id != read(answered())[0].id


@given(st.integers(0, 2**47), st.text(max_size=5))
def test_ids_are_uuids_of_their_instant(at_ms: int, name: str) -> None:
    """Version 7, whose order is that of time."""
    identity = fact_id(at_ms, name)
    assert int(identity.replace("-", "")[:12], 16) == at_ms
    assert (identity[14], identity[19] in "89ab", len(identity)) == ("7", True, 36)


def test_a_suspended_card_stays_suspended() -> None:
    """Once: who resumes it here is not overruled by the next import."""
    card = NoteCard(1, 1, 0, ("Deck",), suspended=True, changed_s=AT_MS // 1000)
    first, again = (
        list(suspensions([(card, "deck/card")], before=NOW, utc_offset_minutes=lambda at: 0)) for _ in range(2)
    )
    assert first == again
    assert isinstance(first[0], CardEvent)
    assert first[0].kind == "suspend"


def test_what_goes_out_is_what_moved_the_memory() -> None:
    """As it was decided, without what was undone, repeated or crammed."""
    days = [START + timedelta(days=number) for number in range(0, 40, 8)]
    log: list[Fact] = [
        review(1, at=days[0], quality=5), review(2, at=days[0] + timedelta(minutes=5), quality=4, mode="repeat"),
        review(3, at=days[1], quality=1), review(4, at=days[2], quality=2, mode="cram"),
        review(6, at=days[3], quality=4),
    ]  # fmt: skip
    log.append(decision(7, log[2], 4))  # type: ignore[arg-type]  # a review
    log += [review(8, at=days[4], quality=0), event(9, "void", at=days[4] + timedelta(hours=1), value=review(8).id)]
    log.sort(key=lambda fact: (fact.at, fact.id))
    schedule = replay(log, Sm2())
    assert schedule is not None

    made = progress(schedule, log)

    assert [(sent.ease, sent.interval_days, sent.last_interval_days) for sent in made.sent] == [
        (4, 1, 0), (3, 6, 1), (3, 16, 6),
    ]  # fmt: skip
    assert (made.interval_days, made.factor) == (16, 2600)
