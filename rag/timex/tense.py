"""Tells whether the words around a time expression report the past or look ahead.

There is no parser. The nearest verb form that shows a tense decides. It is looked for before the
expression, then after it, inside its sentence. If the sentence has no verb, as in a list of dates,
sentences beside it are searched too. News mostly reports the past, so callers treat None as past.
"""

from collections.abc import Callable
from typing import Literal

from rag.text.verbs import is_base, is_past_form, is_same_in_the_past
from rag.timex.awaited import is_awaited, is_fixed, is_moved_to, is_new_date, is_unplanned
from rag.timex.fronted import is_fronted_plan, opens_sentence
from rag.timex.modals import BESIDE_HAVE, MODALS, has_participle, tense_of_modal
from rag.timex.participles import is_joined_ahead, was_to_have
from rag.timex.plans import is_plan
from rag.timex.tokens import KINDS, STOP, Tokens

# "Planned" is the present tense of a plan with words between the verb and its time, which is weaker
# evidence than "will" is, because captions read like that.
Tense = Literal["past", "future", "planned"]

# How far a verb may be from its date, in tokens, before it and after it.
_REACH_BEFORE = 18
_REACH_AFTER = 10
# The lists below add this to the value F1 on TimeBank and AQUAINT, on the half that the rules were
# made on and on the other half: _AHEAD .1 and .3, _AHEAD_WITH_TO .5 and .4, _AHEAD_WITH_FOR
# .1 and 0.
_AHEAD = frozenset(
    "will shall ll wo upcoming deadline expires scheduled postponed delayed extended deferred "
    "adjourned rescheduled slated".split()
)
# With "to" these look ahead: "is expected to", "plans to", "is to". Some do so before "for".
_AHEAD_WITH_TO = frozenset(
    "expected expects expect scheduled planned plans plan planning due set slated going hopes hope "
    "hoping intends intend wants want is are agreed prepared preparing vowed promised ready likely "
    "poised must should may might can able ought supposed decided voted pledged ordered asked "
    "urged invited threatened forecast predicted projected tipped bailed summoned".split()
)
_AHEAD_WITH_FOR = frozenset("scheduled planned due set slated expected".split())
# What these have as their object is to come, and so is a time behind it: "they expect a cut in
# November". They report no past themselves.
_EXPECTING = frozenset(
    "expect expects predict predicts anticipate anticipates foresee foresees".split()
)
_EXPECTING_WITH = {
    "for": frozenset("hope hopes hoping".split()),
    "on": frozenset("betting".split()),
    "in": frozenset("pricing".split()),
}
# After "is" and "are" these look ahead, and the others also after "was", before a place or a time.
_DUE = frozenset("expected planned due".split())
_FORESEEN = frozenset("expected likely possible forecast predicted".split())
_BEFORE_TIMES = frozenset("on at in from for by until over through across this next".split())
# After an article or a possessive, these are adjectives: "its planned June production".
_PLANNED_NOUNS = frozenset("planned expected proposed".split())
_BEFORE_NOUNS = frozenset("a an the its his her their this that our your 's ’s".split())
# These report the past too, besides the past forms of verbs.
_PAST = frozenset("was were has have been according".split())
_REACH_OF_TOLD = 8
# A verb in the present surely belongs to a time so close: "begins on Monday".
_REACH_OF_SURE = 2
# How many quotation marks may be between two sentences.
_QUOTES_TOGETHER = 3
# How far from a time, in tokens, its sentence is searched for any verb.
_REACH_OF_SENTENCE = 30
_QUOTES = frozenset("\"'`“”‘’()")
_FULL_STOP = KINDS["DOT"]
# "A source on Monday said" has its verb behind, whatever its other clauses say.
_SAID = frozenset("said told says announced confirmed added".split())
# These stand between "be" and its participle: "will be officially opened".
_BETWEEN_PASSIVE = frozenset("not now also then being".split())
_STAYING = frozenset("remain stay keep be is are".split())
# A verb after these is in its base form: "to put", "did not cut".
_BEFORE_BASES = MODALS | frozenset("to will shall do does did not n't".split())
_BE = frozenset("is are be was were been being ’s 's".split())
# "A cut" is no verb.
_ARTICLES = frozenset("a an the".split())
# "Have" after these is a base form, and reports the past only with a participle: "will have
# surgery", "to have left".
_BEFORE_HAVE = MODALS | frozenset("to will shall wo ll".split())


def tense_near(tokens: Tokens, start: int, end: int) -> Tense | None:
    """Return the tense of the nearest verb that shows one around tokens `start` to `end`."""
    inside = tense_inside(tokens, start, end)
    if inside or _has_verb(tokens, start, end):
        return inside
    return _before(tokens, start, end, ends=_stops) or _after(tokens, end, ends=_stops)


