"""Tells whether a time is that of what is awaited, set or limited, whatever verb is near.

"Ahead of a meeting on Sunday" looks ahead without a verb, and so do "set sentencing for July 11",
"have until Friday" and "will speak at Monday's hearing". The day of a crash never does.
"""

from rag.text.verbs import is_past_form
from rag.timex.tokens import ENDING_MARKS, Tokens

# How far before a time, in tokens, the words may be that say so.
_REACH = 6
_REACH_OF_AWAITED = 9
_REACH_OF_TOLD = 12
# "Ahead of" after one of these tells who is first.
_RANKED = frozenset(
    "points point finished came is was were are be stayed placed far well just seats percent votes "
    "seconds minutes".split()
)
_AWAITING = frozenset("await awaits awaited awaiting".split())
# "Hoped to reconnect all of them by Sunday". Without "by" such a wish may be about the past.
_WISHED = frozenset("hoped wanted intended aimed meant sought wished".split())
_FIXED = frozenset("set sets fixed fixes posted posts listed lists booked".split())
# Before these, the words above are nouns or adjectives: "a set", "the listed".
_BEFORE_NOUNS = frozenset("a an the his her its their".split())
_UNTIL = frozenset("until till through".split())
# With these, "until" sets a limit that is still to come: "remanded in custody until Friday".
_LIMITED = frozenset(
    "have has give gives given gave remand remanded bail bailed custody extend extends extended "
    "comment".split()
)
_IS = frozenset("is are".split())
# What is moved to a day is still to come: "moved to 10 June", "put back by a week to Friday".
_TO = frozenset("to until till".split())
_MOVED = frozenset(
    "move moves moved rearranged slip slips slipped switch switches switched shift shifts shifted "
    "rescheduled delay delays delayed".split()
)
_MOVED_FOR = frozenset("called rearranged rescheduled delayed".split())
_PUT = frozenset("put puts moved pushed pushes brought brings set held".split())
_AWAY = frozenset("back forward off".split())
_REACH_OF_MOVE = 12
# "A new date for the race: 10 June", "10 June as the new date".
_DATES = frozenset("date dates deadline".split())
_NEW = frozenset("new revised fresh".split())
# What is held on a day that was set before.
_SCHEDULED = frozenset(
    "match game final semifinal derby election elections vote ballot poll polls referendum runoff "
    "run race grand prix meeting talks summit hearing debate budget report data figures launch "
    "conference rally march parade marathon".split()
)
# Nobody plans these. A time beside one has passed: "will be sentenced for the attack on 5 June".
_UNPLANNED = frozenset(
    "attack attacks crash crashes shooting shootings death deaths fire blaze blast blasts "
    "explosion explosions collapse flood floods riot riots stabbing murder murders killing "
    "killings accident collision earthquake quake massacre bombing bombings".split()
)
_BEFORE_UNPLANNED = frozenset("after following for to over into since in".split())
_ARTICLES = frozenset("the a an".split())
_REACH_OF_OWNED = 4
_AHEAD = frozenset("will shall ll before for".split())
# Who does this does it to what is over: "will review Monday's vote".
_LOOKING_BACK = frozenset(
    "review discuss appeal investigate examine respond react answer explain assess after following "
    "since".split()
)


def is_awaited(tokens: Tokens, start: int) -> bool:
    """Say whether a time is of what is awaited: "ahead of a meeting on Sunday"."""
    if tokens.word(start - 1) == "by" and _is_wish(tokens, start):
        return True
    for place in _places_before(tokens, start, reach=_REACH_OF_AWAITED):
        if tokens.words[place] in _AWAITING or _is_ahead_of(tokens, place):
            return True
        if is_past_form(tokens.words[place]):
            return False
    return False


def _is_wish(tokens: Tokens, start: int) -> bool:
    """Say whether what somebody hoped to do stands before a time: "aimed to reopen by Sunday"."""
    for place in _places_before(tokens, start, reach=_REACH_OF_TOLD):
        if tokens.words[place] in _WISHED and tokens.word(place + 1) == "to":
            return tokens.word(place - 1) != "had"
        if is_past_form(tokens.words[place]):
            return False
    return False


