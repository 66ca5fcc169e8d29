"""Says how plainly a time expression dates what its clause reports, or that it does not date it.

The words before and after an expression decide. "Until Monday" is a limit, "the Jan. 6 attack" says
which attack is meant, and "which began on Monday" is said in passing. `rag.timeline.dating` uses
this.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from rag.dates.entry_days import told_on
from rag.records import Article, EventTime
from rag.text.calendar import MONTH, WEEKDAY
from rag.text.cancelling import is_day_called_off
from rag.text.clauses import REASONS, RELATIVES, TIME_LINKS, WITHIN_CLAUSE
from rag.text.moving import is_moved_from, is_moved_to
from rag.text.patterns import any_of
from rag.text.sentences import Span
from rag.text.speech import speech_verbs
from rag.text.verbs import is_past_form
from rag.text.words import words_of

# At this distance or more, an expression dates something that its clause only mentions.
IN_PASSING = 1.5
# How many characters around an expression are read. A sentence of any length then costs no more.
_LOOK_AROUND = 300
# The tagger takes a day or month without a year as the nearest one that fits the tense. If that is
# further off than this, the next year is as likely, because outlets continue to change an article
# after its date.
_FAR_OFF_DAYS = 270
# A day that only says which thing is meant ("the Jan. 6 attack") reports nothing new this long
# after.
_KNOWN_DAYS = 60

# The words before a day that is a limit or a comparison, before a day on which a length begins or
# ends, and before a day that the sentence itself is about, as in "made 10 November a holiday".
_LIMIT = re.compile(r"\b(?:until|till|than|before)\s+(?:(?:in|on)\s+)?$", re.I)
_LENGTH = re.compile(r"\b(?:since|by|from|through|as of)\s+(?:the\s+)?$", re.I)
_OBJECT = re.compile(
    r"\b(?:to|for|declared?|ma(?:k|d)e|call(?:ed)?|nam(?:ed|e)|mark(?:s|ed|ing)?)\s+(?:the\s+)?$",
    re.I,
)
# The words before a day that was waited for. What was planned may not have happened.
_AWAITED = re.compile(
    rf"\b(?:due|expected|scheduled|slated|proposed|set for)\b{WITHIN_CLAUSE}{{0,20}}$", re.I
)
_PLANNED = re.compile(
    r"\b(?:(?:was|were|is|are)\s+(?:due\s+|set\s+|slated\s+|scheduled\s+|expected\s+)?to|"
    r"will|would|must|should)\b",
    re.I,
)
# Verbs that tell what was so. What is denied was not.
_REPORTS = any_of(
    (speech_verbs() | frozenset("confirmed confirms reported reports revealed reveals".split()))
    - frozenset("deny denies denied".split())
)
# "Said late on Tuesday", "told the BBC on Tuesday", "in a statement on Tuesday".
_SAID = re.compile(
    rf"\b(?:{_REPORTS}|(?:told|tells)\s+(?P<hearers>(?:[\w’'.-]+\s+){{0,3}}?[\w’'.-]+)"
    rf"|(?:(?:{_REPORTS})\s+)?(?:in|at)\s+an?\s+(?:\w+\s+)?"
    r"(?:statement|interview|speech|letter|message|broadcast|briefing|conference))"
    r"\s+(?:(?:late|early|on|in|this|last|the)\s+)*$",
    re.I,
)
# "On Tuesday the army said", "the army on Tuesday said".
_SAYS_NEXT = re.compile(rf"\s+(?:also\s+)?{_REPORTS}\b", re.I)
_SAYS = re.compile(rf",?\s+(?P<speaker>(?:[\w’'.-]+\s+){{1,5}}?)(?:{_REPORTS})\b", re.I)
_FRONT = re.compile(r"\W*(?:(?:and|but|late|early|on|in)\s+)*", re.I)
# "Arrested a man over the attack on Sunday" tells the day of the attack.
_OF_A_THING = re.compile(
    r"\b(?:over|about|behind|for|against|(?:connection|connected|linked|relation|related)\s+(?:with|to)"
    r"|(?:inquir|investigat|prob)\w*\s+(?:in)?to)\s+(?:the|an?|last|that)\s+"
    r"(?P<thing>(?:[\w’'-]+\s+){1,3}?)(?:on\s+)?$",
    re.I,
)
# What follows these words, up to a comma, is said in passing: "which began", ", agreed in Moscow".
_PASSING = re.compile(
    rf"(?:\b(?:{any_of(RELATIVES | REASONS | TIME_LINKS)}|what|if|following|follow(?:s|ed))\b"
    r"|,\s+(?:\w+ed|put|held|made|set|born|begun|given|taken|sold)\b)[^,]*$",
    re.I,
)
# "The Jan. 6 attack", "a Feb. 3 post". The tagger may include "the" or "a" in the expression.
_NAMING = re.compile(r"\b(?:the|an?|his|her|its|their|our)\s+(?:\d|$)", re.I)
_NAMED = re.compile(
    r"\s+(?!(?:and|after|before|from|had|has|that|was|were|when|which|with)\b)[A-Za-z]{3}"
)
# These count from an earlier expression, which may be about something else. "The same day" is the
# day of that expression.
_CHAINED = re.compile(
    r"\b(?:later|earlier|before(?! last)|after(?! next)|following|(?<!after )next)\b", re.I
)
_SAME = re.compile(r"\bsame\b", re.I)
# In a quotation, or as in "today's prices", these mean the present age or another day.
_PRESENT = re.compile(
    r"(?:to(?:day|night)|this (?:morning|afternoon|evening)|tomorrow|yesterday)", re.I
)
_POSSESSIVE = re.compile(r"['’]s?\b")
_MONTH = re.compile(rf"\b{MONTH}\b", re.I)
_WEEKDAY = re.compile(rf"\b{WEEKDAY}\b", re.I)
_NAMES_DAY = re.compile(rf"(?<!mid)(?:day\b|night)|\d(?:st|nd|rd|th)\b|{_MONTH.pattern}", re.I)
_SAYS_YEAR = re.compile(r"\d{4}|\b(?:year|last|previous)", re.I)


def distance(time: EventTime, article: Article, clause: Span) -> float | None:
    """Return how far an expression is from the verb of its clause; None if it dates no event.

    The distance is in units of the reader's score. Its steps were chosen by what reads right on one
    archive, and no outside data with dated events has measured them.
    """
    place = _Place.of(time, article, clause)
    if _dates_nothing(place):
        return None
    chained = _CHAINED.search(place.words) is not None
    passing = _is_in_passing(place)
    if (passing or chained) and days_of(time) > 7:
        return None
    far = 0.0 if days_of(time) == 1 else 0.5 if days_of(time) <= 7 else 1.0
    far += 0.5 if place.is_possessive else 0.0
    far += 1.0 if _LENGTH.search(place.before) else 0.0
    far += 2.0 if chained else 0.0
    return far + (IN_PASSING if passing else 0.0)


def is_of_saying(time: EventTime, article: Article, clause: Span) -> bool:
    """Say whether an expression tells when something was said: "police said on Tuesday that"."""
    place = _Place.of(time, article, clause)
    if said := _SAID.search(place.before):
        return not _has_verb(said["hearers"] or "")
    if _SAYS_NEXT.match(place.after):
        return True
    says = _SAYS.match(place.after)
    return says is not None and bool(
        _FRONT.fullmatch(place.before) and not _has_verb(says["speaker"])
    )


def is_of_what_was(time: EventTime, article: Article, clause: Span) -> bool:
    """Say whether an expression may date what is said to have happened.

    What is only planned may not happen. That it was announced did, on the day of saying.
    """
    place = _Place.of(time, article, clause)
    thing = _OF_A_THING.search(place.before)
    return not place.is_ahead and (thing is None or _has_verb(thing["thing"]))


def _has_verb(text: str) -> bool:
    return any(is_past_form(word.text) for word in words_of(text) if not word.is_capitalised)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """The words of an expression, the words around it in its clause, and where it is in time."""

    time: EventTime
    words: str
    before: str
    after: str
    is_quoted: bool
    is_ahead: bool
    is_long_ago: bool

    @classmethod
    def of(cls, time: EventTime, article: Article, clause: Span) -> "_Place":
        text, published = article.text, told_on(article, time.start)
        since = published - time.last if published and time.last else timedelta()
        return cls(
            time=time,
            words=text[time.start : time.end],
            before=text[max(clause.start, time.start - _LOOK_AROUND) : time.start],
            after=text[time.end : min(clause.end, time.end + _LOOK_AROUND)],
            is_quoted=_is_quoted(text[max(0, time.start - _LOOK_AROUND) : time.start]),
            is_ahead=is_ahead(time, article),
            is_long_ago=since > timedelta(days=_KNOWN_DAYS),
        )

    @property
    def is_possessive(self) -> bool:
        """Whether the expression is a possessive, as in "Monday's vote"."""
        return _POSSESSIVE.match(self.after) is not None

    @property
    def is_awaited(self) -> bool:
        """Whether the day of the expression was waited for."""
        return _AWAITED.search(self.before) is not None

    @property
    def is_planned(self) -> bool:
        """Whether the clause of the expression reports a plan."""
        is_said = self.is_awaited or _PLANNED.search(self.before) is not None
        is_said = is_said or self.is_new_day
        # The tagger also knows plans that are told in the present: "the fair opens on Sunday".
        return is_said or (self.is_ahead and self.time.rule.endswith("future"))

    @property
    def is_new_day(self) -> bool:
        """Whether something was moved to the day of the expression, from another one."""
        return is_moved_to(self.before)

    @property
    def is_no_longer(self) -> bool:
        """Whether something was to be on the day of the expression, and will not be."""
        return is_moved_from(self.before, self.after) or is_day_called_off(self.before, self.after)

    @property
    def is_naming(self) -> bool:
        """Whether the expression only says which thing is meant."""
        determined = _NAMING.search(self.before) or _NAMING.match(self.words)
        return determined is not None and _NAMED.match(self.after) is not None


def _dates_nothing(place: _Place) -> bool:
    if _LIMIT.search(place.before) or _SAME.search(place.words) or place.is_no_longer:
        return True
    if place.is_possessive and days_of(place.time) > 1:
        return True
    if _PRESENT.fullmatch(place.words) and (place.is_possessive or place.is_quoted):
        return True
    # A day after publication must belong to a plan, and a day that was waited for must be after
    # publication.
    if place.is_ahead != place.is_planned and (place.is_ahead or place.is_awaited):
        return True
    return place.is_naming and place.is_long_ago


def _is_in_passing(place: _Place) -> bool:
    if place.is_naming or (place.is_planned and not place.is_ahead):
        return True
    is_object = _OBJECT.search(place.before) is not None and not place.is_new_day
    return is_object or _PASSING.search(place.before) is not None


def _is_quoted(text: str) -> bool:
    """Say whether a quotation that began in the last paragraph is still open at the text's end."""
    before = text[text.rfind("\n") + 1 :]
    begun = before.rfind("“") > before.rfind("”") or before.rfind("‘") > before.rfind("’")
    return begun or before.count('"') % 2 == 1


