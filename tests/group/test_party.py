"""A party's course with a scripted keyboard: turns, doubts, disputes, and what is on disk when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

import pytest

from quizzer.errors import DiskFull
from quizzer.group.commands import Join
from quizzer.group.drawing import plain
from quizzer.group.events import Answered, Event, Mark, Opened, Question, Settings
from quizzer.group.game import apply, opened, replay
from quizzer.group.party import UNLIMITED_SECONDS, Left, Party
from quizzer.group.room_pages import Block
from quizzer.group.rules import decide
from quizzer.group.scoring import table
from quizzer.group.state import State
from quizzer.ports import Judgement

QUESTIONS = (
    Question("sky/blue", "d1", "Why is the sky *blue*?", ("Scattering.",), ("short waves scatter", "air does it")),
    Question("sky/wind", "d2", "What makes the wind?", ("Pressure.",), explanation="Air flows."),
)


def begun(*names: str, seconds: int = UNLIMITED_SECONDS) -> tuple[State, list[Event]]:
    """A party that is about to begin, and its log."""
    event = Opened(1000, "id", "The sky", ("sky",), QUESTIONS, Settings(seconds=seconds), "", "")
    log: list[Event] = [event]
    state = opened(event)
    for name in names:
        for one in decide(state, Join(name), at=1000):
            state = apply(state, one)
            log.append(one)
    return state, log


def graded(question: Question, answers: Sequence[tuple[str, str]]) -> Judgement:
    """By the words: "right", "unsure", or neither."""
    return tuple((player, _mark(question, text)) for player, text in answers), tuple((player,) for player, _ in answers)


def _mark(question: Question, text: str) -> Mark:
    if "right" in text:
        return Mark(0.9, 5, "pass", made=question.points)
    if "unsure" in text:
        return Mark(0.5, 2, "unsure", missed=question.points, reason="close to the threshold")
    return Mark(0.0, 0, "fail", missed=question.points)


class ScriptedKeyboard:
    """Answers come in order, and keys from another list; both end the party when they run out."""

    person = True

    def __init__(self, answers: Sequence[str], keys: Sequence[str] = ()) -> None:
        """*keys*: the empty text for Enter, and after the last one Enter again."""
        self.answers = list(answers)
        self.keys = list(keys)
        self.said: list[str] = []
        self.alone: list[str] = []
        self.before: Callable[[], None] = lambda: None
        """Called when somebody is about to type."""

    def show(self, blocks: Sequence[Block]) -> None:
        """Keep the text."""
        self.said.append(plain(blocks, width=200))

    def hand_over(self, ask: str) -> bool:
        """Somebody sits down as long as there are answers."""
        self.said.append(ask)
        return bool(self.answers)

    def read_alone(self, page: Sequence[Block], *, left: Callable[[], Callable[[], float] | None]) -> str | None:
        """The next answer."""
        self.alone.append(plain(page, width=200))
        self.before()
        left()
        return self.answers.pop(0) if self.answers else None

    def pick(self, ask: str, keys: str) -> str | None:
        """The next key."""
        self.said.append(ask)
        return self.keys.pop(0) if self.keys else ""

    @property
    def text(self) -> str:
        """Everything that everybody saw."""
        return "\n".join(self.said)


class Ticking:
    """A clock that goes on by a second with each look."""

    def __init__(self) -> None:
        """Begin at some instant."""
        self.at = 5000

    def __call__(self) -> int:
        """The next second."""
        self.at += 1000
        return self.at


def played(state: State, keyboard: ScriptedKeyboard, log: list[Event]) -> State:
    """Where the party stands once it has ended or was left."""
    party = Party(state, keyboard, record=log.extend, grade=graded, now_ms=Ticking())
    with suppress(Left):
        party.play()
    assert replay(log) == party.state
    return party.state


def test_everybody_answers_in_turns_and_somebody_else_begins_each_time() -> None:
    """Who goes last has more time to think, so that nobody always does."""
    state, log = begun("Ann", "Ben")
    keyboard = ScriptedKeyboard(["right", "wrong", "right of Ben", "right of Ann"])
    ended = played(state, keyboard, log)
    assert [ask.split(",")[0] for ask in keyboard.said if "keyboard is yours" in ask] == ["Ann", "Ben", "Ben", "Ann"]
    assert ended.phase == "ended"
    assert [(ended.players[row.player].name, row.points) for row in table(ended)] == [("Ann", 196), ("Ben", 96)]
    assert "Ann wins with 196 points" in keyboard.text


def test_nobody_sees_an_answer_before_all_are_in() -> None:
    """Ben must not copy from Ann."""
    state, log = begun("Ann", "Ben")
    keyboard = ScriptedKeyboard(["right secret", "wrong"])
    seen: list[bool] = []
    keyboard.before = lambda: seen.append("secret" in keyboard.text + "".join(keyboard.alone))
    played(state, keyboard, log)
    assert seen[:2] == [False, False]
    assert '"right secret"' in keyboard.text


def test_each_answer_is_on_disk_before_the_next_player_types() -> None:
    """A power cut takes nothing that was handed in."""
    state, log = begun("Ann", "Ben")
    keyboard = ScriptedKeyboard(["right", "wrong", "right", "right"])
    kept: list[int] = []
    keyboard.before = lambda: kept.append(sum(isinstance(event, Answered) for event in log))
    played(state, keyboard, log)
    assert kept == [0, 1, 2, 3]


def test_the_players_decide_on_a_borderline_answer_before_it_counts() -> None:
    """The grader says itself where it is not sure."""
    state, log = begun("Ann", "Ben")
    keyboard = ScriptedKeyboard(["unsure one", "unsure two", "", ""], keys=["y", "n"])
    ended = played(state, keyboard, log)
    assert "Ann: unsure one" in keyboard.text
    assert "close to the threshold" in keyboard.text
    assert [(award.right, award.points) for _, award in sorted(ended.rounds[0].awards.items())] == [
        (True, 60),
        (False, 0),
    ]


def test_any_answer_can_be_disputed_after_the_reveal() -> None:
    """Also the one of which the grader is sure; the table follows at once."""
    state, log = begun("Ann", "Ben")
    keyboard = ScriptedKeyboard(["right", "wrong but fair"], keys=["d", "2", "y", ""])
    ended = played(state, keyboard, log)
    assert ended.rounds[0].awards["p2"].right
    assert "Ben: right, by your decision, 60 points" in keyboard.text


def test_a_player_can_pass_but_not_hand_in_nothing_by_mistake() -> None:
    """Enter pressed too often is no answer."""
    state, log = begun("Ann")
    keyboard = ScriptedKeyboard(["", "/help", "/skip", "right"])
    ended = played(state, keyboard, log)
    assert "Nothing typed yet" in keyboard.alone[1]
    assert "/skip when you don't know" in keyboard.alone[2]
    assert ended.rounds[0].answers["p1"].text == ""
    assert "Ann: no answer, 0 points" in keyboard.text


def test_a_party_that_was_left_goes_on_with_those_who_have_not_answered() -> None:
    """Ann does not answer twice."""
    state, log = begun("Ann", "Ben")
    left = played(state, ScriptedKeyboard(["right"]), log)
    assert left.phase == "asking"
    keyboard = ScriptedKeyboard(["right", "right", "right"])
    ended = played(left, keyboard, log)
    assert [ask.split(",")[0] for ask in keyboard.said if "keyboard is yours" in ask] == ["Ben", "Ben", "Ann"]
    assert ended.phase == "ended"


def test_everybodys_time_begins_with_their_own_turn() -> None:
    """A tie is broken by time, and the last player at the keyboard would lose every one."""
    state, log = begun("Ann", "Ben", seconds=60)
    ended = played(state, ScriptedKeyboard(["right", "right", "right", "right"]), log)
    assert {given.after_ms for past in ended.rounds for given in past.answers.values()} == {
        ended.rounds[0].answers["p1"].after_ms
    }
    assert [row.place for row in table(ended)] == [1, 1]


def test_what_is_not_on_disk_has_not_happened() -> None:
    """A full disk ends the party where the last event was kept."""
    state, log = begun("Ann")

    def full(events: tuple[Event, ...]) -> None:
        if isinstance(events[0], Answered):
            raise DiskFull("no room")
        log.extend(events)

    party = Party(state, ScriptedKeyboard(["right"]), record=full, grade=graded, now_ms=Ticking())
    with pytest.raises(DiskFull):
        party.play()
    assert replay(log) == party.state
    assert not party.state.rounds[0].answers
