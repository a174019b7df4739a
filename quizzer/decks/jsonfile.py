"""A deck as JSON, for programs: the same keys as in YAML, and read back by the same rules."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from quizzer.decks import schema, yamlfile
from quizzer.decks.editing.changes import FIELDS, value_of
from quizzer.decks.keys import DECK_KEYS, FORMAT_VERSION
from quizzer.decks.nodes import Mapping, Node, Scalar, Sequence
from quizzer.errors import DeckInvalid, Problem
from quizzer.model import Card, Deck

_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})")
"""A character beyond the first 65,536, as JSON escapes it; YAML knows no such pairs."""

_OPENING = b'{\n  "quizzer": '


def write(deck: Deck) -> str:
    """*deck* as a JSON object, with its keys in the order of the format; what is empty is left out."""
    header = {name: value for name in DECK_KEYS if (value := getattr(deck, name)) not in ("", ())}
    data = {"quizzer": int(FORMAT_VERSION), "deck": header, "cards": [_card(card) for card in deck.cards]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _card(card: Card) -> dict[str, Any]:  # a JSON object
    data: dict[str, Any] = {"id": card.id}
    for name in FIELDS:
        value = value_of(card, name)
        if not value:
            continue
        if name.startswith("tests."):
            data.setdefault("tests", {})[name.removeprefix("tests.")] = value
        else:
            data[name] = value
    return data


def is_deck(path: Path) -> bool:
    """Whether the file at *path* begins as one that `write` has made."""
    with path.open("rb") as file:
        return file.read(len(_OPENING)) == _OPENING


def read(text: str, path: Path) -> Deck:
    """The deck that the JSON *text*, which stands in the file *path*, says.

    Raises:
        DeckInvalid: it is not JSON, or no deck, with everything that is wrong with it and where.
    """
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        problem = Problem("deck-json", f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}", str(path), error.lineno,
                          error.colno, "it may have been cut short while it was copied")  # fmt: skip
        raise DeckInvalid((problem,)) from error
    except (RecursionError, ValueError) as error:
        hint = "`quizzer deck schema` says what is"
        problem = Problem("deck-json", "not JSON that a deck can be", str(path), hint=hint)
        raise DeckInvalid((problem,)) from error
    # All JSON is YAML, but for such pairs and for tabs between values: the reader of YAML knows where things stand.
    whole = _PAIR.sub(lambda found: found[1] + json.loads(f'"{found[2]}"'), text.replace("\t", " "))
    return schema.parse(_without_nulls(yamlfile.parse(whole, path=str(path))), path=str(path))


def _without_nulls(node: Node | None) -> Node | None:
    """*node* with each ``null`` as nothing: in YAML it would be a text of the format."""
    match node:
        case Scalar(text="null", plain=True):
            return node._replace(text="")
        case Sequence():
            return node._replace(items=[_without_nulls(item) or item for item in node.items])
        case Mapping():
            return node._replace(pairs=[(key, _without_nulls(value) or value) for key, value in node.pairs])
        case _:
            return node
