"""`quizzer card`: one card's schedule and history, and what a learner can change about it."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli import compose
from quizzer.cli.clock import now, utc_offset_minutes
from quizzer.cli.main import Commands, LazyGroup
from quizzer.cli.output import Result, reports
from quizzer.errors import UnknownCard
from quizzer.model import CardEvent, CardEventKind, Decision, Fact, Review, Schedule, Sm2Memory

if TYPE_CHECKING:
    from quizzer.decks.library import Library
    from quizzer.storage.store import SqliteStore

TABLE: Commands = {
    "show": ("quizzer.cli.card:show", "Show a card and when it comes back."),
    "history": ("quizzer.cli.card:history", "Show every answer to a card and what followed."),
    "suspend": ("quizzer.cli.card:suspend", "Stop asking a card."),
    "bury": ("quizzer.cli.card:bury", "Put a card off until tomorrow."),
    "resume": ("quizzer.cli.card:resume", "Ask a suspended card again."),
    "reset": ("quizzer.cli.card:reset", "Make a card new again."),
    "diff": ("quizzer.cli.card_diff:diff", "Show what was reworded since a card was learned."),
    "flag": ("quizzer.cli.card_flag:flag", "Mark a card for its maintainer."),
    "unflag": ("quizzer.cli.card_flag:unflag", "Clear a card's flags."),
    "undo": ("quizzer.cli.card_undo:undo", "Undo the last answer."),
}


@click.command("card", cls=LazyGroup, table=TABLE, short_help="Show a card, its history, and change its schedule.")
def card() -> None:
    """Show a card, its history, and change its schedule. A CARD is named deck/card, such as bert/bert-02.

    \b
    Example:
      quizzer card show bert/bert-02
    """


def store_of(library: Library) -> SqliteStore:
    """The log, with histories under former ids of cards carried over."""
    store = compose.store()
    store.set_aliases(library.aliases())
    return store


def schedule_data(schedule: Schedule | None) -> dict[str, Any] | None:  # a JSON object
    """*schedule* as JSON, None where nothing has touched the card."""
    if schedule is None:
        return None
    values = {**dataclasses.asdict(schedule), "leech": _is_leech(schedule)}
    return {key: value.isoformat() if isinstance(value, (date, datetime)) else value for key, value in values.items()}


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def schedule_text(schedule: Schedule | None) -> str:
    """*schedule* in words."""
    if schedule is None or not schedule.reviews:
        return "new: never answered" + (", suspended" if schedule and schedule.suspended else "")
    parts = [f"due on {schedule.due}", f"answered on {_count(schedule.reviews, 'day')}"]
    parts.append(f"forgotten {_count(schedule.lapses, 'time')}")
    if isinstance(schedule.memory, Sm2Memory):
        parts.append(
            f"interval {_count(schedule.memory.interval_days, 'day')}, ease {schedule.memory.ease_hundredths / 100:.2f}"
        )
    else:
        parts.append(f"stability {schedule.memory.stability_days:.1f} days, "
                     f"difficulty {schedule.memory.difficulty:.1f} of 10")  # fmt: skip
    if _is_leech(schedule):
        parts.append("a leech")
    if schedule.suspended:
        parts.append(f"suspended: `quizzer card resume {schedule.card}` brings it back")
    elif schedule.buried_until and schedule.buried_until > compose.today():
        parts.append(f"put off until {schedule.buried_until}")
    return "; ".join(parts)


def _is_leech(schedule: Schedule) -> bool:
    return 0 < compose.config().leech_lapses <= schedule.lapses


@click.command("show", short_help="Show a card and when it comes back.")
@click.argument("card")
@click.option("--answer", is_flag=True, help="Show the reference answers and points too.")
@reports("card show")
def show(card: str, answer: bool) -> Result:
    """Show a card's question and when it comes back. A card that no deck has any more is shown as it was.

    \b
    Examples:
      quizzer card show bert/bert-02
      quizzer card show bert/bert-02 --answer
    """
    library = compose.library()
    store = store_of(library)
    try:
        found = library.card(card)
    except UnknownCard:
        if not store.facts(card):
            raise
        return _absent(library, store, card, answer=answer)
    schedule = store.schedule(found.key)
    data: dict[str, Any] = {"card": found.key, "question": found.question, "tags": found.tags, "retired": False,
                            "schedule": schedule_data(schedule)}  # fmt: skip  # a JSON object
    lines = [found.key, "", found.question, "", schedule_text(schedule)]
    if answer:
        data |= {"answers": found.answers, "points": found.points, "explanation": found.explanation,
                 "sources": found.sources}  # fmt: skip
        lines += ["", *(line for text in found.answers for line in (text, ""))]
        lines += [f"- {point}" for point in found.points]
    return Result(data, "\n".join(lines))


def _absent(library: Library, store: SqliteStore, key: str, *, answer: bool) -> Result:
    """A card that the decks found do not have, as it was worded when it was answered last."""
    from quizzer.cli.retired import absence

    gone, wordings = absence(library, key), store.wordings(key)
    text = wordings[0].text if wordings else None
    schedule = store.schedule(key)
    data: dict[str, Any] = {"card": key, "question": text.question if text else None, "tags": [],
                            "retired": gone.retired, "schedule": schedule_data(schedule)}  # fmt: skip  # a JSON object
    last = text.question if text else "its wording was not kept: an older version of quizzer saved its answers"
    lines = [key, gone.why, "", last, "", f"its schedule is kept: {schedule_text(schedule)}"]
    if answer:
        data["answers"] = text.answers if text else []
        lines += ["", *(line for reference in data["answers"] for line in (reference, ""))]
    return Result(data, "\n".join(lines))


def _fact_data(fact: Fact, voided: set[str]) -> dict[str, Any]:  # a JSON object
    kind = {Review: "review", Decision: "decision", CardEvent: "event"}[type(fact)]
    values = dataclasses.asdict(fact)
    return {"fact": kind, **values, "at": fact.at.isoformat(), "voided": fact.id in voided}


def _fact_text(fact: Fact, voided: set[str]) -> str:
    when = fact.at.astimezone().strftime("%Y-%m-%d %H:%M")
    undone = "  (undone)" if fact.id in voided else ""
    from quizzer.decks.anki.history import DEVICE as ANKI  # for `card history` alone

    match fact:
        case Review(device_id=device) if device == ANKI:
            return f"{when}  {fact.mode}: {fact.verdict} in Anki, quality {fact.quality}{undone}"
        case Review():
            answer = " ".join(fact.answer.split())
            shown = answer if len(answer) <= 60 else answer[:57] + "..."
            graded = f"{fact.mode}: {fact.verdict}, score {fact.score:.2f}, quality {fact.quality}"
            return f"{when}  {graded}  {shown!r}{undone}"
        case Decision():
            return f"{when}  decided by the {fact.by}: quality {fact.quality}{undone}"
        case CardEvent(kind="mock"):
            return f"{when}  mock: the first card of a mock interview{undone}"
        case _:
            return f"{when}  {fact.kind}" + (f": {fact.value}" if fact.value and fact.kind != "void" else "") + undone


@click.command("history", short_help="Show every answer to a card and what followed.")
@click.argument("card")
@reports("card history")
def history(card: str) -> Result:
    """Show every fact that the log has about a card, oldest first. Cards that no deck has any more have one too.

    \b
    Examples:
      quizzer card history bert/bert-02
      quizzer card history bert/bert-02 --json
    """
    decks = compose.library()
    store = store_of(decks)
    key = decks.aliases().get(card, card)
    facts = store.facts(key)
    if not facts:
        decks.card(card)  # an unknown card is an error, a new one is not
    voided = {fact.value for fact in facts if isinstance(fact, CardEvent) and fact.kind == "void"}
    lines = [_fact_text(fact, voided) for fact in facts] or ["never answered"]
    return Result([_fact_data(fact, voided) for fact in facts], "\n".join(lines))


def event(store: SqliteStore, key: str, kind: CardEventKind, value: str = "") -> Schedule | None:
    """The schedule of the card with this *key* after an event, which is in the log now."""
    at = now()
    fact = CardEvent(store.new_id(at), store.device_id, at, key, kind, value, utc_offset_minutes(at))
    return store.add_event(fact)


def _changed(key: str, kind: CardEventKind, done: str, value: str = "") -> Result:
    library = compose.library()
    found = library.card(key).key
    schedule = event(store_of(library), found, kind, value)
    return Result({"card": found, "schedule": schedule_data(schedule)}, f"{found}: {done}")


@click.command("suspend", short_help="Stop asking a card.")
@click.argument("card")
@reports("card suspend")
def suspend(card: str) -> Result:
    """Stop asking a card until it is resumed. Its history stays.

    \b
    Example:
      quizzer card suspend bert/bert-02
    """
    return _changed(card, "suspend", "suspended; `quizzer card resume` brings it back")


@click.command("bury", short_help="Put a card off until tomorrow.")
@click.argument("card")
@click.option("--days", type=click.IntRange(1, 365), default=1, show_default=True, help="For so many days.")
@reports("card bury")
def bury(card: str, days: int) -> Result:
    """Put a card off until tomorrow, or for some days. Its schedule stays as it is; `card resume` brings it back now.

    \b
    Examples:
      quizzer card bury bert/bert-02
      quizzer card bury bert/bert-02 --days 7
    """
    until = (compose.today() + timedelta(days=days)).isoformat()
    return _changed(card, "bury", f"put off until {until}; `quizzer card resume` brings it back before", until)


@click.command("resume", short_help="Ask a suspended card again.")
@click.argument("card")
@reports("card resume")
def resume(card: str) -> Result:
    """Ask a suspended or buried card again, as its schedule says.

    \b
    Example:
      quizzer card resume bert/bert-02
    """
    return _changed(card, "resume", "back in the schedule")


@click.command("reset", short_help="Make a card new again.")
@click.argument("card")
@reports("card reset")
def reset(card: str) -> Result:
    """Make a card new again. What was answered stays in its history.

    \b
    Example:
      quizzer card reset bert/bert-02
    """
    return _changed(card, "reset", "new again; its history stays")
