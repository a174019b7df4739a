"""A session led to its end over fakes: what is asked, what is recorded, what is said."""

from __future__ import annotations

import pytest

from quizzer.errors import DiskFull, ModelUnavailable
from quizzer.model import CardEvent
from tests.study.fakes import BrokenGrader, MemoryStore, ScriptedScreen, Sitting, row

GOOD = "4 a good answer"
BAD = "1 a bad answer"


def test_every_card_is_asked_and_recorded_in_order() -> None:
    """The queue's order is the session's order."""
    sitting = Sitting([row("a"), row("b")], [GOOD, "", GOOD, ""]).run()
    assert [review.card for review in sitting.reviews] == ["deck/a", "deck/b"]
    assert sitting.session.current is None


def test_a_review_is_recorded_before_its_feedback_is_shown() -> None:
    """Feedback that was read stands for a review that is safe, whatever happens next."""

    class Watching(ScriptedScreen):
        def show(self, lines: list) -> None:  # type: ignore[type-arg]
            if any(line.text.startswith("[+]") for line in lines):
                recorded.append(len(sitting.reviews))
            super().show(lines)

    recorded: list[int] = []
    sitting = Sitting([row("a")], [GOOD, ""])
    sitting.screen.__class__ = Watching
    sitting.run()
    assert recorded == [1]


@pytest.mark.parametrize("waits", [True, False])
def test_a_card_below_4_is_asked_until_it_scores_4(waits: bool) -> None:
    """SM-2's step 7."""
    script = [BAD, GOOD, "3 nearly", GOOD]
    if waits:
        script = [item for answer in script for item in (answer, "")]
    sitting = Sitting([row("a"), row("b")], script, waits=waits).run()
    asked = [(review.card, review.mode) for review in sitting.reviews]
    assert asked == [("deck/a", "study"), ("deck/b", "study"), ("deck/a", "repeat"), ("deck/a", "repeat")]


def test_repeats_of_an_interrupted_session_are_asked_as_repeats() -> None:
    """They moved the memory already today."""
    sitting = Sitting([row("a", repeat=True)], [GOOD, ""]).run()
    assert [review.mode for review in sitting.reviews] == ["repeat"]


def test_a_decision_is_a_fact_and_settles_a_repeat() -> None:
    """Whoever overrules a grade must not be asked the same again."""
    sitting = Sitting([row("a")], [BAD, "y", ""]).run()
    assert [decision.quality for decision in sitting.decisions] == [4]
    assert sitting.session.current is None
    assert len(sitting.reviews) == 1


def test_agreeing_never_lowers_a_grade_and_disagreeing_never_raises_one() -> None:
    """`y` to a perfect answer says "yes, right", not "one grade less"."""
    assert [d.quality for d in Sitting([row("a")], ["5 perfect", "y", ""]).run().decisions] in ([], [5])
    assert [d.quality for d in Sitting([row("a")], ["0 nothing", "n", "/quit"]).run().decisions] in ([], [0])


def test_plain_mode_grades_the_answer_before_with_the_next_line() -> None:
    """Nothing waits for a decision there."""
    sitting = Sitting([row("a"), row("b")], [BAD, "/grade 5", GOOD], waits=False).run()
    assert [decision.quality for decision in sitting.decisions] == [5]
    assert [review.card for review in sitting.reviews] == ["deck/a", "deck/b"]


def test_a_grade_that_settles_the_repeat_on_the_screen_closes_its_question() -> None:
    """With one card, the repeat is already asked when the grade comes; what is typed next must not be graded for it."""
    sitting = Sitting([row("a")], [BAD, "/grade 5", GOOD], waits=False).run()
    assert len(sitting.reviews) == 1
    assert sitting.session.current is None


def test_a_grade_typed_after_the_last_answer_counts() -> None:
    """Input ahead of the end of a session is not lost."""
    sitting = Sitting([row("a")], [GOOD, "/grade 5"], waits=False).run()
    assert [decision.quality for decision in sitting.decisions] == [5]


def test_undo_voids_the_answer_and_asks_again() -> None:
    """Undo appends; the log is never edited."""
    sitting = Sitting([row("a"), row("b")], [BAD, "/undo", GOOD, "", GOOD, ""]).run()
    first, second, third = sitting.reviews
    voids = [fact for fact in sitting.store.log if isinstance(fact, CardEvent)]
    assert [(fact.kind, fact.value) for fact in voids] == [("void", first.id)]
    assert (second.card, third.card) == ("deck/a", "deck/b")
    schedule = sitting.store.schedule("deck/a")
    assert schedule is not None
    assert (schedule.reviews, schedule.last_quality) == (1, 4)


def test_undo_at_the_next_question_reaches_back() -> None:
    """In plain mode that is the only place for it."""
    sitting = Sitting([row("a"), row("b")], [GOOD, "/undo", GOOD, GOOD], waits=False).run()
    assert [review.card for review in sitting.reviews] == ["deck/a", "deck/a", "deck/b"]


def test_undo_of_a_repeat_asks_it_as_a_repeat() -> None:
    """The card's first answer of the day still stands."""
    sitting = Sitting([row("a")], [BAD, "", "2 better", "/undo", GOOD, ""]).run()
    assert [review.mode for review in sitting.reviews] == ["study", "repeat", "repeat"]


def test_undo_with_nothing_to_undo_says_where_to_go() -> None:
    """An earlier session's answer is another command's business."""
    sitting = Sitting([row("a")], ["/undo"]).run()
    assert "quizzer card undo" in sitting.screen.text
    assert not sitting.store.log


