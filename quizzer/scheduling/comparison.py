"""Memory models judged on the later part of one's own answers, by what they could know before each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from quizzer.scheduling.histories import History
from quizzer.scheduling.metrics import Metrics, metrics
from quizzer.scheduling.predictions import Asked, Predict, asked, predicted

TESTED_SHARE = (1, 5)
"""Of the answers, the latest are tested on; parameters may be learned from the others."""


@dataclass(frozen=True, slots=True)
class Split:
    """A log cut in two by time. Only answers to cards seen on an earlier day are rows; first answers teach as well."""

    histories: Sequence[History]
    earlier: Sequence[History]
    """The part of each history that is before the cut."""
    rows: Asked
    first_tested: int
    """Number of the first row that is tested on."""
    tested_from: date
    """Learning day of that row."""

    @property
    def tested(self) -> int:
        """How many answers are tested on."""
        return len(self.rows) - self.first_tested


def split(histories: Sequence[History]) -> Split | None:
    """*histories* cut where the last fifth of the answers that count begins; None where none counts."""
    rows = asked(histories)
    if not len(rows):
        return None
    first = len(rows) - max(1, len(rows) * TESTED_SHARE[0] // TESTED_SHARE[1])
    cut_us = int(rows.at_us[first])
    day = next(answer.day for history in histories for answer in history if answer.at_us == cut_us)
    earlier = [[answer for answer in history if answer.at_us < cut_us] for history in histories]
    return Split(histories, [history for history in earlier if history], rows, first, date.fromordinal(day))


def compare(cut: Split, models: Mapping[str, Predict]) -> dict[str, Metrics]:
    """Each model's metrics on the tested part; it sees every answer before the one that it predicts."""
    tested = cut.rows.since(cut.first_tested)
    return {
        name: metrics(tested, np.array(predicted(cut.histories, predict))[tested.order])
        for name, predict in models.items()
    }