def tense_inside(tokens: Tokens, start: int, end: int) -> Tense | None:
    """Return the tense of the nearest verb that shows one in the sentence of the tokens."""
    is_set = is_fixed(tokens, start, end) or is_new_date(tokens, start, end)
    if is_set or is_awaited(tokens, start) or is_moved_to(tokens, start):
        return "future"
    if told := _told_right_behind(tokens, start, end):
        return told
    before = _before(tokens, start, end, ends=_ends_sentence)
    is_front = before is None and opens_sentence(tokens, start, end)
    return before or _after(tokens, end, ends=_ends_sentence, is_front=is_front)


def _told_right_behind(tokens: Tokens, start: int, end: int) -> Tense | None:
    """Return the tense of a verb right behind a time, if the clauses before it have their own.

    This is for "Orr, who will stand in Holm, on Monday filed her papers" and "Saturday was dry and
    Sunday will be wet".
    """
    has_on = tokens.word(start - 1) == "on"
    before = tokens.word(start - 1 - has_on)
    if is_past_verb(tokens, end) and (before == "," or (has_on and tokens.words[end] in _SAID)):
        return "past"
    is_new_clause = not has_on and before in {"and", "but", ","}
    return "future" if is_new_clause and tokens.word(end) in {"will", "shall"} else None


def is_told_of(tokens: Tokens, start: int) -> bool:
    """Say whether a verb in the past is close before a time: "he fled this Monday"."""
    for place in range(start - 1, max(-1, start - 1 - _REACH_OF_TOLD), -1):
        if _ends_sentence(tokens, place) or tokens.words[place] in _AHEAD | MODALS:
            return False
        if is_past_verb(tokens, place):
            return True
    return False


def _has_verb(tokens: Tokens, start: int, end: int) -> bool:
    """Say whether the sentence of a time has a verb, even one that shows no tense."""
    for place in range(end, min(len(tokens), end + _REACH_OF_SENTENCE)):
        if _ends_sentence(tokens, place):
            break
        if is_past_verb(tokens, place):
            return True
    for place in range(start - 1, max(-1, start - 1 - _REACH_OF_SENTENCE), -1):
        if _ends_sentence(tokens, place):
            break
        if is_past_verb(tokens, place):
            return True
    return False


def _stops(tokens: Tokens, place: int) -> bool:
    return tokens.kinds[place] == STOP


def _ends_sentence(tokens: Tokens, place: int) -> bool:
    if tokens.kinds[place] != _FULL_STOP:
        return tokens.kinds[place] == STOP
    following = place + 1
    while tokens.word(following) in _QUOTES and following <= place + _QUOTES_TOGETHER:
        following += 1
    if following < len(tokens) and not tokens.is_capitalised(following):
        return False
    last = tokens.word(place - 1)
    return last.isdigit() or len(last) > 1


def _before(
    tokens: Tokens, start: int, end: int, *, ends: Callable[[Tokens, int], bool]
) -> Tense | None:
    is_weekday = KINDS["WEEKDAY"] in tokens.kinds[start:end]
    for place in range(start - 1, max(-1, start - 1 - _REACH_BEFORE), -1):
        if ends(tokens, place):
            return None
        if is_plan(tokens, place, start, end):
            is_said = _tense_at(tokens, place) == "future"
            is_sure = is_said or start - place <= _REACH_OF_SURE
            return "future" if is_sure else "planned"
        if is_unplanned(tokens, place):
            return "past"
        is_due = tokens.words[place] == "due" and tokens.word(place - 1) not in {"was", "were"}
        is_close = is_due and start - place <= _REACH_OF_SURE
        # What was to have been in March is mostly told afterwards.
        is_had = is_weekday and was_to_have(tokens, place)
        if is_close or is_had or _is_expecting(tokens, place):
            return "future"
        is_adjective = place == start - 1 and _is_adjective(tokens, place)
        tense = "future" if is_adjective else _tense_at(tokens, place)
        if tense:
            return tense
    return None


def _is_expecting(tokens: Tokens, place: int) -> bool:
    """Say whether a verb in the present expects what comes after it: "they expect a cut"."""
    word = tokens.words[place]
    if word in _EXPECTING:
        return tokens.word(place - 1) not in {"did", "to"}
    return tokens.word(place - 1) in _EXPECTING_WITH.get(word, ())


def _after(
    tokens: Tokens, end: int, *, ends: Callable[[Tokens, int], bool], is_front: bool = False
) -> Tense | None:
    for place in range(end, min(len(tokens), end + _REACH_AFTER)):
        if ends(tokens, place):
            return None
        tense: Tense | None
        if is_front and is_fronted_plan(tokens, place, end):
            return "future" if _tense_at(tokens, place) == "future" else "planned"
        tense = "past" if _is_decision(tokens, place) else _tense_at(tokens, place)
        if tense:
            return tense
    return None


