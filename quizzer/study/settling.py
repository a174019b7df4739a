"""Goes through the answers of an interview of which the grader was unsure: the learner decides, one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from quizzer.model import Decision, Grade, PointResult, Review
from quizzer.ports import Store
from quizzer.study.conduct import Load
from quizzer.study.interview import Answered
from quizzer.study.pages import Line, feedback, graded
from quizzer.study.screen import Screen
from quizzer.study.session import Moment
from quizzer.study.words import overruled, quality_in, word_in

ASK = "Were you right? /grade 4 (right) or /grade 1 (wrong) decides, /skip leaves it to the grader."


def settle(
    answers: Sequence[Answered],
    screen: Screen,
    *,
    store: Store,
    load: Load,
    moment: Callable[[], Moment],
    grades: Mapping[str, Grade],
) -> int:
    """Ask about each of *answers* that is unsettled; how many were decided on.

    *grades*: review id -> its whole grade, where it is still known. Stops where the input ends. Where nobody can be
    asked, only what was typed ahead counts.
    """
    open_answers = [answer for answer in answers if answer.unsettled]
    if not open_answers or not (screen.person or screen.more()):
        return 0
    heading = f"The grader is not sure of {len(open_answers)} of your answers."
    screen.show([Line("text", ""), Line("strong", heading)])
    count = 0
    for number, answer in enumerate(open_answers, start=1):
        if not screen.person and not screen.more():
            break
        review = answer.review
        card = load(review.card)
        grade = grades.get(review.id, _grade(review))
        shown = [Line("quiet", f"{number} of {len(open_answers)}  {review.card}"), Line("strong", card.question),
                 Line("text", "You said:"), Line("text", review.answer, 2)]  # fmt: skip
        screen.show([Line("text", ""), *shown, Line("text", ""), *feedback(card, grade)])
        quality = _decision(screen, review.quality)
        if quality is None:
            break
        if quality >= 0:
            made = moment()
            store.decide(Decision(made.fact_id, store.device_id, made.at, review.id, quality, "learner"))
            screen.show([Line("quiet", f"Graded {graded(quality)}.")])
            count += 1
    return count


def _grade(review: Review) -> Grade:
    """As much of the grade as the log has kept."""
    made = [PointResult(point, covered=True, similarity=0.0) for point in review.points_made]
    missed = [PointResult(point, covered=False, similarity=0.0) for point in review.points_missed]
    return Grade(review.score, review.quality, review.verdict, (*made, *missed), review.flags, grader=review.grader)


def _decision(screen: Screen, quality: int) -> int | None:
    """The quality that the learner decides on; -1 where it is left as it is, None where the input ends."""
    if not screen.waits:
        screen.show([Line("text", ASK)])
    while (typed := screen.choose(unsure=True) if screen.waits else screen.read()) is not None:
        choice = typed.strip().lower()
        word = word_in(choice)
        if not choice or (word and word.name == "skip"):
            return -1
        if word and word.name == "quit":
            return None
        if choice in ("y", "n"):
            return overruled(quality, right=choice == "y")
        decided = quality_in(word.argument if word and word.name == "grade" else choice)
        if decided is not None:
            return decided
        screen.show([Line("quiet", ASK)])
    return None
