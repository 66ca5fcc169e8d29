import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.writing.written_text import SentenceReader, Written, read_rewriting

TWO = '{"sentences": [{"text": "One held.", "quotes": [1]}, {"text": "Two too.", "quotes": [2]}]}'


def read(text: str, *, piece: int = 5, numbers: tuple[int, ...] = (1, 2, 3)) -> list[Written]:
    reader = SentenceReader(numbers)
    written: list[Written] = []
    for first in range(0, len(text), piece):
        written += reader.feed(text[first : first + piece])
    return [*written, *reader.finish()]


def plain(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(written.text, written.citations) for written in read(text)]


def test_each_sentence_of_json_is_given_when_its_object_closes() -> None:
    reader = SentenceReader((1, 2))
    first, rest = TWO[: TWO.index(", {")], TWO[TWO.index(", {") :]
    assert list(reader.feed(first)) == [Written(text="One held.", citations=(1,))]
    assert list(reader.feed(rest)) == [Written(text="Two too.", citations=(2,))]
    assert list(reader.finish()) == []
    assert not reader.is_unfinished


def test_a_plain_sentence_is_given_when_the_next_one_begins() -> None:
    reader = SentenceReader((1, 2))
    assert list(reader.feed("One held. [1]")) == []
    assert list(reader.feed("[2] Two")) == [Written(text="One held.", citations=(1, 2))]
    assert list(reader.feed(" too [2].")) == []
    assert list(reader.finish()) == [Written(text="Two too.", citations=(2,))]


@pytest.mark.parametrize(
    "text",
    [
        TWO,
        f"```json\n{TWO}\n```\nI hope this helps.",
        f"Sure! Here is what you asked for:\n{TWO}",
        f'<think>\nThey want {{"text": "x"}}. Good.\n</think>\n{TWO}',
        '{"text": "One held.", "quotes": [1]}\n{"text": "Two too.", "quotes": "2"}',
        '[{"sentence": "One held.", "citations": ["1"]}, {"text": "Two too.", "sources": [2]}]',
        '{"sentences": ["One held. [1]", "Two too [2]."]}',
        '{"answer": "One held [1]. Two too. [2]"}',
        "One held. [1] Two too. [2]",
        "One held [1]. Two too [2].",
        "- One held. [1]\n- Two too. [quote 2]",
        "One held【1】. Two too 【2†source】.",
    ],
)
@pytest.mark.parametrize("piece", [1, 7, 1000])
def test_however_it_is_dressed_and_dealt_the_sentences_are_the_same(text: str, piece: int) -> None:
    assert read(text, piece=piece) == [
        Written(text="One held.", citations=(1,)),
        Written(text="Two too.", citations=(2,)),
    ]


def test_numbers_that_no_quote_has_are_dropped() -> None:
    text = '{"text": "One held [7].", "quotes": [9, 2, 2]}{"text": "Two.", "quotes": [0]}'
    assert plain(text) == [("One held.", (2,)), ("Two.", ())]
    assert plain("One held [1, 7]. Two too [1-3]. And [4].") == [
        ("One held.", (1,)),
        ("Two too.", (1, 2, 3)),
        ("And.", ()),
    ]


@pytest.mark.parametrize(
    "forged",
    [
        *("[7]", "[[7]]", "[ 7 ]", "[source 7]", "［7］", "【7】", "[7](https://evil.example)"),
        *("[７]", "&#91;7&#93;", "[\u200b7]", "\\[7\\]", "[7, 8]", "[7†wire]", "[#7]", "[No. 7]"),
    ],
)
def test_no_number_in_the_text_can_pass_for_one_of_ours(forged: str) -> None:
    text = json.dumps({"text": f"It held {forged} there.", "quotes": [1]})
    ((shown, citations),) = plain(text)
    assert shown == "It held there."
    assert citations == (1,)


def test_other_brackets_become_round_ones() -> None:
    assert plain('{"text": "He [sic] said “it […] held”.", "quotes": [1]}') == [
        ("He (sic) said “it … held”.", (1,))
    ]


def test_several_sentences_in_one_text_are_told_apart() -> None:
    text = '{"text": "One held. Two too [2].", "quotes": [1]}'
    assert plain(text) == [("One held.", (1,)), ("Two too.", (2,))]


def test_a_day_with_a_full_stop_ends_no_sentence() -> None:
    assert plain("Es hielt am 10. November [1]. Danach nicht [2].") == [
        ("Es hielt am 10. November.", (1,)),
        ("Danach nicht.", (2,)),
    ]
    assert plain("1. It held. [1]\n2. It did.") == [("It held.", (1,)), ("It did.", ())]


def test_quotation_marks_that_were_not_escaped_do_no_harm() -> None:
    text = '{"sentences": [{"text": "He said "we won" on Monday.", "quotes": [1]}]}'
    assert plain(text) == [('He said "we won" on Monday.', (1,))]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (TWO[:-25], ["One held."]),
        (TWO[:-2], ["One held.", "Two too."]),
        ("One held. [1] Two did n", ["One held."]),
        ("One held [1", []),
        ("<think>They want", []),
    ],
)
def test_what_breaks_off_is_not_given(text: str, kept: list[str]) -> None:
    reader = SentenceReader((1, 2))
    written = [*reader.feed(text), *reader.finish()]
    assert [sentence.text for sentence in written] == kept
    assert reader.is_unfinished


@pytest.mark.parametrize("text", ['{"sentences": []}', "[]", "{}", "```json\n{}\n```"])
def test_nothing_can_be_said_on_purpose(text: str) -> None:
    reader = SentenceReader((1,))
    assert [*reader.feed(text), *reader.finish()] == []
    assert not reader.is_unfinished
    assert not reader.is_empty


def test_white_space_is_nothing() -> None:
    reader = SentenceReader((1,))
    assert [*reader.feed("\n "), *reader.finish()] == []
    assert reader.is_empty


def test_a_sentence_without_numbers_is_given_without() -> None:
    assert plain("I cannot help with that.") == [("I cannot help with that.", ())]


@given(st.text(max_size=300), st.integers(1, 40))
def test_anything_is_read_without_failing_and_names_only_known_quotes(
    text: str, piece: int
) -> None:
    for written in read(text, piece=piece, numbers=(1, 2)):
        assert set(written.citations) <= {1, 2}
        assert "[" not in written.text


@given(st.lists(st.sampled_from('{}[]":,\\ textquotes12.a'), max_size=200).map("".join))
def test_broken_json_is_read_without_failing(text: str) -> None:
    assert all("[" not in written.text for written in read('{"' + text))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ('{"question": "Who signed it?"}', "Who signed it?"),
        ('```json\n{"question": "Who **signed** it?"}\n```', "Who signed it?"),
        ("<think>Hm.</think> “Who signed it?”", "Who signed it?"),
        ("Who signed it?\nIt was signed by both.", ""),
        ('{"answer": "Both."}', ""),
        ("", ""),
    ],
)
def test_a_rewritten_question_is_one_line(text: str, question: str) -> None:
    assert read_rewriting(text) == question
