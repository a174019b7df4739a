"""Carries a live session: puts what is decided on disk, lets it take effect, minds the clock, has answers graded."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from quizzer.errors import QuizzerError, StorageError
from quizzer.group import commands, events, game, rules
from quizzer.group.commands import Command
from quizzer.group.deadline import RETRY_SECONDS, Clock, Deadline
from quizzer.group.events import Event
from quizzer.group.state import State
from quizzer.ports import AnswerJudge

Subscriber = Callable[[Sequence[Event], State], None]
"""Hears what has just happened, and where the session stands after it."""

AT_ONCE = 500
"""Commands that share one write to the disk; more would let the connections wait."""

DRAFT_SECONDS = 1.0
"""How often what is being typed goes to the disk."""

GONE_SECONDS = 5.0
"""A question waits so long for somebody whose connection dropped, though everyone else has answered."""

WARM_SECONDS = 2.0
"""After a question is asked the grader gets ready for the next: not while everyone is still being shown this one."""

logger = logging.getLogger("quizzer.group")


class Log(Protocol):
    """Where events are kept."""

    def append(self, events: Sequence[Event]) -> None:
        """Keep them for good, all or none; may take its time."""
        ...


class _Wanted:
    """A command that waits for its turn."""

    __slots__ = ("at", "command", "done")

    def __init__(self, command: Command, at: int, done: asyncio.Future[State]) -> None:
        self.command, self.at, self.done = command, at, done


class Engine:
    """One session; to be used within one event loop, between `start` and `stop`."""

    def __init__(self, state: State, log: Log, judge: AnswerJudge, clock: Clock) -> None:
        """*state* is what the events in *log* amount to."""
        self.state = state
        self.clock = clock
        self.present: set[str] = set()
        """Players who are connected."""
        self._log, self._judge = log, judge
        self._subscribers: list[Subscriber] = []
        self._wanted: list[_Wanted] = []
        self._wake = asyncio.Event()
        self._drafts: dict[str, tuple[int, str]] = {}
        self._gone: dict[str, asyncio.TimerHandle] = {}
        self._warming: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._grading: int | None = None
        self._ticking = self._tick_wanted = self._unsaved = False
        self._deadline = Deadline(clock, self._tick_soon)
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="session-log")

    async def start(self) -> None:
        """Go on from where the session stands; a question that was open is paused with the time that it had left."""
        self._spawn(self._work())
        self._spawn(self._save_drafts())
        if self.state.phase == "asking" and self.state.round and not self.state.round.clock.paused:
            with contextlib.suppress(QuizzerError):  # its time was up: the timer closes it
                await self.do(commands.Pause(), at=self.state.at)
        self._judge.warm(self.state.opened.questions[: len(self.state.rounds) + 1])
        self._follow(())

    async def stop(self) -> None:
        """Let go; what was done, and what was typed, stays on disk."""
        await asyncio.gather(*self._take_drafts(), return_exceptions=True)
        self._deadline.cancel()
        for handle in (*self._gone.values(), self._warming):
            if handle:
                handle.cancel()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for wanted in self._wanted:
            wanted.done.cancel()
        self._disk.shutdown(wait=True)

    def subscribe(self, subscriber: Subscriber) -> None:
        """Call *subscriber* after everything that happens from now on."""
        self._subscribers.append(subscriber)

    async def do(self, command: Command, *, at: int | None = None) -> State:
        """Carry out *command*: on return its events are on disk, and have taken effect.

        Raises:
            GroupRefused: it does not fit where the session stands.
            StorageError: it cannot be put on disk; nothing has changed.
        """
        if isinstance(command, commands.Answer):
            self._drafts.pop(command.player, None)
        if isinstance(command, commands.Close | commands.Tick | commands.Skip | commands.End | commands.Pause):
            self._take_drafts()
        return await self._want(command, self._instant(command) if at is None else at)

    def draft(self, player: str, question: int, text: str) -> None:
        """What *player* has typed so far; goes to the disk within a second, and before the question is closed."""
        self._deadline.heard()
        self._drafts[player] = (question, text)

    def pending_draft(self, player: str) -> tuple[int, str] | None:
        """The question and the text that *player* has typed, if it is not on disk yet."""
        return self._drafts.get(player)

    def arrived(self, player: str) -> None:
        """*player* is connected."""
        if handle := self._gone.pop(player, None):
            handle.cancel()
        self.present.add(player)

    def left(self, player: str) -> None:
        """*player* is connected no more; for a while questions go on waiting for the answer."""
        self.present.discard(player)
        if player in self._gone or self.state.phase == "ended":
            return
        self._gone[player] = asyncio.get_running_loop().call_later(GONE_SECONDS, self._is_gone, player)

    def _is_gone(self, player: str) -> None:
        self._gone.pop(player, None)
        self._tick_soon()

    def _instant(self, command: Command) -> int:
        if isinstance(command, commands.Answer | commands.Draft):
            return self._deadline.instant_of_answer(self.state)
        return self.clock.now()

    def _want(self, command: Command, at: int) -> asyncio.Future[State]:
        if isinstance(command, commands.Answer):
            self._deadline.heard()
        done: asyncio.Future[State] = asyncio.get_running_loop().create_future()
        self._wanted.append(_Wanted(command, at, done))
        self._wake.set()
        return done

    async def _work(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._wanted:
                batch, self._wanted = self._wanted[:AT_ONCE], self._wanted[AT_ONCE:]
                await self._carry_out(batch)

    async def _carry_out(self, batch: list[_Wanted]) -> None:
        state, happened, carried = self.state, list[Event](), list[_Wanted]()
        for wanted in batch:
            try:
                after, made = _decided(state, wanted)
            except Exception as error:  # noqa: BLE001  raised again where the command came from; the others go on
                _fail(wanted, error)
                continue
            state = after
            happened += made
            carried.append(wanted)
        if happened:
            try:
                await asyncio.get_running_loop().run_in_executor(self._disk, self._log.append, tuple(happened))
            except StorageError as error:
                if not self._unsaved:  # once: players try again, and drafts come every second
                    logger.warning(
                        "nothing can be saved: %s%s", error.message, f" ({error.hint})" if error.hint else ""
                    )
                self._unsaved = True
                for wanted in carried:
                    _fail(wanted, error)
                return
            self._unsaved = False
            self.state = state
            self._publish(tuple(happened))
        for wanted in carried:
            if not wanted.done.done():
                wanted.done.set_result(self.state)

    def _publish(self, happened: Sequence[Event]) -> None:
        self._follow(happened)
        for subscriber in self._subscribers:
            try:
                subscriber(happened, self.state)
            except Exception:
                # What has happened is on disk: whoever cannot show it must not keep it from the others.
                logger.exception("a subscriber failed")

    def _follow(self, happened: Sequence[Event]) -> None:
        """What goes on by itself from here: the clock, the grading, the end of waiting."""
        self._deadline.watch(self.state)
        state = self.state
        if state.phase == "grading" and state.round and self._grading != state.round.question:
            self._grading = state.round.question
            self._spawn(self._grade(state.round.question))
        for event in happened:
            if isinstance(event, events.Answered):
                self._judge.ahead(state.opened.questions[event.question], event.text)
            elif isinstance(event, events.Asked):
                soon = state.opened.questions[event.question : event.question + 2]
                if self._warming:
                    self._warming.cancel()
                self._warming = asyncio.get_running_loop().call_later(WARM_SECONDS, self._judge.warm, soon)
        if any(isinstance(event, events.Answered | events.Kicked | events.Unpaused) for event in happened):
            self._tick_soon()

    def _tick_soon(self) -> None:
        """Have the rules see whether the question is over; once more if that is being done already."""
        self._tick_wanted = True
        if self.state.phase == "asking" and not self._ticking:
            self._ticking = True
            self._spawn(self._tick())

    async def _tick(self) -> None:
        try:
            while self._tick_wanted and self.state.phase == "asking":
                self._tick_wanted = False
                present = frozenset(self.present | self._gone.keys())
                await self.do(commands.Tick(present), at=self._deadline.instant_of_tick(self.state))
        except QuizzerError as error:
            logger.warning("%s", error.message)
        finally:
            self._ticking = False

    def _take_drafts(self) -> list[asyncio.Future[State]]:
        """Let what is typed take effect before whatever is wanted next."""
        drafts, self._drafts = self._drafts, {}
        found = []
        for player, (question, text) in drafts.items():
            command = commands.Draft(player, question, text)
            found.append(self._want(command, self._instant(command)))
            found[-1].add_done_callback(_heard)
        return found

    async def _save_drafts(self) -> None:
        while True:
            await asyncio.sleep(DRAFT_SECONDS)
            self._take_drafts()

    async def _grade(self, number: int) -> None:
        """Have the closed question's answers graded; goes on trying to put the marks on disk."""
        state = self.state
        closed = state.rounds[number]
        answers = [(player, given.text) for player, given in closed.answers.items()]
        marks, groups = await self._judge.judge(state.opened.questions[number], answers)
        while self.state.phase == "grading":
            try:
                await self.do(commands.Marks(number, tuple(marks), tuple(groups)))
            except StorageError as error:
                logger.warning("%s", error.message)
                await asyncio.sleep(RETRY_SECONDS)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._over)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            logger.error("a task of the session failed", exc_info=error)


def _decided(state: State, wanted: _Wanted) -> tuple[State, tuple[Event, ...]]:
    made = rules.decide(state, wanted.command, at=max(wanted.at, state.at))
    for event in made:
        state = game.apply(state, event)
    return state, made


def _fail(wanted: _Wanted, error: BaseException) -> None:
    if not wanted.done.done():
        wanted.done.set_exception(error)


def _heard(done: asyncio.Future[State]) -> None:
    """A draft that came too late is nobody's fault."""
    if not done.cancelled():
        done.exception()
