"""Between a deck's cards and grades, and what a live session keeps of both."""

from __future__ import annotations

from quizzer.group.events import Mark, Question
from quizzer.model import Card, Grade


def question_of(card: Card) -> Question:
    """*card* as a live session asks it."""
    return Question(card.key, card.digest, card.question, card.answers, card.points, card.misconceptions,
                    card.explanation, card.sources, card.tags, card.language)  # fmt: skip


def card_of(question: Question) -> Card:
    """*question* as the grader takes it."""
    deck, _, identity = question.card.partition("/")
    return Card(identity, deck, question.text, question.answers, question.points, question.misconceptions,
                explanation=question.explanation, sources=question.sources, tags=question.tags,
                digest=question.digest, language=question.language)  # fmt: skip


def mark_of(grade: Grade) -> Mark:
    """What is kept of *grade*."""
    made = tuple(point.text for point in grade.points if point.covered)
    missed = tuple(point.text for point in grade.points if not point.covered)
    return Mark(grade.score, grade.quality, grade.verdict, made, missed, grade.flags, grade.reason, grade.grader)
