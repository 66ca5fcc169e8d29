"""Reads a question once and keeps what it asks in one record, `AskedQuestion`.

The record holds the words, parts, kinds, time and filter of the question. `Archive` makes it, and
retrieval, signals, reader, citations and replies take what they need from it. None of them reads
the question again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.errors import QuestionError
from rag.models.embedding import Embedder
from rag.models.vectors import Vectors
from rag.question.asked_time import AskedTime
from rag.question.carried_prefix import with_carried, without_carried
from rag.question.follow_ups import FollowUp, names_among
from rag.question.frames import without_frame
from rag.question.kinds import Kind, asks_by_itself, expected_kind, named_in, years_in
from rag.question.parts import QuestionPart, split_question
from rag.question.phrases import read_phrases
from rag.question.premises import Premises, read_premises
from rag.question.wanted import Wanted, read_wanted
from rag.records import SearchFilter
from rag.text.abbreviations import abbreviations_in, in_full, other_forms, spelt_out_in
from rag.text.plain_text import readable
from rag.text.spellings import other_spellings
from rag.text.terms import Terms, counted_terms, question_terms

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_WORD = re.compile(r"\w+")
# "Since April" and "before April" ask of more than that month.
_IN = re.compile(r"(?:in|on|during)\b", re.IGNORECASE)
_ALONE = FollowUp()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPart:
    """One thing that a question asks: its text, and what was read in it.

    `text` is what is read, `asking` are those of its words that say what kind of answer it wants,
    and `granted` those that say what it takes for granted. `shown` is the text without the words of
    other parts and of earlier turns, for people. `kind` is the kind of answer that it wants.
    `words` are its words in lower case, `terms` the hashes of those that an answer should hold,
    `names` those of its names, and `years` the years in it. `wanted` says which of several values
    it wants. `sought` are the terms that the search uses, which may be more than its own, and
    `vector` `(dim,)` is their embedding. `premises` is what it takes for granted. `abbreviations`
    are those in the text, which passages may write in full. `after` is the same part read with the
    question before it, if it follows one.
    """

    text: str
    asking: str
    granted: str
    shown: str
    kind: Kind
    words: frozenset[str]
    terms: frozenset[int]
    names: frozenset[int]
    years: frozenset[str]
    wanted: Wanted
    sought: Terms
    vector: Vectors
    premises: Premises
    abbreviations: tuple[str, ...]
    after: "AskedPart | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question in the form that all later steps use.

    `text` is the question as the user put it. `carried` are the words that were added from earlier
    turns. `understood` is the question with these words, and it is what is searched and read.
    `follows` is the question before it, if it is also read with that one. `time` is the time that
    the question names, and `where` is the filter of the search. There is at least one part. `notes`
    say in words how the question was read, and what its filter found.
    """

    text: str
    understood: str
    carried: tuple[str, ...]
    time: AskedTime
    where: SearchFilter
    parts: tuple[AskedPart, ...]
    follows: str = ""
    notes: tuple[str, ...] = ()


def read_question(
    text: str,
    embedder: Embedder,
    *,
    time: AskedTime,
    where: SearchFilter,
    follow_up: FollowUp = _ALONE,
) -> AskedQuestion:
    """Return the question in the form that later steps use, split up if it asks several things.

    `follow_up` says what it takes from earlier turns: words that are added to it, or a question in
    other words that is asked instead.

    Raises:
        QuestionError: the question is empty.
    """
    text = readable(text)
    added, words = follow_up.carried, text
    if follow_up.rewritten:
        # A rewriting stands alone, or behind what was carried: "Gaza: Who won?".
        added, words = without_carried(follow_up.rewritten)

    def read(part: QuestionPart, after: str = "") -> AskedPart:
        return read_part(
            part.question,
            embedder,
            carried=added,
            beside=part.carried,
            context=part.context,
            after=after,
        )

    follows = follow_up.follows
    parts = split_question(without_frame(words))
    asked = AskedQuestion(
        text=text,
        understood=follow_up.rewritten or with_carried(text, follow_up.carried),
        carried=follow_up.carried,
        time=time,
        where=where,
        parts=tuple(
            replace(read(part), after=read(part, follows) if follows else None) for part in parts
        ),
        follows=follows,
        notes=read_phrases(text).notes,
    )
    return at_time(asked, time)


