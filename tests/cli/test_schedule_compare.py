"""`quizzer schedule compare`: which memory model predicts one's own answers best."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from random import Random

import numpy as np

from quizzer.model import Review
from quizzer.scheduling.comparison import compare, split
from quizzer.scheduling.days import instant
from quizzer.scheduling.fsrs import DEFAULT_PARAMETERS, Fsrs, are_parameters
from quizzer.scheduling.metrics import log_loss
from quizzer.scheduling.optimizing import LEAST_REVIEWS, optimised, usable
from quizzer.scheduling.predictions import by_fsrs, by_sm2, predicted
from quizzer.storage.store import SqliteStore
from quizzer.storage.strengths import histories
from tests.conftest import Run, envelope
from tests.factories import START, event, review
from tests.scheduling.learners import learned


def write_log(home: Path, cards: int) -> None:
    """The log of a simulated learner of the bundled deck."""
    store, facts = SqliteStore(home / "quizzer.db"), list[Review]()
    for card, history in enumerate(learned(cards)):
        for answer in history:
            fact = review(
                len(facts), at=instant(answer.at_us), quality=answer.quality, card=f"bert/bert-{card + 1:02}"
            )  # fmt: skip
            facts.append(fact)
    Random(1).shuffle(facts)
    store.merge(facts)
    store.close()


def test_the_database_gives_the_histories_that_were_lived(home: Path) -> None:
    """What is measured is the log, not something near it; a card made new begins another history."""
    write_log(home, 5)
    store = SqliteStore(home / "quizzer.db")
    assert histories(store.database) == learned(5)
    late = instant(learned(5)[0][-1].at_us)
    store.merge([event(900, "reset", at=late.replace(year=2090), card="bert/bert-01"),
                 review(901, at=late.replace(year=2091), card="bert/bert-01"),
                 review(902, at=START, mode="cram", card="other/card")])  # fmt: skip
    found = histories(store.database)
    assert [len(history) for history in found] == [8, 1, 8, 8, 8, 8]
    assert histories(store.database, {"other"}) == []
    store.close()


def test_models_are_tested_on_what_came_last_and_taught_by_what_came_before() -> None:
    """No parameter may be learned from an answer that it is tested on."""
    lived = learned(30)
    cut = split(lived)
    assert cut
    assert cut.tested == 30 * 7 // 5
    last_learned = max(history[-1].at_us for history in cut.earlier)
    assert last_learned < cut.rows.at_us[cut.first_tested]
    everything = np.array(predicted(lived, by_sm2))[cut.rows.order]
    tested = cut.rows.since(cut.first_tested)
    assert compare(cut, {"sm2": by_sm2})["sm2"].log_loss == log_loss(tested.remembered, everything[-cut.tested :])
    assert split([]) is None
    assert split([lived[0][:1]]) is None


def test_numbers_and_what_is_missing_for_more(quizzer: Run, home: Path) -> None:
    """With few answers it says how many more are needed instead of pretending."""
    write_log(home, 40)
    cut = split(learned(40))
    assert cut
    missing = LEAST_REVIEWS - usable(cut.earlier)
    done = quizzer("schedule", "compare")
    assert f"{missing} are missing" in " ".join(done.stdout.split())
    assert "SM-2 predicts no chance of recall" in " ".join(done.stdout.split())
    data = envelope(quizzer("schedule", "compare", "--json").stdout)["data"]
    assert (data["missing_answers"], data["answers"], data["tested"]) == (missing, 280, 56)
    assert [one["name"] for one in data["schedulers"]] == ["sm2", "fsrs"]
    assert all(sum(group["answers"] for group in one["calibration"]) == 56 for one in data["schedulers"])


def test_configured_parameters_and_a_plot(quizzer: Run, home: Path, tmp_path: Path) -> None:
    """What is in use is compared as well, and the picture is one that a browser shows."""
    write_log(home, 10)
    (home / "config.toml").write_text(f"fsrs_parameters = {list(DEFAULT_PARAMETERS)}\n", encoding="utf-8")
    done = quizzer("schedule", "compare", "bert", "--plot", str(tmp_path / "plot.svg"))
    assert "FSRS, configured parameters" in done.stdout
    drawing = ET.fromstring((tmp_path / "plot.svg").read_text(encoding="utf-8"))
    assert len(drawing.findall("{http://www.w3.org/2000/svg}polyline")) == 3
    refused = quizzer("schedule", "compare", "--plot", str(tmp_path / "no" / "plot.svg"))
    assert refused.returncode == 2
    assert "there is no such folder" in refused.stderr


def test_nothing_to_compare_is_said(quizzer: Run) -> None:
    """On the first day there is nothing to measure, which is no error."""
    done = quizzer("schedule", "compare")
    assert (done.returncode, "Nothing to compare yet" in done.stdout) == (0, True)


def test_parameters_are_learned_by_py_fsrs_and_predict_the_learner_better() -> None:
    """Who forgets sooner than most gets parameters that know it, the same ones every time."""
    lived, seen = learned(75), list[tuple[int, int]]()
    assert optimised(lived[:73]) is None
    parameters = optimised(lived, progress=lambda done, total: seen.append((done, total)))
    assert parameters
    assert are_parameters(parameters)
    assert seen[-1] == (seen[-1][1], seen[-1][1])
    cut = split(lived)
    assert cut
    learned_well = compare(cut, {"default": by_fsrs(Fsrs()), "own": by_fsrs(Fsrs(parameters))})
    assert learned_well["own"].log_loss < learned_well["default"].log_loss
