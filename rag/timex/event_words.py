"""Lists the words for events, in families of nouns and past verbs.

Two words of a family stand for one kind of event: "the Oct. 23 killing" and "before he was shot".
`events` and `named_events` use them.
"""

# Each family has nouns, then past verbs. Verbs that also mean other things ("launched") are left
# out. The families add .6 to the value F1 on the half of TimeBank and AQUAINT that they were made
# on, and nothing on the other half.
_FAMILIES = (
    "shooting killing slaying murder murders homicide death | shot killed slain murdered died",
    "assassination | assassinated",
    "attack attacks bombing bombings explosion explosions blast blasts | attacked bombed exploded",
    "crash collision accident derailment | crashed collided derailed",
    "earthquake quake |",
    "fire blaze | burned",
    "eruption | erupted",
    "invasion | invaded",
    "coup |",
    "election elections |",
    "vote |",
    "referendum |",
    "verdict conviction acquittal | convicted acquitted",
    "sentencing | sentenced",
    "ruling | ruled",
    "indictment | indicted",
    "arrest arrests | arrested",
    "hearing |",
    "execution |",
    "resignation | resigned",
    "inauguration | inaugurated",
    "appointment | appointed",
    "merger | merged",
    "signing | signed",
    "launch |",
    "collapse | collapsed",
    "disappearance | disappeared vanished",
    "kidnapping abduction | kidnapped abducted",
    "rescue | rescued",
    "escape | escaped",
    "wedding | married",
    "birth | born",
    "funeral burial |",
    "surgery |",
    "evacuation | evacuated",
    "walkout |",
    "summit |",
)
_PARTS = [family.partition("|")[::2] for family in _FAMILIES]
NOUNS = {noun: place for place, (nouns, _) in enumerate(_PARTS) for noun in nouns.split()}
VERBS = {verb: place for place, (_, verbs) in enumerate(_PARTS) for verb in verbs.split()}
AUXILIARIES = frozenset("was were had has have been being be is are did".split())
# Words whose subject is the event: "the election was held on Nov. 3".
HAPPENED = frozenset("was were held took place occurred happened struck came".split())
# Words before a verb that leave open whether it happened.
DOUBTS = frozenset("not never nt would could might if whether unless be will".split())
# Words after which another clause may begin.
BREAKS = DOUBTS | frozenset("after before when while as since until who which that than".split())
# Words after which a noun is not a subject.
NO_SUBJECT = AUXILIARIES | DOUBTS | frozenset("of in for to about with from by against".split())
# Words before the ones that say which event is meant: "the shooting of the mayor".
LEADS_ON = frozenset("of in at near outside".split())
DETERMINERS = frozenset("the his her their its that this our my".split())
# Words that do not say whose event it is.
EMPTY = DETERMINERS | frozenset("a an he she it they we i him them who mr mrs ms dr".split())
# Words that end the phrase of a noun. Without one of them after it, "the bombing" may be part of
# "the bombing trial".
FUNCTION_WORDS = frozenset(
    "as by but for from he her his how i into it its nor off onto or our out outside she so that "
    "their them then there they to under until up upon was we were what when where which while "
    "who whose why will with without would and after before in on at of near had has have is are "
    "said did could the a an".split()
)
