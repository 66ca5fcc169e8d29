"""Makes the answer that a person reads, from citations and fixed phrases around the quotes.

No text is generated here. To give an answer another field, add it to `Answer` and set it here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.dates.bounds import bound_before, describe_part
from rag.dates.wording import describe_days
from rag.evidence.citations import whole_answer
from rag.evidence.reader import Evidence
from rag.evidence.when import Explained, explain, hour_of, marks_an_hour, marks_another_day, time_of
from rag.question.asked import AskedPart, AskedQuestion
from rag.question.restrictions import joined_names, restrictions_of
from rag.question.wanted import Shape
from rag.records import (
    ALSO_FOUND,
    HOLDS_NO_MORE,
    NOT_SAID,
    Answer,
    AnswerPart,
    Citation,
    EventTime,
    Hit,
    Value,
)
from rag.text.genres import GENRE_LEADS
from rag.text.plain_text import readable

# A question with one of these asks for the hour: "What time does it open?".
_HOURS = frozenset("time hour hours clock".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What an answer cites: the answer, other events, values that hold no more, and all values.

    With `differ` several values stand that are sure enough to answer. `confidence` is that in the
    first citation of `answer`.
    """

    answer: tuple[Citation, ...]
    other_events: tuple[Citation, ...]
    older: tuple[Citation, ...]
    values: tuple[Value, ...]
    differ: bool
    confidence: float

    @classmethod
    def alone(cls, answer: tuple[Citation, ...], confidence: float) -> "Cited":
        """Return what an answer cites that has no values and nothing beside it."""
        return cls(
            answer=answer,
            other_events=(),
            older=(),
            values=(),
            differ=False,
            confidence=confidence,
        )

    @property
    def standing(self) -> list[Value]:
        """The values that nothing replaces."""
        return [value for value in self.values if value.status == "stands"]

    @property
    def found(self) -> tuple[Citation, ...]:
        """What answers, also about other events."""
        return (*self.answer, *self.other_events)


def compose(
    part: AskedPart,
    asked: AskedQuestion,
    cited: Cited,
    *,
    best: Evidence,
    nearest: tuple[Hit, ...],
    searched: str,
) -> Answer:
    """Return the answer with these citations; for a when-question also with the date of `best`."""
    when = time_of(best, part) if part.kind == "when" else None
    explained = explain(when, best.found.article) if when else Explained()
    lead = _lead(part.wanted.shape, cited)
    return Answer(
        question=part.shown,
        status="answered",
        text="\n".join(_lines(part, cited, explained, lead)),
        lead=lead,
        citations=cited.answer,
        also_found=(*cited.other_events, *cited.older),
        nearest=nearest,
        time_window=asked.where.window or asked.where.events,
        confidence=cited.confidence,
        searched=searched,
        when=when,
        when_day=explained.day,
        when_follows=explained.follows,
        short=_short(cited, best, when, part),
        values=cited.values,
    )


def _lines(part: AskedPart, cited: Cited, explained: Explained, lead: str) -> list[str]:
    """Return the lines of an answer: its lead, its quotes, other events, and what holds no more."""
    named = _by_citation(cited.values)
    differ = cited.differ
    if _is_list_of_members(cited, part.wanted.shape):
        lines = [f"{_named(c)}: {_said(c)}" for c in cited.found]
        return [lead, *lines, *_older_lines(cited, named)]
    lines = [
        f"{_dated(named[c.number], c)}: {_quoted(c)}" if differ and c.number in named else _said(c)
        for c in cited.answer
    ]
    if explained.day and not differ:
        lines[0] = f"{explained}. {lines[0]}"
    if differ:
        lines.insert(0, lead)
    if cited.other_events:
        # If several events fit the question, say which one this is, and name the others.
        if not differ:
            lines[0] = f"{_named(cited.answer[0])}: {lines[0]}"
        lines.append(ALSO_FOUND)
        lines += [f"{_named(citation)}: {_said(citation)}" for citation in cited.other_events]
    return lines + _older_lines(cited, named)


def lead_with(said: str, answer: Answer) -> Answer:
    """Return an answer that begins with something that is said of all its quotes."""
    lead = "\n".join(line for line in (said, answer.lead) if line)
    return replace(answer, text=f"{said}\n{answer.text}", lead=lead)


