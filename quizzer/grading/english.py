"""English for grading: words without a topic. Opposites are general ones; a card's own contrasts come from the card."""

from __future__ import annotations

from quizzer.grading.stemming import stem
from quizzer.grading.words import Language, word_set


def _opposites(text: str) -> dict[str, frozenset[str]]:
    """Opposites in both directions, from groups like ``more,greater/less,fewer``."""
    found: dict[str, set[str]] = {}
    for group in text.split():
        left, right = (side.split(",") for side in group.split("/"))
        for near, far in ((left, right), (right, left)):
            for word in near:
                found.setdefault(stem(word), set()).update(map(stem, far))
    return {word: frozenset(others) for word, others in found.items()}


def _measures(text: str) -> dict[str, tuple[str, float]]:
    """Unit -> dimension and size, from ``dimension unit,alias:size ... / dimension ...``."""
    found = {}
    for group in text.split("/"):
        dimension, *units = group.split()
        for unit in units:
            names, size = unit.split(":")
            found.update({stem(name): (dimension, float(size)) for name in names.split(",")})
    return found


_COUNTING = """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty
"""
_ROUND = {
    "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0,
    "hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "twice": 2.0, "double": 2.0, "doubles": 2.0,
    "doubled": 2.0, "triple": 3.0, "triples": 3.0, "twofold": 2.0, "threefold": 3.0, "fourfold": 4.0, "fivefold": 5.0,
    "tenfold": 10.0, "hundredfold": 100.0,
}  # fmt: skip

