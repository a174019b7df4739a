"""The report of a mock interview as a page."""

from __future__ import annotations

from quizzer.reports.page import Answer, Answers, Page, Part, Prose, Section, Table, Tile, Tiles
from quizzer.stats.interviews import Item, Report, Result
from quizzer.study.interview_report import compared, title, verdict, when
from quizzer.study.words import clock


def page(report: Report) -> Page:
    """All that the report in the terminal says."""
    sections = [
        Section("At a glance", (_tiles(report),)),
        Section("By topic", (_topics(report),), "The weakest first; an answer counts under every topic of its card."),
        *_comparison(report),
        Section("Your answers", (Answers(tuple(map(_answer, report.items))),)),
        *_open(report),
        *_advice(report),
    ]
    heading = title(report.interview)
    return Page(f"Mock interview {report.interview.number}", heading, tuple(sections))


def _tiles(report: Report) -> Tiles:
    interview, total = report.interview, report.total
    asked = len(interview.plan.cards)
    score = "-" if total.score is None else f"{100 * total.score:.0f} %"
    return Tiles((
        Tile("Right", f"{total.right.passed} of {total.right.total}", f"{asked} questions planned"),
        Tile("Points made", f"{total.points.passed} of {total.points.total}"),
        Tile("Score", score, "mean of the grades"),
        Tile("Time", clock(interview.used_ms / 1000), f"of {clock(interview.plan.allowed_ms / 1000)}"),
    ))  # fmt: skip


def _topics(report: Report) -> Part:
    if not report.topics:
        return Prose(("Nothing was answered.",))
    rows = tuple((topic.name, *_numbers(topic.result)) for topic in report.topics)
    return Table(("topic", "right", "points made", "score"), rows, (1, 2, 3))


def _numbers(result: Result) -> tuple[str, str, str]:
    score = "-" if result.score is None else f"{100 * result.score:.0f} %"
    points = f"{result.points.passed} of {result.points.total}" if result.points.total else "-"
    return f"{result.right.passed} of {result.right.total}", points, score


def _comparison(report: Report) -> tuple[Section, ...]:
    if report.last is None or not report.changes:
        return ()
    rows = tuple((change.name or "all together", change.direction, compared(change)) for change in report.changes)
    heading = f"Compared with interview {report.last.number} of {when(report.last)}"
    return (Section(heading, (Table(("topic", "change", "how"), rows),), "Topics that both interviews had."),)


def _answer(item: Item) -> Answer:
    review = item.answered.review
    return Answer(
        item.known.question, verdict(item), review.answer, review.points_made, review.points_missed, review.card,
        passed=item.answered.right,
    )  # fmt: skip


def _open(report: Report) -> tuple[Section, ...]:
    if not report.open_questions:
        return ()
    rows = tuple((known.question, card) for card, known in report.open_questions)
    return (Section("Not answered", (Table(("question", "card"), rows),)),)


def _advice(report: Report) -> tuple[Section, ...]:
    if not report.advice:
        return ()
    rows = tuple((one.topic, str(one.missed), one.command) for one in report.advice)
    return (Section("To study next", (Table(("topic", "missed", "command"), rows, (1,)),)),)
