"""Builds the timeline of a topic: what happened on which day, with a citation for each entry.

A timeline uses the same search as an answer. But it takes every dated sentence of the story, where
an answer takes the best one. `storylines` says which sentences belong to the story, `dating` on
which days their events happened, and `moments` which sentences report the same event. An entry is
placed on the day that its sentence reports, not on the day of publication.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from rag.evidence.citations import cite
from rag.evidence.reader import weigh_sentences
from rag.evidence.retrieval import FoundPassage
from rag.evidence.values.corrections import Corrections
from rag.question.asked import AskedPart, in_other_words
from rag.records import Citation, TimeWindow
from rag.store.interface import Store
from rag.timeline.dating import Dated, date_sentence
from rag.timeline.moments import Moment, merge_retellings, pick_strongest
from rag.timeline.standing import noted, standing_reports, without_notes
from rag.timeline.storylines import StorySentence, find_story
from rag.timex import find_times

# How much the odds that a sentence belongs to the story count beside the reader's score.
_PER_RELEVANCE = 0.5
# An event this long before its report, if it is not asked for, must be in a sentence with most of
# the topic's words, by their weight.
_REMOTE_DAYS = 730
_REMOTE_COVERAGE = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """What happened from `first` to `last`, both included: a quote, and who else reports the same.

    `value` is the TIMEX3 value of the expression in the quote that gives the days, and of a range
    both values with a slash between them. `also` holds one citation for each other story. Copies of
    a story are in its citation and count with it. An entry is `planned` if its days were still to
    come when it was reported, and nothing was reported on a later day.
    """

    first: date
    last: date
    value: str
    citation: Citation
    also: tuple[Citation, ...] = ()
    planned: bool = False

    @property
    def sources(self) -> int:
        """How many outlets report it, without copies; an article without outlet counts as one."""
        return len({c.source or c.article_id for c in (self.citation, *self.also)})


def build_timeline(
    topic: AskedPart,
    found: Sequence[FoundPassage],
    store: Store,
    *,
    notices: Sequence[FoundPassage] = (),
    window: TimeWindow | None = None,
    most: int = 30,
) -> list[TimelineEntry]:
    """Return at most `most` entries about a topic, earliest first, each quote verified.

    `notices` are passages that may correct or withdraw what was found, beside those among it.
    `window` limits the days of the events; one that reaches across its edge is inside. The
    citations are numbered from 1 in the order of the entries.

    Raises:
        QuoteError: a quote is not at its offsets in the stored article.
    """
    moments = find_moments(
        topic,
        found,
        store.term_weights(sorted(topic.terms)),
        passages=store.manifest.passages,
        notices=notices,
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
            planned=moment.best.planned,
        )
        for moment in moments
    ]


def find_moments(
    topic: AskedPart,
    found: Sequence[FoundPassage],
    weights: Mapping[int, float],
    *,
    passages: int,
    notices: Sequence[FoundPassage] = (),
    window: TimeWindow | None = None,
    most: int = 30,
) -> list[Moment]:
    """Return the strongest moments of a topic, earliest first, without what was withdrawn.

    `weights` are the IDFs of the topic's terms in an archive of `passages` passages.
    """
    topic = in_other_words(topic, _without_times(topic.text))
    corrections = Corrections.of([*found, *notices])
    reports = standing_reports(found, corrections)
    evidence = without_notes(
        weigh_sentences(topic, reports, weights, passages=passages), corrections
    )
    story = find_story(topic, evidence, weights, passages=passages)
    dated = [
        one
        for sentence in noted(story, corrections)
        for one in date_sentence(sentence.piece, strength=_strength(sentence))
        if window or sentence.coverage >= _REMOTE_COVERAGE or not _is_remote(one)
    ]
    moments = merge_retellings(one for one in _without_past_plans(dated) if _is_within(one, window))
    return sorted(pick_strongest(moments, most), key=lambda moment: moment.best.days)


def _strength(sentence: StorySentence) -> float:
    return sentence.piece.score + _PER_RELEVANCE * sentence.relevance


def _is_remote(dated: Dated) -> bool:
    """Say whether an event was years before its report, as events told for comparison are."""
    published = dated.piece.found.article.published
    return published is not None and (published - dated.last).days > _REMOTE_DAYS


def _without_past_plans(dated: Sequence[Dated]) -> list[Dated]:
    """Return the events without plans for days on which the archive can tell what happened."""
    published = [one.piece.found.article.published for one in dated]
    latest = max((day for day in published if day), default=date.min)
    return [one for one in dated if not one.planned or one.first > latest]


def _is_within(dated: Dated, window: TimeWindow | None) -> bool:
    """Say whether a day of an event is inside the window, as a search's filter of events does."""
    since, until = (window.since, window.until) if window else (None, None)
    return (since is None or dated.last >= since) and (until is None or dated.first <= until)


def _without_times(topic: str) -> str:
    """Return a topic's words without its times, because a story seldom names its own year."""
    rest = topic
    for time in reversed(find_times(topic)):
        rest = f"{rest[: time.start]} {rest[time.end :]}"
    return rest if re.search(r"\w", rest) else topic
