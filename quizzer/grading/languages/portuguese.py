"""Portuguese for grading: words without a topic."""

from __future__ import annotations

from quizzer.grading.words import Language, word_set

_COUNTING = "dois três quatro cinco seis sete oito nove dez onze doze"

PORTUGUESE = Language(
    code="pt",
    stop=word_set(
        """o a os as um uma uns umas de do da dos das em no na nos nas por pelo pela para com sobre entre até desde e
        ou mas que quem qual quais quando onde como porque se é são era eram ser sido será foi foram está estão
        estava estar há tem têm tinha ter pode podem poder deve devem faz fazem fazer vai vão seu sua seus suas lhe
        lhes me te nós meu minha este esta isto estes estas esse essa isso esses essas aquele aquela eu ele ela eles
        elas você muito mais também tão todo toda todos todas mesmo mesma outro outra outros outras cada ao aos à às
        já"""
    ),
    negators=word_set("não nunca jamais sem tampouco"),
    softeners=word_set("só somente apenas simplesmente sempre necessariamente todos todas exatamente"),
    conditional=word_set("se senão seria seriam"),
    comparing=word_set("que contra enquanto comparado vez invés"),
    connectives=word_set("e mas enquanto porque pois portanto então porém embora"),
    pronouns=word_set("ele ela eles elas o a os as este esta isto esse essa isso ambos ambas"),
    hedges=word_set("cerca quase aproximadamente uns umas mais menos ou"),
    fillers=word_set("desculpe resposta pergunta sinceramente acho creio talvez"),
    unknowing=(
        r"\bnão (?:o |a )?(?:sei|conheço|lembro|recordo)\b",
        r"\bnão me lembro\b",
        r"\b(?:nenhuma|não faço|sem) (?:ideia|idéia)\b",
        r"\bnão (?:estou|tenho) (?:certo|certa|certeza)\b",
        r"\besqueci\b",
        r"\A\W*(?:passo|próxima)\W*\Z",
    ),
    denials=(
        r"\bnão é (?:verdade|correto|certo|assim)\b",
        r"\b(?:falso|falsa|erro|errado|errada|mito|engano)\b",
        r"\b(?:ao contrário|contrariamente)\b",
        r"\b(?:muitos|alguns) (?:\w+ )?(?:acreditam|pensam|dizem|acham)\b",
    ),
    scales={"mil": 1e3, "milhão": 1e6, "milhões": 1e6, "bilhão": 1e9, "bilhões": 1e9},
    numbers={word: float(value) for value, word in enumerate(_COUNTING.split(), 2)},
)
