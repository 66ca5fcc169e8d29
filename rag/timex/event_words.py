"""The words by which a text tells of an event, in families of nouns and past verbs.

Two words of a family tell of one kind of event: "the Oct. 23 killing" and "before he was shot".
"""

# They add .6 to the value F1 on the half of TimeBank and AQUAINT that they were made on, and
# nothing on the other. Nouns, then past verbs; no verb that also tells other things: "launched".
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
# Their subject is the event: "the election was held on Nov. 3".
HAPPENED = frozenset("was were held took place occurred happened struck came".split())
# Before a verb they leave open whether it happened.
DOUBTS = frozenset("not never nt would could might if whether unless be will".split())
# Behind them another clause may begin.
BREAKS = DOUBTS | frozenset("after before when while as since until who which that than".split())
# Behind them a noun is no subject.
NO_SUBJECT = AUXILIARIES | DOUBTS | frozenset("of in for to about with from by against".split())
# They lead to what tells which event is meant: "the shooting of the mayor".
LEADS_ON = frozenset("of in at near outside".split())
DETERMINERS = frozenset("the his her their its that this our my".split())
# They tell nothing of whose event it is.
EMPTY = DETERMINERS | frozenset("a an he she it they we i him them who mr mrs ms dr".split())
# Words that end a noun's phrase: without one behind it "the bombing" may be "the bombing trial".
FUNCTION_WORDS = frozenset(
    "as by but for from he her his how i into it its nor off onto or our out outside she so that "
    "their them then there they to under until up upon was we were what when where which while "
    "who whose why will with without would and after before in on at of near had has have is are "
    "said did could the a an".split()
)
