"""Where a live session stands: what its events amount to. Made by ``game.apply`` alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from quizzer.group.events import Mark, Opened, Question

Phase = Literal["lobby", "asking", "grading", "judging", "revealed", "ended"]


@dataclass(frozen=True, slots=True)
class Clock:
    """The open question's clock: runs until *ends*, or stands with *left_ms*."""

    total_ms: int
    ends: int = 0
    left_ms: int | None = None
    """None while it runs."""

    def left(self, *, at: int) -> int:
        """Milliseconds left at the instant *at*: 0 to all there were, wherever the host's clock stands."""
        return min(self.total_ms, max(0, self.ends - at)) if self.left_ms is None else self.left_ms

    def elapsed(self, *, at: int) -> int:
        """Milliseconds that have run by the instant *at*, without pauses."""
        return self.total_ms - self.left(at=at)

    @property
    def paused(self) -> bool:
        """Whether it stands."""
        return self.left_ms is not None


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was handed in, or a draft that was taken when the clock ended."""

    text: str
    after_ms: int
    """Since the question was asked, without pauses."""
    handed_in: bool = True


@dataclass(frozen=True, slots=True)
class Award:
    """What one question brought one player."""

    points: int
    right: bool
    after_ms: int


@dataclass(frozen=True, slots=True)
class Round:
    """One question, from its asking to its reveal."""

    question: int
    asked_at: int
    clock: Clock
    players: frozenset[str]
    """Who is asked: everyone who was in when it was asked or came while it was open, and was not kicked since."""
    drafts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What was typed since the last handing in; empty once the question is closed."""
    answers: Mapping[str, Given] = field(default_factory=lambda: MappingProxyType({}))
    marks: Mapping[str, Mark] = field(default_factory=lambda: MappingProxyType({}))
    groups: tuple[tuple[str, ...], ...] = ()
    """Players whose answers say the same; a group whose players were all kicked stays, empty, so that numbers hold."""
    judged: Mapping[int, bool] = field(default_factory=lambda: MappingProxyType({}))
    """Group -> whether the host accepts it; without an entry the grader's word holds."""
    awards: Mapping[str, Award] = field(default_factory=lambda: MappingProxyType({}))
    skipped: bool = False
    revealed: bool = False

    def pending(self, player: str) -> str | None:
        """What *player* has typed and not handed in, which counts if the question closes now; None where nothing."""
        draft = self.drafts.get(player, "")
        if not draft.strip():
            return None
        given = self.answers.get(player)
        return None if given is not None and given.text == draft else draft

    def done(self, player: str) -> bool:
        """Whether *player* has handed in an answer and is not at a new one."""
        return player in self.answers and self.pending(player) is None

    def decision(self, player: str) -> bool | None:
        """What the host decided on *player*'s answer; None where the grader's word holds."""
        for group, accept in self.judged.items():
            if player in self.groups[group]:
                return accept
        return None


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who joined."""

    id: str
    name: str
    team: str = ""
    consents: bool = False
    kicked: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """The whole session."""

    opened: Opened
    phase: Phase = "lobby"
    players: Mapping[str, Player] = field(default_factory=lambda: MappingProxyType({}))
    """In the order of joining; kicked ones included."""
    rounds: tuple[Round, ...] = ()
    """The last one is the current one, except in the lobby and after the end."""
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Likeness of a name -> player: whose folded name it is, or who had it first. Kicked players keep theirs."""
    events: int = 0
    """How many events made it; the next one is that number, counted from 0."""
    at: int = 0
    """The instant of the last event."""

    @property
    def round(self) -> Round | None:
        """The current question's round; None in the lobby."""
        return self.rounds[-1] if self.rounds else None

    @property
    def question(self) -> Question | None:
        """The current question; None in the lobby."""
        return self.opened.questions[self.rounds[-1].question] if self.rounds else None

    @property
    def active(self) -> dict[str, Player]:
        """Players who were not kicked."""
        return {key: player for key, player in self.players.items() if not player.kicked}
