"""The link to a live session, as people paste, type or shorten it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from quizzer.errors import UsageError

PORT = 8765
_HINT = "it looks like http://192.168.1.5:8765/#K7M2QD and stands on the host's screen"


@dataclass(frozen=True, slots=True)
class Invitation:
    """Where the session is, and the code to join it."""

    url: str
    """Ends with a slash."""
    code: str
    """Empty where the link had none."""

    @property
    def socket_url(self) -> str:
        """Where the live connection is."""
        return f"ws{self.url.removeprefix('http')}ws"


def invitation(link: str) -> Invitation:
    """What *link* says; the scheme and the port may be left out.

    Raises:
        UsageError: it is no link to a session.
    """
    text = link.strip()
    if not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://", text):
        text = f"http://{text}"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"{link!r} is no link to a quiz", hint=_HINT) from error
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or parts.query:
        raise UsageError(f"{link!r} is no link to a quiz", hint=_HINT)
    if port is None and parts.scheme == "http":
        port = PORT
    name = f"[{host}]" if ":" in host else host
    code = "".join(parts.fragment.split()).replace("-", "").upper()
    folder = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    return Invitation(f"{parts.scheme}://{name}{f':{port}' if port is not None else ''}{folder}", code)
