"""One card through the user's editor and into its deck: what was typed is saved, corrected, or kept in a draft."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from quizzer.cli.editor import Draft, command, edit, is_interactive
from quizzer.decks.editing import drafts, template
from quizzer.decks.editing.deckfile import Changes, DeckFile
from quizzer.errors import DeckChanged, DeckInvalid, DraftConflict, EditorFailed, UnknownCard, UsageError
from quizzer.model import Card
from quizzer.text import printable

_ATTEMPTS = 5
"""To save an edit into a file that others edit at the same time; each attempt starts from the file as it is then."""

_ROUNDS = 100
"""Of one text through the editor: an end for a program that plays the editor and never gets it right."""
_UNCHANGED = "nothing was changed"
AT_ONCE = "the editor came back at once"
_EMPTIED = "the text was emptied"

HOW_TO = (
    "Save and close the editor to save the card. To leave the card as it is, change nothing, or empty the file.",
    "Lines that begin with # are help; they are not kept.",
)


def card_named(file: DeckFile, name: str) -> Card:
    """The card of *file* with this id, former id, or key.

    Raises:
        UnknownCard: there is none; names the nearest.
    """
    deck_id, _, card_id = name.rpartition("/")
    cards = {card.id: card for card in file.deck.cards}
    if deck_id in ("", file.deck.id, *file.deck.aliases) and card_id in cards:
        return cards[card_id]
    former = (card for card in file.deck.cards for alias in card.aliases if name in (alias, f"{file.deck.id}/{alias}"))
    found = next(former, None)
    if found is None:
        close = difflib.get_close_matches(card_id, cards, n=1)
        hint = (
            f"did you mean {close[0]!r}?" if close else f"`quizzer deck todo {file.deck.id} --all` shows what is open"
        )
        raise UnknownCard(f"no card {name!r} in {file.path}", hint=hint)
    return found


def in_editor(
    text: str,
    card: Card,
    save: Callable[[Card], bool],
    *,
    resume: str,
    draft: Draft | None = None,
) -> str:
    """Let the user edit *text*, a template of *card*, and *save* what they meant; why nothing was saved, or nothing.

    *save* says whether there was anything to save. *resume* is the command line that goes on with a draft, which is
    kept when something fails. A *draft* of before is merged into the card, and comes up only where it has problems, or
    where both were changed.

    Raises:
        EditorFailed: the editor could not be started, or failed. DeckError: the text cannot be used or saved.
    """
    editor = command() if draft is None or is_interactive() else []
    paper = draft or Draft.make(card.id, text)
    with _kept(paper, text, resume):
        was_used = edit(paper, editor) if draft is None else True
        refusal: DeckInvalid | DraftConflict | None = None
        seen = text if draft is None else None
        for _ in range(_ROUNDS):
            said = template.unmarked(paper.read())
            if said == seen and refusal is not None:
                paper.write(said)
                raise refusal
            if said == seen:
                if was_used:
                    paper.remove()
                return _UNCHANGED if was_used else _came_back_at_once(paper, resume)
            try:
                meant = template.read(said, card, path=str(paper.path))
                if draft is not None and meant is not None:
                    meant = _merged(said, meant, card)
            except (DeckInvalid, DraftConflict) as error:
                seen = error.text if isinstance(error, DraftConflict) else said
                refusal = error
                paper.write(seen)
                if not is_interactive():
                    raise
                if isinstance(error, DeckInvalid):
                    paper.write(template.marked(said, error.problems))
                edit(paper, editor)
                continue
            saved = meant is not None and save(meant)
            paper.remove()
            return "" if saved else _UNCHANGED if meant is not None else _EMPTIED
        raise refusal or EditorFailed(f"the editor {editor[0]!r} never came to an end")


def draft_of(file: DeckFile, card: Card, path: Path) -> Draft:
    """The draft in the file *path*, which is one of *card* as far as it says.

    Raises:
        UsageError: there is none, or it is of another card. DraftUnusable: it cannot be read.
    """
    if not path.is_file():
        what = "is no file" if path.exists() else "there is no such draft"
        raise UsageError(f"{path}: {what}", hint="drafts are gone once they are saved; without --draft you start anew")
    draft = Draft(path)
    begun = drafts.origin(draft.read())
    if begun is not None and not _names(file, begun.card, card):
        hint = f"its card: quizzer deck answer {begun.card} --draft {path}"
        raise UsageError(f"{path}: is a draft of {begun.card}, not of {card.key}", hint=hint)
    return draft


def _names(file: DeckFile, key: str, card: Card) -> bool:
    try:
        return card_named(file, key) == card
    except UnknownCard:
        return False


def _merged(said: str, meant: Card, card: Card) -> Card:
    """*meant*, which the draft *said* says, together with what others made of *card* since the draft was begun.

    Raises:
        DraftConflict: both sides changed a key, or nobody has decided yet on one that they had changed.
    """
    if drafts.is_undecided(said):
        hint = "edit the draft: make of the two what is to be saved, remove the lines that begin with #>>, and go on"
        raise DraftConflict(f"the draft of {card.key} still shows what the deck has, for you to decide",
                            text=said, hint=hint)  # fmt: skip
    begun = drafts.origin(said)
    both = drafts.merged(meant, card, begun)
    if both.conflicts:
        keys = ", ".join(both.conflicts)
        what = f"both the deck and the draft have changed {keys} of {card.key}"
        if begun is None:
            what = f"the draft does not say what it was begun from, and differs from {card.key} in {keys}"
        hint = "the draft shows both: edit it, remove the lines that begin with #>>, and go on with it"
        raise DraftConflict(
            f"{what}; nothing was written", text=drafts.with_conflicts(both, card, notes=HOW_TO), hint=hint
        )
    if both.kept:
        click.echo(
            printable(f"changed in the deck since the draft was begun, and kept: {', '.join(both.kept)}"), err=True
        )
    return both.card


@contextmanager
def _kept(draft: Draft, text: str, resume: str) -> Iterator[None]:
    """Whatever happens, what the user wrote stays in the *draft*, and they are told where; nothing of it, no draft."""
    try:
        yield
    except BaseException:
        if draft.differs_from(text):
            note = f"what you wrote is kept in {draft.path}\nto go on with it: {resume} --draft {draft.path}"
            click.echo(printable(note), err=True)
        else:
            draft.remove()
        raise


def _came_back_at_once(draft: Draft, resume: str) -> str:
    """Why nothing was saved; an editor that opens a window may still have the draft in it."""
    if not is_interactive():
        draft.remove()
        return _UNCHANGED
    note = "if your editor opened a window, tell it to wait, as in EDITOR='code --wait'"
    click.echo(printable(f"{note}\nwhat you save there goes on with: {resume} --draft {draft.path}"), err=True)
    return AT_ONCE


def save_changes(file: DeckFile, before: Card, changes: Changes) -> DeckFile:
    """*file* with *changes* to the card that was *before*, saved; onto what others saved meanwhile, if the card is as
    it was.

    Raises:
        DeckChanged: the card itself was changed, or is gone. DeckError: the file cannot be edited or written.
    """
    for attempt in range(_ATTEMPTS):
        edited = file.change_card(before.id, changes)
        try:
            edited.save()
        except DeckChanged:
            if attempt == _ATTEMPTS - 1:
                raise
            file = _again(file.path, before)
        else:
            return edited
    return file


def _again(path: Path, before: Card) -> DeckFile:
    file = DeckFile.open(path)
    now = next((card for card in file.deck.cards if card.id == before.id), None)
    if now is None or replace(now, line=0) != replace(before, line=0):
        how = "was removed from" if now is None else "was changed in"
        hint = "`quizzer deck answer` starts from the deck as it is now; a draft is merged into it, key by key"
        raise DeckChanged(f"{path}: card {before.id!r} {how} the deck meanwhile; nothing was written", hint=hint)
    return file
