"""Finds where a question has the like of what a follow-up names: a name, a noun, a plural.

`contrast.py` puts it there.
"""

import re
from itertools import zip_longest

from rag.question.contrast_named import NAME, PREPOSITION, Named
from rag.question.contrast_times import times_in
from rag.question.contrast_where import can_be_place, says_where
from rag.question.frames import NAMES_A_THING
from rag.question.kinds import AUXILIARY, QUESTION_WORD, expected_kind
from rag.text.sentences import Span
from rag.text.verbs import is_base, is_past_form

# "The tunnel at Harlow", "the one in Harlow".
PLACED = re.compile(rf"(?P<noun>[a-z]+)(?P<where>\s+(?:in|at|on|near)\s+(?:the\s+)?{NAME.pattern})")
# What is in a town may be on an island.
OF_PLACE = frozenset({"in", "on", "at"})
ARTICLE = re.compile(r"\bthe\s+$", re.IGNORECASE)
# "The Denholt mill" keeps its article when it becomes "the Ulsby mill".
NOUN_BEHIND = re.compile(rf"\s+(?!(?:{PREPOSITION}|is|are|was|were|has|have|had)\b)[a-z]")
ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth)\b", re.IGNORECASE)
_NOUN = re.compile(r"[a-z]+(?: (?!(?:says?|said)\b)[a-z]+)?")
# "The coroner", not "the coroner of the county" or "the flood waters".
_DETERMINED = re.compile(r"\bthe\s+(?P<noun>[a-z]+)(?=\s*(?:$|[?.,]|\b(?:say|said|think|claim)))")
# "Portland, Oregon", "Hale, the mayor," and "the mayor, Hale,".
_BELONGS_BEHIND = re.compile(
    rf",\s+(?:{NAME.pattern}(?=\s*(?:$|[?.,]))|(?:the|an?|his|her|its|their|who|which)\s[^,?]+,)"
)
_BELONGS_BEFORE = re.compile(r"\b(?:the|an?|his|her|its|their)\s+[a-z]+(?:\s+[a-z]+)?,\s+$")
_NAME_BEHIND = re.compile(rf"\s+{NAME.pattern}")
# What stands behind these has a part in more than its own words: "between Orr and Holm", "how many
# British troops", "the cable to the mainland", "the man who saw the fire".
_HANGS_ON = re.compile(
    rf"\b(?:between\b(?:(?!\b(?:{PREPOSITION})\b)[^,?])*"
    rf"|(?:how\s+(?:many|much)|which|what)\s+)$",
    re.IGNORECASE,
)
# "Denholt mill", "local election" and "Hale's wife", of which another is asked about.
_OF_SEVERAL = re.compile(rf"(?:(?P<owner>{NAME.pattern}['’]s?)|[\w’'. -]+?) (?P<noun>[a-z]+)")
_NOUN_HANGS_ON = re.compile(
    rf"\bthe\s+[a-z]+\s+(?:{PREPOSITION})\s+$|(?<=\w)(?<!\bit)\s+(?:who|which|that)\s[^,?]*$"
)
# "In the end" says when or how, and is not the like of "in the mill".
_SAYS_WHEN = re.compile(
    r"(?:end|start|beginning|meantime|meanwhile|interim|past|future|moment|time|whole|contrary|way"
    r"|process|(?:first|last)\s+place|(?:same|first|last|mean)\s+time|other\s+hand"
    r"|(?:long|short|medium)\s+(?:run|term))",
    re.IGNORECASE,
)
# "Teenagers" and "young women": a kind of people or things, with no article.
_MANY = re.compile(r"(?:[a-z]+ )?(?:people|women|men|children|[a-z]{2,}(?<!s)s)")
# Who is meant is known from the turns before; a name can take the place.
PRONOUN = re.compile(r"\b(?:he|she|they|him|them)\b", re.IGNORECASE)
_SUBJECT = re.compile(rf"\b(?P<verb>{AUXILIARY})\s+the\s+(?P<noun>(?-i:[a-z]+))", re.IGNORECASE)
# What stands after the first verb, where a question has its subject.
_SUBJECT_BEHIND = re.compile(
    rf"\b(?P<verb>{AUXILIARY})\s+(?P<words>(?P<article>(?:the|an?)\s+)?(?:\w+ly\s+|(?:also|not)\s+)?"
    r"(?P<word>[\w’'-]+))",
    re.IGNORECASE,
)
_OF_BEING = re.compile(r"is|are|was|were|has|have|had", re.IGNORECASE)
# Words with nothing but spaces between them.
_RUN = re.compile(r"[\w’'-]+(?: [\w’'-]+){0,5}")
_FUNCTION = re.compile(
    rf"{PREPOSITION}|{AUXILIARY}|the|an?|and|or|than|as|who|which|that|whose|not", re.IGNORECASE
)
_DETERMINERS = frozenset(
    "his her its their our your my this these those all any some no both each every".split()
)
OPENING = re.compile(
    rf"^\W*(?:(?:{PREPOSITION})\s+)?(?:{QUESTION_WORD}|{AUXILIARY})\b", re.IGNORECASE
)
# Besides dates, amounts and `NAMES_A_THING`, these name what is asked, and not who or what did it.
_NAMES_AN_ANSWER = re.compile(
    r"(?:\w+ )*(?:motives?|verdicts?|sentences?|damage|details?|rest|others?|dead|missing)"
)


