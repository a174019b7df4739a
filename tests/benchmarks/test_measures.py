"""The measures of the grading report: right on answers whose figures can be worked out by hand."""

from __future__ import annotations

import json
from math import isnan
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from benchmarks.grading.baselines import lexical
from benchmarks.grading.marked import every
from benchmarks.grading.measures import agreement, alarms, reliability, separation, shares, unguarded
from benchmarks.grading.probes import read_probes, summary
from benchmarks.grading.reliability import picture
from benchmarks.grading.tables import number, percent, table
from quizzer.model import Grade, Verdict


def grade(score: float, verdict: Verdict, *flags: str) -> Grade:
    return Grade(score, 0, verdict, points=(), flags=flags, grader="test", reason="")


def test_marks_that_are_met_agree_fully() -> None:
    """The best that a grader can do."""
    mark = np.array([0.0, 0.4, 0.6, 1.0])
    found = agreement(mark, mark)
    assert (found.r, found.rmse, found.qwk) == pytest.approx((1.0, 0.0, 1.0))


def test_kappa_is_over_whole_marks_and_takes_far_errors_for_worse() -> None:
    """Half a mark away is rounded off; the error that counts is the one an examiner would see."""
    mark = np.array([0.0, 0.2, 0.8, 1.0])
    assert agreement(mark + np.array([0.05, 0.05, 0.05, 0.0]), mark).qwk == 1.0
    assert agreement(mark[::-1], mark).qwk < agreement(np.array([0.2, 0.0, 1.0, 0.8]), mark).qwk < 1.0


def test_the_pass_mark_itself_passes() -> None:
    """As in the grader."""
    found = separation(np.array([0.5, 0.49, 0.9, 0.1]), np.array([True, False, True, False]))
    assert (found.accuracy, found.macro_f1, found.auc) == (1.0, 1.0, 1.0)


def test_one_kind_of_answer_has_no_curve() -> None:
    """A small share may hold only right answers; the report prints a dash, not a zero."""
    assert isnan(separation(np.array([0.5, 0.9]), np.array([True, True])).auc)
    assert number(float("nan")) == percent(float("nan")) == "-"


def test_shares_add_up_to_all_answers() -> None:
    """Each answer has one verdict."""
    found = shares([grade(0.9, "pass"), grade(0.5, "unsure"), grade(0.1, "fail"), grade(0.5, "unsure")])
    assert (found.count, found.passing, found.unsure, found.failing, found.score) == (4, 0.25, 0.5, 0.25, 0.5)
    assert isnan(shares([]).passing)


def test_an_unknown_language_is_no_false_alarm() -> None:
    """It objects to nothing in the answer."""
    found = alarms([grade(0.4, "unsure", "number"), grade(0.9, "pass", "language"), grade(0.9, "pass")])
    assert found == {"number": pytest.approx(1 / 3)}


def test_an_answer_is_freed_of_a_guard_only_if_no_other_objects() -> None:
    """Otherwise a guard would seem to be worth what its neighbours catch."""
    guarded = [grade(0.4, "unsure", "number"), grade(0.4, "unsure", "number", "swapped"), grade(0.2, "fail")]
    bare = [grade(0.9, "pass"), grade(0.8, "pass"), grade(0.2, "fail")]
    assert unguarded(guarded, bare, ["number"]) == [bare[0], guarded[1], guarded[2]]


@settings(deadline=None, max_examples=50)
@given(arrays(float, st.integers(1, 60), elements=st.floats(0, 1)))
def test_every_answer_is_in_one_bin(score: np.ndarray) -> None:
    """Scores of exactly 0 and 1 too."""
    bins = reliability(score, score >= 0.5)
    assert sum(one.count for one in bins) == len(score)
    assert all(one.low - 1e-9 <= one.score <= one.high + 1e-9 for one in bins)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(), min_size=1, unique=True), st.floats(0.01, 1))
def test_a_share_is_spread_and_never_empty(items: list[int], part: float) -> None:
    """A share of the first questions only would be all one topic."""
    found = every(items, part)
    assert found == [item for item in items if item in found]
    assert 1 <= len(found) <= len(items)
    assert every(items, 1.0) == items


def test_words_in_common_need_no_model() -> None:
    """The baseline is to show what the model adds."""
    row = {"corpus": "sb", "question_id": "1", "references": ["The bulb glows", "a closed circuit lights the bulb"]}
    recall, both = lexical([row | {"answer": "The circuit is closed, which lights the bulb"}, row | {"answer": ""}])
    assert recall[0] == pytest.approx(1.0)
    assert recall[1] == both[1] == 0.0


def test_probes_without_half_answers_count_right_against_wrong(tmp_path: Path) -> None:
    """Half an answer is neither, and must not move the figures."""
    kinds = ["full", "blank", "negated", "half"]
    answers = [{"kind": kind, "text": kind} for kind in kinds]
    line = {"question": "Why?", "references": ["So."], "points": ["so"], "misconceptions": [], "answers": answers}
    (tmp_path / "one.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    (tmp_path / "bundled-deck.jsonl").write_text('{"card": "a", "kind": "right", "text": "b"}\n', "utf-8")
    (probe,) = read_probes(tmp_path)
    assert [kind for kind, _ in probe.answers] == kinds
    grades = [grade(0.9, "pass", "number"), grade(0.0, "fail"), grade(0.8, "unsure"), grade(1.0, "pass")]
    found = summary(list(zip(kinds, grades, strict=True)))
    assert (found.auc, found.right.passing, found.easy.failing, found.hard.passing, found.alarms) == (1, 1, 1, 0, 1)


def test_a_probe_of_an_unknown_kind_stops_the_report(tmp_path: Path) -> None:
    """A misspelt kind would silently count for nothing."""
    line = {"question": "Why?", "references": ["So."], "answers": [{"kind": "wrnog", "text": "x"}]}
    (tmp_path / "one.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    with pytest.raises(SystemExit, match=r"one-1.*wrnog"):
        read_probes(tmp_path)


def test_tables_are_markdown() -> None:
    """The docs take them over as they are."""
    lines = table(["way", "r"], [["cosine", ".49"]]).splitlines()
    assert lines == ["| way    |   r |", "| :----- | --: |", "| cosine | .49 |"]


def test_the_picture_is_read_on_light_and_dark_pages() -> None:
    """No ground of its own, and neither black nor white ink on it."""
    score = np.linspace(0, 1, 400)
    drawn = picture({"Mohler": reliability(score, score > 0.5)})
    assert ET.fromstring(drawn).tag.endswith("svg")
    assert "#7a7a7a" in drawn
    assert not any(f'fill="{colour}"' in drawn for colour in ("#000", "black", "white", "#fff"))
