"""Whether the words around a time expression report the past or look ahead.

There is no parser here: the nearest verb form that tells, before the expression and then after it,
inside its sentence. News mostly reports the past, so a caller takes None for the past.
"""

from typing import Literal

from rag.timex.tokens import KINDS, STOP, Tokens

Tense = Literal["past", "future"]

# How far a verb may stand from its date, in tokens, before it and after it.
_REACH_BEFORE = 14
_REACH_AFTER = 10
_AHEAD = frozenset(
    "will shall ll wo upcoming deadline expires scheduled postponed delayed extended deferred "
    "adjourned rescheduled slated".split()
)
# With "to" they look ahead: "is expected to", "plans to", "is to"; so they do before "for".
_AHEAD_WITH_TO = frozenset(
    "expected expects expect scheduled planned plans plan planning due set slated going hopes hope "
    "hoping intends intend wants want is are agreed prepared preparing vowed promised ready "
    "likely must should may might can able ought supposed decided voted pledged ordered asked "
    "urged invited threatened".split()
)
_AHEAD_WITH_FOR = frozenset("scheduled planned due set slated expected".split())
# Who said it, behind the date, does not tell when it happened: "Tuesday, officials said".
_REPORTING = frozenset("said told announced reported according added".split())
_NO_VERB = frozenset(
    "need seed feed deed weed shed sped hundred indeed speed breed sacred kindred naked wicked "
    "exceed proceed".split()
)
_MODALS = frozenset("would could may might should must can cannot".split())
_PAST = frozenset(
    "was were had did said told made took came went got gave held met won lost left began became "
    "broke brought built bought caught chose cut dealt drew drove ate fell felt fought found flew "
    "forgot grew heard hit kept knew led lay lent meant paid put quit ran rose rang saw sold sent "
    "shot shut sang sat slept spoke spent stood stole struck swept swore taught thought threw "
    "understood woke wore wrote has have been according shown known taken given seen done "
    "gone".split()
)
# In the present tense they tell of a plan: "the talks begin Monday".
_PLANNED = frozenset(
    "meet meets begin begins opens starts leaves arrives returns travels resumes convenes faces "
    "hosts plays".split()
)
# They must stand close: "the talks begin early Monday".
_REACH_OF_PLANNED = 4
_CLOSING_QUOTES = frozenset({'"', "”", "’", "'", ")"})
_FULL_STOP = KINDS["DOT"]


def tense_near(tokens: Tokens, start: int, end: int) -> Tense | None:
    """Return the tense of the nearest telling verb around the tokens `start` to `end`."""
    return _before(tokens, start) or _after(tokens, end)


def _ends_sentence(tokens: Tokens, place: int) -> bool:
    kind = tokens.kinds[place]
    if kind == _FULL_STOP:
        # The full stop of an abbreviation or an initial stands after a short word: "Sen.", "J."
        following = place + 1 + (tokens.word(place + 1) in _CLOSING_QUOTES)
        return len(tokens.word(place - 1)) > 4 and not tokens.word(following).islower()
    return kind == STOP


def _before(tokens: Tokens, start: int) -> Tense | None:
    for place in range(start - 1, max(-1, start - 1 - _REACH_BEFORE), -1):
        if _ends_sentence(tokens, place):
            return None
        is_planned = place >= start - _REACH_OF_PLANNED and _is_planned(tokens, place)
        tense = "future" if is_planned else _tense_at(tokens, place)
        if tense:
            return tense
    return None


def _after(tokens: Tokens, end: int) -> Tense | None:
    for place in range(end, min(len(tokens), end + _REACH_AFTER)):
        if _ends_sentence(tokens, place):
            return None
        if tokens.words[place] in _REPORTING:
            return None
        tense = _tense_at(tokens, place)
        if tense:
            return tense
    return None


def _tense_at(tokens: Tokens, place: int) -> Tense | None:
    """Return the tense that one word shows, None for all that are no verbs or do not tell."""
    word = tokens.words[place]
    if word in _AHEAD or (word in {"expected", "planned", "due"} and _is_now(tokens, place)):
        return "past" if tokens.words[place - 2 : place] == ["had", "been"] else "future"
    if word == "to" and tokens.word(place - 1) in _AHEAD_WITH_TO:
        is_over = tokens.words[max(0, place - 3) : place - 1] == ["had", "been"]
        return "past" if is_over else "future"
    if word == "for" and tokens.word(place - 1) in _AHEAD_WITH_FOR:
        return "future"
    if word in _MODALS and not tokens.is_capitalised(place):
        return None if tokens.word(place + 1) == "have" else "future"
    if is_past_verb(tokens, place):
        return None if _is_passive_ahead(tokens, place) else "past"
    return None


def is_past_verb(tokens: Tokens, place: int) -> bool:
    """Say whether a word is a verb of the past tense, or the participle of one."""
    return tokens.word(place) in _PAST or _is_regular_past(tokens, place)


def _is_regular_past(tokens: Tokens, place: int) -> bool:
    """Say whether a word looks like a past tense: "landed", not "hundred" or "United"."""
    word = tokens.word(place)
    if not word.endswith("ed") or len(word) < 4 or word in _NO_VERB:
        return False
    return not tokens.is_capitalised(place)


def _is_planned(tokens: Tokens, place: int) -> bool:
    """Say whether a verb's present tense tells of a plan: not "did they meet", "to meet"."""
    if tokens.words[place] not in _PLANNED or tokens.word(place - 1) == "to":
        return False
    return "did" not in tokens.words[max(0, place - 4) : place]


def _is_now(tokens: Tokens, place: int) -> bool:
    return tokens.word(place - 1) in {"is", "are", "be"}


def _is_passive_ahead(tokens: Tokens, place: int) -> bool:
    """Say whether a participle stands after "be" or with "to": "to be announced", "due to"."""
    before, after = tokens.word(place - 1), tokens.word(place + 1)
    return before in {"be", "is", "are"} or (
        after in {"to", "for"} and tokens.words[place] in _AHEAD_WITH_TO
    )
