import dataclasses
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ui.page.answer_view
from rag.records import Answer, AnswerSentence, TimeWindow, Value
from tests.ui.fake_archive import (
    ARTICLE,
    QUOTE,
    FakeArchive,
    answered,
    cite,
    copy,
    hit,
    refused,
    silent,
)
from ui.page.answer_view import describe_turn, format_day, mark_quote, web_address
from ui.page.conversation import PageFilters, Waiting, answer


def describe(reply: Answer) -> dict[str, Any]:
    turn = answer(
        FakeArchive(lambda _: reply), Waiting(question=reply.question), filters=PageFilters()
    )
    return describe_turn(turn)


def test_an_answer_is_its_quotes_with_numbers_and_sources() -> None:
    shown = describe_turn(answer(FakeArchive(), Waiting(question="When?"), filters=PageFilters()))
    assert shown["status"] == "answered"
    assert [(s["number"], s["quote"]) for s in shown["statements"]] == [(1, [QUOTE, "", ""])]
    assert shown["statements"][0]["byline"] == "courier.example · 10 November 2020"
    source = shown["sources"]["1"]
    assert source["before"] + source["quote"] + source["after"] == ARTICLE.text


def test_values_that_differ_are_a_table_with_days_sources_and_quotes() -> None:
    values = (
        Value(text="19", first=date(2024, 6, 1), last=date(2024, 6, 1), sources=2, citations=(1,)),
        Value(text="12", status="corrected", first=date(2024, 3, 1), last=date(2024, 3, 4)),
    )
    reply = dataclasses.replace(answered("How many?"), values=values)
    rows = describe(reply)["values"]
    assert [(row["text"], row["status"], row["days"], row["sources"]) for row in rows] == [
        ("19", "", "1 June 2024", "2 sources"),
        ("12", "corrected since", "1 March to 4 March 2024", "1 source"),
    ]
    assert [cited["number"] for cited in rows[0]["citations"]] == [1]


def test_one_value_alone_needs_no_table() -> None:
    reply = dataclasses.replace(answered("How many?"), values=(Value(text="19"),))
    assert describe(reply)["values"] == []


def test_other_events_are_apart_and_have_their_sources() -> None:
    other = cite(quote="The war is over.", number=2)
    reply = dataclasses.replace(answered("When?"), also_found=(other,))
    shown = describe(reply)
    assert [s["number"] for s in shown["also_found"]] == [2]
    assert set(shown["sources"]) == {"1", "2"}


def test_silence_says_what_was_searched_and_what_came_nearest() -> None:
    shown = describe_turn(
        answer(FakeArchive(silent), Waiting(question="When?"), filters=PageFilters())
    )
    assert (shown["status"], shown["searched"]) == ("not_in_archive", "1 article")
    assert [hit["title"] for hit in shown["nearest"]] == ["Guns fall silent"]
    assert not shown["nothing_nearest"]


def test_silence_without_any_hit_says_what_to_do() -> None:
    reply = dataclasses.replace(silent("When?"), nearest=())
    assert "Widen" in describe(reply)["nothing_nearest"]


def test_a_problem_is_shown_with_its_message() -> None:
    shown = describe_turn(
        answer(FakeArchive(refused), Waiting(question="When?"), filters=PageFilters())
    )
    assert (shown["status"], shown["problem"][:5]) == ("problem", "since")


def test_confidence_is_not_among_what_is_sent() -> None:
    reply = dataclasses.replace(answered("When?"), confidence=0.8125)
    assert "0.8125" not in json.dumps(describe(reply))


def test_a_date_is_apart_from_what_it_follows_from() -> None:
    reply = dataclasses.replace(
        answered("When?"), when_day="9 November 2020", when_follows="“Monday”"
    )
    assert describe(reply)["when"] == {"day": "9 November 2020", "follows": "“Monday”"}


def test_a_short_answer_does_not_say_the_date_twice() -> None:
    reply = dataclasses.replace(answered("When?"), short="on Monday")
    assert (describe(reply)["when"], describe(reply)["short"]) == (None, "on Monday")
    reply = dataclasses.replace(reply, when_day="9 November 2020, on Monday")
    assert not describe(reply)["short"]


def test_the_short_answer_is_marked_in_its_quote() -> None:
    start = QUOTE.index("midnight")
    cited = dataclasses.replace(cite(), highlight=(start, start + len("midnight")))
    reply = dataclasses.replace(answered("When?"), citations=(cited,))
    (statement,) = describe(reply)["statements"]
    assert statement["quote"] == [QUOTE[:start], "midnight", QUOTE[start + len("midnight") :]]


