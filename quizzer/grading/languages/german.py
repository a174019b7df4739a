"""German for grading: words without a topic."""

from __future__ import annotations

from quizzer.grading.words import Language, word_set

_COUNTING = "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"

GERMAN = Language(
    code="de",
    stop=word_set(
        """der die das den dem des ein eine einen einem einer eines dieser diese dieses diesen diesem jener jene es er
        sie ihn ihm ihr ihre ihren ihrem ihrer sein seine seinen seiner ich mich mir mein meine wir uns unser unsere
        du dich dir man ist sind war waren wird werden wurde wurden worden bin bist sei gewesen hat haben hatte
        hatten habe kann können konnte muss müssen musste soll sollen sollte darf dürfen mag will wollen würde
        würden von vom zu zum zur in im ins an am auf aus bei mit nach über um für durch als wie und oder so da dann
        dass daß ob wenn weil also auch schon nur sehr mehr hier dort was wer wo wann warum wieso welcher welche
        welches etwa eben halt eigentlich einfach doch ja sich selbst alle alles andere anderen jede jeder jedes
        dabei dazu damit davon daran darin dafür"""
    ),
    negators=word_set(
        """nicht nie niemals kein keine keinen keinem keiner keines nichts niemand nirgends weder noch ohne kaum"""
    ),
    softeners=word_set("nur bloß lediglich unbedingt immer alle ganz genau"),
    conditional=word_set("wenn falls sofern sonst würde würden"),
    comparing=word_set("als statt anstatt gegenüber verglichen während hingegen"),
    connectives=word_set("und aber sondern während weil da damit sodass obwohl jedoch deshalb daher dann"),
    pronouns=word_set("er sie es ihn ihm ihr ihre diese dieser dieses beide"),
    hedges=word_set("etwa ungefähr rund fast circa ca knapp über unter mehr weniger mindestens höchstens oder"),
    fillers=word_set("leider sorry bitte frage antwort keine ehrlich gesagt gerade glaube denke vielleicht"),
    unknowing=(
        r"\b(?:ich )?(?:wei(?:ß|ss)|kenne)(?: ich)?(?: es| das| mich)?(?: leider| gerade)* nicht\b(?: mehr)?",
        r"\bkeine? (?:ahnung|idee|antwort|plan)\b",
        r"\b(?:bin )?(?:mir )?nicht sicher\b",
        r"\A\W*(?:weiter|passe)\W*\Z",
        r"\bich habe (?:es |das )?vergessen\b",
    ),
    denials=(
        r"\b(?:nicht|nie|kaum) (?:wahr|richtig|korrekt|zutreffend|der fall)\b",
        r"\bstimmt nicht\b",
        r"\b(?:falsch|irrtum|irrig|mythos|missverständnis|unsinn|trugschluss)\b",
        r"\bentgegen\b",
        r"\b(?:viele|manche|oft) (?:\w+ )?(?:glauben|denken|meinen|behaupten)\b",
    ),
    scales={"tausend": 1e3, "million": 1e6, "millionen": 1e6, "milliarde": 1e9, "milliarden": 1e9},
    numbers={word: float(value) for value, word in enumerate(_COUNTING.split(), 2)},
)
