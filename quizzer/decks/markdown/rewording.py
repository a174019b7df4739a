"""What a question asks and about what: whether two that are left over, one in a deck and one in a list, are one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from quizzer.decks.markdown.likeness import Words, keeps_order, plain, words_of

SAME, WITH_TOPIC, WITH_TAIL = 1.0, 0.9, 0.8
"""How surely two questions are one: same content; the deck's topic named in one; a closing "in a repository" in one."""

_ALIKE_WORDS = 0.5
_ALIKE_LETTERS = 80
_TAIL_WORDS = 3
_LONGEST = 40
"""Words after which no closing phrase is looked for."""

_PADDING = re.compile(
    r"(?<![\w-])(?:please|exactly(?! once)|precisely|really|actually|basically|simply|just|briefly|quickly|shortly"
    r"|concisely|in (?:short|brief|detail|general|a nutshell|essence|practice)|generally|in (?:your|their) own words"
    r"|in (?:one|a|a single|two|a few) (?:short )?(?:sentences?|words?)|in (?:simple|plain|layman's|basic) "
    r"(?:terms|words|english|language)|(?:(?:can|could|would|will) (?:you|someone|anyone)|do you know)"
    r"(?= (?:please|explain|describe|define|tell|briefly|say|what|why|how|when|where|who|which|name|list|give))"
    r"|so|then|okay|ok)(?![\w-])"
)
_ASPECTS = {
    "difference": r"differ|differs|differences?|different (?:from|than|to)|compared?|contrast|distinguish(?:es)?"
    r"|vs|versus",
    "advantage": r"advantages?|benefits?|pros|upsides?|merits|strengths",
    "drawback": r"disadvantages?|drawbacks?|cons|downsides?|limitations?|shortcomings?|weaknesses",
    "example": r"examples?",
    "steps": r"steps|stages|phases",
    "cost": r"complexity|cost",
}
_ASPECT = {name: re.compile(rf"\b(?:{words})\b") for name, words in _ASPECTS.items()}
_ASPECT_WORD = re.compile("|".join(f"(?:{words})" for name, words in _ASPECTS.items() if name != "cost"))
_KINDS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("number", r"\bhow (?:many|much|often|long|far|old|large|big)\b"),
        ("purpose", r"\b(?:purpose|role|point|goal|aim|use|function) of\b|\broles? .*\bplays?\b"
                    r"|\bused for\b|^what .* for$"
                    r"|^why use\b|\bwhy (?:do|does|would|should|is|are) .*\b(?:use|used|need|needed)\b"),
        ("why", r"\bwhy\b|\bhow come\b|\breasons? (?:for|why|that|behind)\b"),
        ("work", r"\bhow .* works?(?: (?:in|on|within|inside|under)\b.*)?$"),
        ("how", r"\bhow\b|\bin (?:what|which) way\b"),
        ("when", r"\bwhen\b|\bin (?:what|which) (?:cases?|situations?)\b"),
        ("where", r"\bwhere\b"), ("who", r"\bwho(?:m|se)?\b"),
        ("explain", r"^(?:explain|describe|discuss|outline|summari[sz]e|tell me about)\b(?! (?:what|which)\b)"),
        ("define", r"\bwhat (?:do|does|did) .*\bmean\b"),
        ("do", r"\bwhat (?:do|does|did|will|would) .*\bdo\b|\bwhat .*\b(?:do|does)$|\bwhat happens\b"),
        ("define", r"\bmeant by\b|\bwhat (?:is|are|was|were|'s)\b|\bwhat's\b"
                   r"|^define\b|\bwhat do (?:you|we) understand by\b|^(?:explain )?what .* (?:is|are|means?)$"),
        ("what", r"\bwhat\b|\bwhich\b"),
        ("whether", r"^(?:is|are|was|were|do|does|did|can|could|should|has|have|will|would|must|may)\b"),
    )
)  # fmt: skip
_COMPATIBLE = frozenset(
    frozenset(pair) for pair in (("explain", "define"), ("explain", "work"), ("explain", "do"))
)  # fmt: skip
_ASKING_WORDS = frozenset(
    stem for word in ("happens", "between", "during", "processes") for stem in words_of(word).heavy
)
_CLOSING = frozenset(("in", "to", "for", "with", "on", "within", "inside", "during", "at", "by", "under"))
_MARKED = re.compile(
    r"`([^`]+)`|(?<![\w.])([A-Z]{2,})(?!\w)|(?<=[\w,] )([A-HJ-Z])(?![\w'.+#])|(?<=[a-z] )(I)(?=[?.,]|$)"
)
_SHORT_NOT = re.compile(r"\b(\w+)n't\b")
_SHORT_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
_IN = re.compile(r"\b(\w+) in (?:an? |the )?(\w+)$")
_OWNER = re.compile(r"\b(?!(?:what|that|it|who|let|how|where)'s)(\w+)'s (\w+)")
_SAME_ASKING = (
    (re.compile(r"^tell me (?=what|why|how|when|where|who|which)"), ""),
    (re.compile(r"^(?:give|state|provide) (?:me )?(?:a|the) (?:short )?definition of\b"), "what is"),
    (re.compile(r"^(?:what|which) (.*) (?:are|is) there\b"), r"what are \1"),
    (re.compile(r"\bgo about (?=\w+ing\b)"), ""),
    (re.compile(r"^how (?:(?:would|do|can|could|should) (?:you|one) )?(explain|describe|define)\b"), r"\1"),
    (
        re.compile(r"\bwhat happens (?:when|if) (?:you|one) (?:run|execute|use|call|type|invoke)s? (.*)$"),
        r"what does \1 do",
    ),
    (re.compile(r"^what roles? (?:do|does|did) (.*) play\b"), r"what is the purpose of \1"),
    (re.compile(r"\b(?:purpose|role|point|goal|aim|function)s? of\b"), "purpose of"),
    (re.compile(r"^(?:list|name|give|enumerate) (?:me )?(?!an? example|examples)"), "what are "),
    (re.compile(r"^(?:outline|summari[sz]e)\b"), "explain"),
    (re.compile(r"^what do (?:you|we) understand by\b"), "what is"),
    (re.compile(r"^(?:in|for) (?:what|which) (?:kinds? of )?(?:cases?|situations?)\b"), "when"),
    (re.compile(r"^(?:what (?:is|are) the (?:main )?reasons? (?:for|why|that|behind)|how come)\b"), "why"),
    (re.compile(r"\bis it (?:a good idea|useful|best|wise|sensible) to\b"), "should you"),
    (re.compile(r"\b(do|does|did|would|can|could|should) one\b"), r"\1 you"),
    (re.compile(r"(\w{3})our(s|ed|ing|al|ful)?\b"), r"\1or\2"),
    (re.compile(r"(\w{4})is(e|ed|es|ing|ation)\b"), r"\1iz\2"),
)
_ACTIONS = (
    frozenset(("handle", "deal", "manage")), frozenset(("implement", "make")), frozenset(("perform", "apply")),
    frozenset(("choose",)), frozenset(("ensure", "achieve")), frozenset(("issue", "issues")),
    frozenset(("approach", "approaches", "method", "methods", "technique", "techniques", "strategy", "strategies")),
    frozenset(("practice", "practices")), frozenset(("process", "processes")), frozenset(("step", "steps")),
)  # fmt: skip
"""Words that may be missing beside others, but of which one is not another: "choose an index", "apply an index"."""

