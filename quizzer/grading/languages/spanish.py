"""Spanish for grading: words without a topic."""

from __future__ import annotations

from quizzer.grading.words import Language, word_set

_COUNTING = "dos tres cuatro cinco seis siete ocho nueve diez once doce"

SPANISH = Language(
    code="es",
    stop=word_set(
        """el la los las lo un una unos unas de del a al en con por para sobre entre desde hasta hacia y e o u pero que
        qué quien quién cual cuál cuando cuándo donde dónde como cómo porque pues si es son era eran ser sido será
        fue fueron está están estaba estar ha han había haber hay he hemos tiene tienen tener puede pueden poder
        debe deben hace hacen hacer va van se su sus le les me te nos mi mis tu tus este esta esto estos estas ese
        esa eso esos esas aquel aquella yo él ella ellos ellas usted muy más también tan todo toda todos todas mismo
        misma otro otra otros otras cada algo así ya"""
    ),
    negators=word_set("no nunca jamás tampoco sin apenas"),
    softeners=word_set("solo sólo solamente simplemente siempre necesariamente todos todas exactamente"),
    conditional=word_set("si sino sería serían"),
    comparing=word_set("que contra frente mientras comparado cambio vez"),
    connectives=word_set("y pero sino mientras porque pues aunque entonces luego así"),
    pronouns=word_set("él ella ello ellos ellas lo la los las este esta esto estos estas ambos ambas"),
    hedges=word_set("unos unas casi aproximadamente cerca alrededor más menos o"),
    fillers=word_set("perdón siento respuesta pregunta sinceramente creo pienso quizás"),
    unknowing=(
        r"\bno (?:lo |la )?(?:sé|se|conozco|recuerdo|acuerdo)\b",
        r"\bno me acuerdo\b",
        r"\b(?:ni|ninguna) idea\b",
        r"\bno (?:estoy|tengo) (?:seguro|segura|idea|respuesta|ni idea)\b",
        r"\bse me olvidó\b",
        r"\A\W*(?:paso|siguiente)\W*\Z",
    ),
    denials=(
        r"\b(?:no|nunca) es (?:verdad|cierto|correcto|así)\b",
        r"\b(?:falso|falsa|error|erróneo|errónea|mito|malentendido)\b",
        r"\b(?:al contrario|contrariamente)\b",
        r"\b(?:muchos|algunos|se) (?:\w+ )?(?:creen|piensan|dicen|cree|dice)\b",
    ),
    scales={"mil": 1e3, "millón": 1e6, "millones": 1e6},
    numbers={word: float(value) for value, word in enumerate(_COUNTING.split(), 2)},
)
