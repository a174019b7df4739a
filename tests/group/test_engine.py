"""The engine: on disk first, then in effect; and what goes on by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from quizzer.errors import DiskFull, GroupRefused
from quizzer.group import commands, events, game
from quizzer.group.engine import Engine
from quizzer.group.events import Event
from quizzer.group.pacing import GRACE_MS
from quizzer.group.state import State
from tests.group.fakes import MemoryLog, SetClock, WordJudge
from tests.group.sessions import START, opened


@dataclass
class Room:
    """An engine and everything around it."""

    engine: Engine
    log: MemoryLog
    judge: WordJudge
    clock: SetClock
    heard: list[Event] = field(default_factory=list)

    async def join(self, *names: str) -> None:
        for name in names:
            state = await self.engine.do(commands.Join(name))
            self.engine.arrived(list(state.players)[-1])

    async def until(self, phase: str) -> None:
        async with asyncio.timeout(300):
            while self.engine.state.phase != phase:
                await asyncio.sleep(0.005)


@asynccontextmanager
async def room(*, state: State | None = None, log: MemoryLog | None = None, **settings: Any) -> AsyncIterator[Room]:
    start = state or game.opened(opened(**settings))
    made = Room(
        Engine(start, log := log or MemoryLog(), judge := WordJudge(), clock := SetClock(start.at)), log, judge, clock
    )
    made.engine.subscribe(lambda happened, _: made.heard.extend(happened))
    await made.engine.start()
    try:
        yield made
    finally:
        await made.engine.stop()


def run(play: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(play())


def test_events_are_on_disk_before_anybody_sees_them() -> None:
    """Nothing that a player was shown is ever taken back by a kill."""

    async def play() -> None:
        async with room() as it:
            seen: list[int] = []
            it.engine.subscribe(lambda happened, state: seen.append(sum(map(len, it.log.writes))))
            await it.join("Ann", "Ben")
            assert seen == [1, 2]
            assert list(it.engine.state.names) == ["ann", "ben"]

    run(play)


def test_commands_that_come_together_share_a_write() -> None:
    """500 answers in the last second must not wait for 500 disks."""

    async def play() -> None:
        async with room() as it:
            await asyncio.gather(*(it.engine.do(commands.Join(f"player {number}")) for number in range(300)))
            assert len(it.engine.state.players) == 300
            assert len(it.log.writes) <= 3

    run(play)


def test_one_refusal_does_not_touch_the_others() -> None:
    """Whoever asks for a name that is taken hears so; the rest of the batch goes on."""

    async def play() -> None:
        async with room() as it:
            found = await asyncio.gather(
                *(it.engine.do(commands.Join(name)) for name in ("Ann", "ANN", "Ben")), return_exceptions=True
            )
            assert [isinstance(one, GroupRefused) for one in found] == [False, True, False]
            assert len(it.engine.state.players) == 2

    run(play)


def test_a_full_disk_refuses_and_changes_nothing() -> None:
    """An answer that is not on disk was not taken; when there is room again, it can be."""

    async def play() -> None:
        async with room() as it:
            await it.join("Ann")
            before = it.engine.state
            it.log.full = True
            with pytest.raises(DiskFull):
                await it.engine.do(commands.Join("Ben"))
            assert it.engine.state is before
            it.log.full = False
            await it.join("Ben")

    run(play)


def test_the_host_hears_once_of_a_full_disk_that_only_players_run_into(caplog: pytest.LogCaptureFixture) -> None:
    """Only the host can make room; a word for each player that tries again would hide the first."""

    async def play() -> None:
        async with room() as it:
            it.log.full = True
            for name in ("Ann", "Ben"):
                with pytest.raises(DiskFull):
                    await it.engine.do(commands.Join(name))
            it.log.full = False
            await it.join("Ann", "Ben")
            it.log.full = True
            with pytest.raises(DiskFull):
                await it.engine.do(commands.Join("Cem"))

    run(play)
    assert [record.getMessage() for record in caplog.records] == ["nothing can be saved: no room"] * 2


def test_a_question_ends_with_its_clock_and_is_graded() -> None:
    """The host has nothing to do for it."""

    async def play() -> None:
        async with room() as it:
            await it.join("Ann", "Ben")
            await it.engine.do(commands.Next())
            await it.engine.do(commands.Answer("p1", 0, "Paris"))
            assert it.engine.state.phase == "asking"
            it.clock.at += 90_000 + GRACE_MS
            await it.engine.do(commands.Extend(1), at=it.clock.at - GRACE_MS)  # the timer is set anew
            it.clock.at += 1_000
            await it.engine.do(commands.Consent("p1", yes=True))
            await it.until("judging")
            assert it.engine.state.rounds[0].marks["p1"].verdict == "pass"
            assert it.judge.ahead_of == ["capitals/fr: Paris"]

    run(play)


def test_a_question_ends_when_all_who_are_there_have_answered() -> None:
    """Nobody waits for somebody who has gone home; somebody whose connection dropped has a moment to come back."""

    async def play() -> None:
        async with room() as it:
            await it.join("Ann", "Ben", "Cem")
            await it.engine.do(commands.Next())
            it.engine.left("p3")
            await it.engine.do(commands.Answer("p1", 0, "Paris"))
            await it.engine.do(commands.Answer("p2", 0, "Rome"))
            await asyncio.sleep(0.05)
            assert it.engine.state.phase == "asking"
            await it.until("judging")
            assert isinstance(it.heard[-2], events.Closed)
            assert it.heard[-2].why == "all"

    run(play)


def test_a_question_ends_however_close_together_the_last_answers_come() -> None:
    """The last one may come while it is still looked at whether the one before was the last."""

    async def play() -> None:
        async with room(seconds=3600) as it:
            await it.join("Ann", "Ben")
            await it.engine.do(commands.Next())
            later: list[asyncio.Task[State]] = []

            def another(happened: Sequence[Event], state: State) -> None:
                del state
                if any(isinstance(event, events.Answered) and event.player == "p1" for event in happened):
                    later.append(asyncio.create_task(it.engine.do(commands.Answer("p2", 0, "Paris"))))

            it.engine.subscribe(another)
            await it.engine.do(commands.Answer("p1", 0, "Paris"))
            await it.until("judging")
            await asyncio.gather(*later)

    run(play)


def test_what_is_typed_when_the_question_closes_counts() -> None:
    """A draft is on disk within a second, and before the question is closed in any case."""

    async def play() -> None:
        async with room() as it:
            await it.join("Ann", "Ben")
            await it.engine.do(commands.Next())
            it.engine.draft("p1", 0, "Par")
            it.engine.draft("p1", 0, "Paris")
            assert it.engine.pending_draft("p1") == (0, "Paris")
            await it.engine.do(commands.Close())
            await it.until("judging")
            given = it.engine.state.rounds[0].answers["p1"]
            assert (given.text, given.handed_in) == ("Paris", False)
            assert sum(isinstance(event, events.Drafted) for event in it.heard) == 1

    run(play)


def test_an_answer_takes_the_place_of_the_draft_before_it() -> None:
    """What was handed in is not overwritten by what was typed on the way there."""

    async def play() -> None:
        async with room() as it:
            await it.join("Ann", "Ben")
            await it.engine.do(commands.Next())
            it.engine.draft("p1", 0, "Par")
            await it.engine.do(commands.Answer("p1", 0, "Paris"))
            await it.engine.do(commands.Close())
            await it.until("judging")
            given = it.engine.state.rounds[0].answers["p1"]
            assert (given.text, given.handed_in) == ("Paris", True)

    run(play)


def test_answers_that_are_late_because_the_host_was_busy_count() -> None:
    """A burst at the deadline is read over some time: what was on its way is not lost."""

    async def play() -> None:
        async with room(seconds=10) as it:
            await it.join("Ann", "Ben")
            await it.engine.do(commands.Next())
            it.clock.at += 10_000 + GRACE_MS + 900
            await it.engine.do(commands.Answer("p1", 0, "Paris"))
            assert it.engine.state.phase == "asking"
            await it.engine.do(commands.Answer("p2", 0, "Paris"))
            await it.until("judging")
            assert set(it.engine.state.rounds[0].answers) == {"p1", "p2"}

    run(play)


def test_a_session_that_is_resumed_pauses_the_open_question_with_the_time_it_had() -> None:
    """The minute that the host needed to start again is nobody's thinking time, and nobody's loss."""

    async def play() -> None:
        async with room() as it:
            await it.join("Ann")
            await it.engine.do(commands.Next())
            it.clock.at += 30_000
            await it.engine.do(commands.Consent("p1", yes=True))
            state, log = it.engine.state, it.log
        async with room(state=state, log=log) as it:
            it.clock.at += 3_600_000
            assert it.engine.state.round is not None
            assert it.engine.state.round.clock.left_ms == 60_000
            await it.engine.do(commands.Unpause())
            assert it.engine.state.round.clock.ends == START + 30_000 + 3_600_000 + 60_000

    run(play)


def test_a_session_that_was_killed_while_grading_is_graded_when_it_is_resumed() -> None:
    """The answers are on disk, the marks were not."""

    async def play() -> None:
        async with room() as it:
            it.judge.gate.clear()
            await it.join("Ann")
            await it.engine.do(commands.Next())
            await it.engine.do(commands.Answer("p1", 0, "Paris"))
            await it.until("grading")
            state, log = it.engine.state, it.log
        async with room(state=state, log=log) as it:
            await it.until("judging")

    run(play)


def test_marks_wait_for_room_on_the_disk() -> None:
    """A disk that is full for a moment does not leave the room waiting for its grades for ever."""

    async def play() -> None:
        async with room() as it:
            it.judge.gate.clear()
            await it.join("Ann")
            await it.engine.do(commands.Next())
            await it.engine.do(commands.Answer("p1", 0, "Paris"))
            await it.until("grading")
            it.log.full = True
            it.judge.gate.set()
            await asyncio.sleep(0.05)
            assert it.engine.state.phase == "grading"
            it.log.full = False
            await it.until("judging")

    run(play)


def test_a_subscriber_that_fails_does_not_stop_the_game(caplog: pytest.LogCaptureFixture) -> None:
    """What cannot be shown has happened all the same."""

    def broken(happened: Sequence[Event], state: State) -> None:
        raise ValueError("cannot show that")

    async def play() -> None:
        async with room() as it:
            it.engine.subscribe(broken)
            await it.join("Ann")
            assert "p1" in it.engine.state.players

    run(play)
    assert "a subscriber failed" in caplog.text


def test_the_state_is_what_a_replay_of_the_log_gives() -> None:
    """Whatever happens here, happens again when the session is resumed."""

    async def play() -> None:
        async with room() as it:
            await it.join("Ann", "Ben")
            for number, answer in enumerate(("Paris", "Amsterdam", "Bern")):
                await it.engine.do(commands.Next())
                it.engine.draft("p2", number, answer[:3])
                await it.engine.do(commands.Answer("p1", number, answer))
                await it.engine.do(commands.Close())
                await it.until("judging")
                await it.engine.do(commands.Reveal())
            await it.engine.do(commands.Next())
            assert it.engine.state.phase == "ended"
            log = [event for write in it.log.writes for event in write]
            assert game.replay([it.engine.state.opened, *log]) == it.engine.state

    run(play)
