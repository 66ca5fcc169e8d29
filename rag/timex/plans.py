"""Tells whether a verb in the present tense reports a plan: "the talks begin Monday".

News tells of the past in the past tense. A main verb in the present with a time close after it is
therefore mostly a plan, whatever verb it is. There is no parser, and many present forms are nouns
too, so the word before the verb must be a subject that agrees with it, and its clause must have no
other verb.
"""

from rag.text.calendar import WEEKDAYS
from rag.text.verbs import base_form, is_base, is_past_form, is_s_form
from rag.timex.tokens import ENDING_MARKS, KINDS, OTHER, Tokens

# How far a verb may be from its time, in tokens. A caption says in the present what its picture
# shows, "A man walks past a mural in the old town on Monday", and its time is farther off.
_REACH = 5
# How far back from the verb its clause is read.
REACH_OF_CLAUSE = 20
BE = frozenset("is are".split())
# Between a participle and its day the place may stand. These participles tell how things are now.
_BEFORE_PLACES = frozenset("in at".split())
_STATES = frozenset(
    "accused alleged based believed born charged considered convicted held known located reported "
    "said suspected thought wanted".split()
)
_AUXILIARIES = frozenset(
    "was were had has have been do does did will would shall should can could may might must wo "
    "be to is are wasn weren hadn hasn haven don doesn didn won "
    "wouldn shouldn couldn isn aren".split()
)
CLAUSE_STARTS = frozenset(
    "and but or so that which who what when where while because as if since although though after "
    "before until than whether said says say".split()
)
_RELATIVES = frozenset("which who that".split())
_SUBJECTS_OF_S = frozenset("he she it".split()) | _RELATIVES
_SUBJECTS_OF_BASE = frozenset("i you we they".split()) | _RELATIVES
_PRONOUNS = _SUBJECTS_OF_S | _SUBJECTS_OF_BASE
_PLURALS = frozenset("people police men women children".split())
_SINGULAR_ENDINGS = ("ss", "us", "is", "news")
# These end like plurals, and are both: "the series starts", "the Olympics begin".
_BOTH_ENDINGS = ("ics", "series")
# The subject of a verb may end with one of these: "The Bells" opens Friday.
_QUOTES = frozenset("\" ” ’ ' (".split())
_ADVERBS = frozenset("also then now next first still".split())
_REACH_OF_BRACKETS = 8
_NUMERALS = frozenset({KINDS["NUMERAL"], KINDS["SMALL"], KINDS["NUMBER"], KINDS["MULTIPLIER"]})
_DETERMINERS = frozenset("a an the his her its their our my your this these those".split())
_MONTHS = frozenset({KINDS["MONTH"], KINDS["DOT"]})
# How far before a name, in tokens, "and" may make it one of several that act together.
_REACH_OF_NAMES = 5
# "Close" and "start" are verbs before these, and in "schools close to the river" it is none.
_ENDINGS = frozenset({KINDS["END"], KINDS["BEGINNING"]})
_AFTER_ENDINGS = frozenset("on at for in from this early next today tomorrow".split()) | frozenset(
    WEEKDAYS
)
_AFTER_TEAMS = frozenset("to home away".split())
PREPOSITIONS = frozenset(
    "of in on at to for from by with about after during over under into through against "
    "amid among between despite without within than as like via per more most many few several "
    "other another such some any no".split()
)
# After one of these, a present form is a noun: "the attacks", "in talks".
_BEFORE_NOUNS = frozenset(
    "a an the this these those his her its their our my your some any no all both each every more "
    "most many few several other another such 's ’s of in on at to for from by with about after "
    "before during over under into through against amid among between despite without within "
    "than as like per via and or but new old not".split()
)
# The present of these tells what is said, thought or so now, and plans nothing.
_OF_NOW = frozenset(
    "say tell show suggest think believe know mean seem appear remain include want need like live "
    "see call report follow".split()
)


def is_plan(tokens: Tokens, place: int, start: int, end: int) -> bool:
    """Say whether the verb at `place` plans for the time at tokens `start` to `end`."""
    if start - place > _REACH or _starts_clause(tokens, place, start):
        return False
    is_copula = _is_copula(tokens, place, start)
    is_sure = is_copula or tokens.word(place - 1) in _PRONOUNS
    is_only = not is_copula and _is_only_verb(tokens, place, end)
    is_weekday = KINDS["WEEKDAY"] in tokens.kinds[start:end]
    if not is_copula and not _is_present_verb(
        tokens, place, is_only=is_only, is_weekday=is_weekday
    ):
        return False
    # In "rebel attacks Monday killed ten", the verb is behind.
    is_noun = not is_sure and (
        is_other_verb(tokens, end) or _is_s_verb_after(tokens, place, start, end)
    )
    return not is_noun and not _has_verb_before(tokens, place, is_sure=is_sure)


