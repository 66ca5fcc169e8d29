"""Tells whether a participle looks ahead because of the verb before it that it belongs to.

Alone, a participle reports the past. It does not in "will be tested in March and sold in May", nor
in "was to have been played on Friday".
"""

from rag.text.verbs import is_past_form, is_same_in_the_past
from rag.timex.modals import BESIDE_HAVE
from rag.timex.tokens import ENDING_MARKS, KINDS, STOP, Tokens

# How far before a joined participle, in tokens, the one may be that it is joined to.
_REACH = 18
# How far behind an item of a list, in tokens, its "and" may be.
_REACH_OF_LIST = 8
_JOINING = frozenset("and or".split())
_ADVERBS = frozenset("not now also then later finally first being".split())
# What follows a participle in the passive. A past tense may have an object: "and told the court".
_AFTER_PASSIVES = frozenset(
    "on at in from for by with to into over until till as before after during through across under "
    "this next early late again there here".split()
)
_DAYS = frozenset({KINDS["WEEKDAY"], KINDS["MONTH"], KINDS["TODAY"]})
# These begin a clause with a verb of its own: "given to a nurse who came and worked".
_NEW_CLAUSES = frozenset(
    "who which that what when where while because if since although though but said says say "
    "was were has have had is are".split()
)
_WAS = frozenset("was were".split())
# "Was due to have opened" is a plan, and "was believed to have left" a report.
_PLANNED = frozenset("due scheduled supposed meant planned expected intended set".split())
# What "should have" been on a day is mostly a reproach, except of what is held on a set day.
_HELD = frozenset("held played staged".split())


def is_joined_ahead(tokens: Tokens, place: int) -> bool:
    """Say whether a participle is joined to one after "be": "will be moved and then sold on".

    If it has a comma before it, it is one of a list: "will be moved, repaired and sold".
    """
    if not _is_passive(tokens, place):
        return False
    link = _before_adverbs(tokens, place)
    if tokens.word(link) == "," and not _is_list_item(tokens, place):
        return False
    if tokens.word(link) not in _JOINING | {","}:
        return False
    for before in range(link - 1, max(-1, link - 1 - _REACH), -1):
        if tokens.kinds[before] == STOP or tokens.words[before] in _NEW_CLAUSES:
            return False
        if is_past_form(tokens.words[before]):
            is_after_be = tokens.word(_before_adverbs(tokens, before)) == "be"
            return is_after_be or is_joined_ahead(tokens, before)
    return False


def _is_passive(tokens: Tokens, place: int) -> bool:
    """Say whether a word may be a participle in the passive, by the word after it."""
    if tokens.is_capitalised(place) or not is_past_form(tokens.words[place]):
        return False
    behind = place + 1
    if behind >= len(tokens) or tokens.kinds[behind] in ENDING_MARKS:
        return True
    if tokens.kinds[behind] in _DAYS:
        return not is_same_in_the_past(tokens.words[place])  # "and set Friday as the deadline"
    return tokens.words[behind] in _AFTER_PASSIVES | _JOINING


def _is_list_item(tokens: Tokens, place: int) -> bool:
    """Say whether another participle follows with "and", so that this one is of a list."""
    behind = range(place + 1, min(len(tokens) - 1, place + 1 + _REACH_OF_LIST))
    link = next((at for at in behind if tokens.words[at] in _JOINING), None)
    if link is None or any(tokens.kinds[at] == STOP for at in range(place, link)):
        return False
    following = link + 1
    while tokens.word(following) in _ADVERBS:
        following += 1
    return following < len(tokens) and _is_passive(tokens, following)


def _before_adverbs(tokens: Tokens, place: int) -> int:
    """Return the place before a word and the adverbs before that: "be then officially opened"."""
    before = place - 1
    while tokens.word(before) in _ADVERBS or tokens.word(before).endswith("ly"):
        before -= 1
    return before


def was_to_have(tokens: Tokens, place: int) -> bool:
    """Say whether a participle tells what was planned: "was to have sung", "was due to have left".

    So does what should have been held: "should have taken place", "should have been played".
    """
    if not is_past_form(tokens.words[place]):
        return False
    have = place - 1
    while tokens.word(have) in BESIDE_HAVE | {"been"} or tokens.word(have).endswith("ly"):
        have -= 1
    if tokens.word(have) != "have":
        return False
    before = have - 1
    if tokens.word(before) == "should":
        is_place = tokens.words[place : place + 2] == ["taken", "place"]
        return is_place or (tokens.words[place] in _HELD and tokens.word(place - 1) == "been")
    if tokens.word(before) != "to":
        return False
    before -= 1 + (tokens.word(before - 1) in _PLANNED)
    return tokens.word(before) in _WAS