def test_skip_leaves_no_fact() -> None:
    """A skipped card comes back as if it had not been asked."""
    sitting = Sitting([row("a"), row("b")], ["/skip", GOOD, ""]).run()
    assert [review.card for review in sitting.reviews] == ["deck/b"]


def test_reveal_is_an_answer_of_quality_0() -> None:
    """ "I don't know" is known without a grader."""
    sitting = Sitting([row("a")], ["/reveal", "/quit"], grader=BrokenGrader(RuntimeError("not needed"))).run()
    assert [(review.quality, review.flags) for review in sitting.reviews] == [(0, ("dont-know",))]
    assert "reference of a" in sitting.screen.text


def test_a_flag_carries_its_note() -> None:
    """The maintainer reads it later."""
    sitting = Sitting([row("a")], ["/flag The number is wrong", "/quit"]).run()
    assert [(f.kind, f.card, f.value) for f in sitting.store.log if isinstance(f, CardEvent)] == [
        ("flag", "deck/a", "The number is wrong")
    ]


def test_a_flag_after_feedback_is_for_the_card_just_answered() -> None:
    """That is the card on the screen."""
    sitting = Sitting([row("a"), row("b")], [GOOD, "/flag Odd", "/quit"]).run()
    assert [(f.card, f.value) for f in sitting.store.log if isinstance(f, CardEvent)] == [("deck/a", "Odd")]


def test_quit_keeps_what_was_answered() -> None:
    """Leaving is never punished."""
    sitting = Sitting([row("a"), row("b")], [GOOD, "", "/quit"]).run()
    assert len(sitting.reviews) == 1


def test_an_empty_answer_is_not_graded() -> None:
    """Enter pressed once too often is no "I don't know"."""
    sitting = Sitting([row("a")], ["  \n ", GOOD, ""]).run()
    assert [review.quality for review in sitting.reviews] == [4]


@pytest.mark.parametrize("word", ["/hint", "/help", "/hnt", "/grade 9", "/grade 3"])
def test_a_word_at_a_question_leaves_the_question_open(word: str) -> None:
    """Asking for help costs nothing."""
    sitting = Sitting([row("a")], [word, GOOD, ""]).run()
    assert [review.card for review in sitting.reviews] == ["deck/a"]


def test_cards_that_are_gone_are_named_and_left_out() -> None:
    """A deck may change while somebody studies."""
    sitting = Sitting([row("a"), row("b"), row("c")], [GOOD, ""], gone=["deck/a", "deck/b"]).run()
    assert [review.card for review in sitting.reviews] == ["deck/c"]
    assert "deck/a" in sitting.screen.text


def test_many_cards_that_are_gone_take_one_line() -> None:
    """A deck broken while its author studies must not fill the screen."""
    names = "abcdefgh"
    sitting = Sitting([row(name) for name in names], [], gone=[f"deck/{name}" for name in names]).run()
    assert len(sitting.screen.lines) == 1
    assert "and 5 more" in sitting.screen.text


def test_cram_changes_no_schedule_but_asks_again() -> None:
    """It is practice."""
    sitting = Sitting([row("a")], [BAD, "", GOOD, ""], mode="cram").run()
    assert [review.mode for review in sitting.reviews] == ["cram", "cram"]
    assert sitting.store.schedule("deck/a") is None


def test_latency_ends_when_the_answer_is_submitted() -> None:
    """Waiting for a model to load says nothing about the learner."""
    sitting = Sitting([row("a")], [GOOD, ""]).run()
    # The clock moves by a second at each reading: shown at one, submitted at the next.
    assert sitting.reviews[0].latency_ms == 1000


def test_text_that_is_no_unicode_is_kept_readable() -> None:
    """A terminal can send bytes that no encoding allows; SQLite refuses what Python makes of them."""
    sitting = Sitting([row("a")], ["4 caf\udce9", ""]).run()
    sitting.reviews[0].answer.encode("utf-8")


@pytest.mark.parametrize("error", [ModelUnavailable("no model"), KeyboardInterrupt(), RuntimeError("a bug")])
def test_an_answer_that_cannot_be_graded_is_shown_again(error: BaseException) -> None:
    """Nothing that was typed is lost."""
    sitting = Sitting([row("a")], ["4 a long answer"], grader=BrokenGrader(error))
    with pytest.raises(type(error)):
        sitting.run()
    assert "4 a long answer" in sitting.screen.text


def test_an_answer_that_cannot_be_saved_is_shown_again() -> None:
    """A full disk must not cost five minutes of typing."""
    store = MemoryStore()
    store.broken = DiskFull("no space left")
    sitting = Sitting([row("a")], ["4 a long answer"], store=store)
    with pytest.raises(DiskFull):
        sitting.run()
    assert "4 a long answer" in sitting.screen.text
    assert "[+]" not in sitting.screen.text


def test_a_word_after_text_keeps_the_text() -> None:
    """A hint asked for in the middle of an answer must not be graded as part of it, nor throw the answer away."""
    sitting = Sitting([row("a")], ["4 first line\n/hint", "second line", ""]).run()
    assert [review.answer for review in sitting.reviews] == ["4 first line\nsecond line"]


def test_progress_does_not_grow_with_repeats() -> None:
    """ "3 of 12" that becomes "4 of 13" is no progress."""
    sitting = Sitting([row("a"), row("b")], [BAD, "", GOOD, "", GOOD, ""]).run()
    progress = [line.text for line in sitting.screen.lines if line.role == "quiet" and "deck" in line.text]
    assert progress[0].startswith("1 of 2")
    assert progress[1].startswith("2 of 2")
    assert "of 3" not in progress[2]
