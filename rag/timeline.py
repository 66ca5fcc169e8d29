"""Passages found for a topic -> its timeline: what happened on which day, each entry cited.

Beside the answer in the line: the same retrieval and the same reader, but every dated sentence of
the story counts rather than the best one. An entry stands on the day its sentence tells of, not on
the day of publication; those who tell the same of the same time share one entry.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from rag.citations import cite
from rag.reader import SIGNALS, Evidence, weigh_sentences
from rag.records import Citation, EventTime, TimeWindow
from rag.retrieval import Found, Question
from rag.sentences import Span
from rag.store.model import Store, mean_vector
from rag.timex import find_times

# A longer span says too little about when; the longest month is the limit.
_LONGEST_DAYS = 31
# A passage with this share of the topic's weight, and a sentence this close to it in meaning, is on
# it. Of twelve topics on the sample, a story's passages have .50 to 1 and .23 to .79, others mostly
# under .50, such as the plainer of two words; what names the topic by the way still gets in.
_ON_TOPIC = 0.5
_ALIKE = 0.2
# A story goes on in passages that no longer name it, if they lie this close to two that do and come
# out at about that time. On the sample those have .68 to .75, other stories of that time up to .59.
_SAME_STORY_COSINE = 0.6
_SAME_STORY_DAYS = 60
# Sentences of the same days this close in meaning tell of the same event. On the sample, four of
# six pairs that do have .53 to .72, and others at most .51. With what is told in passing, which is
# shown beneath an entry only, nine pairs that do have .36 to .59, and others at most .34.
_SAME_EVENT_COSINE = 0.52
_SAME_PASSING_COSINE = 0.35
# An entry gains this with each further story that tells it, in units of the reader's score.
_PER_SOURCE = 1.0
# And loses this with each stronger one of its days, so that many days are told of before much is.
_PER_CROWD = 1.0

_SIMILARITY = SIGNALS.index("similarity")
_COVERAGE = SIGNALS.index("passage_coverage")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """What happened from `first` to `last`, both included: a quote, and who else tells the same.

    `value` is TIMEX3's for the quote's expression that gives the days. `also` holds one citation
    for each further story; the copies of a story are in its citation and count with it.
    """

    first: date
    last: date
    value: str
    citation: Citation
    also: tuple[Citation, ...] = ()

    @property
    def sources(self) -> int:
        """How many outlets tell it, copies left out; of no known outlet, an article is one."""
        return len({c.source or c.article_id for c in (self.citation, *self.also)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A sentence and the days it tells of; `aside` says that it only mentions them in passing."""

    piece: Evidence
    first: date
    last: date
    value: str
    strength: float
    aside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Sentences that tell the same of the same time, one a story, the best first."""

    told: tuple[Dated, ...]

    @property
    def best(self) -> Dated:
        """The sentence to quote."""
        return self.told[0]

    @property
    def strength(self) -> float:
        """How much it belongs into the timeline: its best sentence, and how many tell it."""
        return self.best.strength + _PER_SOURCE * (len(self.told) - 1)


def build_timeline(
    question: Question,
    found: Sequence[Found],
    store: Store,
    *,
    window: TimeWindow | None = None,
    most: int = 30,
) -> list[TimelineEntry]:
    """Return at most `most` entries about a topic, earliest first, each quote verified.

    `window` are days of the events. The citations are numbered from 1 in the order of the entries.

    Raises:
        QuoteError: a quote is not at its offsets in the stored article.
    """
    moments = find_moments(
        question,
        found,
        store.term_weights(question.terms.indices),
        passages=store.manifest.passages,
        window=window,
        most=most,
    )
    citations = iter(cite([dated.piece for m in moments for dated in m.told], store))
    return [
        TimelineEntry(
            first=moment.best.first,
            last=moment.best.last,
            value=moment.best.value,
            citation=next(citations),
            also=tuple(islice(citations, len(moment.told) - 1)),
        )
        for moment in moments
    ]


def find_moments(
    question: Question,
    found: Sequence[Found],
    weights: Mapping[int, float],
    *,
    passages: int,
    window: TimeWindow | None = None,
    most: int = 30,
) -> list[Moment]:
    """Return the strongest moments of a topic, earliest first.

    `weights` are the IDFs of the topic's terms in an archive of so many `passages`.
    """
    topic = replace(question, text=_without_times(question.text))
    evidence = weigh_sentences(topic, found, weights, passages=passages)
    dated = [one for piece in _of_story(evidence) for one in date_sentence(piece)]
    dated = [one for one in dated if _is_within(one, window)]
    return sorted(
        _strongest(_merge(dated), most), key=lambda moment: (moment.best.first, moment.best.last)
    )


def _strongest(moments: Iterable[Moment], most: int) -> list[Moment]:
    crowds: Counter[tuple[date, date]] = Counter()
    ranked = []
    for moment in sorted(moments, key=lambda moment: -moment.strength):
        days = (moment.best.first, moment.best.last)
        ranked.append((moment.strength - _PER_CROWD * crowds[days], moment))
        crowds[days] += 1
    return [moment for _, moment in sorted(ranked, key=lambda pair: -pair[0])[:most]]


def _is_within(dated: Dated, window: TimeWindow | None) -> bool:
    """Say whether all days of an event are in the window."""
    since, until = (window.since, window.until) if window else (None, None)
    return (since is None or dated.first >= since) and (until is None or dated.last <= until)


def _without_times(topic: str) -> str:
    """Return a topic's words without its times: a story seldom names its own year."""
    rest = topic
    for time in reversed(find_times(topic)):
        rest = f"{rest[: time.start]} {rest[time.end :]}"
    return rest if re.search(r"\w", rest) else topic


