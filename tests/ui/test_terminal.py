import dataclasses
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.records import AnswerSentence, TimeWindow, Value, Version
from tests.ui.fake_archive import ARTICLE, QUOTE, answered, cite, hit, silent
from ui.terminal import (
    answer_lines,
    article_lines,
    clean,
    hit_lines,
    list_sources,
    source_lines,
    to_json,
)


def test_an_answer_ends_with_its_sources_and_what_was_searched() -> None:
    assert answer_lines(answered("When?")).splitlines() == [
        f"“{QUOTE}” [1]",
        "",
        "[1] Guns fall silent — courier.example — 10 November 2020",
        "    https://courier.example/1",
        "",
        "Weak: about one of four such answers is right. Check the quote.",
        "Searched: 1 article.",
    ]


def test_what_a_follow_up_was_read_with_stands_in_lines_of_its_own() -> None:
    answer = dataclasses.replace(
        answered("When?"),
        carried=("Holm", "flood"),
        follows="Who flooded Holm?",
        outlets=("marden.example",),
    )
    assert answer_lines(answer).splitlines()[:4] == [
        "About: Holm, flood",
        "Read after: “Who flooded Holm?”",
        "Only from: marden.example",
        "",
    ]


def test_quotes_about_other_events_are_sources_too() -> None:
    other = dataclasses.replace(cite(number=2), title="Another truce", url="")
    lines = answer_lines(dataclasses.replace(answered("When?"), also_found=(other,))).splitlines()
    assert "[2] Another truce — courier.example — 10 November 2020" in lines
    assert lines[lines.index("[2] Another truce — courier.example — 10 November 2020") + 1] == ""


def test_a_source_says_that_it_is_no_news_and_was_corrected() -> None:
    source = dataclasses.replace(
        cite(), genre="satire", note="Seen by the desk.\nCorrected on 4 March 2024: It was 26."
    )
    lines = answer_lines(dataclasses.replace(answered("When?"), citations=(source,))).splitlines()
    assert "    This is satire." in lines
    assert "    Editor's note: Seen by the desk." in lines
    assert "    Corrected on 4 March 2024: It was 26." in lines


def test_sources_stand_in_the_order_of_their_numbers() -> None:
    first, other, last = (dataclasses.replace(cite(number=n), url="") for n in (1, 2, 3))
    answer = dataclasses.replace(
        answered("Who, and when?"), citations=(first, last), also_found=(other,)
    )
    listed = [line[:3] for line in answer_lines(answer).splitlines() if line[:1] == "["]
    assert listed == ["[1]", "[2]", "[3]"]


def test_what_an_article_does_not_have_is_left_out_of_its_name() -> None:
    bare = dataclasses.replace(hit("a7", text="Rain."), title="", source="", published=None)
    assert hit_lines([bare]) == "1. a7 — no date\n   Rain.\n   id: a7"


def test_a_refusal_names_the_three_nearest_articles_once_each() -> None:
    nearest = tuple(
        dataclasses.replace(hit(name), title=name.upper()) for name in ("a", "a", "b", "c", "d")
    )
    lines = answer_lines(dataclasses.replace(silent("When?"), nearest=nearest)).splitlines()
    assert lines[:3] == [
        "The archive does not say.",
        "",
        "These passages are the nearest, but they do not answer:",
    ]
    assert [line.split()[0] for line in lines[3:]] == ["A", "B", "C"]


def test_a_refusal_with_nothing_near_says_no_more() -> None:
    nothing = dataclasses.replace(silent("When?"), nearest=())
    assert answer_lines(nothing) == "The archive does not say."


def test_no_hits_are_said_to_be_none() -> None:
    assert hit_lines([]) == "Nothing was found."


def test_long_lines_are_wrapped_and_long_passages_cut() -> None:
    for width in (96, 60):
        *lines, last = hit_lines([hit(text="word " * 200)], width=width).splitlines()[1:]
        assert len(lines) == 3
        assert max(map(len, lines)) <= width
        assert lines[-1].endswith("word …")
        assert last == "   id: a1"


def test_a_text_without_spaces_is_cut_and_not_left_out() -> None:
    _, first, *_ = hit_lines([hit(text="停火协议生效" * 100)]).splitlines()
    assert first.startswith("   停火协议生效")


