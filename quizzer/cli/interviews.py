"""Mock interviews as commands need them: found by their names, reported, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from quizzer.errors import UnknownCard, UnknownInterview
from quizzer.stats.interviews import Change, Item, Known, Report, Result, report

if TYPE_CHECKING:
    from quizzer.decks.library import Library
    from quizzer.storage.store import SqliteStore
    from quizzer.study.interview import Interview

LAST = "last"
_SHORTEST_ID = 6


def found(interviews: Sequence[Interview], name: str) -> Interview:
    """The interview that *name* names: its number, ``last``, or its id or the beginning of it.

    Raises:
        UnknownInterview: there is none, or more than one.
    """
    if not interviews:
        raise UnknownInterview("there is no mock interview yet", hint="`quizzer mock DECK` begins one")
    if name == LAST:
        return interviews[-1]
    fitting = [one for one in interviews if str(one.number) == name]
    if not fitting and len(name) >= _SHORTEST_ID:
        fitting = [one for one in interviews if one.plan.session_id.startswith(name)]
    if len(fitting) != 1:
        raise UnknownInterview(
            f"{'no' if not fitting else 'more than one'} mock interview {name!r}",
            hint="`quizzer mock --list` shows them; `last` is the newest",
        )
    return fitting[0]


def reported(library: Library, store: SqliteStore, interview: Interview, interviews: Sequence[Interview]) -> Report:
    """The report of *interview*, compared with the others."""
    from quizzer.stats.interviews import comparable

    last = comparable(interview, interviews)
    asked = {*interview.plan.cards, *(answer.review.card for answer in interview.answers)}
    compared = {answer.review.card for answer in last.answers} if last else set()
    return report(interview, interviews, _known(library, store, asked | compared))


def _known(library: Library, store: SqliteStore, cards: Iterable[str]) -> dict[str, Known]:
    """What the decks have of *cards* now; of those that are gone, the question as it was last answered."""
    known = {}
    for key in cards:
        try:
            card = library.card(key)
            known[key] = Known(card.question, card.tags)
        except UnknownCard:
            texts = [wording.text for wording in store.wordings(key) if wording.text]
            known[key] = Known(texts[0].question if texts else f"(a card that no deck has any more: {key})")
    return known


def interview_data(interview: Interview) -> dict[str, Any]:  # a JSON object
    """*interview* without its answers."""
    from quizzer.study.interview_report import local

    result = _total(interview)
    plan = interview.plan
    return {
        "number": interview.number, "id": plan.session_id, "began": local(interview).isoformat(),
        "decks": list(dict.fromkeys(card.partition("/")[0] for card in plan.cards)), "tag": plan.tag or None,
        "seed": plan.seed, "questions": len(plan.cards), "minutes": plan.allowed_ms / 60_000,
        "seconds_used": interview.used_ms / 1000, "seconds_left": interview.left_ms / 1000,
        "end": interview.end, "unfinished": interview.unfinished, **result_data(result),
    }  # fmt: skip


def _total(interview: Interview) -> Result:
    from quizzer.stats.interviews import result

    return result(interview.answers)


HEADS = ("", "began", "about", "answered", "right", "points", "score", "time", "")
"""Of the columns of `row`."""


def row(interview: Interview) -> tuple[str, ...]:
    """*interview* on one line of a list."""
    from quizzer.study.interview_report import when
    from quizzer.study.words import clock

    result, plan = _total(interview), interview.plan
    decks = ", ".join(dict.fromkeys(card.partition("/")[0] for card in plan.cards))
    return (
        str(interview.number), when(interview), f"{decks} {plan.tag}".strip(),
        f"{len(interview.answers)} of {len(plan.cards)}", str(result.right.passed),
        f"{result.points.passed} of {result.points.total}" if result.points.total else "-",
        "-" if result.score is None else f"{100 * result.score:.0f} %",
        f"{clock(interview.used_ms / 1000)} of {clock(plan.allowed_ms / 1000)}",
        "interrupted" if interview.unfinished else "",
    )  # fmt: skip


def result_data(result: Result) -> dict[str, Any]:  # a JSON object
    """How answers together did."""
    return {
        "answered": result.right.total, "right": result.right.passed, "score": result.score,
        "points_made": result.points.passed, "points": result.points.total,
    }  # fmt: skip


def report_data(report: Report) -> dict[str, Any]:  # a JSON object
    """The whole report."""
    compared = None
    if report.last is not None and report.changes:
        changes = [_change_data(change) for change in report.changes]
        compared = {"number": report.last.number, "id": report.last.plan.session_id, "all": changes[0],
                    "topics": changes[1:]}  # fmt: skip
    return {
        "interview": interview_data(report.interview),
        "topics": [{"topic": topic.name, **result_data(topic.result)} for topic in report.topics],
        "answers": [_item_data(item) for item in report.items],
        "open": [{"card": card, "question": known.question} for card, known in report.open_questions],
        "compared": compared,
        "next": [{"topic": one.topic, "missed": one.missed, "command": one.command} for one in report.advice],
    }


def _change_data(change: Change) -> dict[str, Any]:  # a JSON object
    return {"topic": change.name or None, "change": change.direction, "before": result_data(change.before),
            "now": result_data(change.now)}  # fmt: skip


def _item_data(item: Item) -> dict[str, Any]:  # a JSON object
    answer = item.answered
    review = answer.review
    return {
        "number": item.number, "card": review.card, "question": item.known.question, "topics": list(item.known.tags),
        "review": review.id, "at": review.at.isoformat(), "answer": review.answer, "right": answer.right,
        "verdict": review.verdict, "score": review.score, "quality": answer.quality, "decided": answer.decided,
        "unsettled": answer.unsettled, "points_made": list(review.points_made),
        "points_missed": list(review.points_missed), "flags": list(review.flags), "seconds": review.latency_ms / 1000,
    }  # fmt: skip
