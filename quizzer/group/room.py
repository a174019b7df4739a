"""A live session as its players see it: what the host tells them, as types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quizzer.group.events import Scoring
from quizzer.group.state import Phase
from quizzer.model import Verdict


@dataclass(frozen=True, slots=True)
class RoomQuestion:
    """The question that is open or was last."""

    number: int
    """From 0."""
    text: str


@dataclass(frozen=True, slots=True)
class RoomClock:
    """The clock when the message was made."""

    left_ms: int
    total_ms: int
    paused: bool = False


@dataclass(frozen=True, slots=True)
class RoomPoint:
    """A point of the card, and how many made it."""

    text: str
    made: int
    of: int


@dataclass(frozen=True, slots=True)
class Best:
    """The best answer, whose author consents."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class RoomReveal:
    """What everyone sees once the points count."""

    reference: str = ""
    explanation: str = ""
    points: tuple[RoomPoint, ...] = ()
    right: int = 0
    best: Best | None = None
    skipped: bool = False
    others: tuple[str, ...] = ()
    """Further answers that are just as right."""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """One row of the table of players or teams."""

    place: int
    name: str
    points: float
    team: str = ""


@dataclass(frozen=True, slots=True)
class RoomTeam:
    """A team that can be in the session."""

    name: str
    players: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """The session, the same for everybody."""

    phase: Phase = "lobby"
    title: str = ""
    count: int = 0
    """Players who are in."""
    here: int = 0
    """Those of them who are connected."""
    questions: int = 0
    teams: tuple[RoomTeam, ...] = ()
    teams_mode: Literal["none", "choose", "draw"] = "none"
    teams_open: bool = False
    """Whether players may name teams of their own."""
    scoring: Scoring = "points"
    question: RoomQuestion | None = None
    clock: RoomClock | None = None
    answered: int = 0
    asked: int = 0
    reveal: RoomReveal | None = None
    table: tuple[Standing, ...] = ()
    team_table: tuple[Standing, ...] = ()


@dataclass(frozen=True, slots=True)
class YourMark:
    """What the current question brought one player."""

    verdict: Verdict
    score: float = 0.0
    made: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    reason: str = ""
    right: bool = False
    points: int = 0
    by_host: bool = False


@dataclass(frozen=True, slots=True)
class You:
    """The session for one player."""

    name: str = ""
    team: str = ""
    place: int | None = None
    points: int = 0
    consents: bool = False
    kicked: bool = False
    question: int | None = None
    draft: str = ""
    answer: str | None = None
    handed_in: bool = False
    """Whether *answer* was handed in, and not only typed when the clock ended."""
    mark: YourMark | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One player, for the host."""

    id: str
    name: str
    team: str = ""
    here: bool = False
    answered: bool = False


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Answers that say the same, without their authors, for the host."""

    group: int
    texts: tuple[str, ...]
    count: int
    score: float = 0.0
    verdict: Verdict = "fail"
    reason: str = ""
    accept: bool | None = None
    """What the host decided; None where the grader's word holds."""
    right: bool = False
    """What holds now."""
