"""What a player takes home from a live session, so that the missed cards come back in the player's own schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from quizzer.factids import fact_id
from quizzer.group.events import Mark, Question
from quizzer.group.scoring import right
from quizzer.group.state import Given, Round, State
from quizzer.model import Decision, Fact, Review, Verdict
from quizzer.scheduling.days import instant, microseconds
from quizzer.study.words import overruled

DEVICE = "group"
"""The device of the facts: nobody's machine, and the same on every one that takes them in."""
_LEFT = 2
"""Whoever says nothing to so many questions at the end has left, and was not wrong."""


@dataclass(frozen=True, slots=True)
class TakenAnswer:
    """One question with the player's answer to it, the grader's word and the host's."""

    card: str
    """``deck/card``."""
    digest: str
    question: str
    references: tuple[str, ...]
    points: tuple[str, ...]
    text: str
    at: datetime
    after_ms: int
    score: float
    verdict: Verdict
    quality: int
    made: tuple[str, ...]
    missed: tuple[str, ...]
    flags: tuple[str, ...]
    grader: str
    by_host: bool
    """Whether the host decided."""
    right: bool

    @property
    def decided(self) -> int:
        """The quality that counts, by the host's word where there is one."""
        return overruled(self.quality, right=self.right) if self.by_host else self.quality


@dataclass(frozen=True, slots=True)
class TakeHome:
    """All that one player answered in one session, in the order of the questions."""

    session: str
    title: str
    player: str
    """The name."""
    person: str
    """What the session calls the player: ``p1``."""
    at: datetime
    """When the session was opened."""
    answers: tuple[TakenAnswer, ...]

    def fact_id(self, answer: TakenAnswer, kind: str = "review") -> str:
        """The id of what the log says of *answer*: the same whenever and wherever it is taken in."""
        return answer_id(self.session, self.person, answer.card, at_ms=microseconds(answer.at) // 1000, kind=kind)

    def facts(self, answer: TakenAnswer, *, utc_offset_minutes: int) -> tuple[Fact, ...]:
        """*answer* as facts of the player's own log; *utc_offset_minutes*: of the player's clock at that instant."""
        review = Review(
            id=self.fact_id(answer), device_id=DEVICE, card=answer.card, card_digest=answer.digest,
            session_id=self.session, player=self.player, at=answer.at, utc_offset_minutes=utc_offset_minutes,
            answer=answer.text, score=answer.score, verdict=answer.verdict, quality=answer.quality,
            points_made=answer.made, points_missed=answer.missed, flags=answer.flags, grader=answer.grader,
            latency_ms=answer.after_ms, mode="group",
        )  # fmt: skip
        if not answer.by_host:
            return (review,)
        # Right after the answer: whatever the player decides later counts more.
        at = answer.at + timedelta(microseconds=1)
        return review, Decision(self.fact_id(answer, "decision"), DEVICE, at, review.id, answer.decided, "host")


def take_home(state: State, player: str) -> TakeHome:
    """What *player* takes home from *state*: every question that was revealed and that the player was asked.

    A question to which nothing was said counts as not known; but not where nothing was said from there to the end.
    """
    asked = [one for one in state.rounds if one.revealed and not one.skipped and player in one.players]
    spoken = [number for number, one in enumerate(asked) if said(one, player) is not None]
    silent_from = spoken[-1] + 1 if spoken else 0
    if not spoken or len(asked) - silent_from >= _LEFT:
        asked = asked[:silent_from]
    opened = state.opened
    answers = tuple(_taken(opened.questions[one.question], one, player) for one in asked)
    name = state.players[player].name
    return TakeHome(opened.session, opened.title, name, player, instant(opened.at * 1000), answers)


def answer_id(session: str, person: str, card: str, *, at_ms: int, kind: str = "review") -> str:
    """The id of a fact about what *person* answered in *session*."""
    return fact_id(at_ms, "\0".join((kind, session, person, card)))


def said(played: Round, player: str) -> Given | None:
    """What *player* said to the question; None where nothing was. A blank that was handed in says "I don't know"."""
    given = played.answers.get(player)
    return given if given is not None and (given.handed_in or given.text.strip()) else None


def mark_of(played: Round, player: str, question: Question) -> Mark:
    """The grader's word on the *player*'s answer; for no answer, what a blank one gets."""
    blank = Mark(0.0, 0, "fail", missed=question.points, flags=("blank",))
    return played.marks.get(player, blank)


def _taken(question: Question, played: Round, player: str) -> TakenAnswer:
    given = said(played, player) or Given("", 0, handed_in=False)
    mark, judged = mark_of(played, player, question), played.decision(player)
    return TakenAnswer(
        card=question.card, digest=question.digest, question=question.text, references=question.answers,
        points=question.points, text=given.text, at=instant((played.asked_at + given.after_ms) * 1000),
        after_ms=given.after_ms, score=mark.score, verdict=mark.verdict, quality=mark.quality, made=mark.made,
        missed=mark.missed, flags=mark.flags, grader=mark.grader, by_host=judged is not None,
        right=right(mark, accept=judged),
    )  # fmt: skip
