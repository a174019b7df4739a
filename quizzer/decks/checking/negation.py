"""An English text with its claims denied: the verbs of its main clauses are negated, not the text as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quizzer.decks.checking.verbs import PAST, THIRD_PERSON, VERBS

FRAGMENT_WORDS = 12
"""A text without a verb and with no more words is denied as a whole: "not twelve layers"."""

_CLAUSE_END = re.compile(
    r"(?<=[.!?;:])\s+|\n+|,\s+(?=(?:and|but|so|while|whereas|then|yet|which)\b)|\s+(?=(?:while|whereas|but|because)\b)"
    r"|,\s+(?=(?:it|they|he|she|we|you|i|this|that|these|those|the|a|an|[A-Z]\w+)\s)|\s+[-–—]+\s+"
)
_TOKEN = re.compile(r"[A-Za-z]+(?:[-'’][A-Za-z]+)*")
_PREFIX = re.compile(r"^(?:fine|pre|re|co|cross|down|up|over|under|out)-")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BE = _set("is are was were am")
_MODALS = _set("can could will would should must may might shall does do did")
_CONTRACTED = re.compile(r"^(?:(?:it|that|he|she|there|here)'s|(?:i|you|we|they|it)'(?:m|re|ll|d|ve))$")
_UNDONE = {
    "can't": "can", "cannot": "can", "won't": "will", "isn't": "is", "aren't": "are", "wasn't": "was",
    "weren't": "were", "doesn't": "does", "didn't": "did", "hasn't": "has", "haven't": "have", "hadn't": "had",
    "couldn't": "could", "wouldn't": "would", "shouldn't": "should", "mustn't": "must", "don't": "do",
}  # fmt: skip
_REPLACED = {"no": "some", "nothing": "something", "nobody": "everybody", "none": "all", "neither": "either"}
_HARDLY = _set("never hardly barely scarcely rarely seldom")

_BEGIN_CONDITION = _set(
    "if when whenever unless although though because since after before until once as where wherever which who whose"
    " even for whether how why what that"
)
"""Words that begin a clause which says under what condition another one holds; what it claims is not the point."""

_BEFORE_AN_ORDER = _set(
    "then first finally next and also always otherwise instead so later or second third simply just better ideally but"
)
_PRONOUNS = _set("i we you they")
_BEFORE_A_NOUN = _set(
    """a an the this these those my your our their its his her of in on at to for from by with as into onto about over
    under between per than and or nor but not no every each some any all both either neither more most less least very
    too so such same other new old full good own many few several one two three four five six seven eight nine ten
    against without within during through across via towards until while via small large big long short high low fixed
    fast slow raw soft hard fresh last next first second whole early late deep main rare real true false best better
    worse worst fewer only"""
)
"""Words after which a noun follows, not the verb of a clause."""

_ADJECTIVE = re.compile(r"(?:ic|al|ive|able|ible|ous|ful|less|ary|ant|ent|ish)$")
_ADVERB = re.compile(r"ly$|^(?:only|also|still|often|always|usually|just|even|then|already|now|mostly|thus)$")
_NO_PLURAL = re.compile(r"(?:ss|us|is|ous)$")
_AFTER_A_PARTICIPLE = _set("by with on as to for from in at into of using under over")
_WITHOUT_OBJECT = _set(
    """falls rises grows shrinks fails works matters helps diverges converges vanishes decreases increases suffers
    improves degrades remains stays overfits drops differs suffices happens occurs"""
)
_ALSO_NOUNS = _set(
    "compute access output input label batch query score model memory noise data work result test train sample text"
)
"""Verbs that are as often what another verb is about: "it costs compute"."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause: its text, its words lower case, and where each stands."""

    text: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def gap(self, index: int) -> str:
        """What stands between the word at *index* and the one before it."""
        return self.text[self.spans[index - 1][1] : self.spans[index][0]].strip()

    def word(self, index: int) -> str:
        """The word at *index*; empty beyond the last."""
        return self.words[index] if index < len(self.words) else ""


