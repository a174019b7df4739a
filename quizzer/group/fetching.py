"""Gets a player's session file from the host, beside the live connection."""

from __future__ import annotations

import urllib.request

from quizzer.group.sessionfile import MOST_BYTES

PATIENCE_SECONDS = 10.0


def session_file(url: str, token: str) -> bytes:
    """What the host at *url* has for the player with this *token*; it is not looked into.

    Raises:
        OSError, ValueError: it cannot be had.
    """
    request = urllib.request.Request(f"{url}session.json", headers={"Authorization": f"Bearer {token}"})
    # No proxy: the host is on this network.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=PATIENCE_SECONDS) as response:
        content: bytes = response.read(MOST_BYTES + 1)
        return content