def test_an_article_is_shown_with_its_facts_its_notes_and_its_earlier_versions() -> None:
    article = dataclasses.replace(
        ARTICLE,
        authors=("A. Writer", "B. Reporter"),
        published_at=datetime(2020, 11, 10, 8, 30, tzinfo=UTC),
        note="The hour was corrected.",
        versions=(Version(text="word " * 200, content_hash="", title="Guns", note="First cut."),),
    )
    lines = article_lines(article).splitlines()
    assert lines[0] == "Guns fall silent"
    facts = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
    assert facts["Authors"] == "A. Writer, B. Reporter"
    assert facts["Published"] == "10 November 2020, 08:30 UTC"
    assert facts["Editor's note"] == "The hour was corrected."
    assert "1. Guns — no date" in lines
    assert lines[-1] == "   Editor's note: First cut."
    assert not any(line.startswith("Rights") for line in lines)


def test_outlets_stand_in_the_order_of_their_numbers_and_the_rest_comes_last() -> None:
    listed = list_sources({"b.example": 2, "a.example": 1200, "c.example": 2})
    assert source_lines(listed, articles=1205).splitlines() == [
        "1,200  a.example",
        "    2  b.example",
        "    2  c.example",
        "    1  (without an outlet)",
    ]
    assert source_lines([], articles=0) == "The archive holds no articles."


def test_outlets_say_how_many_of_their_articles_are_hidden() -> None:
    listed = list_sources({"b.example": 9, "a.example": 3}, {"b.example": 7})
    assert source_lines(listed, articles=12, hidden="7 of 12 are expired").splitlines() == [
        "9  b.example (7 hidden)",
        "3  a.example",
        "7 of 12 are expired",
    ]


@given(st.text())
def test_clean_text_has_no_control_character_but_line_feeds_and_tabs(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    kept = [one == two for one, two in zip(text, cleaned, strict=True)]
    allowed = [c in "\n\t" or not (ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0) for c in text]
    assert kept == allowed


@pytest.mark.parametrize("place", ["text", "title", "source", "url"])
def test_no_field_of_a_citation_reaches_the_terminal_uncleaned(place: str) -> None:
    bad = "\x1b[2J\x9b31m\r\x07"
    cited = cite() if place == "text" else dataclasses.replace(cite(), **{place: bad})
    text = bad if place == "text" else "It rained. [1]"
    shown = answer_lines(dataclasses.replace(answered("?"), text=text, citations=(cited,)))
    assert "\ufffd[2J" in shown
    assert not set(shown) & set("\x1b\x9b\r\x07")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_keeps_every_value_and_escapes_every_control_character(title: str) -> None:
    printed = to_json([dataclasses.replace(hit(), title=title)])
    assert json.loads(printed)[0]["title"] == title
    assert not [c for c in printed if ord(c) < 0x20 and c != "\n"]
    assert not [c for c in printed if 0x7F <= ord(c) < 0xA0]


def test_json_writes_days_in_iso_and_letters_as_they_are() -> None:
    window = TimeWindow(since=date(2020, 11, 1))
    answer = dataclasses.replace(answered("Wann war’s in Köln?"), time_window=window)
    printed = to_json(answer)
    assert "Wann war’s in Köln?" in printed
    read = json.loads(printed)
    assert read["time_window"] == {"since": "2020-11-01", "until": None}
    assert read["citations"][0]["published"] == "2020-11-10"


def test_a_written_answer_shows_its_quotes_and_what_they_do_not_carry() -> None:
    answer = dataclasses.replace(
        answered("When?"),
        text="It began at midnight. [1]",
        sentences=(
            AnswerSentence(text="It began.", citations=(1,), support=0.9, supported=True),
            AnswerSentence(
                text="Ten died.",
                citations=(1,),
                support=0.2,
                supported=False,
                problems=("the number “Ten” is not in its quotes",),
            ),
        ),
    )
    shown = answer_lines(answer)
    assert f"    “{QUOTE}”" in shown
    assert "  Ten died. (the number “Ten” is not in its quotes)" in shown
    assert shown.index("not supported by the quotes") < shown.index("Ten died.")


def test_words_in_quotes_are_marked_in_a_hit_also_far_into_its_text() -> None:
    text = f"{'The harbour was calm. ' * 20}Then the mayor shouted. {'All was quiet. ' * 9}"
    start = text.index("shouted")
    marked = dataclasses.replace(hit(text=text), marks=((start, start + 7),))
    lines = hit_lines([marked])
    assert "mayor **shouted**." in " ".join(lines.split())
    assert lines.count("**") == 2
    assert "… " in lines


def test_an_answer_has_a_table_of_who_reported_what() -> None:
    values = (
        Value(text="19", sources=2, outlets=("a.example", "b.example"), citations=(1,)),
        Value(text="12", status="superseded", replaced_by="19", outlets=("c.example",)),
    )
    lines = answer_lines(dataclasses.replace(answered("How many?"), values=values), width=80)
    assert "Who reported what, newest first:" in lines
    assert "2: a.example, b.example" in lines
    assert "(replaced since by" in lines
