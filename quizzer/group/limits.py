"""How much of everything one connection, one address and everybody together may ask for; time is an argument."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Bucket:
    """Holds *most* tokens at first and at most, and gets *a_second* new ones; seconds come from any clock."""

    most: float
    a_second: float
    left: float = field(init=False)
    _since: float | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.left = self.most

    def _fill(self, at: float) -> None:
        if self._since is not None and at > self._since:
            self.left = min(self.most, self.left + (at - self._since) * self.a_second)
        self._since = at

    def has(self, tokens: float = 1.0, *, at: float) -> bool:
        """Whether there are so many tokens at the instant *at*."""
        self._fill(at)
        return self.left >= tokens

    def take(self, tokens: float = 1.0, *, at: float) -> bool:
        """Take so many tokens if there are; False, and nothing taken, if not."""
        if not self.has(tokens, at=at):
            return False
        self.left -= tokens
        return True

    def full(self, *, at: float) -> bool:
        """Whether it is as it was at first, and need not be remembered."""
        self._fill(at)
        return self.left >= self.most


class Guesses:
    """Who may try a code: wrong ones cost, right ones do not, so that a room behind one address gets in.

    An attempt is only tested while there is a token, for the address and for everybody: who guesses is slowed down
    whether right or wrong.
    """

    def __init__(
        self, *, burst: float = 10.0, a_second: float = 0.5, all_burst: float = 100.0, all_a_second: float = 20.0
    ) -> None:
        """At most *burst* wrong codes at once and then *a_second* from one address; all together likewise."""
        self._burst, self._rate = burst, a_second
        self._all = Bucket(all_burst, all_a_second)
        self._addresses: dict[str, Bucket] = {}

    def allowed(self, address: str, *, at: float) -> bool:
        """Whether a code from *address* is looked at now."""
        bucket = self._addresses.get(address)
        return self._all.has(at=at) and (bucket is None or bucket.has(at=at))

    def wrong(self, address: str, *, at: float) -> None:
        """A code from *address* was wrong."""
        self._forget(at)
        self._all.take(at=at)
        self._addresses.setdefault(address, Bucket(self._burst, self._rate)).take(at=at)

    def _forget(self, at: float) -> None:
        """Drop the addresses that have been quiet, so that many of them do not fill the memory."""
        if len(self._addresses) >= 1000:
            self._addresses = {key: bucket for key, bucket in self._addresses.items() if not bucket.full(at=at)}


class Traffic:
    """What one connection may send."""

    def __init__(self, *, host: bool = False) -> None:
        """The *host* may do more in a second, since the clients of a program may be fast."""
        self._messages = Bucket(*((200.0, 100.0) if host else (40.0, 10.0)))
        self._writes = Bucket(*((200.0, 100.0) if host else (10.0, 2.0)))
        self._patience = 200

    def message(self, *, at: float) -> bool:
        """Whether a message is looked at."""
        if self._messages.take(at=at):
            return True
        self._patience -= 1
        return False

    def write(self, *, at: float) -> bool:
        """Whether a message that goes to the disk is carried out."""
        return self._writes.take(at=at)

    @property
    def flooding(self) -> bool:
        """Whether it has sent so much more than it may that it is better closed."""
        return self._patience <= 0


class Seats:
    """How many connections are open, by address: enough for a room behind one, not for one who takes them all."""

    def __init__(self, *, an_address: int = 2500, all_addresses: int = 5000) -> None:
        self._an_address, self._all = an_address, all_addresses
        self._taken: dict[str, int] = {}
        self.count = 0

    def take(self, address: str) -> bool:
        """Whether there is room for one more from *address*; then it is taken."""
        if self.count >= self._all or self._taken.get(address, 0) >= self._an_address:
            return False
        self._taken[address] = self._taken.get(address, 0) + 1
        self.count += 1
        return True

    def leave(self, address: str) -> None:
        """One from *address* has gone."""
        left = self._taken[address] - 1
        self.count -= 1
        if left:
            self._taken[address] = left
        else:
            del self._taken[address]
