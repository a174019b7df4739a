"""The session file: what a player takes home as JSON, and back, checked as hostile input is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from quizzer.decks.keys import ID, MAXIMUM_TEXT
from quizzer.decks.schema import card_digest
from quizzer.errors import Problem, SessionFileInvalid
from quizzer.fields import one_of, score, whole
from quizzer.group.takehome import TakeHome, TakenAnswer
from quizzer.model import Verdict
from quizzer.scale import PASSING_QUALITY
from quizzer.text import printable

VERSION = 1
NAME = "quizzer-session.json"
"""What a browser saves it as."""
MOST_BYTES = 16_000_000
MOST_ANSWERS = 1_000
_MOST_TEXTS = 1_000
_MOST_PROBLEMS = 20
"""Named one by one."""
_LONGEST_NAME = 200
_LONGEST_MS = 366 * 86_400_000
FIRST_YEAR, LAST_YEAR = 1970, 9000

_KEY = re.compile(f"{ID.pattern}/{ID.pattern}")
_SESSION = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PERSON = re.compile(r"p[1-9][0-9]{0,6}")
_DIGEST = re.compile(r"[0-9a-f]{16}")
_HINT = "nothing was imported; take it from the session's page or its host again"
_KEYS = ("quizzer_session", "session", "title", "player", "person", "at", "answers")
_ANSWER_KEYS = (
    "id", "card", "digest", "question", "reference", "points", "text", "at", "after_ms", "score", "verdict", "quality",
    "made", "missed", "flags", "grader", "by_host", "right",
)  # fmt: skip


def as_data(taken: TakeHome) -> dict[str, Any]:  # a JSON object
    """*taken* as the JSON object that the file is."""
    return {
        "quizzer_session": VERSION, "session": taken.session, "title": taken.title, "player": taken.player,
        "person": taken.person, "at": _iso(taken.at), "answers": [_answer_data(taken, one) for one in taken.answers],
    }  # fmt: skip


def write(taken: TakeHome) -> str:
    """The text of the file: ASCII, indented for whoever looks into it."""
    return json.dumps(as_data(taken), indent=1) + "\n"


def _answer_data(taken: TakeHome, one: TakenAnswer) -> dict[str, Any]:  # a JSON object
    return {
        "id": taken.fact_id(one), "card": one.card, "digest": one.digest, "question": one.question,
        "reference": list(one.references), "points": list(one.points), "text": one.text, "at": _iso(one.at),
        "after_ms": one.after_ms, "score": one.score, "verdict": one.verdict, "quality": one.quality,
        "made": list(one.made), "missed": list(one.missed), "flags": list(one.flags), "grader": one.grader,
        "by_host": one.by_host, "right": one.right,
    }  # fmt: skip


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def read(content: bytes, *, path: str = "", latest: datetime) -> TakeHome:
    """What the file says, of which *content* is what is in it; *path* names it in messages.

    *latest*: no answer is later; a clock that is wrong by years must not move a schedule by years.

    Raises:
        SessionFileInvalid: it is no session file; with everything that is wrong with it, and where.
    """
    data = _json(content, path)
    if not isinstance(data, dict) or "quizzer_session" not in data:
        raise _refused([Problem(_CODE, "not a session file of quizzer's", path)])
    if type(data["quizzer_session"]) is not int or data["quizzer_session"] != VERSION:
        message = "'quizzer_session' is not 1: made by a newer quizzer, or by something else"
        raise _refused([Problem(_CODE, message, path)])
    problems: list[Problem] = []
    head = _checked(data, _KEYS, "", path, problems)
    answers = []
    if "answers" in head:
        for number, item in enumerate(head["answers"], start=1):
            if isinstance(item, dict):
                answers.append(_checked(item, _ANSWER_KEYS, f"answer {number}: ", path, problems))
            else:
                problems.append(Problem(_CODE, f"answer {number}: not an object", path))
    if problems:
        raise _refused(problems)
    found = [
        TakenAnswer(references=one["reference"], **{key: one[key] for key in _ANSWER_KEYS if key not in _NOT_FIELDS})
        for one in answers
    ]
    taken = TakeHome(head["session"], head["title"], head["player"], head["person"], head["at"], tuple(found))
    if problems := _contradictions(taken, [one["id"] for one in answers], path, latest):
        raise _refused(problems)
    return taken


_CODE = SessionFileInvalid.code
_NOT_FIELDS = ("id", "reference")


def _contradictions(taken: TakeHome, ids: Sequence[str], path: str, latest: datetime) -> list[Problem]:
    """Where fields that are right by themselves do not go together."""
    found: list[Problem] = []
    cards: set[str] = set()

    def wrong(number: int, message: str) -> None:
        found.append(Problem(_CODE, f"answer {number}: {message}", path))

    for number, (one, identity) in enumerate(zip(taken.answers, ids, strict=True), start=1):
        if card_digest(one.question, one.references) != one.digest:
            wrong(number, "'digest' is not that of this question and these references")
        if taken.fact_id(one) != identity:
            wrong(number, "'id' is not that of this answer")
        if one.at > latest:
            wrong(number, f"'at' is {one.at.isoformat()}: in the future")
        if one.card in cards:
            wrong(number, f"'card' is {one.card!r}: there already")
        if not one.by_host and one.right != (one.quality >= PASSING_QUALITY):
            wrong(number, "'right' does not follow from 'quality'")
        cards.add(one.card)
    return found


def _checked(
    data: Mapping[str, Any], keys: Sequence[str], where: str, path: str, problems: list[Problem]
) -> dict[str, Any]:
    """The values of *data* as ours; what is wrong with them goes to *problems*."""
    values = {}
    for key in keys:
        if key not in data:
            problems.append(Problem(_CODE, f"{where}{key!r} is missing", path))
        elif key in _CHECKS:
            try:
                values[key] = _CHECKS[key](data[key])
            except ValueError as error:
                problems.append(Problem(_CODE, f"{where}{key!r} is {_shown(data[key])}: {error}", path))
    unknown = [key for key in data if key not in keys]
    problems += [Problem(_CODE, f"{where}{_shown(key)} is not known to this version", path) for key in unknown[:3]]
    return values


def _refused(problems: Sequence[Problem]) -> SessionFileInvalid:
    shown = list(problems[:_MOST_PROBLEMS])
    if (more := len(problems) - len(shown)) > 0:
        shown.append(Problem(_CODE, f"{more} more problems", problems[0].path))
    last = shown.pop()
    shown.append(Problem(last.code, last.message, last.path, last.line, last.column, hint=_HINT))
    return SessionFileInvalid(tuple(shown), hint=_HINT)


def _json(content: bytes, path: str) -> Any:  # any JSON value
    def refusal(message: str, line: int = 0, column: int = 0) -> SessionFileInvalid:
        return _refused([Problem(_CODE, message, path, line, column)])

    if len(content) > MOST_BYTES:
        raise refusal(f"longer than {MOST_BYTES // 1_000_000} MB: no session file is")
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_constant)
    except UnicodeDecodeError as error:
        raise refusal("not a text in UTF-8") from error
    except json.JSONDecodeError as error:
        raise refusal(f"not JSON: {error.msg}", error.lineno, error.colno) from error
    except (RecursionError, ValueError) as error:
        reason = "nested too deep" if isinstance(error, RecursionError) else str(error)
        raise refusal(f"not JSON that a session file can be: {reason}") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in an object")
    return found


def _constant(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON's")


def _shown(value: object) -> str:
    text = repr(value) if not isinstance(value, list | dict) else f"a {type(value).__name__} of {len(value)}"
    return text if len(text) <= 60 else f"{text[:57]}..."


def _text(longest: int = MAXIMUM_TEXT) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not isinstance(value, str):
            raise ValueError("not a text")
        if len(value) > longest:
            raise ValueError(f"longer than {longest:,} characters")
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise ValueError("half a character in it") from error
        return value

    return check


def _name(value: object) -> str:
    name = _text(_LONGEST_NAME)(value)
    if not name.strip() or "\n" in name or "\t" in name or printable(name) != name:
        raise ValueError("not a name")
    return name


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _MOST_TEXTS:
        raise ValueError("not a list of texts")
    return tuple(map(_text(), value))


def _answers(value: object) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_ANSWERS:
        raise ValueError(f"not a list of at most {MOST_ANSWERS:,} answers")
    return value


def _matching(pattern: re.Pattern[str], what: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ValueError(f"not {what}")
        return value

    return check


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("neither true nor false")
    return value


def _instant(value: object) -> datetime:
    try:
        at = datetime.fromisoformat(_text(40)(value))
        if at.tzinfo is None or not FIRST_YEAR < at.year < LAST_YEAR:
            raise ValueError(value)
        at = at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError("not an instant with its offset from UTC") from error
    if at.microsecond % 1000:
        raise ValueError("not in whole milliseconds")
    return at


_CHECKS: dict[str, Callable[[object], Any]] = {
    "session": _matching(_SESSION, "the id of a session"),
    "person": _matching(_PERSON, "the id of a player"),
    "id": _matching(_SESSION, "an id"),
    "card": _matching(_KEY, "the key of a card"),
    "digest": _matching(_DIGEST, "a digest"),
    "player": _name,
    "title": _text(),
    "question": _text(), "text": _text(), "grader": _text(_LONGEST_NAME),
    "reference": _texts, "points": _texts, "made": _texts, "missed": _texts, "flags": _texts,
    "at": _instant,
    "after_ms": whole(0, _LONGEST_MS), "quality": whole(0, 5),
    "score": score, "verdict": one_of(Verdict), "by_host": _truth, "right": _truth, "answers": _answers,
}  # fmt: skip
"""Key -> what turns its JSON value into ours; a key of one name means the same wherever it stands."""
