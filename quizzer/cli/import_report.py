"""What an import did to a deck, as text and as data."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Any

import click

from quizzer.cli.importing import Import
from quizzer.cli.output import Result, printable


def result(imports: Sequence[Import], *, dry_run: bool, noun: str = "list", more: Sequence[str] = ()) -> Result:
    """The report on *imports*. *noun*: what was imported; *more*: lines that follow."""
    data = {"dry_run": dry_run, "files": [_as_data(item) for item in imports]}
    return Result(data, functools.partial(_print, imports, dry_run=dry_run, noun=noun, more=more))


def _print(imports: Sequence[Import], *, dry_run: bool, noun: str, more: Sequence[str]) -> None:
    for item in imports:
        click.echo(printable("\n".join(_lines(item, dry_run=dry_run, noun=noun))))
    for line in more:
        click.echo(printable(line))


def _as_data(item: Import) -> dict[str, Any]:
    """What happened to one list, JSON-ready."""
    plan, listed = item.updated.plan, item.listed
    ids = dict(zip((id(match) for match in plan.matches), item.updated.ids, strict=True))
    return {
        "path": str(item.path), "deck": item.updated.file.deck.id, "deck_path": str(item.updated.file.path),
        "new": item.new,
        "title": listed.title, "found": len(listed.entries), "answered": listed.answered,
        "placeholders": len(listed.entries) - listed.answered, "unchanged": plan.unchanged,
        "added": [
            {"card": ids[id(match)], "question": match.entry.card.question, "line": match.entry.line,
             "answered": bool(match.entry.card.answers), "looks_like": [card.id for card in match.looks_like]}
            for match in plan.added
        ],
        "reworded": [
            {"card": match.card.id, "old": match.card.question, "new": match.entry.card.question,
             "line": match.entry.line}
            for match in plan.changed if match.card is not None and match.reworded
        ],
        "filled": [
            {"card": match.card.id, "keys": sorted(set(match.changes) - {"question"}), "line": match.entry.line}
            for match in plan.changed if match.card is not None and set(match.changes) - {"question"}
        ],
        "kept": [
            {"card": match.card.id, "keys": list(match.kept), "line": match.entry.line}
            for match in plan.matches if match.card is not None and match.kept
        ],
        "gone": [{"card": card.id, "question": card.question} for card in plan.gone],
        "remarks": [
            {"line": remark.line, "end_line": remark.end_line, "text": remark.text} for remark in listed.remarks
        ],
    }  # fmt: skip


def _lines(item: Import, *, dry_run: bool, noun: str) -> Iterator[str]:
    data = _as_data(item)
    state = "new deck" if item.new else "deck"
    where = f"{'would go into' if dry_run else 'into'} {state} {data['deck']} ({data['deck_path']})"
    yield f"{item.path}: {_count(data['found'], 'question')}, {data['answered']} answered, {where}"
    if item.shadows:
        yield f"  another deck has the id {data['deck']!r}: {item.shadows}; of the two, the first found is studied"
    changed = len(data["added"]) + len(data["reworded"]) + len(data["filled"])
    if data["added"]:
        unanswered = sum(not added["answered"] for added in data["added"])
        yield f"  {len(data['added'])} added" + (f", {unanswered} of them unanswered" if unanswered else "")
    for added in data["added"] if dry_run or not item.new else ():
        yield f"    {added['card']}: {_short(added['question'])}"
        if added["looks_like"]:
            yield "      " + _advice(added["card"], added["looks_like"], dry_run=dry_run)
    for reworded in data["reworded"]:
        yield f"  {reworded['card']} reworded: {_short(reworded['old'])} -> {_short(reworded['new'])}"
    for filled in data["filled"]:
        yield f"  {filled['card']}: {', '.join(filled['keys'])} taken from the {noun}"
    for kept in data["kept"]:
        if keys := ", ".join(key for key in kept["keys"] if key != "tags"):
            place = f"line {kept['line']} of the {noun}" if kept["line"] else f"the {noun}"
            yield f"  {kept['card']}: the deck's {keys} kept; {place} says something else"
    yield from _kept_tags(item, noun)
    if data["gone"]:
        names = _some([card["card"] for card in data["gone"]])
        yield f"  {_count(len(data['gone']), 'card')} not in the {noun}, kept: {names}"
    if not changed:
        yield "  nothing to change"
    for remark in item.listed.remarks:
        yield f"  {remark.place}: {remark.text}" if remark.line else f"  {remark.text}"


def _advice(card: str, looks_like: Sequence[str], *, dry_run: bool) -> str:
    """What to do where the new *card* may be one that is there."""
    names = " or ".join(looks_like)
    one = looks_like[0] if len(looks_like) == 1 else "that card"
    if dry_run:
        return f"looks like {names}; if it is the same, give {one} this question in the deck, then import"
    return f"looks like {names}; if it is the same, give {one} this question in the deck and remove {card}"


def _kept_tags(item: Import, noun: str) -> Iterator[str]:
    """One line for all cards whose section has another name in the list: renaming one concerns many."""
    cards: dict[tuple[str, str], list[str]] = {}
    for match in item.updated.plan.matches:
        if match.card is not None and "tags" in match.kept:
            there, here = ", ".join(match.card.tags), ", ".join(match.entry.card.tags)
            cards.setdefault((there, here), []).append(match.card.id)
    for (there, here), ids in cards.items():
        yield f"  {_some(ids)}: the deck's tags kept: {there}; the {noun}'s section says: {here}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return repr(words if len(words) <= 100 else words[:97] + "...")


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
