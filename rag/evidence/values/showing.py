"""Arranges what an answer shows: what answers, other events, and values that hold no more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag.dates.bounds import describe_part
from rag.evidence.choosing import says_the_same, sort_evidence
from rag.evidence.reader import Evidence
from rag.evidence.values.grouping import ValueGroup
from rag.evidence.values.told import Told
from rag.evidence.values.weighing import Weighed
from rag.records import Citation, Report, Value
from rag.text.sentences import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """The evidence to cite: the answer with the values that stand, other events, older values."""

    answer: list[Evidence]
    other_events: list[Evidence]
    older: list[Evidence]


def arrange(weighed: Weighed, *, threshold: float) -> Arranged:
    """Return the evidence to show, with each value that was found at least once."""
    decided, evidence = weighed.decided, weighed.evidence
    first = decided.first or evidence[0]
    older = [group for group in decided.values if not group.stands]
    taken = {_place(first), *(_place(told.piece) for group in older for told in group.told)}
    front = [first, *(piece for piece in evidence if _place(piece) not in taken)]
    chosen = sort_evidence(front, threshold=threshold)
    answer = list(chosen.answer)
    shown = {_place(piece) for piece in (*answer, *chosen.other_events)}
    answer += _once(
        told.piece
        for group in decided.standing
        if group.is_sure(threshold)
        for told in _spoken_for(group)
        if _place(told.piece) not in shown and not _is_given(told, group, answer)
    )
    others = list(chosen.other_events)
    others += _once(
        group.newest.piece
        for group in decided.standing
        if not group.is_sure(threshold) and _place(group.newest.piece) not in shown
    )
    shown = {_place(piece) for piece in (*answer, *others)}
    behind = _once(told.evidence for group in older for told in _spoken_for(group))
    return Arranged(
        answer=_marked(answer, [*decided.standing, *older]),
        other_events=_marked(others, [*decided.standing, *older]),
        older=[piece for piece in behind if _place(piece) not in shown],
    )


def _marked(pieces: Iterable[Evidence], groups: Iterable[ValueGroup]) -> list[Evidence]:
    """Return sentences with the values that they tell marked, which the reader may have missed.

    Of two values in one sentence, that of the first of the groups is marked.
    """
    told: dict[tuple[str, int], Evidence] = {}
    for group in groups:
        for one in group.given:
            told.setdefault(_place(one.piece), one.evidence)
    return [told.get(_place(piece), piece) for piece in pieces]


def told_in(weighed: Weighed) -> list[Evidence]:
    """Return the sentences that tell the values, each once, so that they can be cited."""
    return _once(told.piece for group in weighed.decided.values for told in group.given)


def value_records(
    weighed: Weighed, citations: Sequence[Citation], told: Sequence[Citation]
) -> tuple[Value, ...]:
    """Return the values as an answer has them, with the numbers of their citations.

    `told` are verified citations of all sentences that tell the values, whatever their numbers.
    """
    numbers = {(citation.article_id, citation.start): citation.number for citation in citations}
    reports = {
        (c.article_id, c.start): _report(c, numbers.get((c.article_id, c.start), 0)) for c in told
    }
    return tuple(_record(group, reports) for group in weighed.decided.values)


def _record(group: ValueGroup, known: Mapping[tuple[str, int], Report]) -> Value:
    reports = [known[_place(piece)] for piece in _once(told.piece for told in group.given)]
    spoken = _in_words_of(group, known)
    return Value(
        text=_words_of(spoken),
        kind=spoken.kind,
        normalised=normalised(spoken),
        status=group.status,
        replaced_by=_words_of(group.follower) if group.follower else "",
        first=group.first,
        last=group.last,
        sources=group.sources,
        outlets=tuple(dict.fromkeys(report.source for report in reports if report.source)),
        reports=tuple(reports),
        citations=tuple(sorted(report.number for report in reports if report.number)),
    )


def _in_words_of(group: ValueGroup, known: Mapping[tuple[str, int], Report]) -> Told:
    """Return the report whose words a value has: the one that is cited first, else the newest.

    A quote with "£2.4bn" says more than a later report of "more than £2bn". Days are not given in
    the words of a report.
    """
    cited = [told for told in group.given if known[_place(told.piece)].number]
    if not cited or group.newest.days:
        return group.newest
    return min(cited, key=lambda told: known[_place(told.piece)].number)


def _report(citation: Citation, number: int) -> Report:
    return Report(
        **citation.fields,
        quote=citation.quote,
        start=citation.start,
        end=citation.end,
        number=number,
        copies=citation.copies,
        note=citation.note,
        text_hash=citation.text_hash,
    )


def normalised(told: Told) -> str:
    """Return a value in a form that can be compared, as `Value.normalised` says."""
    if told.sign:
        return told.sign
    if told.days:
        first, last = told.days
        return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
    if told.figure is None:
        return ""
    unit, amount = told.figure.measure
    return f"{amount:.12g} {unit}".rstrip()


def _words_of(told: Told) -> str:
    if told.sign:
        return told.sign
    text = told.piece.found.article.text
    if told.days:
        return describe_part(*told.days, text[told.span.start : told.span.end])
    return " ".join(text[told.span.start : told.span.end].split())


def _spoken_for(group: ValueGroup) -> list[Told]:
    """Return the newest report of a value, and the first one if that is no copy of it."""
    newest, oldest = group.newest, group.oldest
    is_copied = newest is oldest or says_the_same(newest.piece, oldest.piece)
    return [newest] if is_copied else [newest, oldest]


def _is_given(told: Told, group: ValueGroup, answer: Sequence[Evidence]) -> bool:
    """Say whether a copy of a report of the same value is in the answer."""
    own = {_place(other.piece) for other in group.told}
    return any(_place(given) in own and says_the_same(told.piece, given) for given in answer)


def _once(pieces: Iterable[Evidence]) -> list[Evidence]:
    return list({_place(piece): piece for piece in pieces}.values())


def _place(piece: Evidence) -> tuple[str, int]:
    span: Span = piece.span
    return piece.found.article.id, span.start
