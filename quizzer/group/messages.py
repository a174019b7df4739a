"""What clients may send: JSON of a few known shapes, and nothing else gets past here."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal, cast

from quizzer.errors import MessageRefused
from quizzer.group import commands
from quizzer.group.commands import Command

MESSAGE_BYTES = 32 * 1024
"""The longest message: an answer of 8,000 characters in any script, and what JSON puts around it."""

LARGEST_NUMBER = 2**31 - 1

Role = Literal["player", "host", "stage"]
What = Literal["next", "extend", "pause", "unpause", "close", "reveal", "skip", "end", "kick", "judge", "draw"]

_ROLES = ("player", "host", "stage")


@dataclass(frozen=True, slots=True)
class Hello:
    """The first message: who this is, by a token, by a join code and a name, or by a join code and a personal code."""

    role: Role
    token: str = ""
    code: str = ""
    name: str = ""
    team: str = ""
    personal: str = ""
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What is typed so far."""

    question: int
    text: str
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer handed in."""

    question: int
    text: str
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """The team that a player chooses."""

    team: str
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether a player's answers may be shown with the name on them."""

    yes: bool
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Do:
    """What the host wants done."""

    what: What
    seconds: int = 0
    player: str = ""
    group: int = 0
    accept: bool | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Ping:
    """A client asks whether the line is still open."""

    n: int | None = None


ClientMessage = Hello | Draft | Answer | Team | Consent | Do | Ping


def parse(text: str) -> ClientMessage:
    """The message that *text* is; raises MessageRefused on anything else."""
    if len(text) > MESSAGE_BYTES or len(text.encode("utf-8", "surrogatepass")) > MESSAGE_BYTES:
        raise MessageRefused(f"a message has at most {MESSAGE_BYTES} bytes")
    try:
        found = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise MessageRefused("a message is JSON") from error
    if not isinstance(found, dict):
        raise MessageRefused("a message is a JSON object")
    kind = found.pop("t", None)
    parser = _PARSERS.get(kind) if isinstance(kind, str) else None
    if parser is None:
        raise MessageRefused("a message of an unknown kind")
    fields = _Fields(found)
    message = parser(fields)
    fields.nothing_else()
    return message


def request_number(text: str) -> int | None:
    """The number that a message carries which was refused, so that its sender knows which it was; None for none."""
    try:
        number = json.loads(text[:MESSAGE_BYTES]).get("n")
    except (ValueError, RecursionError, AttributeError):
        return None
    return number if type(number) is int and 0 <= number <= LARGEST_NUMBER else None


def player_command(message: Draft | Answer | Team | Consent, player: str) -> Command:
    """What *player* asks for with *message*."""
    match message:
        case Draft():
            return commands.Draft(player, message.question, message.text)
        case Answer():
            return commands.Answer(player, message.question, message.text)
        case Team():
            return commands.ChooseTeam(player, message.team)
        case Consent():
            return commands.Consent(player, message.yes)


def host_command(message: Do, *, seed: int) -> Command:
    """What the host asks for with *message*; *seed* is for drawing teams."""
    made: Command = _HOST[message.what](message, seed)
    return made


_HOST: dict[What, Callable[[Do, int], Command]] = {
    "next": lambda _do, _seed: commands.Next(),
    "extend": lambda do, _seed: commands.Extend(do.seconds),
    "pause": lambda _do, _seed: commands.Pause(),
    "unpause": lambda _do, _seed: commands.Unpause(),
    "close": lambda _do, _seed: commands.Close(),
    "reveal": lambda _do, _seed: commands.Reveal(),
    "skip": lambda _do, _seed: commands.Skip(),
    "end": lambda _do, _seed: commands.End(),
    "kick": lambda do, _seed: commands.Kick(do.player),
    "judge": lambda do, _seed: commands.Judge(do.group, do.accept),
    "draw": lambda _do, seed: commands.DrawTeams(seed),
}

HOST_WORDS = tuple(_HOST)
"""All that a host can ask for."""


class _Fields:
    """The fields of one message, each taken once and held against its type."""

    def __init__(self, found: dict[str, object]) -> None:
        self._found = found

    def text(self, name: str, default: str | None = None) -> str:
        value = self._found.pop(name, default)
        if not isinstance(value, str):
            raise MessageRefused(f"{name!r} is a text")
        return value

    def number(self, name: str, default: int | None = None) -> int:
        value = self._found.pop(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_NUMBER:
            raise MessageRefused(f"{name!r} is a whole number")
        return value

    def yes(self, name: str, *, needed: bool = True) -> bool | None:
        value = self._found.pop(name, None)
        if isinstance(value, bool) or (value is None and not needed):
            return value
        raise MessageRefused(f"{name!r} is true or false")

    def one_of(self, name: str, words: Collection[str]) -> str:
        value = self.text(name)
        if value not in words:
            raise MessageRefused(f"{name!r} is one of {', '.join(words)}")
        return value

    def request(self) -> int | None:
        return self.number("n") if "n" in self._found else None

    def nothing_else(self) -> None:
        if self._found:
            raise MessageRefused("a message with a field that it cannot have")


def _hello(fields: _Fields) -> Hello:
    role = cast(Role, fields.one_of("role", _ROLES))
    token, code, personal = fields.text("token", ""), fields.text("code", ""), fields.text("personal", "")
    hello = Hello(role, token, code, fields.text("name", ""), fields.text("team", ""), personal, fields.request())
    by_code = role == "player" and bool(code) and bool(hello.name) != bool(personal)
    if bool(token) == by_code or (token and (code or hello.name or personal)):
        raise MessageRefused("a greeting has a token, a code and a name, or a code and a personal code")
    return hello


def _do(fields: _Fields) -> Do:
    what = cast(What, fields.one_of("what", HOST_WORDS))
    seconds = fields.number("seconds") if what == "extend" else 0
    player = fields.text("player") if what == "kick" else ""
    group = fields.number("group") if what == "judge" else 0
    accept = fields.yes("accept", needed=False) if what == "judge" else None
    return Do(what, seconds, player, group, accept, fields.request())


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


_PARSERS: dict[str, Callable[[_Fields], ClientMessage]] = {
    "hello": _hello,
    "draft": lambda fields: Draft(fields.number("q"), fields.text("text"), fields.request()),
    "answer": lambda fields: Answer(fields.number("q"), fields.text("text"), fields.request()),
    "team": lambda fields: Team(fields.text("team"), fields.request()),
    "consent": lambda fields: Consent(bool(fields.yes("yes")), fields.request()),
    "do": _do,
    "ping": lambda fields: Ping(fields.request()),
}
