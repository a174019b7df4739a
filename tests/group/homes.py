"""What players take home, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from quizzer.decks.schema import card_digest
from quizzer.group.takehome import TakeHome, TakenAnswer

AT = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
QUESTIONS = {"blue": ("Why is the sky blue?", "Scattering."), "red": ("Why are sunsets red?", "A long way.")}


def answer(card: str = "blue", *, quality: int = 1, **fields: Any) -> TakenAnswer:
    question, reference = QUESTIONS[card]
    made = TakenAnswer(
        card=f"sky/{card}", digest=card_digest(question, (reference,)), question=question, references=(reference,),
        points=(), text="because", at=AT, after_ms=12_000, score=quality / 5,
        verdict="pass" if quality >= 3 else "fail", quality=quality, made=(), missed=(), flags=(), grader="g",
        by_host=False, right=quality >= 3,
    )  # fmt: skip
    return replace(made, **fields)


def home(*answers: TakenAnswer) -> TakeHome:
    return TakeHome("0195f000-0000-7000-8000-000000000001", "The sky", "Ann", "p1", AT, answers)
