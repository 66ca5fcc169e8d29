"""Reads words for present, past and future: "now", "recently", "the future", "at that time"."""

from rag.timex.context import TimeReading
from rag.timex.grammar import Match, Rules
from rag.timex.tense import is_past_verb
from rag.timex.tokens import KINDS

RULES = Rules()

_VALUES = {
    "now": "PRESENT_REF",
    "current": "PRESENT_REF",
    "currently": "PRESENT_REF",
    "presently": "PRESENT_REF",
    "nowadays": "PRESENT_REF",
    "present": "PRESENT_REF",
    "recent": "PAST_REF",
    "recently": "PAST_REF",
    "lately": "PAST_REF",
    "past": "PAST_REF",
    "soon": "FUTURE_REF",
    "future": "FUTURE_REF",
}
_BEFORE_ADJECTIVE = frozenset(
    "the a an his her its their our your my this these those any one most more some many all two "
    "three several other of in at to and or under with for as by from on despite given amid after "
    "before than between against about over like including such no 's ’s , - – — ( “ \" : ;".split()
)


@RULES.add("now", r"(?:RIGHT|JUST)? (?P<word>NOW)")
@RULES.add("recently, currently, soon", r"(?:MORE|MOST)? (?P<word>REFERENCE)")
def _adverb(match: Match) -> TimeReading | None:
    word = match.word("word")
    if (match.before(), match.after()) == ("as", "as"):
        return None  # This is for "as recently as last week".
    if match.is_name(match.place("word")) or (word == "soon" and not _is_ahead(match)):
        return None
    return TimeReading(type="DATE", value=_VALUES[word])


_AHEAD = frozenset("will ll shall would can could may might should must to be".split())


def _is_ahead(match: Match) -> bool:
    """Say whether "soon" counts from now; in "it soon became", "was soon freed", it does not."""
    if match.before() in {"as", "too", "how", "so"} or match.after().startswith("after"):
        return False
    return match.before() in _AHEAD or not is_past_verb(match.tokens, match.end)


@RULES.add("current, recent", r"(?P<word>CURRENT|RECENT)")
def _adjective(match: Match) -> TimeReading | None:
    """Read "current" before a noun, but not the noun in "the rip current"."""
    ends = {"", *(KINDS[name] for name in ("DOT", "COMMA", "STOP", "POSSESSIVE"))}
    before = match.before()
    is_adjective = before in _BEFORE_ADJECTIVE or before.endswith("ly")
    is_adjective = is_adjective or match.tokens.is_capitalised(match.start)
    if match.kind_after() in ends or not is_adjective or match.is_name(match.start):
        return None
    return TimeReading(type="DATE", value=_VALUES[match.word("word")])


_HOW_FAR = frozenset("near nearer foreseeable immediate distant recent remote".split())


@RULES.add("at present", r"(?<=AT) (?P<word>PRESENT)")
@RULES.add("the past, the future", r"THE (?P<how>OTHER|RECENT)? (?P<word>PAST|FUTURE|PRESENT)")
def _the_past(match: Match) -> TimeReading | None:
    if match.has("how") and match.word("how") not in _HOW_FAR:
        return None
    kind = match.kind_after()
    is_adjective = kind == KINDS["OTHER"] and match.after().isalpha()
    is_adjective = is_adjective and match.before() not in {"in", "at"}
    if is_adjective or kind in {KINDS["NUMERAL"], KINDS["SMALL"]}:
        return None
    return TimeReading(type="DATE", value=_VALUES[match.word("word")])


_OF_MOMENTS = frozenset("crucial critical difficult delicate decisive sensitive historic".split())


@RULES.add("the moment, that time", r"(?P<the>THE|THIS|THAT) (?P<how>OTHER)? (?P<word>MOMENT|TIME)")
def _moment(match: Match) -> TimeReading | None:
    the = match.word("the")
    if match.has("how") and (match.word("word") == "time" or match.word("how") not in _OF_MOMENTS):
        return None
    is_time = match.before() in {"at", "by", "until", "since"}
    if not is_time or match.after() in {"of", "when"}:
        return None
    if the == "that":
        value = match.context.reference or "PAST_REF"
    else:
        value = "PAST_REF" if (the, match.word("word")) == ("the", "time") else "PRESENT_REF"
    return TimeReading(type="DATE", value=value)


# How far after a date, in tokens, "by then" still means it.
_THEN_REACH = 25


@RULES.add("by then, until then", r"(?<=[BY UNTIL]) (?P<word>THEN)")
def _then(match: Match) -> TimeReading | None:
    context, value = match.context, match.context.reference
    last = context.previous
    is_near = match.start - context.previous_end <= _THEN_REACH
    is_named = last is not None and value is not None and last.value.startswith(value)
    # This is for "by then-President Bush".
    is_joined = match.after() == "-" and match.tokens.touches(match.end - 1)
    if not (is_near and is_named) or is_joined:
        return None
    return TimeReading(type="DATE", value=value or "")


@RULES.add("these days", r"THESE (?P<unit>UNITS)")
def _these_days(match: Match) -> TimeReading | None:
    return TimeReading(type="DATE", value="PRESENT_REF") if match.word("unit") == "days" else None