ENGLISH = Language(
    code="en",
    stop=word_set(
        """a an the this that these those it its itself he she they them their theirs his hers her him i me my mine
        we us our ours you your yours is are was were be been being am do does did doing done have has had
        having will would shall should can could may might must of in on at to for from by with as into onto
        about and or so if than then there here which who whom whose what when where why how because since while
        also just very too such some any each both all other another own same s t d ll m re ve let get gets got
        well really actually basically etc"""
    ),
    negators=word_set(
        """no not never none neither nor nothing nobody nowhere without cannot cant can't don't dont doesn't doesnt
        didn't didnt isn't isnt aren't arent wasn't wasnt weren't werent won't wont wouldn't wouldnt shouldn't
        shouldnt couldn't couldnt hasn't hasnt haven't havent hadn't hadnt unable lacks lack
        lacking hardly scarcely barely"""
    ),
    failing=word_set("fails fail failed failing"),
    infinitive=word_set("to"),
    softeners=word_set("only just merely simply necessarily always all every exactly quite much"),
    removing=frozenset(
        stem(word)
        for word in word_set(
            """drop remove removal discard omit eliminate avoid abandon skip exclude prevent stop reduce lose miss
            absent absence instead rather except unless unnecessary unneeded needless forgo ditch kill cancel
            throw rid deny reject unlike impossible difficult hard rarely seldom little few free lack fail
            unable"""
        )
    ),
    conditional=word_set("if unless until would otherwise"),
    negative_forms=r"un(?!der|i|til)\w{4,}|non\w{4,}|im(?:possible|practical|perfect)\w*|\w{3,}less|in(?:valid|correct|suff)\w*",
    lessening=word_set("less fewer least too"),
    asking=word_set(
        """difference differences differ differs different distinguish distinguishes distinction distinguished compare
        compares compared comparison contrast contrasts versus vs choose prefer"""
    ),
    leading=word_set("between among"),
    joining=word_set("and or with from versus vs over"),
    comparing=word_set("than versus vs against unlike whereas compared instead rather"),
    connectives=word_set(
        "and but while whereas because so which although though since unless instead however therefore thus then"
    ),
    pronouns=word_set("it its they their them this these that those both"),
    hedges=word_set(
        "about around roughly nearly almost approximately some circa over under up more less least most or ca"
    ),
    determiners=word_set("an the my your our its their every"),
    adjectival=word_set(
        "other same own very too such just all each both another while some any well can will may do get let"
    ),
    unknowing=(
        r"\b(?:i|we)(?: really| honestly| just| actually)*"
        r" (?:do not|don'?t|did not|didn'?t|can ?not|can'?t|could not|couldn'?t)"
        r"(?: really| honestly| actually)? (?:know|remember|recall|tell|answer|say)\b(?: (?:it|this|that|the answer))?",
        r"\bno (?:idea|clue|answer)\b",
        r"\b(?:idk|dunno|don'?t know|not sure|unsure|no comment)\b",
        r"\bi (?:have|ha?ve got|'ve) (?:no|not the \w+) (?:idea|clue)\b",
        r"\A\W*(?:(?:i|i'?ll|hmm+|ok|sorry)\W+)*(?:pass|skip|next)(?:\W+(?:please|this|it|one|question))*\W*\Z",
        r"\bi(?: am|'?m) (?:not sure|unsure|lost|stuck|clueless)\b",
        r"\bi (?:forgot|forget|have forgotten|'?ve forgotten)\b(?: (?:it|this|that|the answer))?",
        r"\bhaven'?t (?:learned|learnt|studied|read)\b",
    ),
    fillers=word_set("sorry please answer question one honestly afraid know remember think guess maybe"),
    denials=(
        r"\b(?:not|isn'?t|never|no longer) (?:true|correct|right|the case|accurate)\b",
        r"\b(?:wrong|false|untrue|incorrect|mistaken|mistake|myth|misconception|misunderstanding|fallacy|nonsense)\b",
        r"\bcontrary to\b",
        r"\b(?:people|some|many|one might|you might) (?:\w+ )?(?:think|believe|say|claim|assume)\b",
        r"\bit is (?:often|sometimes|commonly) (?:said|claimed|believed)\b",
    ),
    measures=_measures(
        """time s,sec,second:1 ms,millisecond:1e-3 us,microsecond:1e-6 ns,nanosecond:1e-9 min,minute:60 h,hr,hour:3600
        day:86400 week:604800 month:2.63e6 year,yr:3.156e7 decade:3.156e8 century,centuries:3.156e9 millennium:3.156e10
        / percent percent,percentage,pct:1
        / length m,metre,meter:1 km,kilometre,kilometer:1e3 cm,centimetre,centimeter:.01 mm,millimetre,millimeter:.001
        nm,nanometre,nanometer:1e-9 mile:1609 inch:.0254 foot,feet:.3048
        / mass g,gram:1 kg,kilogram,kilo:1e3 mg,milligram:.001 ton,tonne:1e6 pound,lb:453.6
        / volume l,litre,liter:1 ml,millilitre,milliliter:.001
        / data bit:.125 byte:1 kb,kilobyte:1e3 mb,megabyte:1e6 gb,gigabyte:1e9 tb,terabyte:1e12
        / temperature degree,celsius,c:1 / fahrenheit fahrenheit,f:1 / tension volt,v:1 millivolt,mv:.001
        / power w,watt:1 kw,kilowatt:1e3 mw,megawatt:1e6 / current amp,ampere:1 / frequency hz,hertz:1 khz:1e3 mhz:1e6
        ghz:1e9 / energy j,joule:1 kj:1e3 kcal,calorie:4184"""
    ),
    factors=word_set(
        "times time fold twice double doubles doubled triple triples twofold threefold fourfold fivefold "
        "tenfold hundredfold x"
    ),
    powers=word_set("hundred thousand million billion"),
    number_joiner="and",
    ones=word_set("a an one half"),
    ranging=word_set("to or"),
    parts={
        "half": 0.5,
        "third": 1 / 3,
        "thirds": 1 / 3,
        "quarter": 0.25,
        "quarters": 0.25,
        "fifth": 0.2,
        "fifths": 0.2,
        "sixth": 1 / 6,
        "seventh": 1 / 7,
        "eighth": 0.125,
        "ninth": 1 / 9,
        "tenth": 0.1,
        "tenths": 0.1,
        "hundredth": 0.01,
    },
    scales={"thousand": 1e3, "million": 1e6, "billion": 1e9},
    numbers={word: float(value) for value, word in enumerate(_COUNTING.split(), 2)} | _ROUND,
    opposites=_opposites(
        """more,greater,higher,larger,bigger/less,fewer,lower,smaller
        increase,rise,grow,raise,gain/decrease,fall,shrink,decline,drop,lose,reduce
        high,large,big/low,small,little fast,faster,quick,rapid/slow,slower before,precede/after,follow
        above,over/below,under,beneath first/last early,earlier/late,later always/never all,every/none
        towards,toward,into/away,out near,close,closer,nearest,closest/far,farther,farthest,distant
        cheap,cheaper/dear,dearer,expensive,costly hot,warm,warmer,heat/cold,cool,cooler
        long,longer,lengthen/short,shorter,shorten strong,stronger/weak,weaker thick,thicker/thin,thinner
        open,opened/closed,close,shut positive/negative same,equal,identical/different,unequal,differ
        right,correct,true/wrong,incorrect,false possible/impossible stable/unstable known/unknown
        internal,inside,inner/external,outside,outer static,fixed,constant/dynamic,variable,changing
        forward,forwards/backward,backwards accept/reject allow,permit,enable/forbid,prevent,disable
        start,begin/stop,end,finish include,contain/exclude attract/repel absorb/emit,reflect
        melt,thaw/freeze,solidify expand/contract,shrink improve,better/worsen,worse heavy,heavier/light,lighter
        hard,harder/soft,softer wet/dry rich,richer/poor,poorer minimum,minimize/maximum,maximize
        simple,easy/complex,difficult,hard public/private active/passive
        connected/disconnected,separate,separated input/output upper/lower left/right north/south east/west
        create/destroy encrypt/decrypt encode/decode read/write add,addition/subtract,remove,removal
        win,won/lose,lost keep,kept,preserve,retain,save/lose,lost,destroy,discard,drop connect/disconnect
        succeed,pass/fail success/failure present/absent presence/absence
        enough,sufficient,adequate/insufficient,inadequate
        safe/dangerous,unsafe useful/useless likely/unlikely certain,sure/uncertain,unsure visible/invisible
        direct/indirect
        complete,full,entire/incomplete,partial common,frequent/rare,uncommon often,frequently,usually/rarely,seldom
        everywhere/nowhere everyone,everybody/nobody horizontal/vertical single/multiple,several local/global
        import/export
        buy/sell push/pull enter/exit,leave appear/disappear attach/detach lock/unlock gather,collect/spread,scatter
        advantage/disadvantage,drawback benefit/cost,harm help,aid/hinder,harm speed,accelerate/slow,delay
        strength/weakness sink/float dark/bright,light empty/full alive/dead birth/death day/night wide,broad/narrow
        deep/shallow tight/loose rough/smooth sharp/blunt,dull solid/liquid,hollow straight/curved young/old new/old
        temporary/permanent temporarily/permanently voluntary/involuntary,compulsory necessary/unnecessary
        required,mandatory/optional general/specific,particular abstract/concrete theoretical/practical
        relative/absolute odd/even finite/infinite dependent/independent homogeneous/heterogeneous
        symmetric/asymmetric synchronous/asynchronous implicit/explicit manual/automatic primary/secondary
        superior/inferior major/minor majority/minority supply/demand import/export profit,gain/loss
        ascend/descend ascending/descending up,upward,upwards/down,downward,downwards
        join,merge,combine,unite/split,divide
        hide/show,reveal remember/forget ignore/consider,notice trust/distrust agree/disagree praise/blame
        permit/prohibit admit/deny confirm/refute support/oppose deepen/flatten widen/narrow gain/lose
        lend/borrow employ/dismiss hire/fire arrive/depart follow/precede continue,persist/stop,cease
        survive,live/die attack/defend love/hate guilty/innocent offer/withdraw insert/delete,remove
        pressed/released raise,raised/lower,lowered sorted/unsorted minimal/maximal best/worst better/worse
        least/most few/many"""
    ),
)
