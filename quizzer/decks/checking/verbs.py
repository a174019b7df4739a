"""English verbs of technical prose with their forms, so that a clause's verb can be found and denied."""

from __future__ import annotations

_BASES = """
accelerate accept accumulate achieve acquire act activate adapt add address adjust advise affect aggregate agree aim
align allocate allow alter amplify analyze annotate answer appear append apply approximate argue arise arrange assign
assume attach attend average avoid balance base batch beat become begin behave believe belong benchmark benefit bind
block boost bound break bring build burn cache calculate calibrate call capture carry cause change charge check choose
claim clip close cluster collapse collect combine come communicate compare compensate compete compile complete compress
compute concatenate conclude condition confirm connect consider consist constrain consume contain continue contribute
control converge convert cool copy correct correspond cost count cover create cut damage deal decay decide declare
decode decompress decrease define degrade delay delete deliver demand deny depend deploy derive describe deserve detect
determine develop deviate differ diffuse dilute direct discard discover disrupt dissolve distill distinguish distribute
diverge divide document dominate double draw drift drop duplicate emerge emit employ enable encode encourage encrypt end
enforce enlarge ensure enter estimate evaluate evaporate evolve examine exceed execute exhibit exist expand expect
explain exploit explode explore export expose express extend extract face fail fall favor feed fetch fill filter find
finish fit fix flatten flow focus follow forbid force forget form format freeze function fuse gain gather generalize
generate get give go grow guarantee guide halve handle happen harm help hide hold hurt identify ignore illustrate
implement imply import improve include incorporate increase indicate induce inflate influence inform inherit inhibit
initialize inject insert inspect install integrate interact interpolate interpret introduce invert invoke involve
isolate iterate join judge keep know label lack last lead leak learn leave let lie lift limit link list listen load
lock log look lose lower maintain make manage map mask match matter maximize mean measure memorize merge migrate
minimize mirror miss mix model modify monitor move multiply need negate normalize note notice obey observe obtain occur
offer omit open operate optimize order organize outperform output outweigh overfit overlap overlook own pack pad
partition pass pay peak penalize perform permit persist pick place plan plot point pool postpone prefer prepare prepend
preserve press prevent process produce profile project promote propagate propose protect prove provide prune publish
pull push put quantize query raise ramp range rank reach react read rebuild receive recognize recommend reconstruct
record recover reduce refer refine reflect refresh refuse register regress regularize reject relate release rely remain
remember remove render reorder repeat replace replicate reply report represent reproduce require reset reshape resist
resolve respect respond restart restore restrict result retain retrain retrieve return reuse reveal reverse reward rise
roll rotate round route run sample satisfy saturate save say scale scan schedule score scrub search see seem select send
separate serve set settle shape share shatter shift ship show shrink shuffle signal simplify simulate sit skip slow
smooth solve sort span speak specify spend split spread stabilize stack stand start state stay steer stem stop store
stream strengthen stress stretch strip study succeed suffer suggest suit sum summarize supply support suppose suppress
survive swap switch synchronize take talk target tell tend test think throw tie tokenize trace track trade train
transfer transform transmit translate transport travel treat trigger trim truncate tune turn underestimate understand
undo unfreeze update use utilize vanish vary verify version violate visit wait want warm waste watch weaken weigh weight
win wipe work wrap write yield
"""

_IRREGULAR = {
    "arise": "arose", "beat": "beat", "become": "became", "begin": "began", "bind": "bound", "break": "broke",
    "bring": "brought", "build": "built", "choose": "chose", "come": "came", "cost": "cost", "cut": "cut",
    "deal": "dealt", "draw": "drew", "fall": "fell", "feed": "fed", "find": "found", "fit": "fit", "forbid": "forbade",
    "forget": "forgot", "freeze": "froze", "get": "got", "give": "gave", "go": "went", "grow": "grew", "hide": "hid",
    "hold": "held", "hurt": "hurt", "keep": "kept", "know": "knew", "lead": "led", "leave": "left", "let": "let",
    "lie": "lay", "lose": "lost", "make": "made", "mean": "meant", "pay": "paid", "prove": "proved", "put": "put",
    "read": "read", "rise": "rose", "run": "ran", "say": "said", "see": "saw", "send": "sent", "set": "set",
    "show": "showed", "shrink": "shrank", "sit": "sat", "speak": "spoke", "spend": "spent", "split": "split",
    "spread": "spread", "stand": "stood", "take": "took", "tell": "told", "think": "thought", "throw": "threw",
    "understand": "understood", "undo": "undid", "win": "won", "write": "wrote",
}  # fmt: skip
_DOUBLED = frozenset(
    ("clip", "cut", "drop", "fit", "format", "get", "map", "overfit", "overlap", "pad", "plan", "plot", "ramp", "scan",
     "scrub", "ship", "skip", "span", "stem", "stop", "strip", "sum", "swap", "trim", "wrap")
)  # fmt: skip


def _third_person(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


def _past(base: str) -> str:
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    if base in _DOUBLED:
        return base + base[-1] + "ed"
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return base + "ed"


VERBS = frozenset(_BASES.split())
"""Base forms."""

THIRD_PERSON = {_third_person(base): base for base in VERBS}
"""``drops`` -> drop."""

PAST = {_past(base): base for base in VERBS if _past(base) != base}
"""``dropped`` -> drop."""
