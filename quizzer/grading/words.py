"""The words of a language that carry no topic: what grading knows of a language beside the model."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """Closed classes of words, lower case. An empty class switches off what needs it."""

    code: str
    stop: frozenset[str] = frozenset()
    negators: frozenset[str] = frozenset()
    connectives: frozenset[str] = frozenset()
    """Words that begin a clause of its own."""
    unknowing: tuple[str, ...] = ()
    """Regular expressions for "I don't know"."""
    fillers: frozenset[str] = frozenset()
    """Words beside "I don't know" that do not make it an answer."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH = Language(
    code="en",
    stop=_set(
        """a an the this that these those it its itself he she they them their theirs his hers her him i me my mine we
        us our ours you your yours is are was were be been being am do does did doing done has have had having will
        would shall should can could may might must of in on at to for from by with as into onto about and or so if
        than then there here which who whom whose what when where why how because since while also just very too
        such some any each both all other another own same s t d ll m re ve let get gets got well really actually
        basically etc"""
    ),
    negators=_set(
        """no not never none neither nor nothing nobody nowhere without cannot cant can't don't dont doesn't doesnt
        didn't didnt isn't isnt aren't arent wasn't wasnt weren't werent won't wont wouldn't wouldnt shouldn't shouldnt
        couldn't couldnt hasn't hasnt haven't havent hadn't hadnt unable fails fail failed lacks lack lacking hardly
        scarcely barely"""
    ),
    connectives=_set(
        "and but while whereas because so which although though since unless instead however therefore thus then"
    ),
    fillers=_set("sorry please answer question one honestly afraid know remember think guess maybe"),
    unknowing=(
        r"\b(?:i|we)(?: really| honestly| just| actually)*"
        r" (?:do not|don'?t|did not|didn'?t|can ?not|can'?t|could not|couldn'?t)"
        r"(?: really| honestly| actually)? (?:know|remember|recall|tell|answer|say)\b(?: (?:it|this|that|the answer))?",
        r"\bno (?:idea|clue|answer)\b",
        r"\b(?:idk|dunno|don'?t know|not sure|unsure|no comment)\b",
        r"\bi (?:have|ha?ve got|'ve) (?:no|not the \w+) (?:idea|clue)\b",
        r"\b(?:pass|skip|next)\b(?=[\s.!?]*$)",
        r"\bi(?: am|'?m) (?:not sure|unsure|lost|stuck|clueless)\b",
        r"\bi (?:forgot|forget|have forgotten|'?ve forgotten)\b(?: (?:it|this|that|the answer))?",
        r"\bhaven'?t (?:learned|learnt|studied|read)\b",
    ),
)

LANGUAGES = {"en": ENGLISH}


def language(code: str) -> Language:
    """The language of this code (``en``, ``en-GB``); one with empty classes where none is known."""
    base = code.lower().replace("_", "-").split("-")[0]
    return LANGUAGES.get(base, Language(code=base))
