"""Ids of facts."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from quizzer.storage.identity import next_id


@given(st.lists(st.integers(-10, 2**48 - 2), min_size=2, max_size=20))
def test_ids_are_uuids_of_version_7_and_ascend_whatever_the_clock_says(clock_ms: list[int]) -> None:
    """Their order is the order in which a device made its facts."""
    ids: list[str] = []
    for at_ms in clock_ms:
        ids.append(next_id(at_ms, ids[-1] if ids else None))
    assert ids == sorted(set(ids))
    for made in map(uuid.UUID, ids):
        assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_a_full_counter_moves_on_to_the_next_millisecond() -> None:
    """Five thousand facts within a millisecond still ascend."""
    last = next_id(1000, None)
    for _ in range(5000):
        following = next_id(1000, last)
        assert following > last
        last = following