def _by_citation(values: Sequence[Value]) -> dict[int, Value]:
    """Return the value that each citation tells; two that stand in one quote are named together."""
    named: dict[int, Value] = {}
    for value in values:
        for number in value.citations:
            before = named.get(number)
            if before and before.stands and value.stands:
                named[number] = replace(value, text=f"{before.text} and {value.text}")
            else:
                named[number] = value
    return named


def _older_lines(cited: Cited, named: Mapping[int, Value]) -> list[str]:
    """Return the lines of the values that hold no more."""
    lines = [f"{_dated(named[c.number], c)}: {_said(c)}" for c in cited.older]
    return [HOLDS_NO_MORE, *lines] if lines else []


def _is_list_of_members(cited: Cited, shape: Shape) -> bool:
    """Say whether several quotes each have some of the things that a question asks to list."""
    return shape == "list" and not cited.differ and len(cited.found) > 1


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


def decline_courtesy(turn: str) -> Answer:
    """Return the answer to a turn that asks nothing: "Thanks!"."""
    text = "That asks nothing of the archive. Ask what its articles say, such as “Who won?”."
    return Answer(question=readable(turn), status="not_in_archive", text=text, lead=text)


def tell_more(answer: Answer) -> Answer:
    """Return what else there is beside an answer, for a turn that asks for more: "What else?".

    These are the passages that were found for it and that it does not cite.
    """
    cited = {(citation.article_id, citation.start) for citation in answer.sources}
    others = tuple(
        hit
        for hit in answer.nearest
        if not any(id_ == hit.article_id and hit.start <= at < hit.end for id_, at in cited)
    )
    told = "The nearest passages that it does not cite are below." if others else NOT_SAID
    text = f"Nothing else answers “{answer.asked}” for certain. {told}"
    return Answer(
        question=answer.question,
        status="not_in_archive",
        text=text,
        lead=text,
        understood=answer.understood,
        carried=answer.carried,
        nearest=others,
        time_window=answer.time_window,
        searched=answer.searched,
    )


def join_answers(asked: AskedQuestion, answers: Sequence[Answer]) -> Answer:
    """Return the answer to a question from the answers to its parts."""
    joined = answers[0] if len(answers) == 1 else _joined(answers)
    # That names got their capitals is nothing to tell.
    is_other = asked.understood.casefold() != asked.text.casefold()
    understood = asked.understood if is_other else ""
    return replace(
        joined,
        question=asked.text,
        understood=understood,
        carried=asked.carried,
        follows=asked.follows,
        parts=tuple(_part(answer) for answer in answers) if len(answers) > 1 else (),
    )


def told_by_others(outlets: Sequence[str], answer: Answer) -> Answer:
    """Return the answer of all outlets to a question for some that do not answer it by themselves.

    It says so first, unless its first quote is theirs after all: among the articles of all outlets,
    a sentence may be surer than among their own.
    """
    by_them = [bool(_outlets_of(citation) & set(outlets)) for citation in answer.citations]
    if by_them[:1] == [True]:
        return answer
    alone = " alone" if any(by_them) else ""
    verb, too = "do" if len(outlets) > 1 else "does", " too" if alone else ""
    said = f"{joined_names(outlets)}{alone} {verb} not say; this is from other outlets{too}."
    return lead_with(said, answer)


def _outlets_of(citation: Citation) -> set[str]:
    """Return the outlet of a citation, and those that carry the same story."""
    return {citation.source, *(copy.source for copy in citation.copies)}


def _part(answer: Answer) -> AnswerPart:
    numbers = tuple(citation.number for citation in answer.citations)
    return AnswerPart(
        question=answer.question, status=answer.status, citations=numbers, lead=answer.lead
    )


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
        lead="",
        citations=tuple(citation for answer in given for citation in answer.citations),
        also_found=tuple(citation for answer in given for citation in answer.also_found),
        nearest=tuple(nearest.values()),
        confidence=min(answer.confidence for answer in given),
        when=dated.when,
        when_day=dated.when_day,
        when_follows=dated.when_follows,
        short="; ".join(answer.short for answer in given if answer.short),
        values=tuple(value for answer in given for value in answer.values),
    )


def describe_search(articles: int | None, asked: AskedQuestion, *, of: int) -> str:
    """Return in words which part of the archive was searched, and which times were not used.

    `articles` are those that the filter let through, None if they were not counted, and `of` are
    all articles of the archive.
    """
    words = f"{of:,} article{'' if of == 1 else 's'}"
    if articles not in (None, of):
        words = f"{articles:,} of {words}"
    words = ", ".join([words, *restrictions_of(asked.where)])
    if asked.time.read_as:
        words += f"; {asked.time.read_as}"
    if asked.time.unresolved:
        unread = ", ".join(f"“{text}”" for text in asked.time.unresolved)
        words += f"; {unread} did not restrict it"
    words += "".join(f"; {note}" for note in asked.notes)
    return words