# -- an expression by itself ------------------------------------------------------------------


def days_of(time: EventTime) -> int:
    """Return how many days an expression covers; 0 if no days are known."""
    return (time.last - time.first).days + 1 if time.first and time.last else 0


def is_ahead(time: EventTime, article: Article) -> bool:
    """Say whether an expression names days after publication."""
    published = told_on(article, time.start)
    return published is not None and time.first is not None and time.first > published


def is_of_unsure_year(time: EventTime, article: Article) -> bool:
    """Say whether a day or a month may as well be of another year than the tagger chose."""
    published, words = told_on(article, time.start), article.text[time.start : time.end]
    if published is None or time.first is None:
        return False
    far_off = abs(published - time.first) > timedelta(days=_FAR_OFF_DAYS)
    return far_off and bool(_MONTH.search(words)) and not _SAYS_YEAR.search(words)


def is_weekday(time: EventTime, article: Article) -> bool:
    """Say whether only a day of the week tells which day is meant."""
    words = article.text[time.start : time.end]
    return bool(_WEEKDAY.search(words)) and not _MONTH.search(words)


def is_nearly_a_week_ago(time: EventTime, article: Article) -> bool:
    """Say whether an expression means the day six days before publication.

    In two archives of news, 17 days of the week meant that day. Ten of them were really the day
    after publication or a day of a later week, because outlets had continued to change the article.
    """
    published = told_on(article, time.start)
    return published is not None and time.first == published - timedelta(days=6)


def is_hour_alone(time: EventTime, article: Article) -> bool:
    """Say whether an expression is only an hour, such as "noon", and its day is elsewhere."""
    return time.type == "TIME" and not _NAMES_DAY.search(article.text[time.start : time.end])


def is_about_publication(time: EventTime, article: Article) -> bool:
    """Say whether an hour alone is on the day of publication or the day before.

    Otherwise it has its day from another sentence, which may be about something else.
    """
    published = told_on(article, time.start)
    if published is None or time.first is None:
        return False
    return timedelta() <= published - time.first <= timedelta(days=1)
