"""`quizzer schedule explain`: every answer to a card, and what it did to the schedule."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli import compose
from quizzer.cli.output import Result, reports
from quizzer.cli.schedule_words import did, happened, legend, memory_data, percent, stands
from quizzer.errors import UnknownCard
from quizzer.model import CardEvent, Decision, Review, Schedule, SchedulerName
from quizzer.scheduling.explanation import Step
from quizzer.scheduling.explanation import explain as steps_of
from quizzer.scheduling.recall import strength
from quizzer.scheduling.schedulers import memory_model, scheduler

if TYPE_CHECKING:
    from quizzer.decks.library import Library
    from quizzer.scheduling.rules import Rules
    from quizzer.storage.store import SqliteStore

NAMES = {"sm2": "SM-2", "fsrs": "FSRS"}
WIDTH = 100


@click.command("explain", short_help="Show what every answer did to a card's schedule.")
@click.argument("card")
@click.option("--scheduler", "named", type=click.Choice(["sm2", "fsrs"]), help="As if this scheduler had been used.")
@reports("schedule explain")
def explain(card: str, named: SchedulerName | None) -> Result:
    """Show every answer, decision and event of a CARD, what each did to its interval, and when it comes back.

    \b
    Examples:
      quizzer schedule explain bert/bert-02
      quizzer schedule explain bert/bert-02 --scheduler fsrs
    """
    library = compose.library()
    store = compose.store()
    store.set_aliases(library.aliases())
    key = library.aliases().get(card, card)
    facts = store.facts(key)
    question = _question(library, store, key, known=bool(facts))
    configured = store.database.rules
    rules = configured.of(key)
    if named:
        rules = rules._replace(scheduler=named)
    steps = steps_of(facts, scheduler(rules), card=key, day_start_hour=configured.day_start_hour)
    schedule = steps[-1].after if steps else None
    known = strength(facts, memory_model(rules), day_start_hour=configured.day_start_hour)
    recall = known.recall(compose.today()) if known else None
    data: dict[str, Any] = {  # a JSON object
        "card": key, "question": question, "scheduler": rules.scheduler, "configured": configured.of(key).scheduler,
        "desired_retention": rules.desired_retention if rules.scheduler == "fsrs" else None,
        "maximum_interval_days": rules.maximum_interval_days, "recall_today": recall,
        "due": schedule.due.isoformat() if schedule else None, "steps": [_data(step, rules) for step in steps],
    }  # fmt: skip
    lines = [f"{key}, {'scheduled' if rules == configured.of(key) else 'as if scheduled'} by {NAMES[rules.scheduler]}"]
    lines += [question, ""] if question else [""]
    lines += [line for step in steps for line in _lines(step, rules)] or ["never answered"]
    lines += ["", *_now(schedule, recall), "", *textwrap.wrap(legend(rules), WIDTH)]
    return Result(data, "\n".join(lines))


def _question(library: Library, store: SqliteStore, key: str, *, known: bool) -> str:
    """The card's question; as it was worded when it was answered last, where no deck has the card any more."""
    try:
        return library.card(key).question
    except UnknownCard:
        if not known:
            raise
    wordings = store.wordings(key)
    return wordings[0].text.question if wordings and wordings[0].text else ""


def _lines(step: Step, rules: Rules) -> list[str]:
    lines = [f"{step.day}  {happened(step)}"]
    reason = did(step, rules)
    return lines + textwrap.wrap(reason, WIDTH, initial_indent=" " * 12, subsequent_indent=" " * 12)


def _now(schedule: Schedule | None, recall: float | None) -> list[str]:
    lines = [f"now: {stands(schedule)}"]
    if recall is not None:
        lines.append(f"the chance that you know it today, as FSRS sees these answers: {percent(recall)}")
    return lines


def _data(step: Step, rules: Rules) -> dict[str, Any]:  # a JSON object
    fact = step.fact
    data: dict[str, Any] = {  # as above
        "fact": {Review: "review", Decision: "decision", CardEvent: "event"}[type(fact)], "id": fact.id,
        "at": fact.at.isoformat(), "day": step.day.isoformat(), "effect": step.effect,
    }  # fmt: skip
    match fact:
        case Review():
            data |= {"mode": fact.mode, "graded": fact.quality, "quality": step.quality,
                     "decided_by": step.decision.by if step.decision else None}  # fmt: skip
        case Decision():
            data |= {"review": fact.review_id, "quality": fact.quality, "decided_by": fact.by}
        case _:
            data |= {"kind": fact.kind, "value": fact.value}
    before, after = step.before, step.after
    return data | {
        "elapsed_days": step.elapsed_days, "recall": step.recall, "interval_days": step.interval_days,
        "due_before": before.due.isoformat() if before else None, "due": after.due.isoformat() if after else None,
        "memory_before": memory_data(before.memory if before else None),
        "memory": memory_data(after.memory if after else None), "what": happened(step), "why": did(step, rules),
    }  # fmt: skip