def _quoted(citation: Citation) -> str:
    return f"“{' '.join(citation.quote.split())}” [{citation.number}]"


def _said(citation: Citation) -> str:
    """Return the quote, after what its article is if that is not news, or its headline."""
    told = f"{GENRE_LEADS[citation.genre]}{_quoted(citation)}"
    if citation.is_headline:
        return f"The headline says: “{' '.join(citation.title.split())}”. Below it: {told}"
    return told


def _short(cited: Cited, best: Evidence, when: EventTime | None, part: AskedPart) -> str:
    """Return the few words that answer: the day for a when-question, else the marked words.

    If several values stand, there are none, nor for a question that one value cannot answer. Of a
    question of yes or no, the marked words say more than the yes. What a headline tells is marked
    in the headline.
    """
    citation, shape = cited.answer[0], part.wanted.shape
    if citation.is_headline:
        return _words_of_headline(best, part)
    if cited.differ or shape == "comparison" or _is_list_of_members(cited, shape):
        return ""
    if when and when.first and when.last:
        return _more_exact(cited, when) or _short_time(when, best, part)
    for value in cited.standing:
        if citation.number in value.citations and when is None and value.kind != "yes-no":
            return value.text
    if part.kind == "when" and marks_another_day(best, part):
        # "Due on Tuesday, has been postponed": the new day may stand in another sentence.
        return cited.standing[0].text if len(cited.standing) == 1 else ""
    start, end = citation.highlight or (0, 0)
    return " ".join(citation.quote[start:end].split())


def _more_exact(cited: Cited, when: EventTime) -> str:
    """Return the day that a later report tells of the quarter or the month of the quote, if any.

    "In the second quarter" and "on 1 May" are one value, which is shown as the day.
    """
    number = cited.answer[0].number
    for value in cited.standing:
        if value.kind != "days" or number not in value.citations:
            continue
        first, _, last = value.normalised.partition("/")
        days = date.fromisoformat(first), date.fromisoformat(last or first)
        assert when.first is not None
        assert when.last is not None
        is_inside = when.first <= days[0] and days[1] <= when.last
        return value.text if is_inside and days != (when.first, when.last) else ""
    return ""


def _short_time(when: EventTime, best: Evidence, part: AskedPart) -> str:
    """Return the day that answers, as the bound that it may be, and the hour if that is asked."""
    text = best.found.article.text
    if when.first is None or when.last is None:
        return ""
    day = describe_part(when.first, when.last, text[when.start : when.end])
    is_of_hour = not part.words.isdisjoint(_HOURS) or marks_an_hour(best)
    clock = hour_of(when, best) if is_of_hour else ""
    return f"{bound_before(text, when.start, when.end)}{day}{clock}"


def _words_of_headline(best: Evidence, part: AskedPart) -> str:
    """Return what is marked in a headline, which has no highlight, without cutting anything."""
    if best.answer is None:
        return ""
    whole = whole_answer(best, best.answer, is_amount=part.kind == "number")
    return " ".join(best.found.article.text[whole.start : whole.end].split())


def _dated(value: Value, citation: Citation) -> str:
    """Return a value with its days, its sources and, if it holds no more, why."""
    days = describe_days(value.first, value.last) if value.first and value.last else ""
    sources = f"{value.sources} sources" if value.sources > 1 else citation.source
    status = "" if value.status == "stands" else value.status
    known = "; ".join(part for part in (status, sources, days) if part)
    return f"{value.text} ({known})" if known else value.text


def _lead(shape: Shape, cited: Cited) -> str:
    """Return the line above quotes of which none is the whole answer; empty if one is."""
    if _is_list_of_members(cited, shape) or (cited.differ and shape == "list"):
        return "These were found; there may be more:"
    if not cited.differ:
        return ""
    return "Reports differ:" if shape == "yes-no" else "Several values were reported:"


def _named(citation: Citation) -> str:
    """Return the headline and the day, which tell one event from another."""
    title = citation.title or citation.source or citation.article_id
    return f"{title} ({citation.published:%-d %B %Y})" if citation.published else title