def _is_copula(tokens: Tokens, place: int, start: int) -> bool:
    """Say whether a form of "be" tells a plan: "is on", "are meeting on", "is heard in Ende on"."""
    if tokens.words[place] not in BE or tokens.word(place + 1) in {"not", "n", "to"}:
        return False
    between = tokens.words[place + 1 : start]
    if len(between) > 1 and between[1] in _BEFORE_PLACES and between[0] not in _STATES:
        between = between[1:]  # "is heard in Eastmoor on", "is sworn in on"
    return not any(is_past_form(word) for word in between[:-2])


def _is_present_verb(tokens: Tokens, place: int, *, is_only: bool, is_weekday: bool) -> bool:
    """Say whether a word is a verb in the present tense, and not a noun, by its subject.

    If nothing else can be the verb of the clause, any noun before an -s form may end its subject:
    "The race for the boats starts on Monday".
    """
    word, subject = tokens.words[place], _subject_before(tokens, place)
    if not _may_be_verb(tokens, place):
        return False
    if _is_joined_to_plan(tokens, place):
        return True
    if is_s_form(word):
        before = tokens.word(subject)
        is_after_any = is_only and before.isalnum() and before not in _BEFORE_NOUNS | _PRONOUNS
        is_free = before in _QUOTES or is_after_any
        return is_free or _is_subject(tokens, subject, is_plural=False)
    is_team = is_only and is_weekday and _is_team(tokens, place)
    return is_base(word) and (is_team or _is_subject(tokens, subject, is_plural=True))


def agrees_in_the_present(tokens: Tokens, place: int) -> bool:
    """Say whether a word is a verb in the present tense whose subject is the phrase before it."""
    if not _may_be_verb(tokens, place):
        return False
    subject = _subject_before(tokens, place)
    if is_s_form(tokens.words[place]):
        return _is_subject(tokens, subject, is_plural=False)
    is_verb = is_base(tokens.words[place])
    return is_verb and (_is_subject(tokens, subject, is_plural=True) or _is_team(tokens, place))


def _may_be_verb(tokens: Tokens, place: int) -> bool:
    """Say whether a word may be a verb that tells a plan, by itself and by the word after it."""
    word, following = tokens.words[place], tokens.word(place + 1)
    is_ending = tokens.kinds[place] in _ENDINGS and following in _AFTER_ENDINGS
    is_other = not (tokens.kinds[place] == OTHER or is_ending) or tokens.is_capitalised(place)
    # This is for "maps of" and "articles about".
    is_other = is_other or following in {"of", "about"}
    if is_other or word in _BEFORE_NOUNS or is_past_form(word):
        return False
    return base_form(word) not in _OF_NOW or _is_due_report(tokens, place)


def _is_due_report(tokens: Tokens, place: int) -> bool:
    """Say whether "reports" is what a firm does on a set day: "reports earnings Thursday"."""
    following = tokens.word(place + 1)
    is_plain = following.endswith("s") and tokens.kinds[place + 1] == OTHER
    is_own = following in {"its", "their"}
    is_named = tokens.is_capitalised(place + 1)
    return tokens.words[place] == "reports" and (is_plain or is_own) and not is_named


def _is_joined_to_plan(tokens: Tokens, place: int) -> bool:
    """Say whether a verb has the subject of a plan before it: "begins Friday and ends Sunday"."""
    is_joined = tokens.word(place - 1) in {"and", "or"} and is_s_form(tokens.words[place])
    if not is_joined or tokens.kinds[max(0, place - 2)] != KINDS["WEEKDAY"]:
        return False
    day = place - 2
    return any(is_plan(tokens, verb, day, day + 1) for verb in range(max(0, day - _REACH), day))


def _is_team(tokens: Tokens, place: int) -> bool:
    """Say whether a name that opens a clause may be of several people: "Arsenal face Leeds".

    Many base forms are nouns too, "the Biden visit", but they have no object.
    """
    following = tokens.word(place + 1)
    named = place + 1 + (following == "on")
    is_named = tokens.is_capitalised(named) and tokens.kinds[named] != KINDS["WEEKDAY"]
    has_object = is_named or following in _DETERMINERS | _AFTER_TEAMS
    opening = place
    while opening > 0 and tokens.is_capitalised(opening - 1):
        opening -= 1
    if not has_object or all(word in _DETERMINERS for word in tokens.words[opening:place]):
        return False
    before = tokens.word(opening - 1)
    opens = opening == 0 or tokens.kinds[opening - 1] in ENDING_MARKS | {KINDS["WEEKDAY"]}
    return opens or before in CLAUSE_STARTS - PREPOSITIONS


