"""What a live session came to: per player, question, team and point, and what the group failed most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from quizzer.group.events import Answered, Drafted, Event, Mark, Opened, Question
from quizzer.group.game import replay
from quizzer.group.scoring import TeamPlace, best, table, team_table
from quizzer.group.state import Player, Round, State
from quizzer.group.takehome import mark_of, said

Outcome = Literal["revealed", "skipped", "open"]
"""What became of a question; *open*: the session stopped before its points counted."""


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """One player and one question."""

    question: int
    """Its index in ``SessionResults.questions``."""
    player: str
    text: str | None
    """None: the player was asked and said nothing."""
    after_ms: int
    handed_in: bool
    mark: Mark
    by_host: bool
    right: bool
    points: int


@dataclass(frozen=True, slots=True)
class PlayerResult:
    """How one player did."""

    id: str
    name: str
    team: str
    consents: bool
    place: int
    points: int
    right: int
    right_ms: int
    answers: tuple[AnswerResult, ...]
    """To the questions that count and that the player was asked."""


@dataclass(frozen=True, slots=True)
class PointResult:
    """One point of a question's card."""

    text: str
    made: int
    asked: int


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """How one question went."""

    number: int
    """From 1, as people count."""
    question: Question
    outcome: Outcome
    asked: int
    said: int
    right: int
    accepted: int
    """Answers that the host accepted, and rejected, whatever the grader said."""
    rejected: int
    points: tuple[PointResult, ...]
    best: AnswerResult | None
    """The best right answer, of those whose authors let it be shown with their names."""

    @property
    def failed(self) -> int:
        """How many were asked and did not get it right."""
        return self.asked - self.right

    @property
    def covered(self) -> float:
        """The share of the card's points that the group made; of right answers, where the card has no points."""
        asked = sum(point.asked for point in self.points)
        if asked:
            return sum(point.made for point in self.points) / asked
        return self.right / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class SessionResults:
    """All that is told of one session."""

    opened: Opened
    last_at: int
    """The instant of the last event."""
    ended: bool
    """False: it goes on, or its host was stopped."""
    kicked: int
    """Players who were sent away; nothing of theirs counts."""
    players: tuple[PlayerResult, ...]
    """The best first."""
    teams: tuple[TeamPlace, ...]
    questions: tuple[QuestionResult, ...]
    """Those that were asked, in their order."""

    @property
    def counted(self) -> tuple[QuestionResult, ...]:
        """The questions whose points count."""
        return tuple(one for one in self.questions if one.outcome == "revealed")

    @property
    def failed_most(self) -> tuple[QuestionResult, ...]:
        """Questions that somebody did not get right: those first that the largest share failed, then the thinnest."""
        failed = [one for one in self.counted if one.failed]
        return tuple(sorted(failed, key=lambda one: (-one.failed / one.asked, one.covered, one.number)))


def results(events: Iterable[Event]) -> SessionResults:
    """The results of the session that *events* are the log of, however far it came.

    Raises:
        IllegalEvent: the log is damaged.
    """
    return of_state(replay(thinned(list(events))))


def thinned(events: Sequence[Event]) -> list[Event]:
    """*events* without what was typed and then typed over or handed in, which is most of a long log.

    They lead to the same state but for the count of its events.
    """
    kept: list[Event] = []
    later: set[tuple[str, int]] = set()
    for event in reversed(events):
        if isinstance(event, Drafted | Answered):
            key = (event.player, event.question)
            if isinstance(event, Drafted) and key in later:
                continue
            later.add(key)
        kept.append(event)
    return kept[::-1]


def of_state(state: State) -> SessionResults:
    """The results of a session as it stands."""
    by_player: dict[str, list[AnswerResult]] = {player: [] for player in state.active}
    questions = []
    for played in state.rounds:
        question = state.opened.questions[played.question]
        outcome: Outcome = "skipped" if played.skipped else "revealed" if played.revealed else "open"
        answers = [_answer(played, question, player) for player in state.active if player in played.players]
        if outcome == "revealed":
            for answer in answers:
                by_player[answer.player].append(answer)
        questions.append(_question(question, played, outcome, answers, state))
    places = [_player(state.players[line.player], line.place, line.points, by_player) for line in table(state)]
    return SessionResults(
        state.opened, state.at, state.phase == "ended", len(state.players) - len(state.active), tuple(places),
        team_table(state), tuple(questions),
    )  # fmt: skip


def _answer(played: Round, question: Question, player: str) -> AnswerResult:
    given, award = said(played, player), played.awards.get(player)
    return AnswerResult(
        question=played.question, player=player, text=given.text if given else None,
        after_ms=given.after_ms if given else 0, handed_in=given is not None and given.handed_in,
        mark=mark_of(played, player, question), by_host=played.decision(player) is not None,
        right=award is not None and award.right, points=award.points if award else 0,
    )  # fmt: skip


def _question(
    question: Question, played: Round, outcome: Outcome, answers: list[AnswerResult], state: State
) -> QuestionResult:
    made = dict.fromkeys(question.points, 0)
    for answer in answers:
        for point in answer.mark.made:
            if point in made:
                made[point] += 1
    shown = best(state, played) if outcome == "revealed" else None
    decided = [answer for answer in answers if answer.by_host]
    return QuestionResult(
        number=played.question + 1, question=question, outcome=outcome, asked=len(answers),
        said=sum(answer.text is not None for answer in answers), right=sum(answer.right for answer in answers),
        accepted=sum(played.decision(answer.player) is True for answer in decided),
        rejected=sum(played.decision(answer.player) is False for answer in decided),
        points=tuple(PointResult(point, count, len(answers)) for point, count in made.items()),
        best=next((answer for answer in answers if answer.player == shown), None),
    )  # fmt: skip


def _player(player: Player, place: int, points: int, answers: dict[str, list[AnswerResult]]) -> PlayerResult:
    own = answers[player.id]
    right = [answer for answer in own if answer.right]
    return PlayerResult(
        player.id, player.name, player.team, player.consents, place, points, len(right),
        sum(answer.after_ms for answer in right), tuple(own),
    )  # fmt: skip