def _of_story(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the sentences of the passages on the topic, and of those that go on with its story."""
    passages = {id(piece.found): piece.found for piece in evidence}
    vectors = {key: mean_vector(found.vectors) for key, found in passages.items()}
    alike = {id(p.found) for p in evidence if p.signals[_SIMILARITY] >= _ALIKE}
    named = {id(p.found) for p in evidence if p.signals[_COVERAGE] >= _ON_TOPIC} & alike
    story = set(named)
    for key, found in passages.items():
        closeness = sorted((float(vectors[key] @ vectors[other]) for other in named), reverse=True)
        goes_on = len(closeness) > 1 and closeness[1] >= _SAME_STORY_COSINE
        if goes_on and any(_is_near(found, passages[other]) for other in named):
            story.add(key)
    return [piece for piece in evidence if id(piece.found) in story]


def _is_near(one: Found, other: Found) -> bool:
    published, again = one.article.published, other.article.published
    if published is None or again is None:
        return False
    return abs(published - again) <= timedelta(days=_SAME_STORY_DAYS)


# -- which expression dates a sentence --------------------------------------------------------

# "MOSCOW, Oct 10 (Agency) —": where and when it was filed.
_DATELINE = re.compile(r"\s*[A-Z][^\n!?]{0,58}[,(] ?")
_AFTER_DATELINE = re.compile(r"[.,]?\)?\s*(?:\([^)\n]{1,40}\)\s*)?(?:—|–|--|-)\s")
# Between these, each with a verb of its own, a sentence tells of more than one event.
_NEXT_CLAUSE = re.compile(r",\s+(?:and|but|then)\s+|;\s+")
# Before a day that is a limit or a comparison; before one at which a length begins or ends; before
# one that is itself what the sentence is about, as in "made 10 November a holiday".
_LIMIT = re.compile(
    r"\b(?:until|till|than|before|due|expected|scheduled)\s+(?:(?:in|on)\s+)?$", re.I
)
_LENGTH = re.compile(r"\b(?:since|by|from|through|as of)\s+(?:the\s+)?$", re.I)
_OBJECT = re.compile(
    r"\b(?:to|for|declared?|ma(?:k|d)e|call(?:ed)?|nam(?:ed|e)|mark(?:s|ed|ing)?)\s+(?:the\s+)?$",
    re.I,
)
# What comes after these, up to a comma, is told in passing: "which began", ", agreed in Moscow".
_PASSING = re.compile(
    r"(?:\b(?:who|whom|whose|which|what|where|after|since|because|although|though|before|if|"
    r"following|follow(?:s|ed))|,\s+(?:\w+ed|put|held|made|set|born|begun|given|taken|sold))\b"
    r"[^,]*$",
    re.I,
)
# What was planned need not have come about.
_PLANNED = re.compile(r"\b(?:(?:was|were|is|are)\s+(?:due\s+)?to|will|would|must|should)\b", re.I)
# These count from an expression before, which may be about something else.
_CHAINED = re.compile(r"\b(?:later|earlier|before|after|same|following|next)\b", re.I)
_POSSESSIVE = re.compile(r"['’]s?\b")
_NAMES_DAY = re.compile(
    r"(?<!mid)(?:day\b|night)|\d(?:st|nd|rd|th)\b|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.I,
)


def date_sentence(piece: Evidence) -> list[Dated]:
    """Return the events of a sentence with their days; none if it has no date of its own.

    Each clause has the days of one expression: one of its main part before one told in passing, a
    day before a month, then the first. A clause about a day after publication is a plan, no event.
    A dateline counts where there is nothing else, an hour alone where no day is named.
    """
    times = [time for time in piece.found.hit.times if _is_inside(time, piece.span)]
    times = [time for time in times if _is_day(time)]
    filed = [time for time in times if _is_dateline(time, piece)]
    told = [time for time in times if time not in filed]
    hours = [time for time in told if _is_hour_alone(time, piece.found)]
    days = [time for time in told if time not in hours]
    usable = days or [time for time in hours if _is_about_publication(time, piece.found)]
    dated = [one for clause in _clauses(piece) for one in _date_clause(piece, clause, usable)]
    if not told and filed:
        dated = [_dated(piece, filed[0], distance=_IN_PASSING - 0.5)]
    main = [one for one in dated if not one.aside] or dated
    return list({(one.first, one.last): one for one in reversed(main)}.values())[::-1]


def _clauses(piece: Evidence) -> Iterator[Span]:
    start = piece.span.start
    for found in _NEXT_CLAUSE.finditer(piece.found.article.text, start, piece.span.end):
        yield Span(start, found.end())
        start = found.end()
    yield Span(start, piece.span.end)


def _date_clause(piece: Evidence, clause: Span, times: Iterable[EventTime]) -> list[Dated]:
    """Return the clause with the days of its best expression, if that dates an event."""
    text = piece.found.article.text
    ranked = []
    for time in times:
        if _is_inside(time, clause):
            distance = _distance(time, text, clause.start)
            if distance is not None:
                ranked.append((distance, time.start, time))
    if not ranked:
        return []
    distance, _, time = min(ranked)
    return [] if _is_plan(time, piece.found) else [_dated(piece, time, distance=distance)]


def _dated(piece: Evidence, time: EventTime, *, distance: float) -> Dated:
    assert time.first is not None
    assert time.last is not None
    return Dated(
        piece=piece,
        first=time.first,
        last=time.last,
        value=time.value,
        strength=piece.score - distance,
        aside=distance >= _IN_PASSING,
    )


# From this distance on, an expression dates something that its clause only mentions.
_IN_PASSING = 1.5
# So many characters before an expression are read, so that a text without an end costs no more.
_LOOK_BACK = 300


def _distance(time: EventTime, text: str, start: int) -> float | None:
    """Return how far an expression is from the verb of its clause, which begins at `start`.

    None says that it dates no event. In units of the reader's score, set on the sample archive.
    """
    before = text[max(start, time.start - _LOOK_BACK) : time.start]
    words = text[time.start : time.end]
    is_possessive = _POSSESSIVE.match(text, time.end) is not None
    if _LIMIT.search(before) or (is_possessive and _days(time) > 1):
        return None
    chained = _CHAINED.search(words) is not None
    passing = any(pattern.search(before) for pattern in (_PASSING, _PLANNED, _OBJECT))
    if (passing or chained) and _days(time) > 7:
        return None
    distance = 0.0 if _days(time) == 1 else 0.5 if _days(time) <= 7 else 1.0
    distance += 0.5 if is_possessive else 0.0
    distance += 1.0 if _LENGTH.search(before) else 0.0
    distance += 2.0 if chained else 0.0
    return distance + (_IN_PASSING if passing else 0.0)


def _days(time: EventTime) -> int:
    """Return how many days an expression covers, 0 if none are known."""
    return (time.last - time.first).days + 1 if time.first and time.last else 0


def _is_inside(time: EventTime, span: Span) -> bool:
    return span.start <= time.start and time.end <= span.end


def _is_day(time: EventTime) -> bool:
    """Say whether an expression names a day, or so few that an event can be put there."""
    return time.type in ("DATE", "TIME") and 0 < _days(time) <= _LONGEST_DAYS


def _is_plan(time: EventTime, found: Found) -> bool:
    published = found.article.published
    return published is not None and time.first is not None and time.first > published


def _is_dateline(time: EventTime, piece: Evidence) -> bool:
    text = piece.found.article.text
    place = _DATELINE.fullmatch(text[: time.start]) if time.start < 80 else None
    return place is not None and _AFTER_DATELINE.match(text, time.end) is not None


def _is_hour_alone(time: EventTime, found: Found) -> bool:
    """Say whether an expression is an hour, such as "noon", whose day must stand elsewhere."""
    return time.type == "TIME" and not _NAMES_DAY.search(found.article.text[time.start : time.end])


def _is_about_publication(time: EventTime, found: Found) -> bool:
    """Say whether an hour alone is of the day of publication or the one before.

    Else it has its day from another sentence, which may be about something else.
    """
    published = found.article.published
    if published is None or time.first is None:
        return False
    return timedelta() <= published - time.first <= timedelta(days=1)


# -- the same event told again ----------------------------------------------------------------


def _merge(dated: Iterable[Dated]) -> list[Moment]:
    """Return the events, each once: retellings with the strongest, one a story.

    What is only told in passing supports what is told of the same days, and stands alone only on
    days of which nothing else is told.
    """
    groups: list[list[Dated]] = []
    for one in sorted(dated, key=lambda one: (one.aside, -one.strength)):
        same_days = [g for g in groups if (g[0].first, g[0].last) == (one.first, one.last)]
        group = next((g for g in same_days if any(_tells_the_same(t, one) for t in g)), None)
        if group is None and not (one.aside and same_days):
            groups.append([one])
        elif group is not None and not any(_is_one_story(one, told) for told in group):
            group.append(one)
    return [Moment(told=tuple(group)) for group in groups]


def _tells_the_same(told: Dated, one: Dated) -> bool:
    least = _SAME_PASSING_COSINE if one.aside else _SAME_EVENT_COSINE
    return float(told.piece.vector @ one.piece.vector) >= least


def _is_one_story(one: Dated, other: Dated) -> bool:
    """Say whether two sentences are of one article or of copies of one."""
    article, told = one.piece.found.article, other.piece.found.article
    return article.id == told.id or (article.cluster != "" and article.cluster == told.cluster)