@dataclass(frozen=True, slots=True)
class _Edit:
    """*new* instead of the characters from *start* to *end*."""

    start: int
    end: int
    new: str


def negated(text: str) -> str | None:
    """*text* with the verb of every main clause denied, or what denies it taken out; None where no verb is found.

    A fragment of a few words without a verb becomes "not ...".
    """
    parts, last, changed = [], 0, False
    for start, end in _clauses(text):
        denied = _denied(text[start:end])
        parts += [text[last:start], text[start:end] if denied is None else denied]
        changed = changed or denied is not None
        last = end
    if changed:
        return "".join(parts) + text[last:]
    count = len(text.split())
    return f"Not {text.strip()}" if 0 < count <= FRAGMENT_WORDS and _TOKEN.search(text) else None


def _clauses(text: str) -> list[tuple[int, int]]:
    """Spans of the clauses of *text*, a connective with the clause that it begins."""
    cuts = list(_CLAUSE_END.finditer(text))
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), len(text)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _denied(text: str) -> str | None:
    """A clause denied; None where it claims nothing or its verb is not found."""
    tokens = list(_TOKEN.finditer(text))
    words = [token[0].lower().replace("’", "'") for token in tokens]
    if not words:
        return None
    if words[0] in _BEGIN_CONDITION:
        comma = text.find(", ")
        rest = _denied(text[comma + 2 :]) if comma > 0 else None
        return None if rest is None else text[: comma + 2] + rest
    # What comes after "that", "when" or "whether" is part of what is claimed, not the claim.
    count = next((i for i, word in enumerate(words) if i and word in _BEGIN_CONDITION), len(words))
    clause = _Clause(text, tuple(words[:count]), tuple(token.span() for token in tokens[:count]))
    edit = _undone(clause) or _order(clause) or _first(_auxiliary(clause), _present(clause)) or _past(clause)
    return None if edit is None else text[: edit.start] + edit.new + text[edit.end :]


def _first(*edits: _Edit | None) -> _Edit | None:
    return min((edit for edit in edits if edit), key=lambda edit: edit.start, default=None)


def _undone(clause: _Clause) -> _Edit | None:
    """The denial taken out: "does not use" becomes "does use", "no masks" "some masks"."""
    for index, word in enumerate(clause.words):
        start, end = clause.spans[index]
        following = clause.word(index + 1)
        if word == "don't" and not index and following:
            first, last = clause.spans[1]
            return _Edit(start, last, clause.text[first:last].capitalize())
        if word in _UNDONE:
            return _Edit(start, end, _UNDONE[word])
        if word == "not" and index and following not in ("only", "just"):
            before = clause.words[index - 1]
            if before in _BE | _MODALS or before in ("has", "have", "had"):
                return _Edit(clause.spans[index - 1][1], end, "")
        if word in _HARDLY and following == "any":
            return _Edit(start, clause.spans[index + 1][1], "much")
        if word in _HARDLY and index:
            return _Edit(clause.spans[index - 1][1], end, "")
        if word in _REPLACED and following not in ("longer", "matter", "nor", ""):
            new = _REPLACED[word]
            return _Edit(start, end, new.capitalize() if clause.text[start].isupper() else new)
    return None


def _auxiliary(clause: _Clause) -> _Edit | None:
    """ "not" after the first auxiliary of the clause."""
    for index, word in enumerate(clause.words):
        end = clause.spans[index][1]
        if index and clause.words[index - 1] == "to":
            continue
        if _CONTRACTED.match(word) or (index and word in _BE | _MODALS):
            return _Edit(end, end, " not")
        if index and word in ("has", "have", "had") and _is_participle(clause.word(index + 1)):
            return _Edit(end, end, " not")
    return None


