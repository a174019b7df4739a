"""Enters a plan's reviews into days, no more than a day may have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from quizzer.scheduling.plan import Item, Limits


class Desk(Protocol):
    """Whoever knows when a card comes next."""

    items: Sequence[Item]
    days: int
    limits: Limits
    capacity: float

    def memory_after(self, number: int, course: Sequence[int]) -> tuple[float, float]:
        """(stability, difficulty) of an item after the reviews of *course*."""
        ...

    def next_offset(self, number: int, memory: tuple[float, float], offset: int) -> int | None:
        """When an item that has this *memory* after a review at *offset* comes next; None: not before the day."""
        ...


class Book:
    """Enters reviews day by day, no more than a day may have."""

    def __init__(self, planner: Desk) -> None:
        self.planner = planner
        self.courses: list[list[int]] = [[] for _ in planner.items]
        self.waiting: list[list[int]] = [[] for _ in range(planner.days)]
        self.new = [0] * planner.days
        self.reviews = [0] * planner.days

    def fits(self, number: int, offset: int) -> bool:
        """Whether the day has room for the item."""
        limits = self.planner.limits
        if self.planner.items[number].last_day is None and not self.courses[number]:
            room = self.reviews[offset] + (self.new[offset] + 1) * limits.new_cost <= self.planner.capacity
            return self.new[offset] < limits.new and (room or not limits.new_cost)
        return self.reviews[offset] + 1 + self.new[offset] * limits.new_cost <= self.planner.capacity

    def want(self, number: int, offset: int) -> None:
        """Let an item be entered on that day, or later where it is full."""
        self.waiting[offset].append(number)

    def enter(self, number: int, offset: int) -> None:
        """Enter a review, or put it off to the next day where that one is full; then the one that follows from it."""
        if not self.fits(number, offset):
            if offset + 1 < self.planner.days:
                self.want(number, offset + 1)
            elif (earlier := self._room_before(number, offset)) is not None:
                self._note(number, earlier)
            return
        self._note(number, offset)
        memory = self.planner.memory_after(number, self.courses[number])
        following = self.planner.next_offset(number, memory, offset)
        if following is not None and following < self.planner.days:
            self.want(number, following)

    def _note(self, number: int, offset: int) -> None:
        new = self.planner.items[number].last_day is None and not self.courses[number]
        (self.new if new else self.reviews)[offset] += 1
        self.courses[number].append(offset)

    def _room_before(self, number: int, offset: int) -> int | None:
        """The latest day before, after today and the item's review before, that has room."""
        after_day = self.courses[number][-1] if self.courses[number] else 0
        return next((day for day in range(offset - 1, after_day, -1) if self.fits(number, day)), None)

    def fill(self) -> None:
        """Enter everything that is wanted, day by day."""
        for offset in range(self.planner.days):
            for number in self.waiting[offset]:
                self.enter(number, offset)
