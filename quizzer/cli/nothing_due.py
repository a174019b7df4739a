"""What a session says when there is nothing to ask, and what it offers instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quizzer.cli import compose
from quizzer.cli.portion import Portion, Wanted, portion
from quizzer.study.pages import Line, counted, in_days

if TYPE_CHECKING:
    from datetime import date

    from quizzer.storage.agenda import Agenda
    from quizzer.study.screen import Screen

MORE_AHEAD_DAYS = 30
KINDS = {
    "flagged": ("is flagged", "are flagged"),
    "leeches": ("is a leech", "are leeches"),
    "missed": ("was missed the last time", "were missed the last time"),
}


def otherwise(agenda: Agenda, day: date, screen: Screen, wanted: Wanted, found: Portion) -> tuple[Portion, Wanted]:
    """Another session than the *wanted* one, of which *found* is empty, where the learner agrees; else no card."""
    lines, instead, question = _said(agenda, day, wanted, found)
    screen.show(lines)
    if instead is None:
        return found, wanted
    if not screen.waits or not click.confirm(question, default=False):
        return found, wanted
    return portion(agenda, day, instead), instead


def _said(agenda: Agenda, day: date, wanted: Wanted, found: Portion) -> tuple[list[Line], Wanted | None, str]:
    """What to say, and what to offer with which question."""
    if wanted.tag is not None and not agenda.all_cards(tag=wanted.tag):
        return [Line("text", f"No card has the tag {wanted.tag!r}. `quizzer stats` lists the tags.")], None, ""
    if found.waiting:
        lines = [
            Line("strong", "Today's portion is done."),
            Line("text", f"{counted(found.waiting, 'card')} can wait for the days to come; "
                         "`quizzer study --all` goes on with them."),
        ]  # fmt: skip
        return lines, wanted._replace(everything=True), "Go on with them now?"
    if wanted.cards:
        return _none_of_a_list(agenda, day, wanted)
    if wanted.only in KINDS:
        return _none_of_a_kind(agenda, day, wanted)
    return _nothing_more(agenda, day, wanted)


def _none_of_a_kind(agenda: Agenda, day: date, wanted: Wanted) -> tuple[list[Line], Wanted | None, str]:
    one, many = KINDS[wanted.only or ""]
    practice = Wanted(tag=wanted.tag, limit=wanted.limit, only=wanted.only, cram=True)
    count = 0 if wanted.cram else len(portion(agenda, day, practice).rows)
    if not count:
        return [Line("text", f"No card {one}.")], None, ""
    lines = [
        Line("strong", f"{counted(count, 'card')} {one if count == 1 else many}; none of them is due now."),
        Line("text", f"`quizzer study --only {wanted.only} --cram` practises them; the schedule stays as it is."),
    ]
    return lines, practice, "Practise them now?"


def _none_of_a_list(agenda: Agenda, day: date, wanted: Wanted) -> tuple[list[Line], Wanted | None, str]:
    practice = wanted._replace(new=None, ahead_days=0, everything=False, cram=True)
    if practice.only in ("new", "due"):
        practice = practice._replace(only=None)
    count = 0 if wanted.cram else len(portion(agenda, day, practice).rows)
    if not count:
        return [Line("text", "No deck found has a card of the list with an answer to study.")], None, ""
    many = "none of them is due or new within today's limits"
    lines = [
        Line("strong", f"{counted(count, 'card')} of the list; {many}."),
        Line("text", "--cram practises them; the schedule stays as it is. --new N asks new ones all the same."),
    ]
    return lines, practice, "Practise them now?"


def _nothing_more(agenda: Agenda, day: date, wanted: Wanted) -> tuple[list[Line], Wanted | None, str]:
    """Say when the next card is due, and offer to go ahead."""
    counts = agenda.counts(day, leech_lapses=compose.config().leech_lapses)
    if counts.next_due is None and not counts.new_available:
        return [Line("text", "There is no card to study here. `quizzer deck list` shows the decks found.")], None, ""
    ahead = Wanted(new=0, tag=wanted.tag, ahead_days=MORE_AHEAD_DAYS, limit=wanted.limit or 10)
    lines = [Line("strong", "Nothing more is due today.")]
    if counts.next_due:
        lines.append(Line("text", f"The next card is due {in_days(counts.next_due, today=day)}."))
    if counts.new_available:
        five = "`quizzer study --new 5` starts with five of them"
        lines.append(Line("text", f"{counted(counts.new_available, 'card')} never answered yet: {five}."))
    if not portion(agenda, day, ahead).rows:
        lines.append(
            Line("text", "What was answered today cannot be moved again today; `quizzer study --cram` practises it.")
        )
        return lines, None, ""
    lines.append(Line("text", f"`quizzer study --ahead {MORE_AHEAD_DAYS}` goes ahead."))
    return lines, ahead, "Go ahead with the cards that come next?"
