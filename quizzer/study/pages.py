"""What a session says, as lines with a role; the terminal and plain mode print the same lines."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from quizzer.model import Card, CardEventKind, Grade, Schedule, Sm2Memory, Verdict
from quizzer.scale import PASSING_QUALITY, REPEAT_BELOW_QUALITY
from quizzer.scheduling.portion import days_needed
from quizzer.study.session import Outcome
from quizzer.study.words import QUALITIES
from quizzer.text import printable

if TYPE_CHECKING:
    from quizzer.scheduling.leeches import Step

Role = Literal["text", "quiet", "strong", "good", "bad", "open"]

SIGNS: dict[Verdict, str] = {"pass": "[+]", "unsure": "[?]", "fail": "[-]"}
VERDICTS: dict[Verdict, str] = {"pass": "right", "unsure": "not sure", "fail": "not yet"}
ROLES: dict[Verdict, Role] = {"pass": "good", "unsure": "open", "fail": "bad"}


class Line(NamedTuple):
    """One paragraph: its role, its text, and how far it is indented."""

    role: Role
    text: str
    indent: int = 0


def wrapped(line: Line, width: int) -> str:
    """*line* as it is shown, wrapped to *width* columns; the text's own line breaks stay."""
    margin = " " * line.indent
    # A sign or a word stands out where its text runs on.
    rest = margin + " " * {"[": 4, "/": 9}.get(line.text[:1], 0)
    wrapper = textwrap.TextWrapper(
        max(20, width), initial_indent=margin, subsequent_indent=rest, break_on_hyphens=False
    )  # fmt: skip
    return "\n".join(wrapper.fill(part) if part.strip() else "" for part in printable(line.text).split("\n"))


def welcome() -> list[Line]:
    """Three lines for somebody's first run."""
    return [
        Line("strong", "Welcome to quizzer. Answer each question in your own words, as you would in an interview."),
        Line("text", "You see which points you made and which you missed; the card comes back before you forget it."),
        Line("text", "Type /reveal when you don't know, /help for all such words, /quit to stop: all is saved."),
    ]


def spread(*, waiting: int, today: int, a_day: int | None, back: bool) -> list[Line]:
    """That not all which is due is asked today: *waiting* cards are left for later days, each of which has *a_day*.

    *back*: the learner has been away.
    """
    if not waiting:
        return []
    if a_day is None:
        left = f"Your daily limits leave {counted(waiting, 'card')} for later; `quizzer study --all` asks everything."
        return [Line("text", left)]
    hello = "Good that you are back: nothing is lost. " if back else ""
    days = days_needed(waiting, a_day)
    portion = f"{counted(waiting + today, 'card')} wait. Today has {today}, first what you have most likely forgotten."
    when = "tomorrow" if days == 1 else f"over the next {counted(days, 'day')}"
    others = f"The others come {when}, and new cards after them; `quizzer study --all` asks everything."
    return [Line("text", f"{hello}{portion} {others}")]


def question(card: Card, *, position: tuple[int, int], repeats: int, due: date | None) -> list[Line]:
    """The question, and where in the session it stands. *repeats*: how many are left where it is one, else 0."""
    number, total = position
    progress = f"once more, {repeats} left" if repeats else f"{number} of {total}"
    kind = [] if repeats else ["new" if due is None else "review"]
    return [
        Line("text", ""),
        Line("quiet", "  ".join([progress, card.key, *kind])),
        Line("strong", card.question),
    ]


def gone(cards: Sequence[str]) -> list[Line]:
    """Cards that were to be asked and cannot be."""
    names = ", ".join(cards[:3]) + (f" and {len(cards) - 3} more" if len(cards) > 3 else "")
    verb = "is" if len(cards) == 1 else "are"
    why = "gone from the deck, or the deck is broken (`quizzer deck check` says where)"
    return [Line("open", f"{names} {verb} left out: {why}; the history is kept")]


def feedback(card: Card, grade: Grade) -> list[Line]:
    """Verdict, points made and missed, the reference and the explanation."""
    word = f"{SIGNS[grade.verdict]} {VERDICTS[grade.verdict]}"
    lines = [Line(ROLES[grade.verdict], f"{word}: {grade.reason}" if grade.reason else word), Line("text", "")]
    made = [point for point in grade.points if point.covered]
    missed = [point for point in grade.points if not point.covered]
    if made:
        lines.append(Line("strong", "You said:"))
        for point in made:
            lines.append(Line("good", f"[+] {point.text}", 2))
            if point.words:
                lines.append(Line("quiet", f'"{_short(point.words)}"', 6))
    if missed:
        lines.append(Line("strong", "You left out:"))
        lines += [Line("bad", f"[-] {point.text}", 2) for point in missed]
    if card.answers:
        lines += [Line("text", ""), Line("strong", "Reference:")]
        lines.append(Line("text", card.answers[0], 2))
    if card.explanation:
        lines += [Line("text", ""), Line("quiet", card.explanation, 2)]
    return [*lines, Line("text", "")]


