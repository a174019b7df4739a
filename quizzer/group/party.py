"""A party: one keyboard, players in turn, and between the questions everybody argues."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from quizzer.group import party_pages as pages
from quizzer.group.commands import Answer, Command, Judge, Marks, Next, Reveal, Tick
from quizzer.group.events import Event, Question
from quizzer.group.game import apply
from quizzer.group.room_pages import Block
from quizzer.group.rules import decide
from quizzer.group.state import Round, State
from quizzer.ports import Judgement
from quizzer.study.words import cleaned, split

UNLIMITED_SECONDS = 86_400
"""How long a question stays open where no turn has a limit."""

Grading = Callable[[Question, Sequence[tuple[str, str]]], Judgement]
SecondsLeft = Callable[[], float]


class Keyboard(Protocol):
    """The one keyboard, and the screen that everybody looks at."""

    person: bool
    """Whether somebody types; else a script does, to which nothing needs to be said twice."""

    def show(self, blocks: Sequence[Block]) -> None:
        """Print blocks for all to read."""
        ...

    def hand_over(self, ask: str) -> bool:
        """Wait until the next player sits at the keyboard; False where the party is left."""
        ...

    def read_alone(self, page: Sequence[Block], *, left: Callable[[], SecondsLeft | None]) -> str | None:
        """What is typed below *page*, none of which stays on the screen; None at the end of input.

        *left* is called when the player can begin to type; with what it gives, what is typed when no second is left
        is handed in.
        """
        ...

    def pick(self, ask: str, keys: str) -> str | None:
        """One of *keys*, or the empty text for Enter; None at the end of input."""
        ...


class Left(Exception):
    """The party was left before its end; everything so far is in its log."""


class Party:
    """One party; *state* is where it stands, at its beginning or later."""

    def __init__(
        self,
        state: State,
        keyboard: Keyboard,
        *,
        record: Callable[[tuple[Event, ...]], None],
        grade: Grading,
        now_ms: Callable[[], int],
    ) -> None:
        """*record* puts events on disk; what it refuses has not happened."""
        self.state = state
        self._keyboard = keyboard
        self._record = record
        self._grade = grade
        self._now_ms = now_ms
        limit = state.opened.settings.seconds
        self._limit_ms = None if limit >= UNLIMITED_SECONDS else limit * 1000

    def play(self) -> None:
        """On from where it stands to its end.

        Raises:
            Left: somebody left it.
        """
        steps = {"lobby": self._next, "asking": self._turns, "grading": self._marks, "judging": self._settle,
                 "revealed": self._argue}  # fmt: skip
        self._keyboard.show(pages.introduction(self.state))
        if self.state.phase == "revealed":
            self._keyboard.show(pages.revealed(self.state))
        while self.state.phase != "ended":
            steps[self.state.phase]()
        self._keyboard.show(pages.final(self.state))

    def _do(self, command: Command, *, at: int | None = None) -> None:
        events = decide(self.state, command, at=self._now_ms() if at is None else at)
        self._record(events)
        for event in events:
            self.state = apply(self.state, event)

    def _next(self) -> None:
        self._do(Next())

    def _turns(self) -> None:
        """Everybody who has not answered yet, in an order that begins with somebody else each time."""
        asked = self._round
        players = list(self.state.active)
        first = asked.question % len(players)
        self._keyboard.show(pages.question(self.state))
        for player in players[first:] + players[:first]:
            if player not in self._round.answers:
                self._turn(player)
        self._do(Tick(frozenset(players)))

    @property
    def _round(self) -> Round:
        return self.state.rounds[-1]

    def _turn(self, player: str) -> None:
        name = self.state.players[player].name
        if not self._keyboard.hand_over(pages.hand_over(name)):
            raise Left
        began = self._now_ms()
        text = self._read(player, lambda: began)
        # Everybody's time begins with their own turn: nobody is slower for being the last.
        self._do(Answer(player, self._round.question, text), at=self._round.asked_at + self._elapsed(began))

    def _elapsed(self, began: int) -> int:
        spent = max(0, self._now_ms() - began)
        return spent if self._limit_ms is None else min(spent, self._limit_ms - 1)

    def _read(self, player: str, began: Callable[[], int]) -> str:
        """An answer; empty for a player who passes or whose time runs out.

        Raises:
            Left: the end of input, or /quit.
        """
        limit_ms = self._limit_ms

        def seconds_left() -> float:
            return ((limit_ms or 0) - (self._now_ms() - began())) / 1000

        note = ""
        while True:
            page = pages.turn(self.state, player, note=note, alone=self._keyboard.person)
            text = self._keyboard.read_alone(page, left=lambda: None if limit_ms is None else seconds_left)
            if text is None:
                raise Left
            answer, word = split(text)
            is_over = limit_ms is not None and seconds_left() <= 0
            if word is not None and word.name == "quit":
                raise Left
            if answer.strip() or is_over or (word is not None and word.name in ("skip", "reveal")):
                return cleaned(answer)
            note = pages.HELP if word is not None else pages.NOTHING_TYPED

    def _marks(self) -> None:
        closed = self._round
        answers = [(player, given.text) for player, given in closed.answers.items()]
        marks, groups = self._grade(self.state.opened.questions[closed.question], answers)
        self._do(Marks(closed.question, marks, groups))

    def _settle(self) -> None:
        """The answers of which the grader is not sure, one after the other; then the points count."""
        graded = self._round
        for number, group in enumerate(graded.groups):
            if number not in graded.judged and any(graded.marks[player].verdict == "unsure" for player in group):
                self._keyboard.show(pages.doubt(self.state, group))
                self._decide(number)
        self._do(Reveal())
        self._keyboard.show(pages.revealed(self.state))

    def _decide(self, group: int) -> None:
        key = self._keyboard.pick(pages.DOES_IT_COUNT, "yn")
        if key:
            self._do(Judge(group, key == "y"))

    def _argue(self) -> None:
        """What is said of the marks, until somebody asks for the next question."""
        is_last = len(self.state.rounds) == len(self.state.opened.questions)
        disputable = bool(self._given())
        key = self._keyboard.pick(pages.go_on(is_last=is_last, disputable=disputable), "dq" if disputable else "q")
        if key == "d":
            self._dispute()
        elif key == "":
            self._do(Next())
        else:
            raise Left

    def _dispute(self) -> None:
        """A decision on somebody's answer, against the grader's word or an earlier decision."""
        players = self._given()
        digits = "".join(str(number) for number in range(1, len(players) + 1))
        key = "1" if len(players) == 1 else self._keyboard.pick(pages.whose(self.state, players), digits)
        if key:
            chosen = players[int(key) - 1]
            number = next(number for number, group in enumerate(self._round.groups) if chosen in group)
            self._keyboard.show(pages.doubt(self.state, self._round.groups[number]))
            self._decide(number)
            self._keyboard.show(pages.answers(self.state))

    def _given(self) -> list[str]:
        """Who answered the current question, not only passed."""
        return [
            player for player in self.state.active if player in self._round.marks and self._round.answers[player].text
        ]
