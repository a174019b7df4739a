"""A live session under load: 500 and 2,000 players with the real grader, clients and host on one machine.

For each number of players: how long they take to come in; a question whose clock ends while everyone hands in a
different answer of about 50 words in the last second: how soon each is acknowledged, whether one is lost, and when it
is graded and revealed to the last of them; and how long a broadcast takes to the last client, against a bare
starlette loop that sends the same bytes.

Run: python -m benchmarks.group_load [PLAYERS...]
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect

from quizzer.group import journal
from quizzer.group.game import replay
from tests.group.serving import bert

CLIENT_PROCESSES = 2
SECONDS = 20
BURST_SECONDS = 1.0
WORDS = 50
BROADCASTS = 9


class Worker:
    """A process that is told what to do in lines of JSON."""

    def __init__(self, *words: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def tell(self, *what: Any) -> None:
        """Have it do something."""
        if self._process.stdin is not None:
            self._process.stdin.write(json.dumps(what) + "\n")
            self._process.stdin.flush()

    def hear(self) -> Any:
        """What came of it."""
        line = self._process.stdout.readline() if self._process.stdout is not None else ""
        if not line:
            raise RuntimeError("a process of the load test ended")
        return json.loads(line)

    def end(self) -> None:
        """Let it go."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Crowd:
    """All players, in their processes."""

    def __init__(self, url: str, code: str, players: int) -> None:
        self._workers = [Worker("benchmarks.group_clients") for _ in range(CLIENT_PROCESSES)]
        self._shares = [players // CLIENT_PROCESSES + (n < players % CLIENT_PROCESSES) for n in range(CLIENT_PROCESSES)]
        first = 0
        began = time.perf_counter()
        for worker, share in zip(self._workers, self._shares, strict=True):
            worker.tell("join", url, code, first, share)
            first += share
        for worker in self._workers:
            worker.hear()
        self.joined_seconds = time.perf_counter() - began

    def burst(self, question: int, until_ms: float, texts: list[str]) -> None:
        """Everyone answers before *until_ms*."""
        first = 0
        for number, (worker, share) in enumerate(zip(self._workers, self._shares, strict=True)):
            worker.tell("burst", question, until_ms, BURST_SECONDS, texts[first : first + share], number)
            first += share

    def settled(self) -> None:
        """Wait until everyone has answered."""
        for worker in self._workers:
            worker.hear()

    def reset(self) -> None:
        """Forget what was seen."""
        for worker in self._workers:
            worker.tell("reset")
            worker.hear()

    def report(self) -> list[dict[str, Any]]:
        """What everyone saw."""
        found: list[dict[str, Any]] = []
        for worker in self._workers:
            worker.tell("report")
            found += worker.hear()
        return found

    def end(self) -> None:
        """Send everyone home."""
        for worker in self._workers:
            worker.end()


def texts(count: int, seed: int) -> list[str]:
    """Different answers of about `WORDS` words, put together from what the deck says."""
    draw = random.Random(seed)
    sentences = [s.strip() for q in bert(50) for a in q.answers for s in a.replace("\n", " ").split(". ") if s.strip()]
    found = []
    for number in range(count):
        words: list[str] = []
        while len(words) < WORDS:
            words += draw.choice(sentences).split()
        words.insert(draw.randrange(WORDS), f"{number}")
        found.append(" ".join(words[:WORDS]))
    return found


async def played(folder: Path, players: int) -> None:
    """Two questions with *players*, the second one measured; then what was found."""
    server = Worker("benchmarks.group_serve", "session", str(folder), str(SECONDS))
    told = server.hear()
    crowd = Crowd(told["url"], told["code"], players)
    print(f"{players} players came in within {crowd.joined_seconds:.1f} s")
    try:
        async with connect(told["url"], compression=None, proxy=None, max_size=None) as host:
            await say(host, t="hello", role="host", token=told["token"])
            for question in (0, 1):
                await one_question(host, crowd, Path(told["log"]), question, players)
            await broadcasts(host, server, crowd, folder, players)
    finally:
        crowd.end()
        server.end()


async def one_question(host: Any, crowd: Crowd, log: Path, question: int, players: int) -> None:
    """Ask, have everyone answer in the last second, reveal; say what was seen."""
    crowd.reset()
    answers = texts(players, question)
    await say(host, t="do", what="next")
    asked = await room(host, "asking")
    ends_ms = time.time_ns() / 1e6 + asked["clock"]["left_ms"]
    crowd.burst(question, ends_ms, answers)
    await asyncio.to_thread(crowd.settled)
    await room(host, "judging")
    graded = (time.time_ns() / 1e6 - ends_ms) / 1000
    await say(host, t="do", what="reveal")
    await room(host, "revealed")
    await asyncio.sleep(2)
    seen = crowd.report()
    acks = [p["acknowledged"].get(str(100 + question), float("inf")) - p["sent"][str(100 + question)] for p in seen]
    kept = replay(journal.read(log)).rounds[question].answers
    lost = players - sum(given.text in set(answers) for given in kept.values())
    revealed = max(p["rooms"].get("revealed", float("inf")) for p in seen)
    print(
        f"  question {question + 1}: acknowledged after {statistics.median(acks):.0f} ms (median), "
        f"{sorted(acks)[int(len(acks) * 0.99)]:.0f} ms (99 of 100), {max(acks):.0f} ms (last); {lost} lost, "
        f"{sum(p['lost'] for p in seen)} connections lost, {sum(len(p['refused']) for p in seen)} refusals; graded "
        f"{graded:.1f} s after the clock's end, revealed to the last after {(revealed - ends_ms) / 1000:.1f} s"
    )


async def broadcasts(host: Any, server: Worker, crowd: Crowd, folder: Path, players: int) -> None:
    """Milliseconds from a question's asking to the last player's seeing it, and from a bare loop's start to that.

    The two take turns, so that a machine's changing speed touches both alike; the bytes are the same.
    """
    ours, bare = list[float](), list[float]()
    await say(host, t="do", what="next")
    (folder / "room.json").write_text(json.dumps(await room(host, "asking"), ensure_ascii=False, separators=(",", ":")))
    await say(host, t="do", what="skip")
    await room(host, "revealed")
    other = Worker("benchmarks.group_serve", "bare", str(folder))
    others = Crowd(other.hear()["url"], "", players)
    for _ in range(BROADCASTS):
        crowd.reset()
        others.reset()
        await asyncio.sleep(2)
        await say(host, t="do", what="next")
        await room(host, "asking")
        await asyncio.sleep(2)
        server.tell("published")
        began = [at for kind, at in server.hear() if kind == "Asked"][-1]
        ours.append(max(player["rooms"].get("asking", float("inf")) for player in crowd.report()) - began)
        await say(host, t="do", what="skip")
        await room(host, "revealed")
        await asyncio.sleep(2)
        other.tell("now")
        began = other.hear()[-1]
        await asyncio.sleep(2)
        bare.append(max(player["rooms"].get("asking", float("inf")) for player in others.report()) - began)
    others.end()
    other.end()
    mine, theirs = statistics.median(ours), statistics.median(bare)
    print(f"  broadcast to the last of {players}: {mine:.0f} ms; a bare loop: {theirs:.0f} ms; {mine / theirs:.2f} x")


async def say(host: Any, **message: Any) -> None:
    """Send as the host."""
    await host.send(json.dumps(message))


async def room(host: Any, phase: str) -> dict[str, Any]:
    """The next room in *phase*."""
    while True:
        message: dict[str, Any] = json.loads(await host.recv())
        if message["t"] == "refused":
            raise RuntimeError(message["message"])
        if message["t"] == "room" and message["phase"] == phase:
            return message


def main() -> None:
    """Measure with 500 and with 2,000 players, or with as many as are asked for."""
    for players in [int(word) for word in sys.argv[1:]] or [500, 2000]:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(played(Path(folder), players))


if __name__ == "__main__":
    main()
