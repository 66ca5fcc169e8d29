"""Evidence -> the answer a person reads: which sentences to give, in which words to frame them.

Nothing here is generated: a reply is verbatim quotes, their numbers, and fixed phrases around them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rag.dates.wording import describe_days
from rag.evidence.reader import Evidence, says_the_same
from rag.evidence.when import explain, time_of
from rag.models.vectors import mean_vector
from rag.question.asked_time import AskedTime
from rag.question.kinds import expected_kind
from rag.records import Answer, Citation, EventTime, Hit, SearchFilter

_MOST_ANSWERS = 2
_MOST_OTHERS = 3
# Reports of one event lie close in meaning or in time; measured on the sample archive.
_SAME_EVENT_COSINE = 0.5
_SAME_EVENT_DAYS = 7
# For a question about the present: this share of the best confidence is well enough to be newer.
_WELL = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Evidence about the best supported event, and about others that fit the question as well."""

    answer: list[Evidence]
    other_events: list[Evidence]


def sort_evidence(evidence: Sequence[Evidence], *, threshold: float) -> Chosen:
    """Return the evidence worth giving: copies of a sentence once, other events apart."""
    best = evidence[0]
    answer = [best]
    others: list[Evidence] = []
    for piece in evidence[1:]:
        if piece.confidence < threshold:
            continue
        if any(_is_one_source(piece, given) for given in [*answer, *others]):
            continue
        if same_event(best, piece):
            answer.append(piece)
        elif not any(same_event(other, piece) for other in others):
            others.append(piece)
    return Chosen(answer=answer[:_MOST_ANSWERS], other_events=others[:_MOST_OTHERS])


def _is_one_source(piece: Evidence, given: Evidence) -> bool:
    """Say whether two pieces are copies of one story, or say the same in nearly the same words."""
    cluster = piece.found.article.cluster
    return says_the_same(piece, given) or (cluster != "" and cluster == given.found.article.cluster)


def same_event(one: Evidence, other: Evidence) -> bool:
    """Say whether two pieces of evidence are likely about one event."""
    published, again = one.found.article.published, other.found.article.published
    far = timedelta(days=_SAME_EVENT_DAYS)
    if published and again and abs(published - again) > far:
        return False
    return _closeness(one, other) >= _SAME_EVENT_COSINE


def _closeness(one: Evidence, other: Evidence) -> float:
    """Return the cosine of the two passages' mean sentence vectors."""
    return float(mean_vector(one.found.vectors) @ mean_vector(other.found.vectors))


def newest_first(evidence: Sequence[Evidence], *, threshold: float) -> list[Evidence]:
    """Return evidence for a question about the present: of what answers it well, the newest first.

    What is much less sure than the best does not come first for being new.
    """
    if not evidence:
        return []
    least = max(threshold, _WELL * evidence[0].confidence)
    well = [piece for piece in evidence if piece.confidence >= least]
    well.sort(key=lambda piece: piece.found.article.published or date.min, reverse=True)
    return [*well, *(piece for piece in evidence if piece.confidence < least)]


def compose(
    question: str,
    *,
    best: Evidence,
    citations: tuple[Citation, ...],
    also_found: tuple[Citation, ...],
    nearest: tuple[Hit, ...],
    searched: str,
    where: SearchFilter,
) -> Answer:
    """Return the answer that gives these citations; to a when-question also the date."""
    lines = [_quoted(citation) for citation in citations]
    when = time_of(best, question) if expected_kind(question) == "when" else None
    short = _short(citations[0], when)
    follows = explain(when, best.found.article) if when else ""
    if follows:
        lines[0] = f"{follows}. {lines[0]}"
    if also_found:
        # Several events fit the question: say which one this is, and name the others.
        lines[0] = f"{_named(citations[0])}: {lines[0]}"
        lines.append("Also found:")
        lines += [f"{_named(citation)}: {_quoted(citation)}" for citation in also_found]
    return Answer(
        question=question,
        status="answered",
        text="\n".join(lines),
        citations=citations,
        also_found=also_found,
        nearest=nearest,
        time_window=where.window or where.events,
        confidence=best.confidence,
        searched=searched,
        when=when,
        when_follows=follows,
        short=short,
    )


def decline(
    question: str,
    evidence: Sequence[Evidence],
    *,
    nearest: tuple[Hit, ...],
    searched: str,
    where: SearchFilter,
) -> Answer:
    """Return the answer that the archive does not say, with what came nearest."""
    text = f"The archive does not say. Searched: {searched}."
    return Answer(
        question=question,
        status="not_in_archive",
        text=text if nearest else f"{text} Nothing there matches.",
        nearest=nearest,
        time_window=where.window or where.events,
        confidence=evidence[0].confidence if evidence else 0.0,
        searched=searched,
    )


def join_answers(question: str, answers: Sequence[Answer]) -> Answer:
    """Return one answer to a question of several parts, of which each has its own."""
    given = [answer for answer in answers if answer.status == "answered"]
    nearest = {(hit.article_id, hit.start): hit for answer in answers for hit in answer.nearest}
    if not given:
        return replace(answers[0], question=question, nearest=tuple(nearest.values()))
    dated = next((answer for answer in given if answer.when), given[0])
    return replace(
        given[0],
        question=question,
        text="\n".join(
            f"{answer.question} {answer.text if answer in given else 'The archive does not say.'}"
            for answer in answers
        ),
        citations=tuple(citation for answer in given for citation in answer.citations),
        also_found=tuple(citation for answer in given for citation in answer.also_found),
        nearest=tuple(nearest.values()),
        confidence=min(answer.confidence for answer in given),
        when=dated.when,
        when_follows=dated.when_follows,
        short="; ".join(answer.short for answer in given if answer.short),
    )


def describe_search(articles: int, where: SearchFilter, asked: AskedTime) -> str:
    """Return in words which part of the archive a question was put to, and what it left unread."""
    words = f"{articles:,} article{'' if articles == 1 else 's'}"
    if where.window:
        words += f", published {where.window}"
    if where.events:
        words += f", for what happened {where.events}"
    if where.as_of:
        words += f", as they were published by {where.as_of}"
    if where.sources is not None:
        words += f", from {', '.join(where.sources) or 'no outlet'}"
    if asked.unresolved:
        unread = ", ".join(f"“{text}”" for text in asked.unresolved)
        words += f"; {unread} did not restrict it"
    return words


def _quoted(citation: Citation) -> str:
    return f"“{' '.join(citation.quote.split())}” [{citation.number}]"


def _short(citation: Citation, when: EventTime | None) -> str:
    """Return the few words that answer: the day to a when-question, else what the reader marked."""
    if when and when.first and when.last:
        return describe_days(when.first, when.last)
    if citation.highlight is None:
        return ""
    start, end = citation.highlight
    return " ".join(citation.quote[start:end].split())


def _named(citation: Citation) -> str:
    """Return what tells one event from another: the headline and the day."""
    title = citation.title or citation.source or citation.article_id
    return f"{title} ({citation.published:%-d %B %Y})" if citation.published else title