def at_time(asked: AskedQuestion, time: AskedTime) -> AskedQuestion:
    """Return a question that asks about a time.

    "In April" has its year from there only, so what it asks of is what happened in these days. That
    is not so for what is done each year, or if it names another time too.
    """
    asked = replace(asked, time=time)
    window = time.window
    if not time.lacks_year or len(asked.parts) > 1 or not _IN.match(time.text):
        return asked
    if window is None or window.since is None or window.until is None:
        return asked
    [part] = asked.parts
    if time.unresolved or not part.premises.past_verbs:
        return asked
    premises = replace(part.premises, period=(window.since, window.until))
    return replace(asked, parts=(replace(part, premises=premises),))


def asks_something(text: str) -> bool:
    """Say whether a text has a word to search for."""
    return _LETTER_OR_DIGIT.search(without_frame(readable(text))) is not None


def read_part(
    text: str,
    embedder: Embedder,
    *,
    carried: Sequence[str] = (),
    beside: Sequence[str] = (),
    context: str = "",
    after: str = "",
) -> AskedPart:
    """Return one thing that is asked, which is read together with the carried words.

    If it is given `after`, the question before it, it is read together with that one instead.
    `beside` are words that it needs from other parts of its question, and is read with in any case.
    `context` holds more words to search with. An abbreviation is searched with what it stands for,
    and a word that is written in two ways in both.

    Raises:
        QuestionError: `text` is empty.
    """
    text = without_frame(readable(text))
    if not _LETTER_OR_DIGIT.search(text):
        raise QuestionError("the question is empty; ask something, such as 'Who won?'")
    added = (*carried, *beside)
    read = f"{with_carried(text, beside)} ({after})" if after else with_carried(text, added)
    sought = f"{read} {context}".strip()
    names = names_among(added)
    is_whole = asks_by_itself(text)
    # A sentence need not hold every word that was carried, but the names: of 72 follow-ups on the
    # invented archives 30 get the right article so, and 24 if all words count.
    must = counted_terms(" ".join([text, *names]))
    return _part(
        read,
        shown=text,
        asking=text if is_whole else read,
        # A name or a year that was carried is taken for granted too.
        granted=text if after and is_whole else read,
        named=" ".join([named_in(text), *names]),
        terms=must or counted_terms(read),
        sought=question_terms(" ".join([sought, *other_forms(sought), *other_spellings(read)])),
        vector=embedder.embed([sought])[0],
    )


def without_outlet(part: AskedPart, name: str) -> AskedPart:
    """Return a part that is answered without the outlet that it names as its source.

    The outlet's articles do not name it, and it is nobody whose words are quoted.
    """
    own = counted_terms(name)
    return replace(
        part,
        terms=part.terms - own or part.terms,
        names=part.names - own,
        premises=replace(part.premises, speaker=frozenset()),
    )


def in_other_words(part: AskedPart, text: str) -> AskedPart:
    """Return a part that is searched as before, but read with another text."""
    terms = counted_terms(text)
    named = named_in(text)
    return _part(
        text,
        shown=text,
        asking=text,
        granted=text,
        named=named,
        terms=terms,
        sought=part.sought,
        vector=part.vector,
    )


def with_full_forms(part: AskedPart, passages: Sequence[str]) -> AskedPart:
    """Return a part that is read with its abbreviations in full, as most passages write them.

    It is searched and shown as before.
    """
    spelt_out = spelt_out_in(passages, part.abbreviations)
    if not spelt_out:
        return part
    text = in_full(part.text, spelt_out)
    before, now = counted_terms(part.text), counted_terms(text)

    def exchanged(terms: frozenset[int], added: frozenset[int]) -> frozenset[int]:
        gone = before - now
        return (terms - gone) | (added - before if terms & gone else frozenset())

    read = _part(
        text,
        shown=part.shown,
        asking=in_full(part.asking, spelt_out),
        granted=in_full(part.granted, spelt_out),
        named=named_in(text),
        terms=exchanged(part.terms, now),
        sought=part.sought,
        vector=part.vector,
    )
    return replace(read, names=exchanged(part.names, read.names), after=part.after)


def _part(
    text: str,
    *,
    shown: str,
    asking: str,
    granted: str,
    named: str,
    terms: frozenset[int],
    sought: Terms,
    vector: Vectors,
) -> AskedPart:
    """Return a part; `asking` are those of its words that say what kind of answer it wants.

    `granted` are those that say what it takes for granted.
    """
    kind = expected_kind(asking)
    return AskedPart(
        text=text,
        asking=asking,
        granted=granted,
        shown=shown,
        kind=kind,
        words=frozenset(word[0].lower() for word in _WORD.finditer(text)),
        terms=terms,
        names=counted_terms(named),
        years=frozenset(years_in(text)),
        wanted=read_wanted(asking),
        sought=sought,
        vector=vector,
        premises=read_premises(granted, kind),
        abbreviations=abbreviations_in(text),
    )
