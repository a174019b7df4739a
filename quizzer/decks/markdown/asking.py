"""Whether a text asks something, and whether it is about the list itself."""

from __future__ import annotations

import re

_ASKING = re.compile(
    r"^(?:what|what's|what’s|whats|why|how|how's|which|who|who's|whose|whom|where's|where|when)\b|"
    r"^(?:in|to|for|under|at|on|with|from|by|of|through)\s+(?:what|which|whom|how)\b|"
    r"^(?:is|are|am|was|were|do|does|did|can|could|should|would|will|shall|may|has|have|had)\s+\w+\b",
    re.IGNORECASE,
)
_ORDERING = re.compile(
    # Verbs that order whatever follows them, and those that order something: "list the", but not "lists".
    r"^(?:please\s+|briefly\s+|can you\s+|could you\s+)?(?:explain|describe|compare|contrast|differentiate|discuss|"
    r"define|distinguish|interview me|tell (?:me|us)|give|walk (?:me|us)|talk (?:me|us|about)|elaborate|summari[sz]e|"
    r"justify|"
    r"outline|derive|prove|mention|illustrate|demonstrate|enumerate|differences? between|diff between|"
    r"(?:dis)?advantages of|pros and cons|true or false|suppose|imagine|given|assume|say you|let's say)\b|"
    r"^(?:implement|write|design|create|build|list|name|state|show|find|reverse|count|compute|calculate|check|convert|"
    r"draw|make|identify|provide|consider|use|using|model|sketch|solve|determine|evaluate|estimate|add|remove|sort|"
    r"merge|generate|predict|fix|refactor|optimi[sz]e|print|return|choose|select|set up|deploy|configure|share|propose|"
    r"analy[sz]e)\s+(?:\d+|[a-z]+)\b",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset(("the", "of", "and", "is", "to", "what", "how", "are", "for", "with", "it", "that"))
_MARKS_AFTER = " \t*_`~\"'”’»)]}.:!…–-"
_QUESTION_MARKS = ("?", "？", "؟", ";", "⁇", "‽")
_BRACKETS_AFTER = re.compile(r"(?<=[?？؟])[\s*_`\"'”’)]*[(\[][^()\[\]]{0,80}[)\]]$")

_CONTRIBUTE = "(?:want|wanna|would you like|wish) to (?:contribute|help|support|learn more|get|see|join|add)"
_PAGE_TALK = re.compile(
    r"^(?:what(?:'s| is| are) (?:this|these|new|inside|included|covered|next)"
    r"(?: (?:repo\w*|project|list|guide|about|for|page|book|course|handbook)\b.*)?|"
    r"what (?:will|can|do|would) (?:i|you|we) (?:learn|get|find|need)\b.{0,60}|"
    r"what (?:you|we)(?:'ll| will) (?:learn|get)\b.{0,40}|"
    r"who (?:is|are) (?:the (?:target|intended)|this)\b.{0,60}|who should (?:read|use|take)\b.{0,40}|"
    r"why (?:this|these|did i (?:create|make|write))\b.*|who (?:is this|am i|are we|should).*|"
    r"how (?:to|can (?:i|you|we)|do i|you can|should i)\s+(?:(?:contribute|help|"
    r"use (?:this|it|the (?:repo|list|questions))|read this|participate|get started|"
    r"add (?:a )?(?:new )?questions?)\b.*|(?:run|install|build|support|navigate|"
    r"prepare)(?: (?:this|it|us|me|for (?:this|the|your) interviews?|the (?:project|app|repo\w*|code|site)|"
    r"locally)\b.*)?)|how (?:this|it) works|"
    rf"{_CONTRIBUTE}\b.*|(?:found|find|spotted|see) (?:a|an|any) (?:bug|mistake|error|typo|issue)\b.*|"
    r"(?:have|got|any|more|still)(?: any| a| more)? questions?\b.{0,80}|(?:need|looking for) (?:help|more|a job)\b.*|"
    r"(?:do you )?like (?:this|it|what)\b.*|missing (?:a|something)\b.*|enjoy(?:ing|ed)?\b.*|"
    r"did (?:you|i) (?:like|find|miss)\b.*|liked? it)\s*[?!.]*$",
    re.IGNORECASE,
)
_CONTENTS = (
    r"table of contents?|contents?|toc|index|(?:list of|all) questions|questions? (?:list|index|overview)|navigation|"
    r"inhaltsverzeichnis|índice|sommaire|目录|目次|содержание|оглавление"
)
_IS_CONTENTS = re.compile(rf"^(?:{_CONTENTS})[\s:.!]*$", re.IGNORECASE)
_META = re.compile(
    rf"^(?:{_CONTENTS}|(?:quick )?links?|contribut\w*(?: guide(?:lines)?| to .*)?|how to contribute|licen[cs]e\w*|"
    r"copyright.*|authors?|maintainers?|contributors?.*|acknowledge?ments?|credits?|thanks.*|special thanks.*|"
    r"sponsors?.*|support(?: (?:me|us|this.*))?|donat\w*|backers?|star ?(?:history|gazers).*|stargazers.*|"
    r"code of conduct|resources?|(?:useful|additional|further|other|external|helpful|recommended) "
    r"(?:resources?|links?|reading|material\w*|repos\w*)|references?|further reading|bibliography|translations?|"
    r"(?:available )?languages?(?: available)?|contact(?: (?:me|us))?|feedback|disclaimer|change ?log|installation|"
    r"getting started|prerequisites?|related(?: .*)?|see also|community|follow (?:me|us).*|connect.*|download\w*.*|"
    r"subscribe.*|show your support|back to top|legend)"
    r"[\s:.!]*$",
    re.IGNORECASE,
)


def asking(text: str) -> int:
    """How surely plain *text* asks something: 2 with a question mark, 1 by its first words, 0 not."""
    text = " ".join(text.split())
    if not text or _PAGE_TALK.match(text):
        return 0
    end = _BRACKETS_AFTER.sub("", text.rstrip(" \t*_`~\"'.")).rstrip(_MARKS_AFTER)
    if (end.endswith(_QUESTION_MARKS) and (end[-1] != ";" or _is_greek(end))) or text.startswith("¿"):
        return 2
    begins = _ASKING.match(text) or _ORDERING.match(text)
    if begins and any(mark in text for mark in "?？؟") and len(text) < 600:
        return 2
    return 1 if begins and len(text) < 400 else 0


def _is_greek(text: str) -> bool:
    return any("\u0370" <= character <= "\u03ff" for character in text)


def is_english(text: str) -> bool:
    """Whether the small words of *text* are English ones; short texts are taken for English in Latin script."""
    words = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    letters = "".join(words)
    if sum(character > "\u024f" for character in letters) * 3 > len(letters):
        return False
    return len(words) < 60 or sum(word in _SMALL_WORDS for word in words) * 25 >= len(words)


def is_page_talk(text: str) -> bool:
    """Whether a question is about the list itself: "How to contribute?"."""
    return bool(_PAGE_TALK.match(text.strip()))


def is_meta(title: str) -> bool:
    """Whether a section is about the list and not of it: contents, licence, contributing."""
    return bool(_META.match(title.strip())) or is_page_talk(title)


def is_contents(title: str) -> bool:
    """Whether a section's title announces a table of contents."""
    return bool(_IS_CONTENTS.match(title.strip()))