def place_of(named: Named, body: str) -> Span | None:
    """Return where a question has the like of what is named, if it has one such."""
    if another := _place_of_another(named, body):
        return another
    place = _place_of_kind(named, body)
    if place is None or _HANGS_ON.search(body, 0, place.start):
        return None
    if not (named.article and _NOUN.fullmatch(named.words)):
        return place
    if not named.preposition and _NOUN_HANGS_ON.search(body, 0, place.start):
        return None
    old = body[place.start : place.end].removeprefix("the ")
    # "And the cause?" after "When did the ferry sink?" asks something new.
    is_alike = _names_an_answer(named.words) == _names_an_answer(old)
    # "The injured" are no place: "How many died in the crash?"
    last = named.words.split()[-1]
    is_of_people = is_past_form(last) and not is_base(last)
    is_behind = _preposition_before(body, place) in OF_PLACE
    return place if is_alike and not (is_of_people and is_behind) else None


def _names_an_answer(words: str) -> bool:
    """Say whether a noun names what a question may ask for: "cost", "date", "motive"."""
    is_told = expected_kind(f"What was the {words}?") in ("when", "number")
    is_thing = NAMES_A_THING.fullmatch(f"the {words}") or _NAMES_AN_ANSWER.fullmatch(words)
    return is_told or is_thing is not None


def _place_of_kind(named: Named, body: str) -> Span | None:
    """Return where a question has a name for a name, a noun for a noun, an ordinal for another."""
    if ORDINAL.fullmatch(named.words):
        return only_of([Span(*found.span()) for found in ORDINAL.finditer(body)])
    if NAME.fullmatch(named.words):
        return _place_of_name(named, body)
    is_noun = _NOUN.fullmatch(named.words) is not None
    if named.preposition and is_noun and not named.article:
        return _place_behind(named, _places_of_many(named, body), body)
    place: Span | None = None
    if PLACED.fullmatch(named.words):
        place = _place_of_name(named, body)
    elif not (is_noun and named.article.lower().startswith("the")):
        return None
    elif places := [Span(*found.span()) for found in _DETERMINED.finditer(body)]:
        is_behind = bool(named.preposition)
        return _place_behind(named, places, body) if is_behind else _place_of_noun(places, body)
    # Whoever does something has no preposition.
    return place or (None if named.preposition else _subject_of(body))


def _place_of_another(named: Named, body: str) -> Span | None:
    """Return where a question has the noun of what is named, said of another: "the Holm mill"."""
    found = _OF_SEVERAL.fullmatch(named.words)
    if found is None or not (found["owner"] or named.article.lower().startswith("the")):
        return None
    said = rf"(?:\s+(?!(?:{_FUNCTION.pattern})\b)[\w’'-]+){{1,3}}?"
    first = rf"{NAME.pattern}['’]s?" if found["owner"] else rf"\bthe{said}"
    noun = rf"\s+{re.escape(found['noun'])}(?![\w-])"
    return only_of([Span(*place.span()) for place in re.finditer(first + noun, body)])


def _place_behind(named: Named, places: list[Span], body: str) -> Span | None:
    """Return the only place of several that has the same preposition before it."""
    if _SAYS_WHEN.fullmatch(named.words):
        return None
    stand = [_preposition_before(body, place) for place in places]
    alike = [p for p, word in zip(places, stand, strict=True) if word == named.preposition]
    return only_of(alike or _where(named, places, body))


def _places_of_many(named: Named, body: str) -> list[Span]:
    """Return where a question has "in adults", if nothing more belongs to the adults."""
    if not _is_many(named.words):
        return []
    pattern = (
        rf"\b{named.preposition}\s+({_MANY.pattern})(?=\s*(?:$|[?.,!])|\s+(?:{PREPOSITION})\b)"
    )
    return [Span(*found.span(1)) for found in re.finditer(pattern, body) if _is_many(found[1])]


def _is_many(words: str) -> bool:
    """Say whether words are a plural with no article: "teenagers", not "his plans"."""
    first, *_ = words.split()
    is_led = bool(_FUNCTION.fullmatch(first)) or first in _DETERMINERS
    return _MANY.fullmatch(words) is not None and not is_led