@given(st.text(st.sampled_from("ab🕊 \n\t\u2003"), max_size=12), st.data())
def test_a_mark_moves_no_word_of_a_quote(quote: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(quote)))
    end = data.draw(st.integers(start, len(quote)))
    parts = mark_quote(quote, (start, end))
    assert "".join(parts) == " ".join(quote.split())
    assert parts[1] == " ".join(quote[start:end].split())


def test_copies_are_named_with_their_days_and_all_of_them_in_the_card() -> None:
    days = [date(2020, 11, day) for day in range(10, 15)]
    copies = tuple(copy(f"{day.day}.example", day) for day in [*days, days[0]])
    reply = dataclasses.replace(
        answered("When?"), citations=(dataclasses.replace(cite(), copies=copies),)
    )
    shown = describe(reply)
    few, all_of_them = shown["statements"][0]["copies"], shown["sources"]["1"]["copies"]
    assert few.startswith("10.example (10 November 2020), 11.example (11 November 2020), ")
    assert few.endswith("12.example (12 November 2020) and 2 more")
    assert all_of_them.endswith(", 14.example (14 November 2020)")


def test_a_note_is_short_at_the_quote_and_whole_in_the_card() -> None:
    note = "Correction: an earlier version misstated the hour.\n" + "It was midnight. " * 20
    cited = dataclasses.replace(cite(), note=note)
    shown = describe(dataclasses.replace(answered("When?"), citations=(cited,)))
    assert shown["statements"][0]["note"].startswith("Correction: an earlier")
    assert shown["statements"][0]["note"].endswith("midnight. It …")
    assert shown["sources"]["1"]["note"] == note


def test_the_nearest_articles_have_their_notes_and_copies_too() -> None:
    near = dataclasses.replace(hit(), note="Corrected.", copies=(copy("wire.example"),))
    shown = describe(dataclasses.replace(silent("When?"), nearest=(near,)))
    assert shown["nearest"][0]["note"] == "Corrected."
    assert shown["nearest"][0]["copies"] == "wire.example (no date)"


def test_an_excerpt_without_spaces_is_cut_and_not_dropped() -> None:
    near = hit(text="休战" * 200)
    shown = describe(dataclasses.replace(silent("When?"), nearest=(near,)))
    assert shown["nearest"][0]["excerpt"] == "休战" * 140 + " …"


def test_written_sentences_stand_apart_by_what_their_quotes_carry() -> None:
    good = AnswerSentence(
        text="It began at\nmidnight.", citations=(1, 1), support=0.9, supported=True
    )
    bad = AnswerSentence(
        text="It held for years.",
        citations=(1, 7),
        support=0.1,
        supported=False,
        problems=("“years” is in no quote",),
    )
    shown = describe(dataclasses.replace(answered("When?"), sentences=(good, bad)))
    cited = [{"number": 1, "byline": "courier.example · 10 November 2020"}]
    assert shown["written"] == [
        {"text": "It began at midnight.", "citations": cited, "problems": ""}
    ]
    assert [s["problems"] for s in shown["unsupported"]] == ["“years” is in no quote"]
    assert shown["unsupported"][0]["citations"] == cited


def test_all_dates_are_offered_where_the_question_restricted_them() -> None:
    reply = dataclasses.replace(
        silent("Who, in 2020?"), nearest=(), time_window=TimeWindow(since=date(2020, 1, 1))
    )
    assert describe(reply)["offers_all_dates"]
    assert describe(reply)["nothing_nearest"] == "No article from these days matches."
    assert not describe(silent("Who?"))["offers_all_dates"]


@pytest.mark.parametrize(
    "url",
    ["", "javascript:alert(1)", "data:text/html,x", "//x.example", "ftp://x.example", "http://[x"],
)
def test_only_web_addresses_are_linked(url: str) -> None:
    assert web_address(url) is None


def test_a_web_address_names_the_host_that_is_opened() -> None:
    address = web_address(" https://good.example@evil.example/a?b=c ")
    assert address == {
        "href": "https://good.example@evil.example/a?b=c",
        "host": "evil.example",
    }


def test_days_are_printed_as_in_a_newspaper() -> None:
    assert format_day(date(2020, 11, 1)) == "1 November 2020"
    assert format_day(None) == "no date"


def test_the_script_sets_text_and_nothing_else() -> None:
    script = Path(ui.page.answer_view.__file__).with_suffix(".js").read_text(encoding="utf-8")
    code = "\n".join(line for line in script.splitlines() if not line.lstrip().startswith("//"))
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", ".src", "document.write"):
        assert way not in code
