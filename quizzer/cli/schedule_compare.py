"""`quizzer schedule compare`: which memory model predicts one's own answers best."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli import compose
from quizzer.cli.bar import progress, waiting
from quizzer.cli.output import Result, reports
from quizzer.errors import UsageError

if TYPE_CHECKING:
    from quizzer.scheduling.comparison import Split
    from quizzer.scheduling.metrics import Metrics

TITLES = {"sm2": "SM-2", "fsrs": "FSRS", "configured": "FSRS, configured parameters",
          "optimised": "FSRS, parameters of your own"}  # fmt: skip
FEW_TESTED = 100
WIDTH = 100


@click.command("compare", short_help="Compare SM-2 and FSRS on your own answers.")
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option("--quick", is_flag=True, help="Without learning parameters of your own, which takes a while.")
@click.option("--plot", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write the calibration plot to FILE, as SVG.")  # fmt: skip
@reports("schedule compare")
def compare(decks: tuple[str, ...], quick: bool, plot: Path | None) -> Result:
    """Compare how well SM-2, FSRS, and FSRS with parameters learned from you predict your own answers.

    The latest fifth of your answers is tested on; parameters are learned from what came before. The measures are those
    of the public srs-benchmark. Of each DECK, or of all.

    \b
    Examples:
      quizzer schedule compare
      quizzer schedule compare bert --quick --plot calibration.svg
    """
    if plot is not None and not plot.absolute().parent.is_dir():
        raise UsageError(f"{plot}: there is no such folder", hint="make it first, or give another file to --plot")
    from quizzer.storage.strengths import histories

    database = compose.database()
    chosen = {deck.id for deck in compose.library(decks).found} if decks else None
    compose.before_numpy()
    from quizzer.scheduling.comparison import split  # numpy

    cut = split(histories(database, chosen))
    if cut is None:
        data = {"answers": 0, "tested": 0, "schedulers": []}
        return Result(data, "Nothing to compare yet: no card was answered on two days. Study, and come back in a week.")
    deck = next(iter(chosen)) if chosen and len(chosen) == 1 else None
    rules = database.rules.decks.get(deck, database.rules) if deck else database.rules
    measured, parameters, missing = _measured(cut, rules.fsrs_parameters, quick=quick)
    best = min(measured, key=lambda name: measured[name].log_loss)
    if plot is not None:
        _write(plot, measured)
    lines = [*_table(cut, measured, best), *_notes(cut, missing, quick=quick)]
    if parameters:
        lines += _advice(measured, parameters, deck)
    lines += _plots(measured)
    if plot is not None:
        lines += ["", f"written: {plot}"]
    data = {
        "answers": len(cut.rows), "trained": cut.first_tested, "tested": cut.tested,
        "tested_from": cut.tested_from.isoformat(), "best": best, "missing_answers": missing,
        "schedulers": [_data(name, one, parameters if name == "optimised" else None) for name, one in measured.items()],
    }  # fmt: skip
    return Result(data, "\n".join(lines))


def _measured(
    cut: Split, configured: tuple[float, ...], *, quick: bool
) -> tuple[dict[str, Metrics], tuple[float, ...] | None, int]:
    """Metrics by name; the learner's own parameters, if learned; how many answers are missing to learn them."""
    from quizzer.scheduling import comparison, optimizing
    from quizzer.scheduling.fsrs import Fsrs
    from quizzer.scheduling.predictions import by_fsrs, by_sm2

    models = {"sm2": by_sm2, "fsrs": by_fsrs(Fsrs())}
    if configured:
        models["configured"] = by_fsrs(Fsrs(configured))
    missing = max(0, optimizing.LEAST_REVIEWS - optimizing.usable(cut.earlier))
    own = None
    if not missing and not quick:
        with waiting("loading the optimizer"):
            optimizing.load()
        with progress("learning your parameters") as tell:
            own = optimizing.optimised(cut.earlier, progress=tell)
    if own:
        models["optimised"] = by_fsrs(Fsrs(own))
    return comparison.compare(cut, models), own, missing


def _table(cut: Split, measured: Mapping[str, Metrics], best: str) -> list[str]:
    said = (
        f"Tested on {cut.tested:,} answers since {cut.tested_from}, the latest of {len(cut.rows):,} answers to cards "
        "that you had seen on an earlier day. Each model knew only what came before the answer."
    )
    lines = [*textwrap.wrap(said, WIDTH), "", f"{'':30}{'log loss':>10}{'RMSE(bins)':>12}{'AUC':>8}"]
    for name, one in measured.items():
        ranked = "      -" if one.auc is None else f"{one.auc:.3f}"
        mark = "  predicts you best" if name == best and len(measured) > 1 else ""
        lines.append(f"{TITLES[name]:30}{one.log_loss:>10.4f}{one.rmse_bins:>12.4f}{ranked:>8}{mark}")
    return lines


def _notes(cut: Split, missing: int, *, quick: bool) -> list[str]:
    """How to read the numbers."""
    from quizzer.scheduling.optimizing import LEAST_REVIEWS

    notes = [
        "Log loss and RMSE(bins): lower is better. AUC: higher is better, 0.5 is guessing. SM-2 predicts no chance of "
        "recall; as in the public benchmark, 90 % is taken for it when an interval is over."
    ]
    if cut.tested < FEW_TESTED:
        notes.append(f"{cut.tested} answers are few: differences may well be chance.")
    if missing:
        notes.append(
            f"Parameters of your own need {LEAST_REVIEWS} answers to learn from: to cards seen on an earlier day, "
            f"before the ones tested on. {missing} are missing."
        )
    elif quick:
        notes.append("Without --quick, parameters of your own are learned and compared too.")
    return [line for note in notes for line in ("", *textwrap.wrap(note, WIDTH))]


def _advice(measured: Mapping[str, Metrics], parameters: tuple[float, ...], deck: str | None) -> list[str]:
    """What to do with parameters that were learned; of one *deck*, or of all."""
    if measured["optimised"].log_loss >= measured["fsrs"].log_loss:
        return ["", "Your parameters predict no better than the default ones, so there is no reason to use them."]
    # In TOML a key after a table belongs to that table.
    where = ", above its [deck...] tables" if compose.config().deck and not deck else ""
    lines = ["", f"To use your parameters, write into {compose.paths().config_file}{where}:", ""]
    lines += [f"    [deck.{deck}]"] if deck else []
    numbers = textwrap.wrap(f"fsrs_parameters = [{', '.join(map(str, parameters))}]", WIDTH, subsequent_indent="  ")
    return [*lines, '    scheduler = "fsrs"', *(f"    {line}" for line in numbers)]


def _plots(measured: Mapping[str, Metrics]) -> list[str]:
    from quizzer.cli.calibration_plot import lowest_shown, text_plot

    lowest = lowest_shown([one.calibration for one in measured.values()])
    lines = ["", "Calibration: | predicted, o remembered, * both. The nearer, the better."]
    for name, one in measured.items():
        lines += ["", *text_plot(TITLES[name], one.calibration, lowest=lowest)]
    return lines


def _write(plot: Path, measured: Mapping[str, Metrics]) -> None:
    from quizzer.cli.calibration_plot import svg_plot

    try:
        plot.write_text(svg_plot({TITLES[name]: one.calibration for name, one in measured.items()}), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{plot}: cannot be written: {error.strerror}", hint="give another file to --plot") from error


def _data(name: str, one: Metrics, parameters: tuple[float, ...] | None) -> dict[str, Any]:  # a JSON object
    return {"name": name, "title": TITLES[name], **asdict(one), "parameters": parameters}
