"""What lets somebody in: the code to join, and tokens that the session's secret makes and nobody can guess."""

from __future__ import annotations

import hashlib
import hmac
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 characters that nobody takes for one another when they are read aloud or copied by hand: no 0 or O, 1, I or L."""

CODE_LENGTH = 6
"""887 million codes; the rates in `limits` leave a guesser one chance in ten thousand in an hour."""
PERSONAL_LENGTH = 8


def new_secret() -> str:
    """256 random bits, in hexadecimal."""
    return secrets.token_hex(32)


def new_code() -> str:
    """A code to join a new session."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def host_token(secret: str) -> str:
    """What makes a connection the host's."""
    return _token(secret, "host")


def stage_token(secret: str) -> str:
    """What makes a connection the projector's: it sees what the room sees."""
    return _token(secret, "stage")


def player_token(secret: str, player: str) -> str:
    """What makes a connection this player's, when it comes back; begins with the player's id."""
    return f"{player}.{_token(secret, f'player {player}')}"


def personal_code(secret: str, player: str) -> str:
    """What lets this player in on another device, together with the session's code: ``H4XK-92PM``."""
    number = int.from_bytes(_digest(secret, f"personal {player}"), "big")
    letters = ""
    for _ in range(PERSONAL_LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters += ALPHABET[rest]
    return f"{letters[:4]}-{letters[4:]}"


def is_host(secret: str, token: str) -> bool:
    """Whether *token* is the host's."""
    return same(token, host_token(secret))


def is_stage(secret: str, token: str) -> bool:
    """Whether *token* is the projector's."""
    return same(token, stage_token(secret))


def player_of(secret: str, token: str) -> str | None:
    """The id of the player whose *token* it is; None where it is nobody's."""
    player = token.partition(".")[0]
    return player if same(token, player_token(secret, player)) else None


def same(given: str, expected: str) -> bool:
    """Whether the two are equal, in a time that does not tell how much of them is."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


def plain(code: str) -> str:
    """A code as it was typed, in the way it is kept: capitals, without blanks and hyphens."""
    return "".join(code.split()).replace("-", "").upper()


def _token(secret: str, purpose: str) -> str:
    return _digest(secret, purpose).hex()


def _digest(secret: str, purpose: str) -> bytes:
    return hmac.digest(bytes.fromhex(secret), f"quizzer {purpose}".encode(), hashlib.sha256)
