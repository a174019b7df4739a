"""Kills real study sessions at random moments and checks that no answer whose feedback was read is lost or doubled.

Each session runs on a pseudo-terminal, answers cards with the real grader, and gets SIGKILL after a random time, or
shortly after an answer was submitted: while it is graded, written, or shown.

Run: python -m benchmarks.kill
"""

from __future__ import annotations

import fcntl
import os
import pty
import random
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path

from quizzer.storage.store import SqliteStore

KILLS = 200
PATIENCE_SECONDS = 300.0
QUESTION_PROMPT = b"Enter submits"
FEEDBACK = b"Graded "
CHOICE_PROMPT = (b"overrules >", b"leaves it >")
ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
CRITICAL_SECONDS = 0.15
"""An answer is graded, written and shown within this time once the grader is loaded."""


@dataclass(slots=True)
class Sitting:
    """A study session on a pseudo-terminal, and what its learner has read so far."""

    home: Path
    name: str
    sent: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    def run(self, *, seconds: float, answers: int = 0) -> None:
        """Study, then kill the program without warning: *seconds* after its start, or after that many *answers*."""
        terminal, program = pty.openpty()
        fcntl.ioctl(program, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        environment = os.environ | {"QUIZZER_HOME": str(self.home), "TERM": "xterm"}
        words = [sys.executable, "-m", "quizzer", "study", "--new", "50"]
        process = subprocess.Popen(
            words, stdin=program, stdout=program, stderr=program, env=environment, start_new_session=True
        )
        os.close(program)
        try:
            if answers:
                self._study(terminal, until=time.monotonic() + PATIENCE_SECONDS, answers=answers)
            self._study(terminal, until=time.monotonic() + seconds)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
            os.close(terminal)

    def _study(self, terminal: int, *, until: float, answers: int = sys.maxsize) -> None:
        seen = b""
        while len(self.sent) < answers and (left := until - time.monotonic()) > 0:
            if not select.select([terminal], [], [], left)[0]:
                return
            try:
                seen += os.read(terminal, 65536)
            except OSError:
                return  # the program has ended
            seen = self._react(terminal, ESCAPES.sub(b"", seen))

    def _react(self, terminal: int, seen: bytes) -> bytes:
        """Type what the screen asks for; what has been dealt with is dropped from *seen*."""
        waiting = len(self.sent) > len(self.read)
        if not waiting and QUESTION_PROMPT in seen:
            answer = f"{self.name} answer {len(self.sent)}: it depends on the data and on the latency budget"
            self.sent.append(answer)
            os.write(terminal, answer.encode() + b"\r")
            return b""
        if waiting and FEEDBACK in seen and any(prompt in seen for prompt in CHOICE_PROMPT):
            self.read.append(self.sent[-1])
            os.write(terminal, b"\r")
            return b""
        return seen


def verify(home: Path, sittings: list[Sitting]) -> None:
    """Check the database after kills.

    Raises:
        AssertionError: it is damaged, or an answer is missing or doubled.
    """
    store = SqliteStore(home / "quizzer.db")
    try:
        damage = store.integrity()
        if damage:
            raise AssertionError(f"damaged: {damage}")
        answers = [row[0] for row in store.connection.execute("select answer from reviews")]
        for sitting in sittings:
            for answer in sitting.read:
                if answers.count(answer) != 1:
                    raise AssertionError(f"{answer!r} is in the log {answers.count(answer)} times")
            strangers = set(answers) - {sent for other in sittings for sent in other.sent}
            if strangers:
                raise AssertionError(f"nobody gave these answers: {strangers}")
    finally:
        store.close()


def kill_sessions(home: Path, *, kills: int, seed: int) -> int:
    """Study and kill *kills* times; how many answers were read in all."""
    draw = random.Random(seed)
    sittings: list[Sitting] = []
    for number in range(kills):
        sitting = Sitting(home, f"sitting {number}")
        if number % 2:
            sitting.run(seconds=draw.uniform(0.0, CRITICAL_SECONDS), answers=draw.randint(2, 4))
        else:
            sitting.run(seconds=draw.uniform(0.1, 3.0))
        sittings.append(sitting)
        if (home / "quizzer.db").exists():
            verify(home, sittings)
    return sum(len(sitting.read) for sitting in sittings)


def main() -> None:
    """Kill 200 sessions and say what was found."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        environment = os.environ | {"QUIZZER_HOME": str(home)}
        words = [sys.executable, "-m", "quizzer", "grade", "bert/bert-01", "--answer", "warm up"]
        subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL)
        answers = kill_sessions(home, kills=KILLS, seed=1)
        print(
            f"{KILLS} kills: {answers} answers whose feedback was read, each in the log once; integrity checks passed"
        )


if __name__ == "__main__":
    main()
