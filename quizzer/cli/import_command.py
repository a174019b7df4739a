"""`quizzer import`: questions from other formats into decks."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli import compose
from quizzer.cli.editing import ids_with_history, refuse_installed
from quizzer.cli.main import Commands, LazyGroup
from quizzer.cli.output import Result, printable, reports
from quizzer.errors import DeckNotFound, UsageError

if TYPE_CHECKING:
    from quizzer.decks.editing.deckfile import DeckFile
    from quizzer.decks.markdown.entries import QuestionList
    from quizzer.decks.markdown.updating import Updated

TABLE: Commands = {
    "markdown": ("quizzer.cli.import_command:markdown", "Import question lists in Markdown."),
}


@click.command("import", cls=LazyGroup, table=TABLE, short_help="Import questions into decks.")
def import_() -> None:
    """Import questions from other formats into decks.

    \b
    Example:
      quizzer import markdown questions.md
    """


@dataclass(frozen=True, slots=True)
class _Import:
    """One list and the deck that it goes into."""

    path: Path
    listed: QuestionList
    updated: Updated
    new: bool
    shadows: str = ""
    """Another deck with the id of a new one."""


@click.command("markdown", short_help="Import question lists in Markdown.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--deck", "selector", metavar="DECK", help="The deck to import into: its id, or a file (made if need be)."
)
@click.option("--id", "name", metavar="ID", help="The id of a new deck; otherwise it is made from the list's title.")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@reports("import markdown")
def markdown(files: tuple[str, ...], selector: str | None, name: str | None, dry_run: bool) -> Result:
    """Import question lists in Markdown, each into a deck of its own, or all into one with --deck.

    Headings, bold lines, `Q:` and `A:`, numbered lists, tables and <details> are understood; section headings become
    tags, and a placeholder such as "To be filled" makes an unanswered card. What belongs to no question is reported
    with its lines.

    Without --deck the deck is decks/ID.yaml in the current folder. Import the list again when it has changed: the same
    question keeps its card, even reworded; what you wrote into the deck stays.

    \b
    Examples:
      quizzer import markdown questions.md --dry-run
      quizzer import markdown questions.md --id bert
      quizzer import markdown new-questions.md --deck decks/bert.yaml
    """
    from quizzer.decks.keys import ID
    from quizzer.decks.markdown import loading  # markdown-it

    if name is not None and not ID.fullmatch(name):
        raise UsageError(f"{name!r} is not an id", hint="use small letters, digits and hyphens, such as bert")
    if name is not None and len(files) > 1 and selector is None:
        raise UsageError(
            "'--id' names one deck, and several lists make several", hint="add --deck FILE, or import one list"
        )
    lists = [(Path(file), loading.read(Path(file))) for file in files]
    target = None if selector is None else _named(selector)
    if target is not None:
        refuse_installed(target)
    opened: dict[Path, DeckFile] = {}
    imports = [_planned(path, listed, target, name, opened) for path, listed in lists]
    if not dry_run:
        for file in opened.values():
            file.save()
    data = {"dry_run": dry_run, "files": [_as_data(item) for item in imports]}
    return Result(data, functools.partial(_print, imports, dry_run=dry_run))


def _named(selector: str) -> Path:
    """The file of the deck that *selector* names; one that is not there is to be made."""
    from quizzer.decks.files import SUFFIXES
    from quizzer.decks.finding import is_path

    path = Path(selector)
    if not is_path(selector):
        try:
            return Path(compose.library().selected([selector])[0].path)
        except DeckNotFound as error:
            hint = f"{error.hint}; to make a new deck, name a file: --deck decks/{selector}.yaml"
            raise DeckNotFound(error.message, hint=hint) from error
    if path.is_dir():
        raise UsageError(f"{path}: is a folder, not a deck", hint="name a YAML file in it")
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{path}: a deck is a YAML file", hint=f"write --deck {path}.yaml")
    return path


def _planned(
    path: Path, listed: QuestionList, target: Path | None, name: str | None, opened: dict[Path, DeckFile]
) -> _Import:
    """What importing *listed* does; *opened* holds the deck files so far, by path, and is added to."""
    from quizzer.decks.editing.deckfile import DeckFile
    from quizzer.decks.markdown import updating

    chosen = name or (listed.deck.id if listed.deck else updating.deck_id(listed.title, otherwise=path.stem))
    if target is not None and name is None and listed.deck is None:
        chosen = updating.deck_id(target.stem)
    file = target or Path("decks") / f"{chosen}.yaml"
    key = file.absolute()
    new = key not in opened and not file.exists()
    if new:
        made = updating.as_deck(listed, name=chosen)
        updated = updating.first(DeckFile.new(file, made), listed)
    else:
        updated = updating.update(opened[key] if key in opened else _opened(file), listed)
    opened[key] = updated.file
    others = compose.library().found if new else ()
    shadows = next((deck.path for deck in others if deck.id == updated.file.deck.id and Path(deck.path) != key), "")
    return _Import(path, listed, updated, new, shadows)


def _opened(path: Path) -> DeckFile:
    from quizzer.decks.editing.deckfile import DeckFile

    file = DeckFile.open(path)
    return file.reserving(ids_with_history(file.deck.id))


def _as_data(item: _Import) -> dict[str, Any]:
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


def _print(imports: Sequence[_Import], *, dry_run: bool) -> None:
    for item in imports:
        click.echo(printable("\n".join(_lines(item, dry_run=dry_run))))


def _lines(item: _Import, *, dry_run: bool) -> Iterator[str]:
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
        yield f"  {filled['card']}: {', '.join(filled['keys'])} taken from the list"
    for kept in data["kept"]:
        if keys := ", ".join(key for key in kept["keys"] if key != "tags"):
            yield f"  {kept['card']}: the deck's {keys} kept; line {kept['line']} of the list says something else"
    yield from _kept_tags(item)
    if data["gone"]:
        names = _some([card["card"] for card in data["gone"]])
        yield f"  {_count(len(data['gone']), 'card')} not in the list, kept: {names}"
    if not changed:
        yield "  nothing to change"
    for remark in item.listed.remarks:
        yield f"  {remark.place}: {remark.text}"


def _advice(card: str, looks_like: Sequence[str], *, dry_run: bool) -> str:
    """What to do where the new *card* may be one that is there."""
    names = " or ".join(looks_like)
    one = looks_like[0] if len(looks_like) == 1 else "that card"
    if dry_run:
        return f"looks like {names}; if it is the same, give {one} this question in the deck, then import"
    return f"looks like {names}; if it is the same, give {one} this question in the deck and remove {card}"


def _kept_tags(item: _Import) -> Iterator[str]:
    """One line for all cards whose section has another name in the list: renaming one concerns many."""
    cards: dict[tuple[str, str], list[str]] = {}
    for match in item.updated.plan.matches:
        if match.card is not None and "tags" in match.kept:
            there, here = ", ".join(match.card.tags), ", ".join(match.entry.card.tags)
            cards.setdefault((there, here), []).append(match.card.id)
    for (there, here), ids in cards.items():
        yield f"  {_some(ids)}: the deck's tags kept: {there}; the list's section says: {here}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return repr(words if len(words) <= 100 else words[:97] + "...")


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
