"""What players and the host ask for; ``rules.decide`` turns each into events or refuses it."""

from __future__ import annotations

from dataclasses import dataclass, field

from quizzer.group.events import Mark


@dataclass(frozen=True, slots=True)
class Join:
    """A new player wants in, in this team where teams are chosen."""

    name: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class ChooseTeam:
    """A player changes team, in the lobby."""

    player: str
    team: str


@dataclass(frozen=True, slots=True)
class Consent:
    """A player says whether answers may be shown with the name on them."""

    player: str
    yes: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A player's answer while it is typed."""

    player: str
    question: int
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A player hands in an answer."""

    player: str
    question: int
    text: str


@dataclass(frozen=True, slots=True)
class Next:
    """The host goes on: from the lobby or a reveal to the next question, or to the end after the last one."""


@dataclass(frozen=True, slots=True)
class Extend:
    """The host gives the open question so many more seconds."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Pause:
    """The host stops the clock."""


@dataclass(frozen=True, slots=True)
class Unpause:
    """The host lets the clock run."""


@dataclass(frozen=True, slots=True)
class Close:
    """The host closes the open question before its time."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed, or somebody came or went: closes the question when its clock has ended or all have answered."""

    present: frozenset[str] = field(default_factory=frozenset)
    """Players who are connected; those who dropped are not waited for."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The grader has graded the closed question."""

    question: int
    marks: tuple[tuple[str, Mark], ...]
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """The host accepts (True) or rejects (False) a group, or leaves it to the grader again (None)."""

    group: int
    accept: bool | None


@dataclass(frozen=True, slots=True)
class Reveal:
    """The host lets the points count."""


@dataclass(frozen=True, slots=True)
class Skip:
    """The host drops the current question: it counts for nobody."""


@dataclass(frozen=True, slots=True)
class Kick:
    """The host sends a player away."""

    player: str


@dataclass(frozen=True, slots=True)
class DrawTeams:
    """The host has everyone put into teams by lot, in the lobby."""

    seed: int


@dataclass(frozen=True, slots=True)
class End:
    """The host ends the session."""


Command = (
    Join | ChooseTeam | Consent | Draft | Answer | Next | Extend | Pause | Unpause | Close | Tick | Marks | Judge
    | Reveal | Skip | Kick | DrawTeams | End
)  # fmt: skip
