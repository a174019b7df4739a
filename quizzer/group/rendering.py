"""Makes HTML of what decks say in Markdown; what players say is never passed through here."""

from __future__ import annotations

import functools
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict


@functools.lru_cache(maxsize=256)
def html(markdown: str) -> str:
    """*markdown* as HTML: HTML in it is shown as text, links lead to http and https alone, nothing is loaded."""
    return str(_parser().render(markdown))


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")
    parser.validateLink = _is_web  # type: ignore[method-assign]  # the documented way to restrict links
    parser.add_render_rule("link_open", _link_open)
    return parser


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc)


def _link_open(renderer: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    tokens[index].attrSet("rel", "noopener noreferrer nofollow")
    tokens[index].attrSet("target", "_blank")
    return renderer.renderToken(tokens, index, options, env)
