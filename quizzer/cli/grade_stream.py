"""`quizzer grade -`: JSON lines in, JSON lines out, in batches while input keeps coming."""

from __future__ import annotations

import io
import json
import queue
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from quizzer.errors import InvalidRequest, QuizzerError
from quizzer.grading.requests import BadLine, CardRequest, OwnRequest, Request, parse
from quizzer.model import Card, Grade

if TYPE_CHECKING:
    from quizzer.grading.explanation import Explanation
    from quizzer.ports import Grader

BATCH_LINES = 64
LINE_BYTES = 16 << 20
"""A longer line is refused instead of held in memory."""

_End = None
Line = bytes | None
CardOf = Callable[[str], Card]


def answer_lines(grader: Grader, card_of: CardOf) -> bool:
    """Grade every line of stdin; True when each was a request. A caller may wait for each line's result."""
    lines: queue.Queue[tuple[Line, ...] | None] = queue.Queue(maxsize=4 * BATCH_LINES)
    threading.Thread(target=_read, args=(lines,), daemon=True).start()
    number, fine, more = 0, True, True
    while more:
        batch: list[Line] = []
        received: tuple[Line, ...] | None = lines.get()
        while received is not None:
            batch.extend(received)
            if len(batch) >= BATCH_LINES:
                break
            try:
                received = lines.get_nowait()
            except queue.Empty:
                break
        more = received is not None
        for result in _results(batch, number, grader, card_of):
            fine = fine and "error" not in result
            sys.stdout.write(json.dumps(result) + "\n")
        sys.stdout.flush()
        number += len(batch)
    return fine


def _read(lines: queue.Queue[tuple[Line, ...] | None]) -> None:
    """Put stdin's lines into the queue as they arrive; a line that is too long becomes None."""
    # Unbuffered: a thread that waits inside the buffered reader would hold its lock when the program ends.
    source = io.FileIO(sys.stdin.fileno(), closefd=False)
    rest, skipping = bytearray(), False
    while block := source.read(1 << 16):
        *ended, tail = block.split(b"\n")
        found: list[Line] = []
        for part in ended:
            found.append(None if skipping else bytes(rest + part))
            rest, skipping = bytearray(), False
        rest += tail
        if len(rest) > LINE_BYTES:
            rest, skipping = bytearray(), True
        for line in found:
            lines.put((line,))
    if rest or skipping:
        lines.put((None if skipping else bytes(rest),))
    lines.put(None)


def _results(batch: Sequence[Line], before: int, grader: Grader, card_of: CardOf) -> Iterator[dict[str, Any]]:
    """One JSON-ready result for each line, in order. *before*: how many lines came earlier."""
    requests = [_located(line, card_of) for line in batch]
    good = [request for request in requests if isinstance(request, OwnRequest)]
    grades = iter(grader.grade_many([(request.card, request.answer) for request in good]))
    for number, request in enumerate(requests, before + 1):
        name = {"id": request.id[0]} if request.id else {}
        if isinstance(request, OwnRequest):
            yield name | as_data(next(grades))
        else:
            error = request.error
            message = f"line {number}: {error.message}"
            yield name | {"error": {"code": error.code, "message": message, "hint": error.hint, "line": number}}


def _located(line: Line, card_of: CardOf) -> OwnRequest | BadLine:
    """The request with its card, from the deck where the line names one."""
    if line is None:
        return BadLine(InvalidRequest(f"the line is longer than {LINE_BYTES >> 20} MB"))
    request: Request | BadLine = parse(line)
    if not isinstance(request, CardRequest):
        return request
    try:
        return OwnRequest(card_of(request.card), request.answer, request.id)
    except QuizzerError as error:
        return BadLine(error, request.id)


def as_data(grade: Grade | Explanation) -> dict[str, Any]:
    """*grade* ready for JSON."""
    return asdict(grade)