def _is_s_verb_after(tokens: Tokens, place: int, start: int, end: int) -> bool:
    """Say whether an -s form right after the time is the verb: "the Orr visit on Sunday marks"."""
    is_apart = tokens.word(start - 1) in {"on", "in", "from"}  # not "announce Friday closures"
    return is_apart and is_base(tokens.words[place]) and is_s_form(tokens.word(end))


def _is_subject(tokens: Tokens, place: int, *, is_plural: bool) -> bool:
    """Say whether a token may be a subject in the singular or in the plural."""
    word, is_name = tokens.word(place), tokens.is_capitalised(place)
    if word in _PRONOUNS:
        return word in (_SUBJECTS_OF_BASE if is_plural else _SUBJECTS_OF_S)
    if not word.isalpha() or word in _BEFORE_NOUNS or _is_in_noun_phrase(tokens, place):
        return False
    is_singular = not word.endswith("s") or word.endswith(_SINGULAR_ENDINGS)
    if not is_plural:
        return is_singular or is_name or word.endswith(_BOTH_ENDINGS)
    # This is for "the minister and Anna Lund meet".
    is_joined = is_name and "and" in tokens.words[max(0, place - _REACH_OF_NAMES) : place]
    return word in _PLURALS or not is_singular or is_joined


def _subject_before(tokens: Tokens, place: int) -> int:
    """Return the last token of what may be the subject of a verb, without adverbs and brackets."""
    subject = place - 1
    while tokens.word(subject).endswith("ly") or tokens.word(subject) in _ADVERBS:
        subject -= 1
    if tokens.word(subject) == ")":
        opening = range(subject - 1, max(-1, subject - _REACH_OF_BRACKETS), -1)
        subject = next((at for at in opening if tokens.words[at] == "("), subject) - 1
    return subject


def _is_in_noun_phrase(tokens: Tokens, subject: int) -> bool:
    """Say whether the words before it make the subject an adjective: "of national polls"."""
    before = tokens.word(subject - 1)
    if before in {"and", "or", "but"}:
        return not tokens.is_capitalised(subject)
    is_numeral = tokens.kinds[max(0, subject - 1)] in _NUMERALS
    is_numeral = is_numeral and tokens.kinds[max(0, subject - 2)] not in _MONTHS
    return before in PREPOSITIONS or is_numeral or before.endswith("ing")


def _starts_clause(tokens: Tokens, place: int, start: int) -> bool:
    """Say whether another clause begins between a verb and its time."""
    return any(
        tokens.kinds[between] in ENDING_MARKS or tokens.words[between] in CLAUSE_STARTS
        for between in range(place + 1, start)
    )


def _has_verb_before(tokens: Tokens, place: int, *, is_sure: bool) -> bool:
    """Say whether the clause has another verb before a token, so that this one is none.

    "And" begins a clause only if a determiner follows it or the token is surely a verb, which it is
    not in "drew town and county maps".
    """
    for before in range(place - 1, max(-1, place - 1 - REACH_OF_CLAUSE), -1):
        word = tokens.words[before]
        if _is_credit(tokens, before):
            return True
        opens = is_sure or tokens.word(before + 1) in _DETERMINERS
        joins = word in {"and", "or"} and not opens
        if tokens.kinds[before] in ENDING_MARKS or (word in CLAUSE_STARTS and not joins):
            return False
        if word in _AUXILIARIES or (is_past_form(word) and not tokens.is_capitalised(before)):
            return True
    return False


def _is_only_verb(tokens: Tokens, place: int, end: int) -> bool:
    """Say whether no other word of a clause can be its verb, and it opens with its subject."""
    for after in range(end, min(len(tokens), end + REACH_OF_CLAUSE)):
        if tokens.kinds[after] in ENDING_MARKS or tokens.words[after] in CLAUSE_STARTS:
            break
        if is_other_verb(tokens, after):
            return False
    opening = place
    while opening > 0 and not (
        tokens.kinds[opening - 1] in ENDING_MARKS or tokens.words[opening - 1] in CLAUSE_STARTS
    ):
        opening -= 1
    return opening < place and tokens.words[opening] not in PREPOSITIONS


def _is_credit(tokens: Tokens, place: int) -> bool:
    """Say whether a token is the slash of a picture's credit, which opens a caption: "Lee/AP"."""
    is_joined = tokens.touches(place) and tokens.touches(place - 1)
    return tokens.words[place] == "/" and is_joined and tokens.is_capitalised(place + 1)


def is_other_verb(tokens: Tokens, place: int) -> bool:
    """Say whether a word is an auxiliary or a past form, so that it is the verb of its clause."""
    word = tokens.word(place)
    return word in _AUXILIARIES - {"to"} or is_past_form(word)