def _place_of_noun(places: list[Span], body: str) -> Span | None:
    """Return the only "the bill" of a question, if no subject comes before it.

    After "Did the Senate pass the bill?", "the president" may be meant in place of either.
    """
    place = only_of(places)
    subject = _SUBJECT_BEHIND.search(body)
    if place is None or subject is None or subject.start("words") >= place.start:
        return place
    first = subject["word"]
    is_of_being = _OF_BEING.fullmatch(subject["verb"]) is not None
    is_verb = is_past_form(first) if is_of_being else is_base(first)
    is_subject = not (is_verb or _FUNCTION.fullmatch(first) or first.endswith("ing"))
    return None if is_subject or subject["article"] else place


def _subject_of(body: str) -> Span | None:
    """Return where a question has "the police" after its first verb: "What did the police find?".

    After "did" a base form ends the noun, and after "was" a participle. If another verb follows it,
    it may be part of the noun, as in "the fire station close".
    """
    found = _SUBJECT.search(body)
    if found is None:
        return None
    ends = is_past_form if _OF_BEING.fullmatch(found["verb"]) else is_base
    first = last = found.start("noun")
    run = _RUN.match(body, first)
    words = list(re.finditer(r"\S+", run[0])) if run else []
    for word, after in zip_longest(words[1:], words[2:]):
        is_verb = ends(word[0])
        if word[0] in ("and", "or") or (is_verb and after is not None and ends(after[0])):
            return None
        if is_verb or _FUNCTION.fullmatch(word[0]) or not word[0].islower():
            break
        last = first + word.end()
    end = max(last, found.end("noun"))
    # "The mayor Anna Reiss" is one person.
    named = _NAME_BEHIND.match(body, end)
    end = named.end() if named else end
    return Span(first - len("the "), end)


def times_of(body: str) -> dict[Span, str]:
    """Return where a question names times, but not those in a name: "the Sunday Mirror"."""
    names = [Span(*found.span()) for found in NAME.finditer(body)]
    return {
        time: sort
        for time, sort in times_in(body).items()
        if not any(name != time and _is_within(time, name) for name in names)
    }


def _place_of_name(named: Named, body: str) -> Span | None:
    """Return where a question has another name, or a pronoun if it has none.

    Of several names it is the only one after the same preposition, or else with none before it.
    """
    opening = OPENING.match(body)
    times = times_of(body)
    found_names = NAME.finditer(body, opening.end() if opening else 0)
    spans = [Span(found.start(), found.end()) for found in found_names]
    names = [name for name in spans if not any(_is_within(name, time) for time in times)]
    whole = [_with_what_belongs(name, body) for name in names]
    names = [w for w in whole if not any(w != o and _is_within(w, o) for o in whole)]
    if not names:
        pronoun = only_of([Span(*found.span()) for found in PRONOUN.finditer(body)])
        return None if named.preposition else pronoun
    if named.preposition:
        # In "in the Holm fire" it is the fire that something is in.
        names = [name for name in names if not _describes(name, body)]
    stand = [_preposition_before(body, name) for name in names]
    if named.preposition != "about":
        # After "What did Hale say about Orr?", "What about Porter?" may mean either.
        stand = ["" if word == "about" else word for word in stand]
    alike = [name for name, word in zip(names, stand, strict=True) if word == named.preposition]
    alike = alike or _where(named, names, body)
    # "How much will the Harl bridge cost, according to Quayle?" may be asked of another mayor.
    is_clear = len(names) == 1 or "according to" not in body.lower()
    if alike and is_clear:
        return only_of(alike)
    place = only_of(names)
    if named.preposition or place is None:
        return None
    old = body[place.start : place.end]
    is_where = says_where(_preposition_before(body, place), old)
    return None if is_where and not can_be_place(named.words, old) else place


def _with_what_belongs(name: Span, body: str) -> Span:
    """Return where a name stands with what only says more of it."""
    if behind := _BELONGS_BEHIND.match(body, name.end):
        return Span(name.start, behind.end())
    before = _BELONGS_BEFORE.search(body, 0, name.start)
    is_aside = before is not None and body.startswith(",", name.end)
    return Span(before.start(), name.end + 1) if before and is_aside else name


def _where(named: Named, spans: list[Span], body: str) -> list[Span]:
    """Return where a question says where something was, if what is named says so too.

    What is on an island may be in a town, but an attack on a town is not in it.
    """
    if not says_where(named.preposition, named.words):
        return []
    return [
        span
        for span in spans
        if says_where(_preposition_before(body, span), body[span.start : span.end])
    ]


def _describes(name: Span, body: str) -> bool:
    is_determined = ARTICLE.search(body, 0, name.start) is not None
    return is_determined and NOUN_BEHIND.match(body, name.end) is not None


def _preposition_before(body: str, name: Span) -> str:
    found = re.search(rf"\b(about|{PREPOSITION})\s+(?:the\s+)?$", body[: name.start], re.IGNORECASE)
    return found[1].lower() if found else ""


def _is_within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def only_of(places: list[Span]) -> Span | None:
    """Return the place that there is, if there is only one."""
    return places[0] if len(places) == 1 else None
