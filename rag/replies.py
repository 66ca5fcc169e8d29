"""Makes the answer that a person reads, from citations and fixed phrases around the quotes.

No text is generated here. To give an answer another field, add it to `Answer` and set it here.
"""

from collections.abc import Sequence
from dataclasses import replace

from rag.dates.wording import describe_days
from rag.evidence.reader import Evidence
from rag.evidence.when import Explained, explain, time_of
from rag.question.asked import AskedPart, AskedQuestion
from rag.records import NOT_SAID, Answer, AnswerPart, Citation, EventTime, Hit


def compose(
    part: AskedPart,
    asked: AskedQuestion,
    *,
    best: Evidence,
    citations: tuple[Citation, ...],
    also_found: tuple[Citation, ...],
    nearest: tuple[Hit, ...],
    searched: str,
) -> Answer:
    """Return the answer with these citations; for a when-question also with the date."""
    lines = [_quoted(citation) for citation in citations]
    when = time_of(best, part) if part.kind == "when" else None
    explained = explain(when, best.found.article) if when else Explained()
    if explained.day:
        lines[0] = f"{explained}. {lines[0]}"
    if also_found:
        # If several events fit the question, say which one this is, and name the others.
        lines[0] = f"{_named(citations[0])}: {lines[0]}"
        lines.append("Also found:")
        lines += [f"{_named(citation)}: {_quoted(citation)}" for citation in also_found]
    return Answer(
        question=part.shown,
        status="answered",
        text="\n".join(lines),
        citations=citations,
        also_found=also_found,
        nearest=nearest,
        time_window=asked.where.window or asked.where.events,
        confidence=best.confidence,
        searched=searched,
        when=when,
        when_day=explained.day,
        when_follows=explained.follows,
        short=_short(citations[0], when),
    )


def decline(
    part: AskedPart,
    asked: AskedQuestion,
    evidence: Sequence[Evidence],
    *,
    nearest: tuple[Hit, ...],
    searched: str,
) -> Answer:
    """Return the answer that the archive does not say, with the nearest passages."""
    text = f"{NOT_SAID} Searched: {searched}."
    return Answer(
        question=part.shown,
        status="not_in_archive",
        text=text if nearest else f"{text} Nothing there matches.",
        nearest=nearest,
        time_window=asked.where.window or asked.where.events,
        confidence=evidence[0].confidence if evidence else 0.0,
        searched=searched,
    )


def join_answers(asked: AskedQuestion, answers: Sequence[Answer]) -> Answer:
    """Return the answer to a question from the answers to its parts."""
    joined = answers[0] if len(answers) == 1 else _joined(answers)
    understood = asked.understood if asked.understood != asked.text else ""
    return replace(
        joined,
        question=asked.text,
        understood=understood,
        carried=asked.carried,
        parts=tuple(_part(answer) for answer in answers) if len(answers) > 1 else (),
    )


def _part(answer: Answer) -> AnswerPart:
    numbers = tuple(citation.number for citation in answer.citations)
    return AnswerPart(question=answer.question, status=answer.status, citations=numbers)


def _joined(answers: Sequence[Answer]) -> Answer:
    """Return one answer made from those of several parts."""
    given = [answer for answer in answers if answer.status == "answered"]
    nearest = {(hit.article_id, hit.start): hit for answer in answers for hit in answer.nearest}
    if not given:
        return replace(answers[0], nearest=tuple(nearest.values()))
    dated = next((answer for answer in given if answer.when), given[0])
    return replace(
        given[0],
        text="\n".join(
            f"{answer.question} {answer.text if answer.citations else NOT_SAID}"
            for answer in answers
        ),
        citations=tuple(citation for answer in given for citation in answer.citations),
        also_found=tuple(citation for answer in given for citation in answer.also_found),
        nearest=tuple(nearest.values()),
        confidence=min(answer.confidence for answer in given),
        when=dated.when,
        when_day=dated.when_day,
        when_follows=dated.when_follows,
        short="; ".join(answer.short for answer in given if answer.short),
    )


def describe_search(articles: int, asked: AskedQuestion) -> str:
    """Return in words which part of the archive was searched, and which times were not used."""
    where = asked.where
    words = f"{articles:,} article{'' if articles == 1 else 's'}"
    if where.window:
        words += f", published {where.window}"
    if where.events:
        words += f", for what happened {where.events}"
    if where.as_of:
        words += f", as they were published by {where.as_of}"
    if where.sources is not None:
        words += f", from {', '.join(where.sources) or 'no outlet'}"
    if asked.time.read_as:
        words += f"; {asked.time.read_as}"
    if asked.time.unresolved:
        unread = ", ".join(f"“{text}”" for text in asked.time.unresolved)
        words += f"; {unread} did not restrict it"
    return words


def _quoted(citation: Citation) -> str:
    return f"“{' '.join(citation.quote.split())}” [{citation.number}]"


def _short(citation: Citation, when: EventTime | None) -> str:
    """Return the few words that answer: the day for a when-question, else the marked words."""
    if when and when.first and when.last:
        return describe_days(when.first, when.last)
    if citation.highlight is None:
        return ""
    start, end = citation.highlight
    return " ".join(citation.quote[start:end].split())


def _named(citation: Citation) -> str:
    """Return the headline and the day, which tell one event from another."""
    title = citation.title or citation.source or citation.article_id
    return f"{title} ({citation.published:%-d %B %Y})" if citation.published else title
