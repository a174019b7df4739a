"""Whether a source is one: something that a reader can look up to check the answer."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from quizzer.decks.checking.placeholders import is_placeholder

_VAGUE = """internet|web|online|google|googled|google search|web search|search|search engine|bing|me|myself|self|author
    own knowledge|my knowledge|my own knowledge|personal knowledge|general knowledge|common knowledge|knowledge
    experience|own experience|my experience|personal experience|my own experience|memory|from memory|my memory
    common sense|link|links|url|urls|website|websites|web site|site|page|web page|blog|blog post|a blog|forum
    source|sources|reference|references|citation|citation needed|unknown|unknown source|various|various sources
    several sources|many sources|multiple sources|different sources|none|no source|nothing|n a|na|not applicable
    somewhere|anywhere|everywhere|someone|somebody|a friend|friend|colleague|a colleague|teacher|my teacher
    book|books|a book|textbook|textbooks|paper|papers|a paper|article|articles|an article|lecture|lectures|slides
    lecture notes|notes|my notes|class|course|video|videos|youtube video|podcast|documentation|docs|the docs|manual
    see above|above|see below|below|see link|see url|ibid|same|same as above|here|this|it
    chatgpt|chat gpt|gpt|gpt 4|gpt 3|openai|claude|gemini|copilot|llm|ai|an ai|language model|a language model
    internet search|the news|news|tutorial|tutorials|a tutorial|stuff|things|misc|miscellaneous|other|others"""
_VAGUE_TEXTS = frozenset(text.strip() for text in re.split(r"[|\n]", _VAGUE))
_ARTICLE = re.compile(r"^(?:the|a|an|my|some|on|from|in|via|by) (?=\w)")

_URL = re.compile(r"\b(?:https?|ftp)://[^\s<>\"']*|\bwww\.[^\s<>\"']+", re.IGNORECASE)
_BROKEN_SCHEME = re.compile(
    r"\b(?:https?|ftp)(?::/(?!/)|//|;//|:\\+)|\b(?:htp|htps|hhtp|hhtps|htpp|htpps|ttps?)s?://", re.I
)
_LINK = re.compile(r"\[([^\]\n]*)\]\(([^)\n]*)\)")
_DOI = re.compile(r"\bdoi(?:\.org/|\s*[:=]\s*|\s+(?=10))(\S*)", re.IGNORECASE)
_DOI_FORM = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_BARE_DOI = re.compile(r"\s*10\.\d{4,9}/?\s*")
_ARXIV = re.compile(r"\barxiv\s*:\s*(\S*)", re.IGNORECASE)
_ARXIV_FORM = re.compile(r"\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[a-z]{2})?/\d{7}(?:v\d+)?", re.IGNORECASE)
_HOST = re.compile(
    r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\]", re.IGNORECASE
)
_PLACE_IN_NOTHING = re.compile(
    r"\W*(?:p|pp|pg|pages?|ch|chap|chapter|sec|section|fig|figure|table|slides?|vol|volume|no)\W*(?:\d+|[ivxlc]+)"
    r"(?:\W+(?:\d+|[ivxlc]+))?\W*|\W*\d{1,3}\W*",
    re.IGNORECASE,
)
_OWN_HOSTS = ("localhost", "127.0.0.1", "0.0.0.0", "[::1]")
_EXAMPLE_HOSTS = ("example.com", "example.org", "example.net")
_SEARCH_HOSTS = ("google.com", "bing.com", "duckduckgo.com", "yahoo.com")

NAME_IT = "name a work and the place in it, such as 'Liu et al. 2019, section 4', or a web address"


def fault(source: str) -> tuple[str, str] | None:
    """What is wrong with *source*, and what to do about it; None where it can be looked up, as far as one can tell."""
    text = " ".join(source.split())
    bare = " ".join(re.findall(r"[^\W_]+", text.lower()))
    if is_placeholder(text) or not bare:
        return f"the source {_quoted(text)} is a placeholder", NAME_IT
    if bare in _VAGUE_TEXTS or _ARTICLE.sub("", bare) in _VAGUE_TEXTS:
        return f"the source {_quoted(text)} is too vague to be looked up", NAME_IT
    if text.endswith("?") and len(bare.split()) <= 2:
        return f"the source {_quoted(text)} is a guess", NAME_IT
    if _PLACE_IN_NOTHING.fullmatch(text):
        return f"the source {_quoted(text)} names a place in no work", NAME_IT
    return _address_fault(text) or _identifier_fault(text)


def _address_fault(text: str) -> tuple[str, str] | None:
    for title, target in _LINK.findall(text):
        if not target.strip(" #"):
            return f"the link {_quoted(title)} leads nowhere", "write the address between the round brackets"
    broken = _BROKEN_SCHEME.search(text)
    if broken:
        return f"{_quoted(broken[0])} does not begin a web address", "a web address begins with https://"
    for address in _URL.findall(text):
        found = _url_fault(address)
        if found:
            return found
    return None


def _url_fault(address: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = (parts.hostname or "").rstrip(".,;)")
    except ValueError:
        host = ""
    shown = _quoted(address)
    if host in (own.strip("[]") for own in _OWN_HOSTS) or host.endswith(".local"):
        return f"the address {shown} is one of your own machine", "give an address that every reader can open"
    if not host or not (_HOST.fullmatch(host) or ":" in host):
        return f"the address {shown} names no site", "write the whole address, such as https://arxiv.org/abs/1907.11692"
    plain = host.removeprefix("www.")
    if plain in _EXAMPLE_HOSTS:
        return f"the address {shown} is an example", "give the real address"
    if plain in _SEARCH_HOSTS and (parts.path in ("", "/") or parts.path.startswith("/search")):
        return f"the address {shown} is a search", "give the address of the page that was found"
    return None


def _identifier_fault(text: str) -> tuple[str, str] | None:
    for found in _DOI.findall(text):
        if not _DOI_FORM.match(found):
            wrong = f"{_quoted(found)} is not a DOI" if found else "a source ends where its DOI should stand"
            return wrong, "a DOI is written like 10.18653/v1/N19-1423"
    if _BARE_DOI.fullmatch(text):
        return f"{_quoted(text)} is not a whole DOI", "a DOI is written like 10.18653/v1/N19-1423"
    for found in _ARXIV.findall(text):
        if not _ARXIV_FORM.match(found.strip("[](),.;")):
            wrong = (
                f"{_quoted(found)} is not an arXiv number" if found else "a source ends where its number should stand"
            )
            return wrong, "it is written like arXiv:1907.11692"
    return None


def _quoted(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")