def _is_participle(word: str) -> bool:
    return word in ("been", "shown", "taken", "seen", "done", "known", "grown", "become") or word in PAST


def _present(clause: _Clause) -> _Edit | None:
    """The clause's verb in the present denied: "does not drop", "I do not take"."""
    for index in range(1, len(clause.words)):
        word, before = clause.words[index], clause.words[index - 1]
        start, end = clause.spans[index]
        adverb = index > 1 and _ADVERB.search(before) is not None
        if adverb:
            start, before = clause.spans[index - 1][0], clause.words[index - 2]
        if clause.gap(index) or before in _BEFORE_A_NOUN or before in PAST:
            continue
        between = clause.text[start : clause.spans[index][0]]
        base = "have" if word == "has" else _base(word, THIRD_PERSON)
        if base and not _ADJECTIVE.search(before) and not _is_noun(clause, index):
            return _Edit(start, end, f"does not {between}{base}")
        if (word == "have" or _base(word, VERBS)) and _is_plural(before):
            return _Edit(start, end, f"do not {between}{word}")
    return None


def _base(word: str, forms: dict[str, str] | frozenset[str]) -> str:
    """The base form of *word*, fine-tune of fine-tunes; empty where it is none of *forms*."""
    prefix = _PREFIX.match(word)
    stem = word[prefix.end() :] if prefix else word
    if stem not in forms:
        return ""
    return (prefix[0] if prefix else "") + (forms[stem] if isinstance(forms, dict) else stem)


def _is_plural(word: str) -> bool:
    return word in _PRONOUNS or (len(word) > 3 and word.endswith("s") and not _NO_PLURAL.search(word))


def _is_noun(clause: _Clause, index: int) -> bool:
    """Whether what may be a verb is the noun at the end of a phrase: "training costs.", "masks and layers"."""
    following = clause.word(index + 1)
    if not following:
        after = clause.text[clause.spans[index][1] :].strip(" .,;:!?")
        return not after[:1].isdigit() and clause.words[index] not in _WITHOUT_OBJECT and not after
    ends = bool(clause.gap(index + 1)) and not re.search(r"\d", clause.gap(index + 1))
    if following in _ALSO_NOUNS:
        return ends
    return ends or following in ("and", "or", "of") or following in _BE | _MODALS or bool(_base(following, VERBS))


def _past(clause: _Clause) -> _Edit | None:
    """The clause's verb in the past denied: "did not keep"."""
    for index in range(1, len(clause.words)):
        word, before = clause.words[index], clause.words[index - 1]
        base = "have" if word == "had" else _base(word, PAST)
        if not base or clause.gap(index) or before in _BEFORE_A_NOUN | THIRD_PERSON.keys() | PAST.keys() | VERBS:
            continue
        if not (_ADJECTIVE.search(before) or _ADVERB.search(before) or _is_participle_here(clause, index)):
            return _Edit(*clause.spans[index], f"did not {base}")
    return None


def _is_participle_here(clause: _Clause, index: int) -> bool:
    """Whether a form is more likely a participle: "a model trained on text"."""
    following = clause.word(index + 1)
    return following in _AFTER_A_PARTICIPLE or (not following and index + 1 >= len(clause.words))


def _order(clause: _Clause) -> _Edit | None:
    """ "do not" before an order: "Fix the budget first"."""
    index = next((i for i, word in enumerate(clause.words) if word not in _BEFORE_AN_ORDER), len(clause.words))
    if index > 2 or index + 1 >= len(clause.words) or not _base(clause.words[index], VERBS):
        return None
    following = clause.words[index + 1]
    if following in THIRD_PERSON or following in ("has", "have") or not (_BE | _MODALS).isdisjoint(clause.words):
        return None
    start, end = clause.spans[index]
    written = clause.text[start:end]
    return _Edit(start, end, ("Do not " if written[0].isupper() else "do not ") + written[0].lower() + written[1:])
