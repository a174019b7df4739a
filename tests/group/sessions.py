"""Live sessions for tests: a small one that has just been opened, and what makes it go on."""

from __future__ import annotations

from dataclasses import replace

from quizzer.group.events import Event, Mark, Opened, Question, Settings

SECRET = "5f" * 32
CODE = "K7M2QD"
START = 1_767_000_000_000
SESSION = "019b0000-0000-7000-8000-000000000001"

QUESTIONS = (
    Question(
        "capitals/fr", "d1", "What is the capital of *France*?", ("Paris",), explanation="Since 987.", tags=("europe",)
    ),
    Question(
        "capitals/nl", "d2", "What is the capital of the Netherlands, and where does its government sit?",
        ("Amsterdam is the capital; the government sits in The Hague.",),
        points=("Amsterdam is the capital", "the government sits in The Hague"),
    ),
    Question("capitals/ch", "d3", "What is the capital of Switzerland?", ("Bern", "Berne")),
)  # fmt: skip


def opened(questions: tuple[Question, ...] = QUESTIONS, **settings: object) -> Opened:
    """A session of *questions* that begins now."""
    return Opened(
        at=START, session=SESSION, title="Capitals", decks=("capitals",), questions=questions,
        settings=replace(Settings(), **settings), code=CODE, secret=SECRET,  # type: ignore[arg-type]  # fields of it
    )  # fmt: skip


def mark(question: Question, text: str) -> Mark:
    """A grade without a model: right where the text holds a word of each point, or the first reference."""
    wanted = question.points or question.answers[:1]
    made = tuple(
        one for one in wanted if any(word in text.casefold() for word in one.casefold().split() if len(word) > 3)
    )
    score = len(made) / len(wanted)
    return Mark(
        score, 5 if score == 1 else 1, "pass" if score >= 0.5 else "fail",
        made=made if question.points else (), missed=tuple(set(question.points) - set(made)), grader="test",
    )  # fmt: skip


__all__ = ["CODE", "QUESTIONS", "SECRET", "SESSION", "START", "Event", "mark", "opened"]
