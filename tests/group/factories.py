"""Sessions for tests: questions, marks, and a game that goes where it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from quizzer.group import commands
from quizzer.group.commands import Command
from quizzer.group.events import Event, Mark, Opened, Question, Settings
from quizzer.group.game import apply, opened
from quizzer.group.rules import decide
from quizzer.group.state import Award, Round, State

START = 1_772_442_000_000


def question(number: int = 0, **fields: Any) -> Question:
    """A question with two points."""
    values: dict[str, Any] = {
        "card": f"deck/card-{number}", "digest": f"digest-{number}", "text": f"Question {number}?",
        "answers": (f"Answer {number}.",), "points": ("one", "two"),
    }  # fmt: skip
    return Question(**(values | fields))


def opening(*, questions: int = 3, settings: Settings | None = None, **fields: Any) -> Opened:
    """The first event of a session."""
    values: dict[str, Any] = {
        "at": START, "session": "018f0000-0000-7000-8000-000000000000", "title": "A deck", "decks": ("deck",),
        "questions": tuple(question(number) for number in range(questions)), "settings": settings or Settings(),
        "code": "K7M2QD", "secret": "00" * 32,
    }  # fmt: skip
    return Opened(**(values | fields))


def mark(quality: int = 5, *, made: int = 2, of: int = 2, **fields: Any) -> Mark:
    """A mark of *quality* on an answer that made the first *made* of two points."""
    points = ("one", "two", "three", "four")[:of]
    values: dict[str, Any] = {
        "score": quality / 5, "quality": quality, "verdict": "pass" if quality >= 3 else "fail",
        "made": points[:made], "missed": points[made:], "reason": "because", "grader": "test",
    }  # fmt: skip
    return Mark(**(values | fields))


@dataclass
class Game:
    """A session that obeys commands and keeps its log."""

    event: Opened = field(default_factory=opening)
    at: int = START
    log: list[Event] = field(init=False)
    state: State = field(init=False)

    def __post_init__(self) -> None:
        self.state = opened(self.event)
        self.log = [self.event]

    def do(self, *asked: Command, after_ms: int = 0) -> State:
        """Carry out the commands, *after_ms* after the last."""
        self.at += after_ms
        for command in asked:
            for event in decide(self.state, command, at=self.at):
                self.state = apply(self.state, event)
                self.log.append(event)
        return self.state

    def join(self, *names: str, team: str = "") -> State:
        """Players p1, p2, ... come in."""
        return self.do(*(commands.Join(name, team) for name in names))

    def answer(self, after_ms: int = 0, /, **texts: str) -> State:
        """Players hand in answers to the open question."""
        number = self.round.question
        return self.do(*(commands.Answer(key, number, text) for key, text in texts.items()), after_ms=after_ms)

    def grade(self, *groups: tuple[str, ...], **marks: Mark) -> State:
        """The question closes and its answers get these marks, or else full ones."""
        if self.state.phase == "asking":
            self.do(commands.Close())
        found = {player: marks.get(player, mark()) for player in self.round.answers}
        return self.do(commands.Marks(self.round.question, tuple(found.items()), groups))

    @property
    def round(self) -> Round:
        """The current round."""
        return self.state.rounds[-1]

    @property
    def points(self) -> dict[str, int]:
        """What the current question brought each player."""
        return {player: award.points for player, award in self.round.awards.items()}

    def award(self, player: str) -> Award:
        """What the current question brought *player*."""
        return self.round.awards[player]
