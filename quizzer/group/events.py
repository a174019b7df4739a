"""The events of a live session: all that ever happens in one, in order; the log on disk is a list of these.

Instants are whole milliseconds since 1970 (UTC), as the host's clock gave them. A player is named by an id that the
session mints (``p1``, ``p2``, ...), a question by its index in ``Opened.questions``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quizzer.model import Verdict

Scoring = Literal["points", "speed"]
Teams = Literal["none", "choose", "draw"]
Closing = Literal["time", "all", "host"]


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it stood in its deck when the session was opened: all that asking and grading it needs."""

    card: str
    """``deck/card``."""
    digest: str
    text: str
    """Markdown."""
    answers: tuple[str, ...]
    points: tuple[str, ...] = ()
    misconceptions: tuple[str, ...] = ()
    explanation: str = ""
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the host chose for the whole session."""

    seconds: int = 90
    """For each question."""
    scoring: Scoring = "points"
    teams: Teams = "none"
    team_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """What the grader says of one player's answer."""

    score: float
    quality: int
    verdict: Verdict
    made: tuple[str, ...] = ()
    """The points of the card that the answer made."""
    missed: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    reason: str = ""
    grader: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """The session begins: its lobby is open."""

    at: int
    session: str
    """A UUIDv7."""
    title: str
    decks: tuple[str, ...]
    questions: tuple[Question, ...]
    settings: Settings
    code: str
    """What players type to join."""
    secret: str
    """Hexadecimal; every token of the session is derived from it. Never leaves the host's machine."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A player is in."""

    at: int
    player: str
    name: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class TeamChosen:
    """A player is in this team from now on, and in no other."""

    at: int
    player: str
    team: str


@dataclass(frozen=True, slots=True)
class Consented:
    """Whether a player's answers may be shown with the name on them."""

    at: int
    player: str
    yes: bool


@dataclass(frozen=True, slots=True)
class Kicked:
    """The host sent a player away: no longer asked, not in the table."""

    at: int
    player: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question is on everyone's screen and its clock runs."""

    at: int
    question: int
    ends: int
    """The instant at which the clock ends."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a player has typed so far, not handed in."""

    at: int
    player: str
    question: int
    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A player handed in an answer; a later one takes its place while the question is open."""

    at: int
    player: str
    question: int
    text: str


@dataclass(frozen=True, slots=True)
class Extended:
    """The clock of the open question ends later."""

    at: int
    seconds: int
    total_ms: int
    """All the time that the question has then, so that no extension counts twice."""


@dataclass(frozen=True, slots=True)
class Paused:
    """The clock stands, with so much left."""

    at: int
    left_ms: int


@dataclass(frozen=True, slots=True)
class Unpaused:
    """The clock runs again."""

    at: int
    ends: int


@dataclass(frozen=True, slots=True)
class Closed:
    """No more answers to the open question; a draft that was not handed in counts as an answer."""

    at: int
    question: int
    why: Closing


@dataclass(frozen=True, slots=True)
class Graded:
    """Every answer's mark, and which answers say the same (``groups``: players, those nearest the threshold first)."""

    at: int
    question: int
    marks: tuple[tuple[str, Mark], ...]
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """The host accepts or rejects all answers of a group, whatever the grader said; None takes that back."""

    at: int
    question: int
    group: int
    accept: bool | None


@dataclass(frozen=True, slots=True)
class Revealed:
    """The points of the question count, and everyone sees the reference."""

    at: int
    question: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """The question counts for nobody."""

    at: int
    question: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The session is over."""

    at: int


Event = (
    Opened | Joined | TeamChosen | Consented | Kicked | Asked | Drafted | Answered | Extended | Paused | Unpaused
    | Closed | Graded | Judged | Revealed | Skipped | Ended
)  # fmt: skip
