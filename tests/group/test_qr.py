"""The QR code of the join link."""

from __future__ import annotations

from quizzer.group.qr import rows


def test_the_code_is_a_square_that_starts_with_a_finder_pattern() -> None:
    """A phone finds the code by its three corners; one that is not square or lacks them cannot be scanned."""
    code = rows("http://192.168.178.23:8765/#K7M2QD")

    assert {len(row) for row in code} == {len(code)}
    assert set("".join(code)) == {"0", "1"}
    finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    size = len(finder)
    assert [row[:size] for row in code[:size]] == finder
    assert [row[-size:] for row in code[:size]] == finder
    assert [row[:size] for row in code[-size:]] == finder


def test_an_address_on_the_local_network_gives_a_code_that_is_coarse_enough_for_the_back_row() -> None:
    """Fewer modules are larger ones on the projector: 33 a side at most for any IPv4 link."""
    assert len(rows("http://255.255.255.255:65535/#K7M2QD")) <= 33
