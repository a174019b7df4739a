"""Italian for grading: words without a topic."""

from __future__ import annotations

from quizzer.grading.words import Language, word_set

_COUNTING = "due tre quattro cinque sei sette otto nove dieci undici dodici"

ITALIAN = Language(
    code="it",
    stop=word_set(
        """il lo la i gli le l un uno una di del dello della dei degli delle a al allo alla ai agli alle da dal dalla
        in nel nella nei con su sul sulla per tra fra e ed o ma che chi cui quale quali quando dove come perché se è
        sono era erano essere stato stata sarà ha hanno aveva avevano avere può possono deve devono fa fanno fare va
        vanno si suo sua suoi sue mi ti ci vi ne io tu lui lei noi voi loro questo questa questi queste quello
        quella quelli quelle molto più anche così tutto tutta tutti tutte stesso stessa altro altra altri altre ogni
        poi già"""
    ),
    negators=word_set("non no senza"),
    softeners=word_set("solo soltanto solamente semplicemente sempre necessariamente tutti tutte esattamente"),
    conditional=word_set("se altrimenti sarebbe sarebbero"),
    comparing=word_set("che contro rispetto invece mentre anziché piuttosto"),
    connectives=word_set("e ma mentre perché quindi allora però dunque poi"),
    pronouns=word_set("lui lei esso essa essi esse loro lo la li le questo questa questi queste entrambi"),
    hedges=word_set("circa quasi intorno più meno o"),
    fillers=word_set("scusa scusi spiacente risposta domanda sinceramente credo penso forse"),
    unknowing=(
        r"\bnon (?:lo |la )?(?:so|conosco|ricordo)\b",
        r"\bnon mi ricordo\b",
        r"\b(?:nessuna|non ho) idea\b",
        r"\bnon (?:sono|ne sono) (?:sicuro|sicura|certo|certa)\b",
        r"\b(?:ho|l'ho) dimenticato\b",
        r"\A\W*(?:passo|prossima)\W*\Z",
    ),
    denials=(
        r"\bnon è (?:vero|corretto|esatto|così)\b",
        r"\b(?:falso|falsa|errore|errato|errata|mito|malinteso|sbagliato)\b",
        r"\bal contrario\b",
        r"\b(?:molti|alcuni|si) (?:\w+ )?(?:credono|pensano|dicono|crede|dice)\b",
    ),
    scales={"mila": 1e3, "mille": 1e3, "milione": 1e6, "milioni": 1e6, "miliardo": 1e9, "miliardi": 1e9},
    numbers={word: float(value) for value, word in enumerate(_COUNTING.split(), 2)},
)
