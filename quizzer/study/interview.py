"""What a mock interview is: how the log keeps its plan and its end, and what the facts of the log say of each.

A ``CardEvent`` of kind ``mock`` on its first card says what is to be asked and in what time; another one says how it
ended. The answers are reviews of mode ``mock`` with its session id.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from quizzer.model import CardEvent, Fact, Review
from quizzer.scale import PASSING_QUALITY
from quizzer.scheduling.replay import ordered

End = Literal["done", "time", "quit"]
"""Everything was asked; the time ran out; the learner stopped."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be asked, and in what time."""

    session_id: str
    cards: tuple[str, ...]
    allowed_ms: int
    seed: int = 0
    decks: tuple[str, ...] = ()
    """As they were named; none: all."""
    tag: str = ""

    @property
    def value(self) -> str:
        """The value of the event with which it begins."""
        return json.dumps({"session": self.session_id, "cards": self.cards, "allowed_ms": self.allowed_ms,
                           "seed": self.seed, "decks": self.decks, "tag": self.tag})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ending:
    """How a sitting of an interview ended; one that was stopped may have been gone on with."""

    session_id: str
    how: End
    used_ms: int

    @property
    def value(self) -> str:
        """The value of its event."""
        return json.dumps({"session": self.session_id, "end": self.how, "used_ms": self.used_ms})


def told(value: str) -> Plan | Ending | None:
    """What the value of an event of kind ``mock`` says; None where it is none that this version knows."""
    try:
        said = json.loads(value)
        if "end" in said:
            how: End = said["end"] if said["end"] in typing.get_args(End) else "quit"
            return Ending(str(said["session"]), how, int(said["used_ms"]))
        cards = tuple(dict.fromkeys(map(str, said["cards"])))
        decks = tuple(map(str, said.get("decks", ())))
        seed, tag = int(said.get("seed", 0)), str(said.get("tag", ""))
        return Plan(str(said["session"]), cards, int(said["allowed_ms"]), seed, decks, tag)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of an interview, with its quality as decided last."""

    review: Review
    quality: int
    decided: bool = False

    @property
    def right(self) -> bool:
        """Whether it passes, the learner's own word included."""
        return self.quality >= PASSING_QUALITY

    @property
    def unsettled(self) -> bool:
        """Whether the grader was unsure and nobody has decided."""
        return self.review.verdict == "unsure" and not self.decided


@dataclass(frozen=True, slots=True)
class Interview:
    """One mock interview as the log tells it."""

    number: int
    """From 1, in the order in which they began."""
    plan: Plan
    began: datetime
    utc_offset_minutes: int
    answers: tuple[Answered, ...]
    """In the order given; at most one for each card, those that were undone left out."""
    used_ms: int
    """Time spent, that of answers which were undone included; never more than was allowed."""
    end: End | None
    """None: it was cut off."""

    @property
    def left_ms(self) -> int:
        """What is left of the time."""
        return max(0, self.plan.allowed_ms - self.used_ms)

    @property
    def open_cards(self) -> tuple[str, ...]:
        """Cards that were not answered."""
        answered = {answer.review.card for answer in self.answers}
        return tuple(card for card in self.plan.cards if card not in answered)

    @property
    def unfinished(self) -> bool:
        """Whether it can be gone on with."""
        return self.end not in ("done", "time") and self.left_ms > 0 and bool(self.open_cards)


def interviews(facts: Iterable[Fact], *, keys: Mapping[str, str]) -> list[Interview]:
    """Every interview, the earliest first.

    *facts*: the reviews and events of interviews, with what decides on them and undoes them; *keys*: former card key ->
    card key now.
    """
    told_of = ordered(facts)
    voided, decided = told_of.voided, told_of.decided
    begun: dict[str, tuple[Plan, CardEvent]] = {}
    own: dict[str, list[Review | Ending]] = {}
    # By their ids, which ascend even where a clock was set back between two answers.
    for fact in sorted(told_of.facts, key=lambda fact: fact.id):
        if isinstance(fact, Review):
            own.setdefault(fact.session_id, []).append(replace(fact, card=keys.get(fact.card, fact.card)))
        elif isinstance(fact, CardEvent) and fact.kind == "mock":
            said = told(fact.value)
            if isinstance(said, Ending):
                own.setdefault(said.session_id, []).append(said)
            elif said is not None and said.session_id not in begun:
                cards = tuple(dict.fromkeys(keys.get(card, card) for card in said.cards))
                begun[said.session_id] = replace(said, cards=cards), fact
    found = []
    for number, (plan, event) in enumerate(begun.values(), start=1):
        happened = own.get(plan.session_id, [])
        answers: dict[str, Answered] = {}
        for review in happened:
            if isinstance(review, Review) and review.id not in voided:
                decision = decided.get(review.id)
                answers.pop(review.card, None)
                quality = decision.quality if decision else review.quality
                answers[review.card] = Answered(review, quality, decided=decision is not None)
        used_ms, end = _spent(happened, plan.allowed_ms)
        found.append(Interview(number, plan, event.at, event.utc_offset_minutes, tuple(answers.values()), used_ms, end))
    return found


def _spent(happened: Iterable[Review | Ending], allowed_ms: int) -> tuple[int, End | None]:
    """Milliseconds spent, and how the last sitting ended: an end knows more than its answers add up to."""
    used_ms, end = 0, None
    for one in happened:
        if isinstance(one, Ending):
            used_ms, end = max(used_ms, one.used_ms), one.how
        else:
            used_ms, end = used_ms + one.latency_ms, None
    return min(used_ms, allowed_ms), end