_ADJECTIVES = frozenset((
    "key", "main", "best", "important", "major", "common", "effective", "good", "right", "primary", "various",
    "different", "typical", "basic", "fundamental", "essential", "specific", "particular", "certain",
))  # fmt: skip
_MORE, _LESS = frozenset(("more", "most", "best")), frozenset(("less", "least", "worst"))
_GENERIC = frozenset(("deck", "questions", "basics", "intro", "introduction", "fundamentals", "core", "cards"))


LONGEST = 2000
"""Characters; what is longer is no question that is reworded lightly."""


class Asked(NamedTuple):
    """A question: what is asked (`kind` and `aspects`), about what (`about`), and words that must agree."""

    text: str
    kind: str
    aspects: frozenset[str]
    about: tuple[str, ...]
    words: Words
    marked: frozenset[str]
    """Words in code or capitals that are fillers elsewhere: `in`, OR, vitamin D."""
    names: frozenset[str]
    """Words with a capital letter or a digit in them, the first one aside."""
    capitals: frozenset[str]
    """Words that are all capitals: HTTPS is no plural of HTTP."""


@lru_cache(maxsize=4096)
def asked(question: str) -> Asked:
    """*question* as it is compared."""
    spelt = _SHORT_NOT.sub(lambda found: f"{_SHORT_STEMS.get(found[1], found[1])} not", plain(question))
    text = " ".join(_PADDING.sub(" ", spelt.replace(",", " ")).split()).removeprefix("and ")
    for pattern, instead in _SAME_ASKING:
        text = pattern.sub(instead, text)
    aspects = frozenset(name for name, pattern in _ASPECT.items() if pattern.search(text))
    kind = next((name for name, pattern in _KINDS if pattern.search(text)), "define")
    if aspects and kind in ("what", "how", "explain", "do", "purpose"):
        kind = "define"
    words = words_of(text)
    return Asked(text, kind, aspects, _about(text), words, _marked(question), _names(question), _capitals(question))


def may_be_same(one: Asked, other: Asked) -> bool:
    """Whether nothing that is asked sets the two apart; what they are about is not compared."""
    kinds = one.kind == other.kind or frozenset((one.kind, other.kind)) in _COMPATIBLE
    return kinds and one.aspects == other.aspects and _same_modifiers(one, other) and not set_apart(one, other)


def _same_modifiers(one: Asked, other: Asked) -> bool:
    """Whether light words, which may be missing in a long question, make no other thing of a short one.

    A basic block is no block, and a batch process no batch; but the key features of it are its features.
    """
    left, right = _actions(one.text), _actions(other.text)
    if min(len(one.about), len(other.about)) <= 1 and not one.aspects:
        return left == right and _ADJECTIVES & set(one.text.split()) == _ADJECTIVES & set(other.text.split())
    return not (left - right and right - left)


