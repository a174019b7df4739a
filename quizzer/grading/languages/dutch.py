"""Dutch for grading: words without a topic."""

from __future__ import annotations

from quizzer.grading.words import Language, word_set

_COUNTING = "twee drie vier vijf zes zeven acht negen tien elf twaalf"

DUTCH = Language(
    code="nl",
    stop=word_set(
        """de het een der den dit dat deze die er hij zij ze hem haar hun hen zijn ik mij me mijn wij we ons onze jij
        je jouw u uw is was waren wordt worden werd werden ben bent geweest heeft hebben had hadden heb kan kunnen
        kon moet moeten zal zullen zou zouden mag mogen wil willen van naar in op aan uit bij met voor over om door
        als en of zo dan daar toen ook nog al maar zeer heel meer hier wat wie waar wanneer waarom hoe welke welk
        zich zelf alle alles andere elk elke te tot"""
    ),
    negators=word_set("niet nooit geen niets niemand nergens noch zonder nauwelijks"),
    softeners=word_set("alleen slechts enkel altijd noodzakelijk alle precies"),
    conditional=word_set("als indien anders zou zouden"),
    comparing=word_set("dan versus tegenover terwijl plaats vergeleken"),
    connectives=word_set("en maar terwijl omdat want zodat hoewel echter daarom dus dan"),
    pronouns=word_set("hij zij ze het hem haar hun deze die dit dat beide"),
    hedges=word_set("ongeveer circa bijna rond ca meer minder of"),
    fillers=word_set("sorry helaas antwoord vraag eerlijk gezegd denk geloof misschien"),
    unknowing=(
        r"\b(?:ik )?(?:weet|ken|herinner)(?: ik)?(?: het| dat| me)?(?: echt| helaas)* niet(?: meer)?\b",
        r"\bgeen (?:idee|antwoord|flauw idee)\b",
        r"\bniet zeker\b",
        r"\b(?:ben|heb) (?:ik )?(?:het )?vergeten\b",
        r"\A\W*(?:pas|volgende)\W*\Z",
    ),
    denials=(
        r"\bniet (?:waar|juist|correct|het geval)\b",
        r"\bklopt niet\b",
        r"\b(?:onwaar|fout|onjuist|mythe|misverstand|vergissing|onzin)\b",
        r"\bin tegenstelling tot\b",
        r"\b(?:velen|sommigen|men) (?:\w+ )?(?:denken|geloven|zeggen|denkt|zegt)\b",
    ),
    scales={"duizend": 1e3, "miljoen": 1e6, "miljard": 1e9},
    numbers={word: float(value) for value, word in enumerate(_COUNTING.split(), 2)},
)
