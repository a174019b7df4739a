"""A host without a screen, for tests of what connects to it: in this process, or in one of its own that can be killed.

    python -m tests.group.serving [--folder DIR] [--resume SESSION] [--port N] [--judge words|meaning] [--deck bert] ...

prints one line of JSON: url, link, code, host_token, stage_token, session; then it serves until it is killed, or until
its standard input ends.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from quizzer.group import tokens
from quizzer.group.clock import HostClock
from quizzer.group.engine import Engine
from quizzer.group.events import Opened, Question
from quizzer.group.hosting import Hosting
from quizzer.group.journal import Journal
from quizzer.ports import AnswerJudge
from quizzer.storage.identity import next_id
from tests.group.fakes import WordJudge
from tests.group.sessions import QUESTIONS, opened


def fresh(questions: Sequence[Question] = QUESTIONS, **settings: Any) -> Opened:
    """A session that begins now, with a secret and a code of its own."""
    at = HostClock().now()
    return replace(
        opened(tuple(questions), **settings),
        at=at, session=next_id(at, None), secret=tokens.new_secret(), code=tokens.new_code(),
    )  # fmt: skip


@asynccontextmanager
async def hosted(
    folder: Path, begin: Opened | str, *, judge: AnswerJudge | None = None, port: int = 0,
    names: frozenset[str] = frozenset(), **limits: Any,
) -> AsyncIterator[Hosting]:  # fmt: skip
    """A session served from this loop: one that *begin* opens, or the one of that id, resumed."""
    log = Journal.open(folder, begin) if isinstance(begin, str) else Journal.create(folder, begin)
    state = log.state()
    engine = Engine(state, log, judge or WordJudge(), HostClock(not_before=state.at))
    try:
        async with Hosting(engine, port=port, names=names, **limits) as hosting:
            yield hosting
    finally:
        log.close()


class RunningHost:
    """A session that is served from a thread."""

    def __init__(self, hosting: Hosting, loop: asyncio.AbstractEventLoop) -> None:
        self.hosting, self.loop = hosting, loop
        self.stopping = asyncio.Event()
        self.url, self.link, self.code = hosting.url, hosting.link, hosting.code
        self.ws_url = hosting.url.replace("http", "ws") + "ws"
        self.host_token, self.stage_token = hosting.host_token, hosting.stage_token
        self.stage_link = hosting.stage_link
        self.port = hosting.port

    @property
    def state(self) -> Any:  # a State, read from another thread: it is frozen
        return self.hosting.engine.state

    def stop(self) -> None:
        """End the host; to be called in its loop."""
        self.stopping.set()

    def open_lan(self) -> tuple[str, ...]:
        return asyncio.run_coroutine_threadsafe(self.hosting.open_lan(), self.loop).result(300)


@contextmanager
def running_host(
    questions: Sequence[Question] = QUESTIONS, *, folder: Path | None = None, judge: AnswerJudge | None = None,
    names: frozenset[str] = frozenset(), port: int = 0, resume: str = "", limits: Mapping[str, Any] | None = None,
    **settings: Any,
) -> Iterator[RunningHost]:  # fmt: skip
    """A host for tests that do not run in a loop: everything is driven over the network, by the host's token."""
    with contextlib.ExitStack() as stack:
        where = folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        begin = resume or fresh(questions, **settings)
        ready, found = threading.Event(), list[RunningHost | BaseException]()

        async def serve() -> None:
            async with hosted(where, begin, judge=judge, port=port, names=names, **(limits or {})) as hosting:
                running = RunningHost(hosting, asyncio.get_running_loop())
                found.append(running)
                ready.set()
                await running.stopping.wait()

        def work() -> None:
            try:
                asyncio.run(serve())
            except BaseException as error:  # noqa: BLE001  raised again by whoever waits
                found.append(error)
            finally:
                ready.set()

        thread = threading.Thread(target=work, name="host")
        thread.start()
        ready.wait(300)
        [first] = found
        if not isinstance(first, RunningHost):
            thread.join()
            raise first
        try:
            yield first
        finally:
            with contextlib.suppress(RuntimeError):  # it has been ended
                first.loop.call_soon_threadsafe(first.stop)
            thread.join(300)
        if len(found) > 1 and isinstance(found[1], BaseException):
            raise found[1]


def bert(count: int = 10) -> tuple[Question, ...]:
    """Questions of the bundled deck."""
    from quizzer.decks import schema, yamlfile

    path = Path(__file__).parents[2] / "decks" / "bert.yaml"
    deck = schema.parse(yamlfile.read(path), path=str(path))
    return tuple(
        Question(card.key, card.digest, card.question, card.answers, card.points, card.misconceptions,
                 card.explanation, card.sources, card.tags, card.language)
        for card in deck.cards[:count]
    )  # fmt: skip


async def _serve(options: argparse.Namespace, stack: contextlib.ExitStack) -> None:
    judge: AnswerJudge = WordJudge()
    if options.judge == "meaning":
        import importlib

        from quizzer.cli.compose import group_grader

        judging = importlib.import_module("quizzer.group.judging")  # loaded by name: only where it is asked for
        judge = stack.enter_context(contextlib.closing(judging.WorkerJudge(group_grader)))
    settings = {"seconds": options.seconds, "scoring": options.scoring, "teams": options.teams,
                "team_names": tuple(options.team)}  # fmt: skip
    questions = bert(options.questions) if options.deck == "bert" else QUESTIONS
    begin = options.resume or fresh(questions, **settings)
    async with hosted(options.folder, begin, judge=judge, port=options.port, names=frozenset(options.name)) as hosting:
        if options.lan:
            await hosting.open_lan()
        told = {"url": hosting.url, "link": hosting.link, "code": hosting.code, "host_token": hosting.host_token,
                "stage_token": hosting.stage_token, "stage_link": hosting.stage_link,
                "session": hosting.engine.state.opened.session}  # fmt: skip
        print(json.dumps(told), flush=True)
        await asyncio.to_thread(sys.stdin.read)


def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--resume", default="")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--judge", choices=("words", "meaning"), default="words")
    parser.add_argument("--deck", choices=("capitals", "bert"), default="capitals")
    parser.add_argument("--questions", type=int, default=10)
    parser.add_argument("--seconds", type=int, default=90)
    parser.add_argument("--scoring", default="points")
    parser.add_argument("--teams", default="none")
    parser.add_argument("--team", action="append", default=[])
    parser.add_argument("--name", action="append", default=[], help="a further host name that leads here")
    parser.add_argument("--lan", action="store_true")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        options.folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        asyncio.run(_serve(options, stack))


if __name__ == "__main__":
    main()