def _is_decision(tokens: Tokens, place: int) -> bool:
    """Say whether a verb reports a past decision about what follows its "to": "they voted to"."""
    is_ahead = tokens.words[place] in _AHEAD_WITH_TO and tokens.word(place + 1) == "to"
    return is_ahead and is_past_verb(tokens, place) and tokens.word(place - 1) not in _BE


def _tense_at(tokens: Tokens, place: int) -> Tense | None:
    """Return the tense that one word shows; None if it is not a verb or shows none."""
    word = tokens.words[place]
    if (word in _AHEAD and not _is_name(tokens, place)) or _is_foreseen(tokens, place):
        return "past" if tokens.words[place - 2 : place] == ["had", "been"] else "future"
    if word == "to" and tokens.word(place - 1) in _AHEAD_WITH_TO:
        before = tokens.words[max(0, place - 3) : place - 1]
        is_done = tokens.word(place - 1) == "able" and before[-1:] in (["was"], ["were"])
        is_figure = tokens.word(place + 1)[:1].isdigit()
        return "past" if before == ["had", "been"] or is_done or is_figure else "future"
    if (word == "for" and tokens.word(place - 1) in _AHEAD_WITH_FOR) or _is_wont(tokens, place):
        return "future"
    if word in MODALS and not tokens.is_capitalised(place):
        return tense_of_modal(tokens, place)
    is_ahead = _is_passive_ahead(tokens, place) or is_joined_ahead(tokens, place)
    is_told = is_past_verb(tokens, place) and not is_ahead
    # This is for "he rested after undergoing surgery".
    is_after = word.endswith("ing") and tokens.word(place - 1) == "after"
    return "past" if is_told or is_after else None


def _is_name(tokens: Tokens, place: int) -> bool:
    """Say whether a "Will" inside a sentence is somebody, and not the verb of a headline."""
    opens = place == 0 or tokens.kinds[place - 1] in {STOP, _FULL_STOP}
    is_inside = not opens and tokens.words[place - 1] not in _QUOTES
    is_verb = not tokens.is_capitalised(place) or is_base(tokens.word(place + 1))
    return tokens.words[place] == "will" and is_inside and not is_verb


def _is_wont(tokens: Tokens, place: int) -> bool:
    return tokens.words[place] == "won" and tokens.word(place + 2) == "t" and tokens.touches(place)


def is_past_verb(tokens: Tokens, place: int) -> bool:
    """Say whether a word is a verb in the past tense, or a past participle."""
    word = tokens.word(place)
    if word in _PAST:
        return word != "have" or not _is_base_have(tokens, place)
    if not is_past_form(word):
        return False
    if is_same_in_the_past(word):
        return tokens.word(place - 1) not in _BEFORE_BASES | _ARTICLES
    # This leaves out the "United" of "United Nations".
    return not (word.endswith("ed") and tokens.is_capitalised(place))


def _is_base_have(tokens: Tokens, place: int) -> bool:
    """Say whether "have" is a verb of its own after a modal or "to": "will have surgery"."""
    first = place - 1
    while tokens.word(first) in BESIDE_HAVE or tokens.word(first).endswith("ly"):
        first -= 1
    return tokens.word(first) in _BEFORE_HAVE and not has_participle(tokens, place)


def _is_adjective(tokens: Tokens, place: int) -> bool:
    return tokens.words[place] in _PLANNED_NOUNS and tokens.word(place - 1) in _BEFORE_NOUNS


def _is_foreseen(tokens: Tokens, place: int) -> bool:
    """Say whether a word tells what is to come: "is due", "snow was likely from Friday"."""
    word = tokens.words[place]
    before = tokens.word(place - 1 - (tokens.word(place - 1) == "not"))
    if word in _DUE and before in {"is", "are", "be"}:
        return True
    # "It was likely on Saturday that they broke in" is told afterwards.
    is_guessed = tokens.words[max(0, place - 2) : place - 1] == ["it"]
    is_before_time = tokens.word(place + 1) in _BEFORE_TIMES
    return word in _FORESEEN and before in _BE and is_before_time and not is_guessed


def _is_passive_ahead(tokens: Tokens, place: int) -> bool:
    """Say whether a participle comes after "be" or with "to": "to be announced", "due to"."""
    first = place - 1
    while tokens.word(first) in _BETWEEN_PASSIVE or tokens.word(first).endswith("ly"):
        first -= 1
    before, after = tokens.word(first), tokens.word(place + 1)
    return before in _STAYING or (after in {"to", "for"} and tokens.words[place] in _AHEAD_WITH_TO)
