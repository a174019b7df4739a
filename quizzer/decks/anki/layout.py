"""Anki's database in the layout of schema 11, which every version of Anki since 2.0 imports, and quizzer's note type.

Source: rslib/src/storage/schema11.sql in Anki's sources.
"""

from __future__ import annotations

from typing import Any

from quizzer.decks.anki.model import OWN_FIELDS

STATEMENTS = (
    """create table col (
        id integer primary key, crt integer not null, mod integer not null, scm integer not null, ver integer not null,
        dty integer not null, usn integer not null, ls integer not null, conf text not null, models text not null,
        decks text not null, dconf text not null, tags text not null)""",
    """create table notes (
        id integer primary key, guid text not null, mid integer not null, mod integer not null, usn integer not null,
        tags text not null, flds text not null, sfld integer not null, csum integer not null, flags integer not null,
        data text not null)""",
    """create table cards (
        id integer primary key, nid integer not null, did integer not null, ord integer not null, mod integer not null,
        usn integer not null, type integer not null, queue integer not null, due integer not null, ivl integer not null,
        factor integer not null, reps integer not null, lapses integer not null, left integer not null,
        odue integer not null, odid integer not null, flags integer not null, data text not null)""",
    """create table revlog (
        id integer primary key, cid integer not null, usn integer not null, ease integer not null, ivl integer not null,
        lastIvl integer not null, factor integer not null, time integer not null, type integer not null)""",
    "create table graves (usn integer not null, oid integer not null, type integer not null)",
    "create index ix_notes_usn on notes (usn)",
    "create index ix_cards_usn on cards (usn)",
    "create index ix_revlog_usn on revlog (usn)",
    "create index ix_cards_nid on cards (nid)",
    "create index ix_cards_sched on cards (did, queue, due)",
    "create index ix_revlog_cid on revlog (cid)",
    "create index ix_notes_csum on notes (csum)",
)

NOTE_TYPE_ID = 1_764_201_600_001
NOTE_TYPE_CHANGED_S = 1_764_201_600
"""Raise it when the templates or the style change: Anki takes them over from a package that is newer."""
DEFAULT_DECK_ID = 1

CONFIGURATION: dict[str, Any] = {  # JSON
    "activeDecks": [1], "curDeck": 1, "newSpread": 0, "collapseTime": 1200, "timeLim": 0, "estTimes": True,
    "dueCounts": True, "curModel": NOTE_TYPE_ID, "nextPos": 1, "sortType": "noteFld", "sortBackwards": False,
    "addToCur": True, "dayLearnFirst": False, "schedVer": 2, "sched2021": True, "creationOffset": 0,
}  # fmt: skip
"""creationOffset 0: the day on which the collection was made is counted in UTC."""

DECK_OPTIONS: dict[str, Any] = {  # JSON
    "1": {
        "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": True, "timer": 0, "replayq": True,
        "new": {"bury": False, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 7], "order": 1, "perDay": 20},
        "rev": {"bury": False, "ease4": 1.3, "ivlFct": 1, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2},
        "lapse": {"delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0},
    }
}  # fmt: skip

_FRONT = "{{Question}}\n{{#Hints}}<div class=hints>{{hint:Hints}}</div>{{/Hints}}"
_BACK = """{{FrontSide}}

<hr id=answer>

<div class=answers>{{Answers}}</div>
{{#Points}}<div class=points>{{Points}}</div>{{/Points}}
{{#Explanation}}<div class=explanation>{{Explanation}}</div>{{/Explanation}}
{{#Sources}}<div class=sources>{{Sources}}</div>{{/Sources}}"""
_STYLE = """.card { font-family: arial; font-size: 20px; line-height: 1.5; max-width: 40em; margin: 1em auto; }
.answers, .points, .explanation, .sources, pre { text-align: left; }
.points, .explanation, .sources { margin-top: 1em; font-size: 0.85em; }
pre { overflow-x: auto; }
"""


def note_type() -> dict[str, Any]:  # JSON
    """The note type of quizzer's cards: one card, its answer with the points, explanation and sources below."""
    fields = [
        {"name": name, "ord": place, "sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
        for place, name in enumerate(OWN_FIELDS)
    ]
    card = {"name": "Card 1", "ord": 0, "qfmt": _FRONT, "afmt": _BACK, "bqfmt": "", "bafmt": "", "did": None}
    return {
        "id": NOTE_TYPE_ID, "name": "quizzer", "type": 0, "mod": NOTE_TYPE_CHANGED_S, "usn": -1, "sortf": 0,
        "did": DEFAULT_DECK_ID, "flds": fields, "tmpls": [card], "css": _STYLE, "latexPre": "", "latexPost": "",
        "tags": [], "vers": [], "req": [[0, "any", [0]]],
    }  # fmt: skip


def deck(number: int, name: str, *, changed_s: int) -> dict[str, Any]:  # JSON
    """A deck of Anki's."""
    return {
        "id": number, "name": name, "mod": changed_s, "usn": -1, "desc": "", "dyn": 0, "conf": 1, "collapsed": False,
        "browserCollapsed": False, "extendNew": 0, "extendRev": 0, "newToday": [0, 0], "revToday": [0, 0],
        "lrnToday": [0, 0], "timeToday": [0, 0],
    }  # fmt: skip
