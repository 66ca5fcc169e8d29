import dataclasses
import json
from datetime import date
from pathlib import Path

import pytest
from fake_archive import ARTICLE, QUOTE, FakeArchive, answered, cite, refused, silent

import ui.answer_view
from ui.answer_view import describe_turn, format_day, web_address
from ui.conversation import Filters, answer


def test_an_answer_is_its_quotes_with_numbers_and_sources() -> None:
    shown = describe_turn(answer(FakeArchive(), "When?", filters=Filters()))
    assert shown["status"] == "answered"
    assert [(s["number"], s["quote"]) for s in shown["statements"]] == [(1, QUOTE)]
    assert shown["statements"][0]["byline"] == "courier.example · 10 November 2020"
    source = shown["sources"]["1"]
    assert source["before"] + source["quote"] + source["after"] == ARTICLE.text


def test_other_events_are_apart_and_have_their_sources() -> None:
    other = cite(quote="The war is over.", number=2)
    reply = dataclasses.replace(answered("When?"), also_found=(other,))
    turn = answer(FakeArchive(lambda _: reply), "When?", filters=Filters())
    shown = describe_turn(turn)
    assert [s["number"] for s in shown["also_found"]] == [2]
    assert set(shown["sources"]) == {"1", "2"}


def test_silence_says_what_was_searched_and_what_came_nearest() -> None:
    shown = describe_turn(answer(FakeArchive(silent), "When?", filters=Filters()))
    assert (shown["status"], shown["searched"]) == ("not_in_archive", "1 article")
    assert [hit["title"] for hit in shown["nearest"]] == ["Guns fall silent"]
    assert not shown["nothing_nearest"]


def test_silence_without_any_hit_says_what_to_do() -> None:
    reply = dataclasses.replace(silent("When?"), nearest=())
    turn = answer(FakeArchive(lambda _: reply), "When?", filters=Filters())
    assert "Widen" in describe_turn(turn)["nothing_nearest"]


def test_a_problem_is_shown_with_its_message() -> None:
    shown = describe_turn(answer(FakeArchive(refused), "When?", filters=Filters()))
    assert (shown["status"], shown["problem"][:5]) == ("problem", "since")


def test_confidence_is_not_among_what_is_sent() -> None:
    reply = dataclasses.replace(answered("When?"), confidence=0.8125)
    turn = answer(FakeArchive(lambda _: reply), "When?", filters=Filters())
    assert "0.8125" not in json.dumps(describe_turn(turn))


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
    script = Path(ui.answer_view.__file__).with_suffix(".js").read_text(encoding="utf-8")
    code = "\n".join(line for line in script.splitlines() if not line.lstrip().startswith("//"))
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", ".src", "document.write"):
        assert way not in code
