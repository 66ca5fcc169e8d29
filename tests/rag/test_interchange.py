"""Tests that records come back from JSON as they were, and that what is no record is refused."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import InputError
from rag.interchange import SCHEMA_VERSION, write_json
from rag.records import (
    Answer,
    AnswerPart,
    AnswerSentence,
    Article,
    Citation,
    Copy,
    EventTime,
    Hit,
    TimeWindow,
    Version,
)
from rag.text.sentences import Span

DAY = date(2020, 11, 10)
TIME = EventTime(start=3, end=9, type="DATE", value="2020-11-10", rule="day", first=DAY, last=DAY)
COPY = Copy(article_id="b", title="Guns", source="post.example", url="", published=None)
HIT = Hit(
    article_id="a",
    title="Guns fall silent",
    source="wire.example",
    url="https://wire.example/1",
    published=DAY,
    start=0,
    end=900,
    text="It began. " * 90,
    score=0.5,
    sentences=(Span(0, 9), Span(10, 19)),
    copies=(COPY,),
    note="Corrected.",
    times=(TIME,),
    section="world",
)
CITATION = Citation(
    **HIT.fields, number=1, quote="It began.", start=0, end=9, times=(TIME,), highlight=(3, 8)
)
ANSWER = Answer(
    question="When did it begin?",
    status="answered",
    text="“It began.” [1]",
    carried=("truce",),
    citations=(CITATION,),
    also_found=(replace(CITATION, number=2, title="", url="", published=None),),
    nearest=(HIT,),
    time_window=TimeWindow(since=DAY),
    confidence=0.75,
    when=TIME,
    sentences=(AnswerSentence(text="It did.", citations=(1,), support=1.0, supported=True),),
    parts=(AnswerPart(question="When?", status="answered", citations=(1,), lead="Of some:"),),
    lead="Holm does not say.",
)
ARTICLE = Article(
    id="a",
    text="It began.",
    authors=("A. Writer",),
    published_at=datetime(2020, 11, 10, 8, 30, tzinfo=UTC),
    versions=(Version(text="It begins.", content_hash="x", updated=DAY),),
)


@pytest.mark.parametrize("record", [ANSWER, HIT, CITATION, COPY, ARTICLE])
def test_a_record_comes_back_as_it_was(record: Any) -> None:
    for text in (record.to_json(), record.to_json(indent=2), record.to_json().encode()):
        assert type(record).from_json(text) == record


@given(st.text(st.characters()), st.floats(0, 1))
def test_every_text_and_number_comes_back(question: str, confidence: float) -> None:
    answer = replace(ANSWER, question=question, confidence=confidence)
    written = answer.to_json()
    assert Answer.from_json(written) == answer
    written.encode()
    assert not [c for c in written if c < " " or "\x7f" <= c < "\xa0"]


def test_a_character_that_is_broken_can_be_printed_and_comes_back() -> None:
    answer = replace(ANSWER, question="caf\udce9")
    assert Answer.from_json(answer.to_json().encode()) == answer


def test_the_form_is_plain_and_says_its_version() -> None:
    found = json.loads(ANSWER.to_json())
    assert next(iter(found)) == "schema_version"
    assert found["schema_version"] == SCHEMA_VERSION
    assert found["citations"][0]["published"] == "2020-11-10"
    assert found["citations"][0]["highlight"] == [3, 8]
    assert "schema_version" not in found["citations"][0]
    assert [one["schema_version"] for one in json.loads(write_json([HIT, HIT]))] == [1, 1]


def changed(**fields: Any) -> str:
    return json.dumps(json.loads(ANSWER.to_json()) | fields)


def test_a_newer_version_is_refused_with_the_next_step() -> None:
    with pytest.raises(InputError, match=r"schema_version is 2, and .* reads up to 1; update"):
        Answer.from_json(changed(schema_version=2))


@pytest.mark.parametrize("version", [None, "1", True, 0, 1.0])
def test_a_version_that_is_none_is_refused(version: Any) -> None:
    with pytest.raises(InputError, match=r"schema_version is .*; give what Answer\.to_json wrote"):
        Answer.from_json(changed(schema_version=version))


def test_a_field_that_a_later_version_added_is_skipped_and_a_missing_one_has_its_default() -> None:
    found = json.loads(changed(mood="good"))
    del found["short"]
    assert Answer.from_json(json.dumps(found)) == ANSWER


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"question": 5}, "Answer.question is 5; a text is wanted"),
        ({"confidence": "high"}, "Answer.confidence is 'high'; a number is wanted"),
        ({"status": "maybe"}, "Answer.status is 'maybe'; one of 'answered', 'not_in_archive'"),
        ({"carried": "truce"}, "Answer.carried is 'truce'; an array is wanted"),
        ({"citations": [5]}, r"Answer.citations\[0\] is 5; a JSON object is wanted"),
        ({"citations": [{}]}, r"Answer.citations\[0\] has no 'article_id'"),
        ({"time_window": {"since": "May"}}, "Answer.time_window.since is 'May'; a day or an"),
        ({"citations": []}, "Answer is not possible: an answer has citations"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Answer.from_json(changed(**fields))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", b"\xff", "[" * 100_000])
def test_what_is_no_json_of_a_record_is_refused(text: str | bytes) -> None:
    with pytest.raises(InputError):
        Hit.from_json(text)


# -- in words -------------------------------------------------------------------------------------


def test_an_answer_prints_its_text_and_its_numbered_sources() -> None:
    assert str(ANSWER).splitlines() == [
        "“It began.” [1]",
        "",
        "[1] Guns fall silent — wire.example — 10 November 2020",
        "    https://wire.example/1",
        "[2] a — wire.example — no date",
    ]


def test_an_answer_without_sources_prints_its_text() -> None:
    silent = Answer(question="?", status="not_in_archive", text="It does not say.", nearest=(HIT,))
    assert str(silent) == "It does not say."


@pytest.mark.parametrize("record", [ANSWER, HIT, CITATION, ARTICLE])
def test_a_repr_names_the_record_and_is_short(record: Any) -> None:
    long = "word " * 2000
    fields = {name for name in ("text", "quote", "note") if hasattr(record, name)}
    shown = repr(replace(record, **dict.fromkeys(fields, long)))
    assert shown.startswith(f"{type(record).__name__}(")
    assert len(shown) < 800


def test_a_repr_leaves_out_what_is_not_set() -> None:
    assert (
        repr(COPY)
        == "Copy(article_id='b', title='Guns', source='post.example', url='', published=None)"
    )
