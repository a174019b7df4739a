"""The report of a mock interview as lines, for a terminal and for plain text alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from quizzer.stats.interviews import Change, Item, Report, Result, Topic
from quizzer.study.interview import Interview
from quizzer.study.interview_pages import minutes
from quizzer.study.pages import ROLES, SIGNS, VERDICTS, Line, counted
from quizzer.study.words import QUALITIES, clock

_NAME = 34


def lines(report: Report) -> list[Line]:
    """The whole report; what all of it comes to stands last, where a terminal shows it."""
    parts = [
        [Line("strong", title(report.interview))],
        *map(_item, report.items),
        _open(report),
        [Line("strong", f"{summary(report)}.")],
        _topics(report.topics),
        _changes(report),
        _advice(report),
    ]
    return [line for part in parts if part for line in (Line("text", ""), *part)]


def title(interview: Interview) -> str:
    """Which interview it is."""
    questions = counted(len(interview.plan.cards), "question")
    decks = ", ".join(dict.fromkeys(card.partition("/")[0] for card in interview.plan.cards))
    tag = f" on {interview.plan.tag}" if interview.plan.tag else ""
    return (
        f"Mock interview {interview.number}, {when(interview)}: {questions} from {decks}{tag} "
        f"in {minutes(interview.plan.allowed_ms)}"
    )


def when(interview: Interview) -> str:
    """The day and the hour at which it began, by the learner's clock."""
    return local(interview).strftime("%Y-%m-%d %H:%M")


def local(interview: Interview) -> datetime:
    """When it began, with the learner's own offset from UTC."""
    return interview.began.astimezone(timezone(timedelta(minutes=interview.utc_offset_minutes)))


def summary(report: Report) -> str:
    """All answers together."""
    interview = report.interview
    used = f"{clock(interview.used_ms / 1000)} used{state(interview)}"
    if report.total.score is None:
        return f"Nothing was answered; {used}"
    return f"{did(report.total)}, score {100 * report.total.score:.0f} %; {used}"


def did(result: Result) -> str:
    """Right answers, and points where there are any."""
    points = f", {result.points.passed} of {result.points.total} points made" if result.points.total else ""
    return f"{result.right} right{points}"


def state(interview: Interview) -> str:
    """What to know of how it ended, where it is not done."""
    if interview.end == "time":
        return ", the time ran out"
    if interview.unfinished:
        return f", {clock(interview.left_ms / 1000)} left: `quizzer mock --resume` goes on"
    return ""


def _topics(topics: Sequence[Topic]) -> list[Line]:
    if not topics:
        return []
    width = min(_NAME, max(len(topic.name) for topic in topics))
    rows = []
    for topic in topics:
        points = topic.result.points
        made = f"  {points.passed} of {points.total} points" if points.total else ""
        rows.append(Line("text", f"{_cut(topic.name, width)}  {f'{topic.result.right} right':14}{made}", 2))
    return [Line("strong", "By topic, the weakest first"), *rows]


def _changes(report: Report) -> list[Line]:
    if report.last is None or not report.changes:
        return []
    heading = f"Compared with interview {report.last.number} of {when(report.last)}"
    moved = [change for change in report.changes if change.direction != "same" or not change.name]
    width = min(_NAME, max(len(_name(change)) for change in moved))
    rows = [Line("text", f"{_cut(_name(change), width)}  {compared(change)}", 2) for change in moved]
    same = len(report.changes) - len(moved)
    rest = [Line("quiet", f"as before: {counted(same, 'topic')}", 2)] if same else []
    return [Line("strong", heading), *rows, *rest]


def _name(change: Change) -> str:
    return change.name or "all together"


def compared(change: Change) -> str:
    """How a topic went before and now: ``better: 1 of 3, now 2 of 2``; by their scores where as many were right."""
    before, now = change.before, change.now
    if before.right.ratio == now.right.ratio and before.score is not None and now.score is not None:
        return f"{change.direction:6}  score {100 * before.score:.0f} %, now {100 * now.score:.0f} %"
    return f"{change.direction:6}  {before.right} right, now {now.right}"


def verdict(item: Item) -> str:
    """The verdict in words, the learner's own where there is one."""
    answer = item.answered
    grade = f"{answer.quality} ({QUALITIES[answer.quality]})"
    if answer.decided:
        return f"{'right' if answer.right else 'not yet'}, as you decided: {grade}"
    if not answer.review.answer:
        return "not answered"
    return f"{VERDICTS[answer.review.verdict]}: {grade}"


def _item(item: Item) -> list[Line]:
    review = item.answered.review
    kind = review.verdict if not item.answered.decided else "pass" if item.answered.right else "fail"
    lines = [
        Line("strong", f"{item.number}. {item.known.question}"),
        Line("quiet", review.card, 3),
        Line(ROLES[kind], f"{SIGNS[kind]} {verdict(item)}", 3),
    ]
    if review.answer:
        lines.append(Line("text", review.answer, 7))
    lines += [Line("text", f"[-] left out: {point}", 3) for point in review.points_missed]
    return lines


def _open(report: Report) -> list[Line]:
    if not report.open_questions:
        return []
    heading = "Still open" if report.interview.unfinished else "Not reached"
    return [Line("strong", heading), *(Line("text", f"{known.question} ({card})", 2)
                                       for card, known in report.open_questions)]  # fmt: skip


def _advice(report: Report) -> list[Line]:
    found = [Line("strong", "To study next")]
    for one in report.advice:
        found.append(Line("text", f"{one.topic}, {one.missed} missed: `{one.command}`", 2))
    unsettled = sum(item.answered.unsettled for item in report.items)
    if unsettled:
        settle = f"quizzer mock --report {report.interview.number} --settle"
        found.append(Line("text", f"the grader is not sure of {counted(unsettled, 'answer')}: `{settle}`", 2))
    if len(found) > 1:
        found.append(Line("text", "a reference answer: `quizzer card show CARD --answer`", 2))
        return found
    return [Line("good", "Nothing was missed.")] if report.items else []


def _cut(name: str, width: int) -> str:
    name = " ".join(name.split())
    return f"{name if len(name) <= width else name[: width - 3] + '...':{width}}"
