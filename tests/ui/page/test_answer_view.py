import dataclasses
import json
from datetime import date
from typing import Any

import pytest

from rag.records import Answer, AnswerPart, AnswerSentence, EventTime, TimeWindow, Value
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
from ui.page.answer_view import copy_of, describe_turn
from ui.page.conversation import PageFilters, Waiting, answer
from ui.page.scripts import read_script


def describe(reply: Answer) -> dict[str, Any]:
    turn = answer(
        FakeArchive(lambda _: reply), Waiting(question=reply.question), filters=PageFilters()
    )
    return describe_turn(turn)


def statements_of(shown: dict[str, Any]) -> list[dict[str, Any]]:
    return [statement for part in shown["parts"] for statement in part["statements"]]


def sure(**fields: Any) -> Answer:
    return dataclasses.replace(answered("When?"), confidence=0.9, **fields)


def day_told(text: str, *, first: date | None) -> dict[str, Any]:
    when = EventTime(start=0, end=1, type="DATE", value="", rule="", first=first, last=first)
    return {"when": when, "when_day": text}


def test_an_answer_is_its_quotes_with_numbers_and_sources() -> None:
    shown = describe_turn(answer(FakeArchive(), Waiting(question="When?"), filters=PageFilters()))
    assert shown["status"] == "answered"
    [statement] = statements_of(shown)
    assert (statement["number"], statement["quote"]) == (1, [QUOTE, "", ""])
    assert statement["byline"] == "courier.example · 10 November 2020"
    [source] = shown["sources"]
    assert "".join(source["text"]) == ARTICLE.text


def test_values_that_differ_are_a_table_with_days_sources_and_quotes() -> None:
    values = (
        Value(text="19", first=date(2024, 6, 1), last=date(2024, 6, 1), sources=2, citations=(1,)),
        Value(text="12", status="corrected", first=date(2024, 3, 1), last=date(2024, 3, 4)),
    )
    reply = dataclasses.replace(answered("How many?"), values=values)
    rows = describe(reply)["values"]
    assert [(row["text"], row["status"], row["days"], row["sources"]) for row in rows] == [
        ("19", "", "1 June 2024", "2 independent sources"),
        ("12", "corrected since", "1 March to 4 March 2024", "1 independent source"),
    ]
    assert [cited["number"] for cited in rows[0]["citations"]] == [1]


def test_quotes_stand_in_the_order_of_the_table() -> None:
    cited = tuple(cite(number=number) for number in (1, 2, 3))
    values = (Value(text="19", citations=(3,)), Value(text="12", citations=(2, 3)))
    reply = dataclasses.replace(answered("How many?"), values=values, citations=cited)
    assert [one["number"] for one in statements_of(describe(reply))] == [3, 2, 1]
    alone = dataclasses.replace(reply, values=())
    assert [one["number"] for one in statements_of(describe(alone))] == [1, 2, 3]


def test_one_value_alone_needs_no_table() -> None:
    reply = dataclasses.replace(answered("How many?"), values=(Value(text="19"),))
    assert describe(reply)["values"] == []


def test_other_events_are_apart_and_have_their_sources() -> None:
    other = cite(quote="The war is over.", number=2)
    reply = dataclasses.replace(answered("When?"), also_found=(other,))
    shown = describe(reply)
    assert [s["number"] for s in shown["parts"][0]["also_found"]] == [2]
    assert [source["number"] for source in shown["sources"]] == [1, 2]


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
    reply = sure(**day_told("9 November 2020", first=date(2020, 11, 9)), when_follows="“Monday”")
    assert describe(reply)["headline"] == {
        "day": "9 November 2020",
        "follows": "“Monday”",
        "short": "",
        "hedge": "",
    }


def test_a_short_answer_does_not_say_the_date_twice() -> None:
    assert describe(sure(short="on Monday"))["headline"]["short"] == "on Monday"
    told = day_told("9 November 2020, on Monday", first=date(2020, 11, 9))
    assert not describe(sure(short="on Monday", **told))["headline"]["short"]