def _short(words: str, limit: int = 160) -> str:
    text = " ".join(words.split())
    return text if len(text) <= limit else text[: limit - 3] + "..."


def graded(quality: int) -> str:
    """A quality in words, such as ``4 (right)``."""
    return f"{quality} ({QUALITIES[quality]})"


def comes_back(
    schedule: Schedule | None, quality: int, *, today: date, moved: bool, planned: date | None = None
) -> Line:
    """When the card returns, and why; *planned*: the day that the learner's plan has for it."""
    if schedule is None:
        return Line("text", f"Graded {graded(quality)}. Practice only: the schedule stays as it is.")
    if schedule.suspended:
        return Line("open", f"Graded {graded(quality)}. Suspended: {resuming(schedule.card)}.")
    again = " It is asked again in this session." if quality < REPEAT_BELOW_QUALITY else ""
    when = in_days(planned or schedule.due, today=today)
    why = _why(schedule, quality) if moved else "today's first answer set that"
    if planned:
        why = "by your plan"
    return Line("text", f"Graded {graded(quality)}. Comes back {when}: {why}.{again}")


def _why(schedule: Schedule, quality: int) -> str:
    """Why the card comes back then, of an answer that moved its memory."""
    if quality < PASSING_QUALITY and schedule.reviews == 1:
        return "it is not known yet"
    if not isinstance(schedule.memory, Sm2Memory):
        known = quality >= PASSING_QUALITY
        return "as long as you are likely to know it, says FSRS" if known else "it was forgotten, so it comes sooner"
    if quality < PASSING_QUALITY:
        return "it starts again from the beginning"
    turn = schedule.memory.repetitions
    return "right for the first time" if turn == 1 else f"right {turn} times in a row"


def resuming(card: str) -> str:
    """How a suspended card comes back."""
    return f"not asked again until `quizzer card resume {card}`"


def leech(lapses: int, step: Step) -> Line:
    """That a card was forgotten *lapses* times, and what follows."""
    forgotten = f"[!] A leech: forgotten {counted(lapses, 'time')}"
    if step == "suspend":
        return Line("open", f"{forgotten}, so it is suspended. Reword it or split it before you resume it.")
    return Line("open", f"{forgotten}. Once more and it is suspended: a hint, or two smaller cards, may help.")


def set_aside(card: str, kind: CardEventKind) -> Line:
    """That the card is suspended, or buried."""
    what = "put off until tomorrow" if kind == "bury" else f"suspended: {resuming(card)}"
    return Line("quiet", f"{card} is {what}; its history stays")


def counted(number: int, noun: str) -> str:
    """A number with its noun: ``1 card``, ``2 cards``."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def in_days(day: date, *, today: date) -> str:
    """A learning day as people say it: ``tomorrow``, ``in 6 days, on Sunday 29 November``."""
    days = (day - today).days
    if days <= 1:
        return "today" if days <= 0 else "tomorrow"
    return f"in {days} days, on {day:%A} {day.day} {day:%B}" + (f" {day.year}" if day.year != today.year else "")


def summary(outcomes: Sequence[Outcome], *, tomorrow: int, week: int, still: int = 0) -> list[Line]:
    """What was missed, and what comes next; *still*: cards that are due and were not asked."""
    if not outcomes:
        return [Line("text", "Nothing was answered; nothing has changed.")]
    first = {outcome.review.card: outcome for outcome in reversed(outcomes)}
    missed = [outcome for outcome in first.values() if outcome.quality < PASSING_QUALITY]
    count = len(first)
    lines = [Line("strong", f"{counted(count, 'card')} answered, {count - len(missed)} right the first time.")]
    if missed:
        lines.append(Line("text", "Missed:"))
        lines += [Line("bad", f"[-] {outcome.question}", 2) for outcome in reversed(missed)]
    due = f"{counted(tomorrow, 'card')} due tomorrow, {week} in the next seven days."
    return [*lines, Line("text", (f"{counted(still, 'card')} still due. " if still else "") + due)]
