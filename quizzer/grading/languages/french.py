"""French for grading: words without a topic."""

from __future__ import annotations

from quizzer.grading.words import Language, word_set

_COUNTING = "deux trois quatre cinq six sept huit neuf dix onze douze"

FRENCH = Language(
    code="fr",
    stop=word_set(
        """le la les l un une des du de d au aux ce cet cette ces ça cela ceci il elle ils elles on je tu nous vous me
        te se lui leur leurs son sa ses mon ma mes ton ta tes notre nos votre vos qui que qu quoi dont où y en et ou
        mais donc car si comme quand lorsque est sont était étaient être été sera seront ai as a ont avait avaient
        avoir eu peut peuvent pouvait doit doivent fait font faire va vont à dans par pour sur sous avec vers chez
        entre depuis pendant très aussi plus bien tout tous toute toutes même autre autres chaque quel quelle quels
        quelles pourquoi comment c s n t j m"""
    ),
    negators=word_set("pas non jamais aucun aucune rien personne nul nulle sans ni guère"),
    softeners=word_set("seulement uniquement simplement toujours nécessairement tous toutes tout exactement"),
    conditional=word_set("si sinon serait seraient"),
    comparing=word_set("que contre contrairement tandis plutôt versus"),
    connectives=word_set("et mais tandis car donc puis alors cependant lorsque parce bien afin"),
    pronouns=word_set("il elle ils elles le la les lui leur ce cela ça ces ceux celui celle"),
    hedges=word_set("environ presque quasi près autour plus moins au ou vers"),
    fillers=word_set("désolé désolée pardon réponse question honnêtement crois pense peut-être"),
    unknowing=(
        r"\b(?:je )?(?:ne |n')?(?:sais|connais|souviens|rappelle)(?: vraiment| plus)? ?pas\b",
        r"\b(?:je )?ne (?:sais|me souviens) plus\b",
        r"\baucune idée\b",
        r"\bpas (?:sûr|sûre|certain|certaine|d'idée)\b",
        r"\bj'ai oublié\b",
        r"\A\W*(?:passe|suivante?)\W*\Z",
    ),
    denials=(
        r"\b(?:pas|jamais|plus) (?:vrai|exact|correct|juste|le cas)\b",
        r"\b(?:faux|fausse|erreur|erroné|erronée|mythe|idée reçue|malentendu)\b",
        r"\bcontrairement à\b",
        r"\b(?:certains|beaucoup|on) (?:\w+ )?(?:pensent|croient|disent|croit|pense|dit)\b",
    ),
    scales={"mille": 1e3, "million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9},
    numbers={word: float(value) for value, word in enumerate(_COUNTING.split(), 2)},
)