def test_an_answer_that_is_not_sure_has_a_hedge_or_no_headline() -> None:
    uncertain = dataclasses.replace(sure(short="at midnight"), confidence=0.5)
    assert describe(uncertain)["headline"]["hedge"] == "Perhaps:"
    weak = dataclasses.replace(uncertain, confidence=0.1)
    assert describe(weak)["headline"] is None


def test_an_answer_that_is_not_complete_has_no_headline() -> None:
    assert (
        describe(sure(**day_told("9 November; the year is not stated", first=None)))["headline"]
        is None
    )
    differing = (Value(text="19"), Value(text="12"))
    assert describe(sure(short="19", values=differing))["headline"] is None
    replaced = (Value(text="19"), Value(text="12", status="superseded"))
    assert describe(sure(short="19", values=replaced))["headline"]["short"] == "19"
    parts = (AnswerPart(question="When?", status="answered", citations=(1,)),)
    assert describe(sure(short="19", parts=parts))["headline"] is None


def test_each_thing_that_was_asked_has_its_quotes_in_reading_order() -> None:
    first, second = cite(), cite(number=3)
    beside = cite(quote="The war is over.", number=2)
    reply = sure(
        citations=(first, second),
        also_found=(beside,),
        parts=(
            AnswerPart(question="When did it end?", status="answered", citations=(1,)),
            AnswerPart(question="Who won?", status="not_in_archive"),
            AnswerPart(question="Who came?", status="answered", citations=(3,)),
        ),
    )
    told = [
        (
            part["question"],
            [s["number"] for s in part["statements"]],
            [s["number"] for s in part["also_found"]],
        )
        for part in describe(reply)["parts"]
    ]
    assert told == [
        ("When did it end?", [1], [2]),
        ("Who won?", [], []),
        ("Who came?", [3], []),
    ]


def test_a_quote_says_what_became_of_its_value_and_of_its_article() -> None:
    values = (
        Value(text="19", citations=()),
        Value(text="12", status="superseded", replaced_by="19", citations=(1,)),
    )
    corrected = dataclasses.replace(cite(), note="Corrected on 3 March 2021: it was 19.")
    [statement] = statements_of(describe(sure(citations=(corrected,), values=values)))
    assert statement["state"] == "corrected"
    assert statement["value_status"] == "replaced since by 19"


def test_a_new_answer_is_announced_in_one_short_line() -> None:
    reply = sure(short="at midnight " + "and later " * 50, citations=(cite(), cite(number=2)))
    announced = describe(reply)["announcement"]
    assert announced.startswith("at midnight and later")
    assert announced.endswith("2 quotes.")
    assert len(announced) < 120
    assert describe(silent("When?"))["announcement"] == "The archive does not say."


def test_what_is_said_before_the_quotes_is_shown_announced_and_copied() -> None:
    lead = "holm.example does not say; this is from other outlets."
    shown = describe(sure(short="at midnight", lead=lead))
    assert shown["lead"] == lead
    assert shown["announcement"] == f"{lead} at midnight. 1 quote."
    assert shown["copied"].splitlines()[:2] == ["When?", lead]
    assert describe(sure(short="at midnight"))["announcement"] == "at midnight. 1 quote."


def test_each_thing_that_was_asked_has_what_is_said_before_its_quotes() -> None:
    listed = AnswerPart(question="Which?", status="answered", citations=(1,), lead="Some of them:")
    silent_one = AnswerPart(question="Who?", status="not_in_archive")
    shown = describe(sure(parts=(listed, silent_one)))
    assert [part["lead"] for part in shown["parts"]] == ["Some of them:", ""]


def test_a_reply_to_what_asks_nothing_stands_alone() -> None:
    said = "That asks nothing of the archive."
    reply = Answer(question="Thanks!", status="not_in_archive", text=said, lead=said)
    shown = describe(reply)
    assert (shown["lead"], shown["announcement"]) == (said, said)
    assert (shown["searched"], shown["nothing_nearest"], shown["nearest"]) == ("", "", [])


