"""The report of `quizzer stats --html`: the same figures as in the terminal, as a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from quizzer.reports import charts
from quizzer.reports.page import Cell, Figure, Page, Part, Prose, Section, Table, Tile, Tiles
from quizzer.stats.pages import duration
from quizzer.stats.summary import Share, Statistics, forecast_top, shade_bounds

_CALENDAR_DAYS = 371
_TIME_DAYS = 90
_TOPICS = 25
_RANGE = "The dot is the share, the bar the range in which the true share lies with 95 % confidence."


def page(statistics: Statistics, *, decks: Sequence[str]) -> Page:
    """The whole report; *decks*: the names under which decks were chosen, none for all."""
    which = f" of {', '.join(decks)}" if decks else ""
    sections = [Section("Today", (_today(statistics),))]
    if statistics.total.all_answers:
        sections += [
            Section("Answers a day", (_calendar(statistics),)),
            *_forecast(statistics), *_time(statistics), *_retention(statistics), *_weak(statistics),
            *_overrules(statistics),
        ]  # fmt: skip
    else:
        text = "Nothing is answered yet. `quizzer study` begins; charts come with the answers."
        sections.append(Section("Charts", (Prose((text,)),)))
    return Page(f"Progress{which}", f"Up to {_day(statistics.day, year=True)}", tuple(sections))


def _day(day: date, *, year: bool = False) -> str:
    return f"{day:%a} {day.day} {day:%b}" + (f" {day.year}" if year else "")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _share(share: Share) -> str:
    return f"{share.passed:,} of {share.total:,}" if share.total else "-"


def _today(statistics: Statistics) -> Tiles:
    total, retention = statistics.total, statistics.total.retention
    week = [day for _, day in statistics.last_days(7)]
    tiles = [
        Tile("due today", f"{statistics.due:,}", f"and {statistics.repeat:,} to repeat" if statistics.repeat else ""),
        Tile("due in the next 7 days", f"{sum(statistics.forecast[1:8]):,}"),
        Tile("never answered", f"{statistics.new:,}", "cards"),
        Tile("days in a row", f"{statistics.streak_days:,}"),
        Tile("answers", f"{total.all_answers:,}", f"{sum(day.all_answers for day in week):,} in the last 7 days"),
        Tile(
            "time",
            duration(total.milliseconds),
            f"{duration(sum(day.milliseconds for day in week))} in the last 7 days",
        ),
        Tile(
            "remembered", _share(retention), f"{retention.percent}" if retention.total else "no card has come back yet"
        ),
    ]
    if statistics.suspended:
        tiles.append(Tile("suspended", f"{statistics.suspended:,}", "cards"))
    if statistics.retired:
        tiles.append(Tile("retired", f"{statistics.retired:,}", "cards that no deck has now"))
    return Tiles(tuple(tiles))


def _calendar(statistics: Statistics) -> Figure:
    year = statistics.last_days(_CALENDAR_DAYS)
    counts = {day: totals.all_answers for day, totals in year}
    studied = [day for day, count in counts.items() if count]
    answers = sum(counts.values())
    said = f"{_counted(answers, 'answer')} on {_counted(len(studied), 'day')}"
    rows = tuple(
        (_day(day, year=True), f"{totals.answers:,}", f"{totals.practice:,}", f"{totals.new:,}")
        for day, totals in reversed(year) if totals.all_answers
    )  # fmt: skip
    return Figure(
        charts.calendar(counts, today=statistics.day, bounds=shade_bounds(day for _, day in year)),
        f"Calendar of the last 53 weeks: {said}.",
        Table(("day", "answers", "in practice", "new cards"), rows, (1, 2, 3)),
        f"{said} of the last 53 weeks. Cram and mock interviews are counted in.",
    )


def _forecast(statistics: Statistics) -> list[Section]:
    if not any(statistics.forecast):
        return []
    most = forecast_top(statistics.forecast)
    days = [statistics.day + timedelta(days=ahead) for ahead in range(len(statistics.forecast))]
    cut = f" Today's column is cut: {statistics.due:,} are due, the backlog with them." if statistics.due > most else ""
    figure = Figure(
        charts.columns(list(zip(days, statistics.forecast, strict=True)), unit="cards", most=most),
        f"Cards due on each of the next 30 days: {statistics.due:,} today, {sum(statistics.forecast[1:]):,} after it.",
        Table(
            ("day", "cards due"),
            tuple((_day(d), f"{n:,}") for d, n in zip(days, statistics.forecast, strict=True)),
            (1,),
        ),
        f"As scheduled now; answers and new cards will add to it.{cut}",
    )
    return [Section("Cards due in the next 30 days", (figure,))]


def _time(statistics: Statistics) -> list[Section]:
    days = statistics.last_days(_TIME_DAYS)
    minutes = [(day, round(totals.milliseconds / 60_000, 1)) for day, totals in days]
    studied = [(day, totals) for day, totals in days if totals.milliseconds]
    if not studied:
        return []
    time = sum(totals.milliseconds for _, totals in studied)
    said = f"{duration(time)} on {len(studied):,} of the last {_TIME_DAYS} days"
    figure = Figure(
        charts.columns(minutes, unit="minutes", narrow_days=42),
        f"Minutes of study a day: {said}.",
        Table(
            ("day", "time"),
            tuple((_day(day), duration(totals.milliseconds)) for day, totals in reversed(studied)),
            (1,),
        ),
        f"{said}. From question to answer; an answer counts for ten minutes at most.",
    )
    return [Section("Time a day", (figure,))]


def _retention(statistics: Statistics) -> list[Section]:
    note = "The share of cards known when they came back on a later day. "
    found = []
    intervals = [(interval.label, interval.retention) for interval in statistics.intervals]
    if intervals:
        figure = _shares("days since the last answer", intervals)
        found.append(Section("Remembered, by days since last answered", (figure,), note + _RANGE))
    asked = [tag for tag in statistics.tags if tag.retention.total]
    if asked:
        shown = [(tag.tag, tag.retention) for tag in asked[:_TOPICS]]
        title = "Remembered, by topic" + (f", the {_TOPICS} weakest" if len(asked) > _TOPICS else ", the weakest first")
        table = Table(
            ("topic", "cards", "answered", "remembered", "share and range"),
            tuple((tag.tag, f"{tag.cards:,}", f"{tag.seen:,}", _share(tag.retention), tag.retention.percent)
                  for tag in statistics.tags),
            (1, 2, 3, 4),
        )  # fmt: skip
        found.append(Section(title, (_shares("topic", shown, table=table),)))
    return found


def _shares(name: str, rows: Sequence[tuple[str, Share]], *, table: Table | None = None) -> Figure:
    drawn = [charts.ShareRow(label, share.ratio or 0, *share.range, _share(share)) for label, share in rows]
    numbers = tuple((label, _share(share), share.percent) for label, share in rows)
    return Figure(
        charts.shares(drawn),
        f"Remembered by {name}: " + "; ".join(f"{label}, {_share(share)}" for label, share in rows) + ".",
        table or Table((name, "remembered", "share and range"), numbers, (1, 2)),
    )


def _weak(statistics: Statistics) -> list[Section]:
    found = []
    if statistics.hardest:
        rows = tuple(
            (
                Cell(hard.question, hard.card),
                f"{hard.retention.total - hard.retention.passed:,} of {hard.retention.total:,}",
            )
            for hard in statistics.hardest
        )
        note = "Cards that came back and were forgotten, at least twice; those that are surest to be hard first."
        found.append(Section("Forgotten most", (Table(("question", "forgotten"), rows, (1,)),), note))
    if statistics.missed_points:
        rows = tuple(
            (Cell(missed.point, missed.card), f"{missed.missed:,} of {missed.answers:,}")
            for missed in statistics.missed_points
        )
        note = "Of the first answers of a day; those that you graded yourself are left out."
        found.append(Section("Points most often missed", (Table(("point", "missed"), rows, (1,)),), note))
    return found


def _overrules(statistics: Statistics) -> list[Section]:
    total = statistics.total
    rows = (
        ("answers", total.all_answers), ("you said right, the grader wrong", total.raised),
        ("you said wrong, the grader right", total.lowered), ("you graded otherwise", total.adjusted),
        ("the grader was not sure", total.unsure),
    )  # fmt: skip
    if not any(count for _, count in rows[1:]):
        return []
    parts: tuple[Part, ...] = (Table(("answers", "number"), tuple((name, f"{n:,}") for name, n in rows), (1,)),)
    return [Section("Where you overruled the grader", parts)]
