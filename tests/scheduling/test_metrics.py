"""The metrics against the public benchmark's formulas, written out with the libraries that it uses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import log_loss, roc_auc_score, root_mean_squared_error

from quizzer.scheduling.fsrs import Fsrs
from quizzer.scheduling.histories import History
from quizzer.scheduling.metrics import auc, calibration, metrics
from quizzer.scheduling.predictions import Asked, Floats, asked, by_fsrs, by_sm2, predicted
from tests.scheduling.learners import learned


def benchmark(histories: list[History], probabilities: list[float]) -> tuple[float, float, float]:
    """Log loss, RMSE(bins) and AUC by srs-benchmark's definitions, from the plain histories."""
    rows: list[dict[str, Any]] = []
    for history in histories:
        for number, answer in enumerate(history):
            if answer.elapsed_days:
                failures = sum(one.elapsed_days > 0 and one.quality < 3 for one in history[:number])
                turn = 1 + sum(one.elapsed_days > 0 for one in history[: number + 1])
                rows.append({"t": answer.elapsed_days, "i": turn, "lapse": failures, "y": int(answer.quality >= 3)})
    table = pd.DataFrame(rows).assign(p=probabilities)

    def floored(value: int, base: float) -> float:
        return float(np.power(base, np.floor(np.log(value) / np.log(base))))

    table["t"] = [round(2.48 * floored(value, 3.62), 2) for value in table["t"]]
    table["i"] = [round(1.99 * floored(value, 1.89), 0) for value in table["i"]]
    table["lapse"] = [round(1.65 * floored(value, 1.73), 0) if value else 0 for value in table["lapse"]]
    groups = table.assign(n=1).groupby(["t", "i", "lapse"]).agg({"y": "mean", "p": "mean", "n": "sum"})
    return (
        float(log_loss(table["y"], table["p"], labels=[0, 1])),
        float(root_mean_squared_error(groups["y"], groups["p"], sample_weight=groups["n"])),
        float(roc_auc_score(table["y"], table["p"])),
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("predict", [by_sm2, by_fsrs(Fsrs())], ids=["sm2", "fsrs"])
def test_metrics_equal_the_benchmarks_on_a_shared_log(predict: Any, seed: int) -> None:
    """A number with the benchmark's name is the benchmark's number; SM-2's has ties, FSRS's hardly any."""
    histories: list[History] = list(learned(120, seed=seed))
    probabilities, rows = predicted(histories, predict), asked(histories)
    ours = metrics(rows, np.array(probabilities)[rows.order])
    assert (ours.log_loss, ours.rmse_bins, ours.auc) == pytest.approx(benchmark(histories, probabilities), rel=1e-9)


def test_being_sure_and_wrong_costs_much_but_not_everything() -> None:
    """A probability of exactly 1 that fails must not make the mean infinite."""
    rows = asked([learned(1, answers=2)[0]])
    for certain in (0.0, 1.0):
        assert np.isfinite(metrics(rows, np.array([certain])).log_loss)


def test_auc_needs_both_outcomes() -> None:
    """Where everything was remembered there is nothing to tell apart."""
    assert auc(np.array([True, True]), np.array([0.2, 0.9])) is None
    assert auc(np.array([True, False]), np.array([0.9, 0.2])) == 1


def test_calibration_groups_are_alike_in_size_and_ties_stay_together() -> None:
    """Every group is a fair sample: predictions near 0.9 are many, and a fixed grid would lump them all."""
    probabilities: Floats = np.array([0.9] * 50 + [0.5, 0.6, 0.7, 0.8] * 5 + [0.95] * 30)
    bins = calibration(probabilities > 0.55, probabilities)
    assert [group.answers for group in bins] == [10, 10, 50, 30]
    assert [round(group.predicted, 3) for group in bins] == [0.55, 0.75, 0.9, 0.95]
    assert [group.remembered for group in bins] == [0.5, 1, 1, 1]


def test_rows_are_in_the_order_of_time() -> None:
    """The later part of the log, on which models are tested, is later for every card."""
    rows: Asked = asked(list(learned(20)))
    assert (np.diff(rows.at_us) >= 0).all()
    assert len(rows) == 20 * 7
