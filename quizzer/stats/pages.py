"""What `quizzer stats` says in a terminal, line by line."""

from __future__ import annotations

import textwrap
from datetime import timedelta

from quizzer.stats import charts
from quizzer.stats.charts import FINE, Line, Marks
from quizzer.stats.summary import DayTotals, Statistics, forecast_top, shade_bounds

NARROWEST, WIDEST = 30, 160
_NAME = 24
_DAYS = 30
_TOPICS = 20


def pages(statistics: Statistics, *, width: int, marks: Marks = FINE) -> list[Line]:
    """Every section that there is something to say in, for a terminal of *width* columns."""
    width = max(NARROWEST, min(width, WIDEST))
    lines = _numbers(statistics, width)
    if not statistics.total.all_answers:
        return [
            *lines,
            [],
            *_prose("Nothing is answered yet: `quizzer study` begins. Charts come with answers.", width),
        ]
    sections = (
        ("Answers a day", _calendar(statistics, width, marks)),
        ("Cards due in the next 30 days", _forecast(statistics, width, marks)),
        ("Minutes a day, the last 30 days", _minutes(statistics, width, marks)),
        ("Remembered, by days since last answered", _intervals(statistics, width, marks)),
        ("Remembered, by topic, the weakest first", _topics(statistics, width, marks)),
        ("Forgotten most", charts.items(_hardest(statistics), width=width)),
        ("Points most often missed", charts.items(_missed(statistics), width=width)),
        ("Where you overruled the grader", _overrules(statistics.total)),
    )
    for title, section in sections:
        if section:
            lines += [[], [(title, "strong")], *section]
    return lines


def _prose(text: str, width: int) -> list[Line]:
    return [[(line, "text")] for line in textwrap.wrap(text, width)]


def duration(milliseconds: int) -> str:
    """A time as people say it: ``45 s``, ``12 min``, ``3 h 05 min``."""
    minutes = round(milliseconds / 60_000)
    if minutes < 1:
        return f"{round(milliseconds / 1000)} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60:,} h {minutes % 60:02} min"


def remembered(statistics: Statistics) -> str:
    """The share remembered with its range, in words."""
    share = statistics.total.retention
    if not share.total:
        return "no card has come back yet"
    return f"{share.passed:,} of {share.total:,}" + (f", {share.percent}" if share.percent else "")


def _numbers(statistics: Statistics, width: int) -> list[Line]:
    total = statistics.total
    week = sum(day.milliseconds for _, day in statistics.last_days(7))
    numbers = [
        ("due today", f"{statistics.due:,}"), ("to repeat today", f"{statistics.repeat:,}"),
        ("due tomorrow", f"{statistics.forecast[1]:,}"),
        ("due in the next 7 days", f"{sum(statistics.forecast[1:8]):,}"), ("never answered", f"{statistics.new:,}"),
        *([("suspended", f"{statistics.suspended:,}")] if statistics.suspended else []),
        ("answered today", f"{statistics.answered_today:,}"), ("answers in all", f"{total.all_answers:,}"),
        *([("of these in practice", f"{total.practice:,}")] if total.practice else []),
        *([("time in the last 7 days", duration(week)), ("time in all", duration(total.milliseconds))]
          if total.all_answers else []),
        ("days in a row", f"{statistics.streak_days:,}"), ("remembered", remembered(statistics)),
        *([("retired: in no deck now", f"{statistics.retired:,}")] if statistics.retired else []),
    ]  # fmt: skip
    lines: list[Line] = []
    for name, value in numbers:
        if _NAME + 1 + len(value) <= width:
            lines.append([(f"{name:{_NAME}} ", "quiet"), (value, "text")])
        else:
            lines += [[(name, "quiet")], [("  " + value, "text")]]
    return lines


def _calendar(statistics: Statistics, width: int, marks: Marks) -> list[Line]:
    bounds = shade_bounds(day for _, day in statistics.last_days(7 * charts.WEEKS))
    return charts.calendar(statistics.days, today=statistics.day, bounds=bounds, width=width, marks=marks)


def _forecast(statistics: Statistics, width: int, marks: Marks) -> list[Line]:
    if not any(statistics.forecast):
        return []
    most = forecast_top(statistics.forecast)
    lines = charts.columns(
        statistics.forecast, first=statistics.day, today=statistics.day, width=width, most=most, marks=marks
    )
    cut = f"today is cut: {statistics.due:,} are due, the backlog with them"
    return [*lines, *_prose(cut, width)] if statistics.due > most else lines


def _minutes(statistics: Statistics, width: int, marks: Marks) -> list[Line]:
    minutes = [day.milliseconds / 60_000 for _, day in statistics.last_days(_DAYS)]
    first = statistics.day - timedelta(days=_DAYS - 1)
    if not any(minutes):
        return []
    return charts.columns(minutes, first=first, today=statistics.day, width=width, marks=marks)


def _intervals(statistics: Statistics, width: int, marks: Marks) -> list[Line]:
    rows = [(interval.label, interval.retention, "") for interval in statistics.intervals]
    return charts.shares(rows, width=width, marks=marks)


def _topics(statistics: Statistics, width: int, marks: Marks) -> list[Line]:
    """The weakest topics, each with how many of its cards were answered."""
    asked = [tag for tag in statistics.tags if tag.retention.total]
    rows = [(tag.tag, tag.retention, f"{tag.seen:,}/{tag.cards:,} cards") for tag in asked[:_TOPICS]]
    lines = charts.shares(rows, width=width, marks=marks)
    more = len(asked) - len(rows)
    if more:
        lines.append([(f"{more} more with --json or --html", "quiet")])
    return lines


def _hardest(statistics: Statistics) -> list[tuple[str, str, str]]:
    return [
        (f"{hard.retention.total - hard.retention.passed:,} of {hard.retention.total:,}", hard.question, hard.card)
        for hard in statistics.hardest
    ]


def _missed(statistics: Statistics) -> list[tuple[str, str, str]]:
    return [(f"{point.missed:,} of {point.answers:,}", point.point, point.card) for point in statistics.missed_points]


def _overrules(total: DayTotals) -> list[Line]:
    counts = (
        (total.raised, "you said right, the grader wrong"),
        (total.lowered, "you said wrong, the grader right"),
        (total.adjusted, "you graded otherwise"),
        (total.unsure, "the grader was not sure"),
    )
    lines: list[Line] = [[(f"{count:6,}  {what}", "text")] for count, what in counts if count]
    return [*lines, [(f"{total.all_answers:6,}  answers in all", "quiet")]] if lines else []
