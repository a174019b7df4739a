"""The report of a live session as a page."""

from __future__ import annotations

from quizzer.group.results import AnswerResult, PlayerResult, QuestionResult, SessionResults
from quizzer.reports import charts
from quizzer.reports.charts import ShareRow
from quizzer.reports.page import Answer, Answers, Cell, Figure, Fold, Page, Part, Prose, Section, Table, Tile, Tiles

_MOST_IN_CHART = 40
_SHORT = 36
"""Characters of a question in a chart, which a phone has room for."""


def page(results: SessionResults, *, when: str, named: bool = True) -> Page:
    """All of *results*; *when*: the session's beginning in words. Not *named*: without names, fit to be passed on."""
    sections = [
        Section("At a glance", (_tiles(results),)),
        *_teams(results),
        *_players(results, named=named),
        *_failed(results),
        *_chart(results),
        *(_question(one, results, named=named) for one in results.questions),
    ]
    title = " ".join(results.opened.title.split())
    state = "" if results.ended else "; not ended" if results.questions else "; nothing was asked"
    return Page(title, f"Live session of {when}{state}", tuple(sections))


def _tiles(results: SessionResults) -> Tiles:
    counted = results.counted
    asked, right = sum(one.asked for one in counted), sum(one.right for one in counted)
    points = [point for one in counted for point in one.points]
    made, of = sum(point.made for point in points), sum(point.asked for point in points)
    skipped = sum(one.outcome == "skipped" for one in results.questions)
    decided = sum(one.accepted + one.rejected for one in counted)
    return Tiles((
        Tile("Players", str(len(results.players)), f"{results.kicked} sent away" if results.kicked else ""),
        Tile("Questions", str(len(counted)), f"{skipped} skipped" if skipped else ""),
        Tile("Right", _percent(right, asked), f"{right:,} of {asked:,} answers"),
        Tile("Points made", _percent(made, of), f"{made:,} of {of:,}" if of else ""),
        Tile("Decided by the host", str(decided), "answers"),
    ))  # fmt: skip


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"


def _teams(results: SessionResults) -> tuple[Section, ...]:
    if not results.teams:
        return ()
    rows = tuple((f"{team.place}. {team.team}", str(team.players), f"{team.points:.1f}") for team in results.teams)
    table = Table(("team", "players", "points"), rows, (1, 2))
    return (Section("Teams", (table,), "The sum over the questions of what its players got on average."),)


def _players(results: SessionResults, *, named: bool) -> tuple[Section, ...]:
    if not named or not results.players:
        return ()
    table = Table(("player", "points", "right"), tuple(_player(player, results) for player in results.players), (1, 2))
    note = "Below the name, question by question: + right, - not right, . said nothing, _ not asked."
    return (Section("Players", (table,), note),)


def _player(player: PlayerResult, results: SessionResults) -> tuple[str | Cell, ...]:
    own = {answer.question: answer for answer in player.answers}
    signs = " ".join(_sign(own.get(one.number - 1)) for one in results.counted)
    note = f"{player.team}: {signs}" if player.team else signs
    name = Cell(f"{player.place}. {player.name}", note)
    return name, str(player.points), f"{player.right} of {len(player.answers)}"


def _sign(answer: AnswerResult | None) -> str:
    if answer is None:
        return "_"
    return "+" if answer.right else "." if answer.text is None else "-"


def _failed(results: SessionResults) -> tuple[Section, ...]:
    failed = results.failed_most[:10]
    if not failed:
        return ()
    rows = tuple((Cell(_whole(one), one.question.card), f"{one.right} of {one.asked}") for one in failed)
    command = f"As a list to study: quizzer group study-list {results.opened.session}"
    return (Section("Failed most", (Table(("question", "right"), rows, (1,)), Prose((command,)))),)


def _chart(results: SessionResults) -> tuple[Section, ...]:
    counted = [one for one in results.counted if one.asked][:_MOST_IN_CHART]
    if not counted:
        return ()
    shares = [
        ShareRow(f"{one.number}. {_short(one)}", one.right / one.asked, 0.0, one.right / one.asked,
                 f"{one.right} of {one.asked}")
        for one in counted
    ]  # fmt: skip
    rows = tuple(
        (f"{one.number}. {_whole(one)}", f"{one.right} of {one.asked}", _percent(one.right, one.asked))
        for one in counted
    )
    words = ", ".join(f"question {one.number} {_percent(one.right, one.asked)}" for one in counted)
    figure = Figure(
        charts.shares(shares),
        f"Right answers by question: {words}.",
        Table(("question", "right", "share"), rows, (1, 2)),
    )
    return (Section("Right answers by question", (figure,)),)


def _question(one: QuestionResult, results: SessionResults, *, named: bool) -> Section:
    parts: list[Part] = []
    if one.outcome != "revealed":
        why = "Skipped: it counts for nobody." if one.outcome == "skipped" else "The session stopped before its points."
        return Section(f"{one.number}. {_whole(one)}", (Prose((why,)),))
    if one.question.answers:
        parts.append(Prose((f"Reference: {one.question.answers[0]}",)))
    if one.question.explanation:
        parts.append(Prose((one.question.explanation,)))
    if one.points:
        points = tuple((point.text, f"{point.made} of {point.asked}") for point in one.points)
        parts.append(Table(("point", "made"), points, (1,), caption="Points of the card"))
    names = {player.id: player.name for player in results.players}
    if one.best is not None and one.best.text is not None:
        best = one.best
        heading = f"Best answer that may be shown, by {names[best.player]}"
        parts.append(Answers((Answer(heading, f"{best.points} points", best.text or ""),)))
    answers = [answer for player in results.players for answer in player.answers if answer.question == one.number - 1]
    if answers:
        parts.append(_answers(answers, names if named else None))
    note = f"{one.right} of {one.asked} right, {one.said} answered"
    if one.accepted or one.rejected:
        note += f"; the host accepted {one.accepted} and rejected {one.rejected}"
    return Section(f"{one.number}. {_whole(one)}", tuple(parts), f"{note}. {one.question.card}")


def _answers(answers: list[AnswerResult], names: dict[str, str] | None) -> Fold:
    """All answers, the best first; *names*: None leaves them out, and those who said nothing."""
    in_order = sorted(answers, key=lambda answer: (-answer.points, answer.text or ""))
    if names is None:
        in_order = [answer for answer in in_order if answer.text is not None]
    rows = []
    for answer in in_order:
        who = "" if names is None else f"{names[answer.player]}: "
        rows.append((Cell(answer.text or "(nothing)", f"{who}{_result(answer)}"), str(answer.points)))
    return Fold(f"All answers ({len(rows)})", Table(("answer", "points"), tuple(rows), (1,)))


def _result(answer: AnswerResult) -> str:
    if answer.text is None:
        return "said nothing"
    return ("right" if answer.right else "not right") + (", by the host" if answer.by_host else "")


def _whole(one: QuestionResult) -> str:
    return " ".join(one.question.text.split())


def _short(one: QuestionResult) -> str:
    text = _whole(one)
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 3]}..."
