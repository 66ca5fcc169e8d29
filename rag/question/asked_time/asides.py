"""Tells which time expressions of a question set no filter.

They are events whose day is unknown, parts of names, and days that come every year.
"""

import re

from rag.question.asked_time.model import NEAR, Stretch
from rag.question.asked_time.publication import NEWS_AFTER
from rag.question.asked_time.relations import RELATION
from rag.question.asked_time.yearly import is_yearly
from rag.text.calendar import MONTH, SEASON, WHOLE_MONTH
from rag.text.terms import is_stop_word
from rag.text.verbs import is_base, is_past_form, is_s_form
from rag.text.words import words_of

# "Before" a court and "named after" say nothing about time.
_EVENT_PHRASE = re.compile(
    r"\b(?:before(?!\s+(?:(?:the|an?)\s+)?(?:court|congress|parliament|senate|house|judge|"
    r"committee|council|panel|tribunal|cameras?|grand)\b)"
    r"|(?<!named )(?<!look )(?<!looked )(?<!go )(?<!went )after(?!\s+all\b)"
    r"|since|until|till|prior to|ahead of|during|(?<!the )following(?=\s+(?:the|an?|his|her|its|"
    r"their)\b)|by the time|in the (?:wake|aftermath) of|in the run-up to)"
    r"\s+(?!(?:and|or|during|now|when)\b)(?=\w)[^,;:?!\n]{1,120}?"
    r"(?=\s*(?:[,;:?!\n]|\.(?:\s|$)|$)|(?:\s+(?:and|but))?\s+(?:between|before|after|since|until|"
    r"who|what|how|which)\s)",
    re.IGNORECASE,
)
# "How many days after the crash was it grounded?" asks how far apart they were. It is answered by a
# sentence that tells both.
_HOW_FAR = re.compile(
    r"\bhow\s+(?:long|soon|many\s+(?:minutes|hours|days|weeks|fortnights|months|years))\s*$",
    re.IGNORECASE,
)
# "Which mill after the vote": the words before such an event.
_WORDS_THAT_ASK = 3
_ASKS = re.compile(r"\W*(?:who|whom|which|what|where|how)\b", re.IGNORECASE)
# "Who after the crash was arrested?": the verb behind the event is that of the question.
_AUXILIARY = re.compile(r"\s+(?:was|were|did|had|is|are|has|have|will|does|do)\s", re.IGNORECASE)
_NAMES = re.compile(
    r"(?:black friday|cyber monday|super tuesday|bloody sunday|nineteen eighty-four)$",
    re.IGNORECASE,
)
_MONTH = rf"{MONTH}\.?"
# A number beside a month that `find_times` left out is not a day of that month.
_NO_SUCH_DAY = re.compile(
    rf"(?:\b\d{{1,3}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?"
    rf"|\b{_MONTH}\s+\d{{1,3}}(?:st|nd|rd|th)?,?\s+\d{{4}})$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:(?<!later )(?<!earlier )than|compared? (?:to|with)|versus|vs\.?|unlike"
    r"|before (?:and|or) after)\s+(?:(?:in|that of|those of|the|(?:it|they) (?:was|were))\s+)*$",
    re.IGNORECASE,
)
# These count from now and date the word beside them: "last year's vote", "the vote last year".
_DEICTIC = re.compile(
    r"(?:(?:the|early|earlier|late|later|mid)[\s-]+)*"
    r"(?:last|this|next|past|coming|previous|current|yester|today|tomorrow|tonight)"
    r"|.*\bago$",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"(?:\b(?:the|an?|his|her|its|their|our|my|your|each|every)|['’]s)\s+$", re.IGNORECASE
)
# One may ask about these as such ("Who invented Thanksgiving?"), but hardly about a Tuesday.
_UNDATED = re.compile(
    rf"\D*\b(?:{WHOLE_MONTH}|{SEASON}|christmas|easter|thanksgiving|halloween|ramadan|day|eve)",
    re.IGNORECASE,
)
_OPENED = re.compile(r"(?:from|between)\s", re.IGNORECASE)
_CAPITALISED = re.compile(r"\b([A-Z][\w’'-]*)\s+$")
_NEXT_WORD = re.compile(r"[\s-]{1,2}([^\W\d_]+)")
_POSSESSIVE = re.compile(r"['’](?:s\b|\s)")
_OF = re.compile(r"\b(\w{1,20})\s+of\s+(?:the\s+)?$", re.IGNORECASE)
# The year dates "the events of 2020", but it only names "the class of 2012".
_DATED_BY_OF = re.compile(
    r"(?:event|day|week|weekend|month|quarter|year|season|morning|afternoon|evening|night|hour|part|"
    r"development|article|report|headline|edition)s?|eve|end|start|beginning|middle|rest|course|"
    r"all|most|much|half|as|ahead|news|coverage|stor(?:y|ies)",
    re.IGNORECASE,
)
# Questions about what is so, or will be.
_OF_NOW = re.compile(
    r"\W*(?:(?:when|where|why|how|who|what|which(?:\s+\w+)?)\s+)?(?:will|has|have|is|are|does|do|can)\b",
    re.IGNORECASE,
)
# "the bridge that closed in", "the law passed in", "the man born in".
_CLAUSE_OF_A_NOUN = re.compile(
    r"\b(?:(?:that|which|who)\s+(?:(?:was|were|had|has)\s+)?[a-z]+"
    r"|(?:the|an?)\s+(?:\w+\s+){1,2}(?:[a-z]+ed|born|built|held|made|won|hit|shot|sold|taken|begun))"
    r"\s+(?:(?:\w+\s+)?(?:in|on|since|during)\s+(?:the\s+)?)$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s+(?:been|be|now|still|yet|today|(?:is|are|has|have|will)\b|(?!and\b|or\b|in\b|at\b)[a-z]{3,}\b)"
)


