"""Who may come in, and as whom: codes and tokens against the session's secret, at the rates that `limits` allows."""

from __future__ import annotations

from urllib.parse import urlsplit

from quizzer.errors import GroupRefused
from quizzer.group import tokens
from quizzer.group.limits import Guesses
from quizzer.group.state import State

WELCOME_SECONDS = 60.0
"""Somebody whose welcome was lost with the connection tries again within this time."""

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


class Access:
    """The door of one session."""

    def __init__(self, *, code: str, secret: str, names: frozenset[str] = frozenset()) -> None:
        """*names*: host names, beside those of this machine itself, under which the server may be asked."""
        self._code, self._secret = code, secret
        self.names = set(LOCAL_NAMES | {name.lower() for name in names})
        self._guesses = Guesses()
        self._personal: dict[str, str] = {}
        self._unheard: dict[str, tuple[str, float]] = {}

    def knows_host(self, header: str) -> bool:
        """Whether a Host *header* names this server: a page elsewhere whose name leads here does not."""
        return _name(f"//{header}") in self.names

    def knows_origin(self, origin: str | None, host: str) -> bool:
        """Whether a WebSocket may be opened from *origin*: from our own page, or by a program, which sends none."""
        if origin is None:
            return True
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower() and self.knows_host(host)

    def check_code(self, code: str, *, address: str, at: float) -> None:
        """Raise GroupRefused unless *code* is the session's."""
        self._check(tokens.same(tokens.plain(code), self._code), "bad-code", "there is no session with this code here",
                    address=address, at=at)  # fmt: skip

    def check_host(self, token: str) -> None:
        """Raise GroupRefused unless *token* is the host's."""
        if not tokens.is_host(self._secret, token):
            raise GroupRefused("bad-token", "this is not the host's token")

    def check_stage(self, token: str) -> None:
        """Raise GroupRefused unless *token* is the projector's."""
        if not tokens.is_stage(self._secret, token):
            raise GroupRefused("bad-token", "this is not the projector's link")

    def player_with_token(self, state: State, token: str) -> str:
        """The player whose *token* it is.

        Raises GroupRefused where it is nobody's, or the host sent the player away. Tokens are too long to be guessed:
        somebody who guesses codes from the same address keeps nobody from coming back.
        """
        player = tokens.player_of(self._secret, token)
        if player is None or player not in state.players:
            raise GroupRefused("bad-token", "this session does not know you; join again")
        return _welcome(state, player)

    def player_with_code(self, state: State, personal: str, *, address: str, at: float) -> str:
        """The player whose *personal* code it is; raises GroupRefused as `check_code` and `player_with_token`."""
        for player in list(state.players)[len(self._personal) :]:
            self._personal[tokens.plain(tokens.personal_code(self._secret, player))] = player
        given = tokens.plain(personal)
        found = self._personal.get(given)
        self._check(found is not None, "bad-code", "nobody has this personal code", address=address, at=at)
        return _welcome(state, str(found))

    def joined(self, player: str, *, address: str, at: float) -> None:
        """*player* is new, and has perhaps not heard yet that it worked."""
        self._unheard[player] = (address, at)

    def heard(self, player: str) -> None:
        """*player* has answered: the welcome, with the token, has arrived."""
        self._unheard.pop(player, None)

    def lost_welcome(self, player: str, *, address: str, at: float) -> bool:
        """Whether somebody at *address* who asks for the name of *player* is most likely that player.

        The network may go between a join and its welcome: the name is taken then, by the one who asks for it.
        """
        from_there, since = self._unheard.get(player, ("", 0.0))
        return from_there == address and at - since < WELCOME_SECONDS

    def keys(self, player: str) -> tuple[str, str]:
        """The token and the personal code of *player*."""
        return tokens.player_token(self._secret, player), tokens.personal_code(self._secret, player)

    def _check(self, right: bool, why: str, message: str, *, address: str, at: float) -> None:
        # Not even looked at while too many were wrong: else only the words of the refusal would be slowed down.
        if not self._guesses.allowed(address, at=at):
            message = "too many wrong codes came from your network; try again in a few seconds"
            raise GroupRefused("too-fast", message)
        if not right:
            self._guesses.wrong(address, at=at)
            raise GroupRefused(why, message)


def _welcome(state: State, player: str) -> str:
    if state.players[player].kicked:
        raise GroupRefused("kicked", "the host has taken you out of this session")
    return player


def _name(url: str) -> str:
    """The host name in *url*, without its port; empty where there is none."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return ""
    if parts.username is not None or parts.path or parts.query or parts.fragment:
        return ""
    return (parts.hostname or "").rstrip(".")
