"""A mock interview over fakes: what is asked, what is said, and what is in the log when."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from quizzer.errors import StorageError
from quizzer.model import CardEvent, Grade
from quizzer.scheduling.schedulers import Schedulers
from quizzer.study.interview import End, Interview, Plan, interviews
from quizzer.study.interviewer import Interviewer
from quizzer.study.pages import Line
from quizzer.study.session import Learner, Session
from tests.study.fakes import DAY, BrokenGrader, FakeGrader, MemoryStore, ScriptedScreen, Sitting, card, row, ticking

NAMES = ("a", "b", "c")


class WatchedScreen(ScriptedScreen):
    """Notes how many answers are in the log whenever a question is shown."""

    def __init__(self, script: Sequence[str], store: MemoryStore, grader: FakeGrader) -> None:
        super().__init__(script, waits=True, grader=grader)
        self.store = store
        self.in_log: list[int] = []

    def show(self, lines: list[Line]) -> None:
        super().show(lines)
        if any("What is" in line.text for line in lines):
            self.in_log.append(sum(not isinstance(fact, CardEvent) for fact in self.store.log))


class Hall:
    """One interview about the cards a, b and c; *seconds* allowed by a clock that moves a second at each look."""

    def __init__(
        self, *script: str, seconds: int = 1000, store: MemoryStore | None = None, grader: FakeGrader | None = None
    ) -> None:
        self.store = store or MemoryStore()
        told = interviews(self.store.log, keys={})
        self.before = told[0] if told else None
        self.plan = (
            self.before.plan if self.before else Plan("session", tuple(f"deck/{n}" for n in NAMES), seconds * 1000)
        )
        names = self.before.open_cards if self.before else self.plan.cards
        self.screen = WatchedScreen(script, self.store, grader or FakeGrader())
        self.session = Session(
            [row(n.removeprefix("deck/")) for n in names], Learner("device", "session"), day=DAY, mode="mock"
        )
        self.interviewer = Interviewer(
            self.session, self.screen, self.plan, store=self.store, schedulers=Schedulers(),
            load=lambda key: card(key.removeprefix("deck/")), clock=ticking(),
            used_ms=self.before.used_ms if self.before else 0,
        )  # fmt: skip

    def run(self) -> End:
        if self.before is None:
            self.interviewer.begin()
        return self.interviewer.interview()

    @property
    def told(self) -> Interview:
        return interviews(self.store.log, keys={})[0]


def test_every_answer_is_in_the_log_before_the_next_question_and_nothing_is_said_of_it() -> None:
    """An interviewer keeps a straight face, and a power cut takes no answer."""
    hall = Hall("5 good", "1 bad", "2 unsure")
    assert hall.run() == "done"
    assert hall.screen.in_log == [0, 1, 2]
    for word in ("right", "sure", "point", "reference", "Graded", "Comes back"):
        assert word not in hall.screen.text
    assert [answer.quality for answer in hall.told.answers] == [5, 1, 2]
    assert hall.told.end == "done"


def test_an_interview_asks_once_and_moves_no_memory() -> None:
    """A wrong answer is not asked again, and the schedule is as it was."""
    store = MemoryStore()
    Sitting([row("a"), row("b")], ["4 x", "", "4 x", ""], store=store).run()
    schedules = {name: store.schedule(f"deck/{name}") for name in NAMES}
    hall = Hall("0 x", "0 x", "0 x", store=store)
    hall.run()
    assert {name: store.schedule(f"deck/{name}") for name in NAMES} == schedules
    assert {answer.review.mode for answer in hall.told.answers} == {"mock"}
    assert len(hall.told.answers) == 3


def test_the_time_left_stands_with_every_question() -> None:
    """In plain lines it is the only clock."""
    hall = Hall("5 x", "5 x", "5 x", seconds=600)
    hall.run()
    headings = [line.text for line in hall.screen.lines if "left" in line.text]
    assert [heading.split()[0] for heading in headings] == ["1", "2", "3"]
    assert headings[0].endswith("10:00 left")


def test_the_answer_that_is_being_typed_when_the_time_runs_out_counts() -> None:
    """Nobody loses an answer to the bell, and no further question comes."""
    hall = Hall("5 x", "4 half an answ...", "5 never asked", seconds=60)
    assert hall.run() == "time"
    assert [answer.review.answer for answer in hall.told.answers] == ["5 x", "4 half an answ"]
    assert hall.told.open_cards == ("deck/c",)
    assert not hall.told.unfinished


@pytest.mark.parametrize("typed", ["...", "  ...", "/hi..."])
def test_nothing_typed_when_the_time_runs_out_is_no_answer(typed: str) -> None:
    """Half a word is not one either."""
    hall = Hall("5 x", typed, seconds=60)
    assert hall.run() == "time"
    assert len(hall.told.answers) == 1


@pytest.mark.parametrize("word", ["/skip", "/reveal"])
def test_to_pass_is_an_answer_of_its_own(word: str) -> None:
    """It counts as not known, and shows nothing."""
    hall = Hall(word, "5 x", "5 x")
    hall.run()
    assert [answer.quality for answer in hall.told.answers] == [0, 5, 5]
    assert "reference of a" not in hall.screen.text


@pytest.mark.parametrize("word", ["/hint", "/grade 5", "/diff", "/bury", "/suspend"])
def test_what_would_help_or_change_the_plan_has_to_wait(word: str) -> None:
    """No hints and no feedback while the clock runs."""
    hall = Hall(word, "5 x", "5 x", "5 x")
    assert hall.run() == "done"
    assert "has to wait until the interview is over" in hall.screen.text
    assert len(hall.told.answers) == 3


def test_an_answer_that_was_taken_back_is_given_again() -> None:
    """Enter is pressed too early by everybody once."""
    hall = Hall("1 too earl", "/undo", "5 x", "5 x", "5 x")
    assert hall.run() == "done"
    assert [answer.quality for answer in hall.told.answers] == [5, 5, 5]


def test_undo_without_an_answer_lets_the_clock_run() -> None:
    """Or it would be a way to stop it."""
    hall = Hall("/undo", "5 x...", seconds=60)
    assert hall.run() == "time"
    assert hall.told.used_ms >= 60_000


@pytest.mark.parametrize("script", [["5 x", "/quit"], ["5 x"]], ids=["word", "end of input"])
def test_an_interview_that_was_stopped_is_gone_on_with(script: list[str]) -> None:
    """With the questions and the time that were left."""
    first = Hall(*script)
    assert first.run() == "quit"
    used_ms = first.told.used_ms
    assert first.told.unfinished
    second = Hall("4 y", "3 z", store=first.store)
    assert second.run() == "done"
    assert [answer.quality for answer in second.told.answers] == [5, 4, 3]
    assert second.told.used_ms > used_ms
    assert len(interviews(first.store.log, keys={})) == 1


def test_ctrl_c_while_grading_shows_the_answer_and_leaves_the_rest_for_later() -> None:
    """What was typed can be copied; what was saved stays."""
    hall = Hall("my words", grader=BrokenGrader(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        hall.run()
    assert "my words" in hall.screen.text
    assert hall.told.end == "quit"


def test_an_answer_that_cannot_be_saved_is_shown() -> None:
    """The disk is full, the screen is not."""
    hall = Hall("5 my words")
    hall.interviewer.begin()
    hall.store.broken = StorageError("full")
    with pytest.raises(StorageError):
        hall.interviewer.interview()
    assert "5 my words" in hall.screen.text


def test_the_whole_grade_is_at_hand_after_the_interview() -> None:
    """The log keeps less than what a learner wants to see who is to decide."""
    hall = Hall("5 x", "2 unsure", "5 x")
    hall.run()
    grades: list[Grade] = [hall.interviewer.grades[answer.review.id] for answer in hall.told.answers]
    assert [grade.reason for grade in grades] == ["by the number"] * 3