def event_phrases(question: str, stretches: list[Stretch]) -> list[tuple[int, int]]:
    """Return where events of an unknown day limit the time: "before the election of 2020"."""
    dated = {s.start: s for s in stretches if not is_aside(question, s)}
    phrases = []
    named = {place for s in stretches for place in range(s.start, s.end)}
    for phrase in _EVENT_PHRASE.finditer(question):
        if phrase.start() in named:
            continue
        inside = [dated[at] for at in range(*phrase.span()) if at in dated]
        bounds = (RELATION.search(question, max(0, s.start - NEAR), s.start) for s in inside)
        # What happened during the war in 2020 happened in 2020. What happened before that war
        # may be of any year.
        is_during = phrase.group()[:6].lower() == "during" and inside
        is_distance = _HOW_FAR.search(question, 0, phrase.start()) and not inside
        if is_during or is_distance:
            continue
        if all(b is None or b.start() > phrase.start() for b in bounds):
            phrases.append((phrase.start(), _end_of_event(question, phrase)))
    return phrases


def _end_of_event(question: str, phrase: re.Match[str]) -> int:
    """Return where the event of a phrase ends, which may stand before the question's only verb."""
    before = words_of(question[: phrase.start()])
    # Such a question begins with the words that ask: "who", "which mill", "what".
    if not before or len(before) > _WORDS_THAT_ASK or _ASKS.match(question) is None:
        return phrase.end()
    if _AUXILIARY.search(question[: phrase.start()] + " ") or any(
        is_s_form(w.text) or is_past_form(w.text) or is_base(w.text) for w in before[1:]
    ):
        return phrase.end()
    verbs = [found.start() for found in _AUXILIARY.finditer(phrase[0])]
    return phrase.start() + verbs[-1] if verbs else phrase.end()


def is_aside(question: str, stretch: Stretch) -> bool:
    """Say whether days come every year, belong to a name or a comparison, or do not exist."""
    before = question[max(0, stretch.start - NEAR) : stretch.start]
    after = question[stretch.end : stretch.end + NEAR]
    impossible = _NO_SUCH_DAY.search(before + stretch.text)
    if (impossible and impossible.start() < len(before)) or is_compared(question, stretch):
        return True
    if is_yearly(question, stretch) or _describes_a_thing(question, stretch):
        return True
    if _NAMES.fullmatch(stretch.text) or _NAMES.search(before[-10:] + stretch.text):
        return True
    if _POSSESSIVE.match(after) or NEWS_AFTER.match(after) or _DEICTIC.match(stretch.text):
        return False
    return _is_in_name(stretch.text, before, after)


def _describes_a_thing(question: str, stretch: Stretch) -> bool:
    """Say whether days only tell which thing is meant, of which the question asks what it is now.

    This is for "Will the bridge that closed in 2020 reopen?". In "Who is the man that died in
    2020?" the days are those of what is asked about.
    """
    before, after = question[: stretch.start], question[stretch.end :]
    if _OF_NOW.match(question) is None or not after.strip(" ?.!"):
        return False
    return _CLAUSE_OF_A_NOUN.search(before) is not None and _GOES_ON.match(after) is not None


def is_compared(question: str, stretch: Stretch) -> bool:
    """Say whether a question compares something with these days: "than in 2018"."""
    before = question[max(0, stretch.start - NEAR) : stretch.start]
    return _COMPARED.search(before) is not None


def _is_in_name(text: str, before: str, after: str) -> bool:
    """Say whether days only name the thing beside them: "Euro 2020", "the 2020 vote"."""
    capitalised, of = _CAPITALISED.search(before), _OF.search(before)
    if text.isdigit() and capitalised and not is_stop_word(capitalised[1]):
        return True
    if of and not _DATED_BY_OF.fullmatch(of[1]):
        return True
    is_dated = of is not None or RELATION.search(before) is not None
    if _UNDATED.fullmatch(text) and not is_dated:
        return True
    word = _NEXT_WORD.match(after)
    if word is None or is_stop_word(word[1]) or _OPENED.match(text):
        return False
    return _DETERMINER.search(before) is not None or not is_dated