def set_apart(one: Asked, other: Asked) -> bool:
    """Whether small words say that the two are different questions: not, OR and AND, more and less, from and to."""
    left, right = set(one.text.split()), set(other.text.split())
    opposite = any(
        left & these and right & those and not (left & those or right & these)
        for these, those in ((_MORE, _LESS), (_LESS, _MORE), ({"from"}, {"to"}), ({"to"}, {"from"}))
    )
    both = (one.capitals, other.capitals)
    plural = any(name + "S" in b for a, b in (both, both[::-1]) for name in a - b)
    return opposite or plural or one.marked != other.marked or one.words.negations != other.words.negations


def sureness(one: Asked, other: Asked, *, topics: frozenset[str], in_place: bool) -> float:
    """How surely the two are one question, reworded: 0 where they must be taken for two.

    *topics*: words that name what the whole deck is about. *in_place*: both stand between the same questions.
    """
    if not one.about or not other.about or (set(one.about) - set(other.about) and set(other.about) - set(one.about)):
        return 0.0
    left, right = Counter(one.about) - Counter(other.about), Counter(other.about) - Counter(one.about)
    if (left and right) or not may_be_same(one, other):
        return 0.0
    if not left and not right:
        return SAME if _in_order(one, other) else 0.0
    short, long, more = (one, other, right) if right else (other, one, left)
    if set(more) <= topics and set(short.about) - topics and _in_order(one, other):
        return WITH_TOPIC
    return WITH_TAIL if in_place and _with_tail(short, long, topics) else 0.0


def looks_alike(one: Asked, other: Asked) -> float:
    """How much the two look like one question to a reader, for a remark; 0 where they do not."""
    left, right = set(one.about), set(other.about)
    shared = len(left & right) / len(left | right) if left and right else 0.0
    letters = fuzz.token_sort_ratio(one.text, other.text)
    contained = bool(left and right) and (left <= right or right <= left)
    if shared >= _ALIKE_WORDS or letters >= _ALIKE_LETTERS or (contained and letters >= _ALIKE_LETTERS - 20):
        return shared + letters / 100
    return 0.0


def topics_of(deck_ids: Iterable[str], questions: Sequence[str]) -> frozenset[str]:
    """Stems that name what a deck is about: its id where that is short, and words of half of its questions."""
    found: set[str] = set()
    for deck_id in set(deck_ids):
        parts = [part for part in deck_id.split("-") if part not in _GENERIC]
        if len(parts) <= 2:
            found.update(words_of(" ".join(parts)).heavy)
    if len(questions) >= 6:
        often = Counter(stem for question in questions for stem in set(asked(question).about))
        found.update(stem for stem, count in often.items() if 2 * count >= len(questions))
    return frozenset(found)


def _actions(text: str) -> frozenset[int]:
    words = set(text.split())
    return frozenset(number for number, action in enumerate(_ACTIONS) if words & action)


def _in_order(one: Asked, other: Asked) -> bool:
    """Whether the words stand in one order; "a file's history" is "the history of a file"."""
    if "difference" in one.aspects & other.aspects or keeps_order(one.words, other.words):
        return True
    left, right = (_OWNER.sub(r"\2 of \1", asked_.text) for asked_ in (one, other))
    if not _IN.search(left):
        left, right = right, left
    if _IN.search(left) and not re.search(r"\bin\b", right):  # "a pod in Kubernetes" and "a Kubernetes pod"
        left = _IN.sub(r"\2 \1", left)
    return keeps_order(words_of(left), words_of(right))


def _with_tail(short: Asked, long: Asked, topics: frozenset[str]) -> bool:
    """Whether *long* is *short* with a phrase such as "to commits" at its end, without a name or a number in it."""
    words = long.text.split()
    for index in range(2, min(len(words), _LONGEST)):
        if words[index] in _CLOSING and _about(" ".join(words[:index])) == short.about:
            tail = words_of(" ".join(words[index:])).heavy
            named = (set(tail) - topics) & long.names
            return len(tail) <= _TAIL_WORDS and not named and all(word.isalpha() for word in tail)
    return False


def _about(text: str) -> tuple[str, ...]:
    heavy = words_of(_ASPECT_WORD_WHOLE.sub(" ", text)).heavy
    return tuple(word for word in heavy if word not in _ASKING_WORDS) or heavy


_ASPECT_WORD_WHOLE = re.compile(rf"\b(?:{_ASPECT_WORD.pattern})\b")


def _marked(question: str) -> frozenset[str]:
    folded = unicodedata.normalize("NFKC", question)
    if folded.isupper():
        return frozenset()
    found = {next(filter(None, groups)).strip().casefold() for groups in _MARKED.findall(folded)}
    return frozenset(word for word in found if not words_of(word).heavy)


def _capitals(question: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b[A-Z][A-Z0-9]+\b", unicodedata.normalize("NFKC", question)))


def _names(question: str) -> frozenset[str]:
    words = [word for word in question.split()[1:] if any(letter.isupper() or letter.isdigit() for letter in word)]
    return frozenset(words_of(" ".join(words)).heavy)
