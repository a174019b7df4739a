"""The rates that keep guessers and floods away, with time as an argument."""

from __future__ import annotations

from quizzer.group.limits import Bucket, Guesses, Seats, Traffic
from quizzer.group.tokens import ALPHABET, CODE_LENGTH


def test_a_bucket_lets_a_burst_through_and_then_a_rate() -> None:
    """People act in bursts; programs that flood do not stop."""
    bucket = Bucket(3, 1)
    assert [bucket.take(at=10) for _ in range(4)] == [True, True, True, False]
    assert [bucket.take(at=12) for _ in range(3)] == [True, True, False]


def test_a_bucket_never_holds_more_than_it_may_and_survives_a_clock_that_goes_back() -> None:
    """A night's rest is no licence."""
    bucket = Bucket(3, 1)
    bucket.take(at=0)
    assert sum(bucket.take(at=1e6) for _ in range(10)) == 3
    assert not bucket.take(at=5)


def test_wrong_codes_from_one_address_are_slowed_down_right_ones_are_not() -> None:
    """A whole room may be behind one address."""
    guesses = Guesses(burst=5, a_second=0.1)
    for _ in range(300):
        assert guesses.allowed("room", at=0)  # right codes cost nothing
    for _ in range(5):
        assert guesses.allowed("room", at=0)
        guesses.wrong("room", at=0)
    assert not guesses.allowed("room", at=0)
    assert guesses.allowed("elsewhere", at=0)
    assert guesses.allowed("room", at=10)


def test_many_addresses_together_cannot_guess_a_code() -> None:
    """Somebody with a thousand addresses has less than one chance in a thousand in two hours."""
    guesses = Guesses()
    tested = 0
    for tenth in range(2 * 3600 * 10):
        for address in range(4):
            name = f"{(tenth * 4 + address) % 1000}"
            if guesses.allowed(name, at=tenth / 10):
                guesses.wrong(name, at=tenth / 10)
                tested += 1
    assert tested / len(ALPHABET) ** CODE_LENGTH < 1 / 1000


def test_what_a_player_may_write_is_less_than_what_it_may_say() -> None:
    """Each answer goes to the disk, a ping does not; whoever ignores refusals for long is closed."""
    traffic = Traffic()
    assert sum(traffic.write(at=0) for _ in range(50)) == 10
    assert sum(traffic.message(at=0) for _ in range(50)) == 40
    assert not traffic.flooding
    for _ in range(300):
        traffic.message(at=0)
    assert traffic.flooding


def test_seats_are_limited_for_one_address_and_for_all_and_come_free_again() -> None:
    """One device that opens connections without end leaves room for the others."""
    seats = Seats(an_address=2, all_addresses=3)
    assert [seats.take(name) for name in ("a", "a", "a", "b", "c")] == [True, True, False, True, False]
    seats.leave("a")
    assert seats.take("c")
    assert seats.count == 3