def _is_ahead_of(tokens: Tokens, place: int) -> bool:
    """Say whether "of" follows an "ahead" of time, and not of rank: "finished ahead of Orr"."""
    if (tokens.word(place - 1), tokens.words[place]) != ("ahead", "of"):
        return False
    before = tokens.word(place - 2)
    return before not in _RANKED and not before.endswith("ly")


def is_unplanned(tokens: Tokens, place: int) -> bool:
    """Say whether a word is an event that nobody plans: "after the crash", "for an attack"."""
    is_event = tokens.words[place] in _UNPLANNED and tokens.word(place - 1) in _ARTICLES
    return is_event and tokens.word(place - 2) in _BEFORE_UNPLANNED


def is_fixed(tokens: Tokens, start: int, end: int) -> bool:
    """Say whether a time was fixed for something: "set sentencing for", "fixed June 11 for"."""
    before = tokens.word(start - 1)
    if before not in {"for", "to"}:
        return before in _FIXED and tokens.word(end) == "for"
    verbs = [place for place in _places_before(tokens, start) if tokens.words[place] in _FIXED]
    return bool(verbs) and tokens.word(verbs[0] - 1) not in _BEFORE_NOUNS


def is_moved_to(tokens: Tokens, start: int) -> bool:
    """Say whether something was moved to a time: "moved from May to June", "put back to July"."""
    before = tokens.word(start - 1)
    if before == "for":
        return tokens.word(start - 2) in _MOVED_FOR
    if before not in _TO:
        return False
    for place in _places_before(tokens, start - 1, reach=_REACH_OF_MOVE):
        word = tokens.words[place]
        is_put = word in _PUT and not _AWAY.isdisjoint(tokens.words[place + 1 : start - 1])
        if word in _MOVED or is_put:
            return True
        if is_past_form(word):
            return False
    return False


def is_new_date(tokens: Tokens, start: int, end: int) -> bool:
    """Say whether a time is given as the new date of something: "a new date: 10 June"."""
    behind = tokens.words[end : end + 4]
    if len(behind) == 4 and behind[0] == "as" and behind[2] in _NEW and behind[3] in _DATES:
        return True
    beside = start - (tokens.word(start - 1) == ",")
    return any(
        tokens.words[place] in _DATES and tokens.word(place - 1) in _NEW
        for place in _places_before(tokens, beside)
    )


def is_limit_ahead(tokens: Tokens, start: int) -> bool:
    """Say whether a time is a limit that was to come: "have until Friday", "is open until May"."""
    if tokens.word(start - 1) not in _UNTIL:
        return False
    before = [tokens.words[place] for place in _places_before(tokens, start)]
    told = next((word for word in before if word in _IS or is_past_form(word)), "")
    return not _LIMITED.isdisjoint(before) or told in _IS


def owns_what_is_scheduled(tokens: Tokens, start: int, end: int) -> bool:
    """Say whether a time owns what is still to be held: "will speak at Monday's hearing".

    `end` is the token of the possessive.
    """
    if not owns_an_occasion(tokens, end):
        return False
    before = [tokens.words[place] for place in _places_before(tokens, start)]
    looks_ahead = not _AHEAD.isdisjoint(before) and _LOOKING_BACK.isdisjoint(before)
    is_told = any(
        is_past_form(tokens.words[place])
        for place in _places_before(tokens, start, reach=_REACH_OF_TOLD)
    )
    return is_awaited(tokens, start) or (looks_ahead and not is_told)


def owns_an_occasion(tokens: Tokens, end: int) -> bool:
    """Say whether a time owns what is held on a day that was set: "November's election"."""
    return not _SCHEDULED.isdisjoint(tokens.words[end + 1 : end + 1 + _REACH_OF_OWNED])


def _places_before(tokens: Tokens, start: int, *, reach: int = _REACH) -> list[int]:
    """Return the places of the words before a time in its phrase, the nearest first."""
    places = []
    for place in range(start - 1, max(-1, start - 1 - reach), -1):
        if tokens.kinds[place] in ENDING_MARKS:
            break
        places.append(place)
    return places