def test_an_answer_is_copied_as_quotes_with_footnotes() -> None:
    copied = copy_of(sure(short="at midnight"))
    assert copied == (
        f"When?\n“{QUOTE}” [1]\n\n[1] “Guns fall silent”, courier.example, 10 November 2020, "
        f"https://courier.example/1: “{QUOTE}”"
    )
    assert "Weak" in copy_of(dataclasses.replace(answered("When?"), confidence=0.1))


def test_the_short_answer_is_marked_in_its_quote() -> None:
    start = QUOTE.index("midnight")
    cited = dataclasses.replace(cite(), highlight=(start, start + len("midnight")))
    reply = dataclasses.replace(answered("When?"), citations=(cited,))
    (statement,) = statements_of(describe(reply))
    assert statement["quote"] == [QUOTE[:start], "midnight", QUOTE[start + len("midnight") :]]


def test_copies_are_named_with_their_days_and_each_can_be_opened() -> None:
    days = [date(2020, 11, day) for day in range(10, 15)]
    copies = tuple(copy(f"{day.day}.example", day) for day in days)
    reply = sure(citations=(dataclasses.replace(cite(), copies=copies),))
    shown = describe(reply)
    [statement] = statements_of(shown)
    assert statement["copies"][0] == {
        "article": "copy-10.example",
        "label": "10.example (10 November 2020)",
    }
    assert (len(statement["copies"]), statement["more_copies"]) == (3, 2)
    assert len(shown["sources"][0]["copies"]) == 5


def test_a_note_is_short_at_the_quote_and_whole_in_the_pane() -> None:
    note = "Correction: an earlier version misstated the hour.\n" + "It was midnight. " * 20
    shown = describe(sure(citations=(dataclasses.replace(cite(), note=note),)))
    [statement] = statements_of(shown)
    assert statement["note"].startswith("Correction: an earlier")
    assert statement["note"].endswith("midnight. It …")
    assert shown["sources"][0]["note"] == note


def test_the_nearest_articles_have_their_notes_and_copies_too() -> None:
    near = dataclasses.replace(hit(), note="Corrected.", copies=(copy("wire.example"),))
    [shown] = describe(dataclasses.replace(silent("When?"), nearest=(near,)))["nearest"]
    assert (shown["note"], shown["state"]) == ("Corrected.", "corrected")
    assert shown["copies"] == [{"article": "copy-wire.example", "label": "wire.example (no date)"}]


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


def test_an_answer_whose_writing_failed_says_so_and_that_its_quotes_stand() -> None:
    remark = "The answer is not complete: the server broke off."
    good = AnswerSentence(text="It began.", citations=(1,), support=0.9, supported=True)
    failed = dataclasses.replace(answered("When?"), remark=remark)
    assert describe(failed)["remark"] == remark
    partly = dataclasses.replace(failed, sentences=(good,))
    assert describe(partly)["remark"] == f"{remark} The quotes below stand."
    assert describe(answered("When?"))["remark"] == ""


def test_all_dates_are_offered_where_the_question_restricted_them() -> None:
    reply = dataclasses.replace(
        silent("Who, in 2020?"), nearest=(), time_window=TimeWindow(since=date(2020, 1, 1))
    )
    assert describe(reply)["offers_all_dates"]
    assert describe(reply)["nothing_nearest"] == "No article from these days matches."
    assert not describe(silent("Who?"))["offers_all_dates"]


@pytest.mark.parametrize("name", ["answer_view", "article_pane"])
def test_the_scripts_set_text_and_nothing_else(name: str) -> None:
    script = read_script(name)
    code = "\n".join(line for line in script.splitlines() if not line.lstrip().startswith("//"))
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", ".src", "document.write"):
        assert way not in code
