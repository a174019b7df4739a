"""Reads the few fields of Anki's protobuf messages that quizzer needs.

Source: protocol buffers, "Encoding".
"""

from __future__ import annotations

from collections.abc import Iterator


def fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """(number, value) of each field, in order: a whole number, or bytes.

    Raises:
        ValueError: it is no message.
    """
    position = 0
    while position < len(message):
        key, position = _varint(message, position)
        kind = key & 7
        if kind == 0:
            value, position = _varint(message, position)
            yield key >> 3, value
            continue
        if kind == 2:
            size, position = _varint(message, position)
        elif kind in (1, 5):
            size = 8 if kind == 1 else 4
        else:
            raise ValueError(f"no field of a message has the kind {kind}")
        if position + size > len(message):
            raise ValueError("the message is cut off")
        yield key >> 3, message[position : position + size]
        position += size


def text(message: bytes, number: int) -> str:
    """The text in the field *number*; empty where there is none."""
    return next((value.decode() for key, value in fields(message) if key == number and isinstance(value, bytes)), "")


def whole(message: bytes, number: int) -> int:
    """The whole number in the field *number*; 0 where there is none."""
    return next((value for key, value in fields(message) if key == number and isinstance(value, int)), 0)


def _varint(message: bytes, position: int) -> tuple[int, int]:
    """The number at *position*, and where it ends."""
    value = 0
    for shift in range(0, 70, 7):
        if position >= len(message):
            raise ValueError("the message is cut off")
        byte = message[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, position
    raise ValueError("a number has more than ten bytes")
