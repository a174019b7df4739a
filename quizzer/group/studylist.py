"""What a group failed most, as a list of cards that `quizzer study --cards` takes."""

from __future__ import annotations

from quizzer.decks import cardlist
from quizzer.group.results import QuestionResult, SessionResults
from quizzer.scheduling.days import instant

_LONGEST = 100


def chosen(results: SessionResults, *, most: int) -> tuple[QuestionResult, ...]:
    """At most so many questions, those first that the largest share of the group failed."""
    return results.failed_most[:most]


def text(results: SessionResults, *, most: int) -> str:
    """The list; a heading alone where nobody failed anything."""
    day = instant(results.opened.at * 1000).date().isoformat()
    heading = f"Failed most in {results.opened.title!r} of {day}, session {results.opened.session}"
    return cardlist.write(heading, [(one.question.card, _remark(one)) for one in chosen(results, most=most)])


def _remark(one: QuestionResult) -> str:
    question = " ".join(one.question.text.split())
    question = question if len(question) <= _LONGEST else f"{question[: _LONGEST - 3]}..."
    return f"{one.right} of {one.asked} right: {question}"
