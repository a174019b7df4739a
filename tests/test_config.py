"""``config.toml``: what it may hold, overall and for one deck."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizzer.config import Config, load
from quizzer.errors import ConfigError
from quizzer.scheduling.fsrs import DEFAULT_PARAMETERS
from quizzer.settings import KEYS


def loaded(folder: Path, text: str) -> Config:
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return load(folder / "config.toml")


def test_every_key_has_a_field_and_a_meaning() -> None:
    """What the file may hold, what `quizzer config` shows and what the program reads are one list."""
    assert set(KEYS) | {"deck"} == set(Config._fields)
    assert all(key.meaning and key.expected for key in KEYS.values())


def test_a_deck_has_its_own_value_and_else_the_overall_one(tmp_path: Path) -> None:
    """`for_deck` is all that a command needs to ask."""
    config = loaded(tmp_path, 'maximum_interval_days = 90\n[deck.bert]\nscheduler = "fsrs"\ndesired_retention = 0.85\n')
    bert = config.for_deck("bert")
    assert (bert.scheduler, bert.desired_retention, bert.maximum_interval_days) == ("fsrs", 0.85, 90)
    assert config.for_deck("another") == Config(maximum_interval_days=90)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('scheduler = "sm17"', '\'scheduler\' must be "sm2" or "fsrs"'),
        ("desired_retention = 1", "'desired_retention' must be a number from 0.5 to 0.99"),
        ("desired_retention = nan", "'desired_retention' must be"),
        ("desired_retention = true", "'desired_retention' must be"),
        ("maximum_interval_days = 0", "'maximum_interval_days' must be a whole number from 1 to 36500"),
        ("day_start_hour = 24", "'day_start_hour' must be a whole number from 0 to 23"),
        ("day_start_hour = 4.0", "'day_start_hour' must be a whole number from 0 to 23"),
        ("fsrs_parameters = [1, 2]", "'fsrs_parameters' must be the list of 21 numbers"),
        ("fsrs_parameters = 'best'", "'fsrs_parameters' must be the list of 21 numbers"),
        ("deck = 1", "'deck' must hold one table for each deck"),
        ('[deck]\nbert = "fsrs"', "'deck' must hold one table for each deck"),
        ('[deck.bert]\nscheduler = "best"', "[deck.bert]: 'scheduler' must be"),
        ("[deck.bert]\nday_start_hour = 3", "[deck.bert]: 'day_start_hour' holds for all decks"),
        ("[deck.bert]\ncolour = 3", "[deck.bert]: unknown key 'colour'"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_can(tmp_path: Path, text: str, said: str) -> None:
    """A typing error must not quietly mean the default."""
    with pytest.raises(ConfigError) as error:
        loaded(tmp_path, text)
    assert said in error.value.message


def test_the_same_numbers_make_the_same_schedules(tmp_path: Path) -> None:
    """Written as a whole number or not, and for a deck or for all, what holds is what the schedules are made by."""
    whole = ", ".join(str(int(value)) if value == int(value) else str(value) for value in DEFAULT_PARAMETERS)
    overall = loaded(tmp_path, f'scheduler = "fsrs"\nfsrs_parameters = [{whole}]')
    deck = loaded(tmp_path, f'[deck.bert]\nscheduler = "fsrs"\nfsrs_parameters = [{whole}]')
    assert overall.rules().of("bert/1").stamp == deck.rules().of("bert/1").stamp
    assert overall.rules().stamp != deck.rules().stamp
    assert deck.rules().of("other/1").scheduler == "sm2"


def test_only_what_moves_schedules_is_in_their_stamp(tmp_path: Path) -> None:
    """A new limit a day must not replay the log, nor a retention that SM-2 does not look at."""
    config = loaded(tmp_path, "new_per_day = 3\ndesired_retention = 0.8\n[deck.bert]\ndesired_retention = 0.7\n")
    assert config.rules().stamp == Config().rules().stamp
