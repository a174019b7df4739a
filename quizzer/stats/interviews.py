"""What a mock interview amounts to: by topic, against the one before, and what to study next. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from quizzer.stats.summary import Share
from quizzer.study.interview import Answered, Interview

NO_TOPIC = "(no topic)"
_COMMANDS = 3

Direction = Literal["better", "worse", "same"]


@dataclass(frozen=True, slots=True)
class Known:
    """What the decks say of a card now; of one that is gone, what was kept."""

    question: str
    tags: tuple[str, ...] = ()

    @property
    def topics(self) -> tuple[str, ...]:
        """Its tags, each once; a card without any counts under a name of its own."""
        return tuple(dict.fromkeys(self.tags)) or (NO_TOPIC,)


@dataclass(frozen=True, slots=True)
class Result:
    """How answers together did."""

    right: Share
    points: Share
    score: float | None
    """Mean quality of the answers over 5, as decided last; None where there is none."""


@dataclass(frozen=True, slots=True)
class Topic:
    """How the answers under one tag did."""

    name: str
    result: Result


@dataclass(frozen=True, slots=True)
class Change:
    """One topic, or all together, in the interview before and in this one."""

    name: str
    before: Result
    now: Result

    @property
    def direction(self) -> Direction:
        """Whether it went better: by the share of right answers, then by their qualities."""
        before, now = ((one.right.ratio or 0, round(one.score or 0, 9)) for one in (self.before, self.now))
        return "same" if before == now else "better" if now > before else "worse"


@dataclass(frozen=True, slots=True)
class Advice:
    """A topic to study next."""

    topic: str
    missed: int
    command: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question with what was answered."""

    number: int
    known: Known
    answered: Answered


@dataclass(frozen=True, slots=True)
class Report:
    """All that is said of one interview."""

    interview: Interview
    items: tuple[Item, ...]
    open_questions: tuple[tuple[str, Known], ...]
    """Card and question of what was not answered."""
    total: Result
    topics: tuple[Topic, ...]
    """The weakest first."""
    last: Interview | None
    """The one before, with which it is compared."""
    changes: tuple[Change, ...]
    """All together first (its name is empty), then the topics that both had."""
    advice: tuple[Advice, ...]


def report(interview: Interview, others: Sequence[Interview], known: Mapping[str, Known]) -> Report:
    """The report of *interview*; *known*: of every card of it and of *others*."""
    items = tuple(
        Item(number, known[answer.review.card], answer) for number, answer in enumerate(interview.answers, start=1)
    )
    by_topic = topics(interview.answers, known)
    last = comparable(interview, others)
    changes: tuple[Change, ...] = ()
    if last is not None and interview.answers:
        before = {topic.name: topic.result for topic in topics(last.answers, known)}
        both = [Change(topic.name, before[topic.name], topic.result) for topic in by_topic if topic.name in before]
        changes = (Change("", result(last.answers), result(interview.answers)), *both)
    unanswered = tuple((card, known[card]) for card in interview.open_cards)
    return Report(
        interview, items, unanswered, result(interview.answers), tuple(by_topic), last, changes,
        tuple(advice(interview, known)),
    )  # fmt: skip


def result(answers: Iterable[Answered]) -> Result:
    """How *answers* together did."""
    given = list(answers)
    made = sum(len(answer.review.points_made) for answer in given)
    points = made + sum(len(answer.review.points_missed) for answer in given)
    score = sum(answer.quality for answer in given) / (5 * len(given)) if given else None
    return Result(Share(sum(answer.right for answer in given), len(given)), Share(made, points), score)


def topics(answers: Sequence[Answered], known: Mapping[str, Known]) -> list[Topic]:
    """How each topic did, the weakest first; an answer counts under every tag of its card."""
    by_name: dict[str, list[Answered]] = {}
    for answer in answers:
        for name in known[answer.review.card].topics:
            by_name.setdefault(name, []).append(answer)
    found = [Topic(name, result(given)) for name, given in by_name.items()]
    return sorted(found, key=lambda topic: (topic.result.right.ratio or 0, topic.result.score or 0,
                                            -topic.result.right.total, topic.name))  # fmt: skip


def comparable(interview: Interview, others: Iterable[Interview]) -> Interview | None:
    """The last interview before this one with an answer to a deck that this one asks about, and of the same tag."""
    decks = _decks(interview)
    earlier = [
        other for other in others
        if other.number < interview.number and other.answers and other.plan.tag == interview.plan.tag
        and decks & _decks(other)
    ]  # fmt: skip
    return max(earlier, key=lambda other: other.number, default=None)


def _decks(interview: Interview) -> set[str]:
    return {card.partition("/")[0] for card in interview.plan.cards}


def advice(interview: Interview, known: Mapping[str, Known]) -> list[Advice]:
    """At most three topics that cover what was missed, each with the command that practises it."""
    import shlex  # 1 ms, for reports only

    missed = {answer.review.card: known[answer.review.card].topics for answer in interview.answers if not answer.right}
    weakest = [topic.name for topic in topics(interview.answers, known)]
    found: list[Advice] = []
    while missed and len(found) < _COMMANDS:
        name = max(weakest, key=lambda name: (sum(name in tags for tags in missed.values()), -weakest.index(name)))
        covered = [card for card, tags in missed.items() if name in tags]
        decks = interview.plan.decks or tuple(sorted({card.partition("/")[0] for card in covered}))
        tag = [] if name == NO_TOPIC else ["--tag", name]
        found.append(Advice(name, len(covered), shlex.join(["quizzer", "study", *decks, *tag, "--cram"])))
        for card in covered:
            del missed[card]
    return found
