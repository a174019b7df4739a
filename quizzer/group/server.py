"""What the host's machine serves: the page, its files, a player's session to take home, and the live connection."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from quizzer.errors import GroupRefused
from quizzer.group import sessionfile, takehome
from quizzer.group.access import Access
from quizzer.group.conversation import HELLO_SECONDS, Conversation
from quizzer.group.hub import Hub
from quizzer.group.lines import Doors

PAGES = {"/": "index.html", "/stage": "stage.html"}
TYPES = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon", ".json": "application/json",
    ".webmanifest": "application/manifest+json",
}  # fmt: skip


def app(hub: Hub, access: Access, doors: Doors, *, hello_seconds: float = HELLO_SECONDS) -> ASGIApp:
    """The application, for one session."""
    files = web_files()
    routes: list[Route | WebSocketRoute] = [
        Route(path, _serve_file(content, kind), methods=["GET"]) for path, (content, kind) in files.items()
    ]

    async def session_file(request: Request) -> Response:
        return _session_file(request, hub, access)

    async def live(scope: Scope, receive: Receive, send: Send) -> None:
        line = doors.line(scope)
        if line is None:
            return
        socket = WebSocket(scope, receive, send)
        await Conversation(socket, line, hub, access, hello_seconds=hello_seconds).run()

    routes += [Route("/session.json", session_file, methods=["GET"]), WebSocketRoute("/ws", _Endpoint(live))]
    return Guard(Starlette(routes=routes), access)


def web_files() -> dict[str, tuple[bytes, str]]:
    """Path -> (content, type) of everything that is served as it is."""
    folder = Path(str(resources.files("quizzer.group") / "web"))
    found = {
        f"/web/{path.relative_to(folder).as_posix()}": (path.read_bytes(), TYPES[path.suffix])
        for path in sorted(folder.rglob("*"))
        if path.suffix in TYPES
    }
    return found | {path: found[f"/web/{name}"] for path, name in PAGES.items() if f"/web/{name}" in found}


class _Endpoint:
    """An ASGI application as a class, which starlette's routes take as it is."""

    def __init__(self, serve: ASGIApp) -> None:
        self._serve = serve

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve (ASGI)."""
        await self._serve(scope, receive, send)


class Guard:
    """Lets in requests that are meant for this server alone, and sends what keeps a page to itself with each answer."""

    def __init__(self, inner: ASGIApp, access: Access) -> None:
        self._inner, self._access = inner, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on (ASGI)."""
        if scope["type"] == "lifespan":
            await self._inner(scope, receive, send)
            return
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1")
        if not self._access.knows_host(host):
            await _refuse(scope, receive, send, 421, "this server is not called that")
            return
        if scope["type"] == "websocket":
            origin = headers[b"origin"].decode("latin-1") if b"origin" in headers else None
            if not self._access.knows_origin(origin, host):
                await _refuse(scope, receive, send, 403, "not from another page")
                return
            await self._inner(scope, receive, send)
            return

        async def guarded(message: Any) -> None:  # an ASGI message
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *_guards(host)]}
            await send(message)

        await self._inner(scope, receive, guarded)


def _guards(host: str) -> list[tuple[bytes, bytes]]:
    policy = "; ".join((
        "default-src 'none'", "script-src 'self'", "style-src 'self'", f"connect-src 'self' ws://{host} wss://{host}",
        "img-src 'self' data:", "manifest-src 'self'", "base-uri 'none'", "form-action 'none'",
        "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types quizzer",
    ))  # fmt: skip
    return [
        (b"content-security-policy", policy.encode("latin-1")),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        (b"cache-control", b"no-store"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    ]


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, message: str) -> None:
    if scope["type"] == "websocket":
        await WebSocket(scope, receive, send).close()
        return
    await Response(message, status, media_type="text/plain")(scope, receive, send)


def _serve_file(content: bytes, kind: str) -> Any:  # starlette's type of an endpoint
    async def serve(request: Request) -> Response:
        return Response(content, headers={"content-type": kind})

    return serve


def _session_file(request: Request, hub: Hub, access: Access) -> Response:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    state = hub.engine.state
    try:
        if scheme.lower() != "bearer":
            raise GroupRefused("bad-token", "a token is needed")
        player = access.player_with_token(state, token.strip())
    except GroupRefused as error:
        return Response(error.message, 401, media_type="text/plain")
    content = sessionfile.write(takehome.take_home(state, player)).encode("utf-8", "replace")
    disposition = f'attachment; filename="{sessionfile.NAME}"'
    return Response(content, media_type="application/json", headers={"content-disposition": disposition})
