"""Tests that who held an office before is no answer to who holds it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rag.evidence.fitness import find_misfits
from rag.records import Article
from tests.rag.evidence.fitness.candidates import candidate, kinds
from tests.rag.stories import THURSDAY, story

WEDNESDAY, FRIDAY = THURSDAY - timedelta(days=1), THURSDAY + timedelta(days=1)
WHO = "Who is the mayor of Tarn?"


@pytest.mark.parametrize(
    "text",
    [
        "Ana Orr, 44, was until now the mayor of Tarn.",
        "The former mayor of Tarn, Ana Orr, moved to Holm.",
        "Ana Orr, Tarn's outgoing mayor, thanked her voters.",
        "The plan of then-mayor Ana Orr was dropped.",
    ],
)
def test_who_held_an_office_before_does_not_fit(text: str) -> None:
    assert "holder" in kinds(WHO, text)


@pytest.mark.parametrize(
    "question",
    [WHO, "Who became mayor of Tarn?", "Who took over as mayor?", "Who was elected mayor of Tarn?"],
)
def test_who_left_an_office_did_not_come_into_it(question: str) -> None:
    assert "holder" in kinds(question, "Ana Orr resigned on Monday as mayor of Tarn.")
    assert "holder" not in kinds(question, "Ana Orr resigned as mayor and Lena Osk took over.")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who resigned as mayor of Tarn?", "Ana Orr resigned as mayor of Tarn."),
        ("Who is suing Tarn?", "Ana Orr, who resigned as treasurer, is suing Tarn."),
        ("Who became mayor of Tarn?", "Lee Osk won after Ana Orr stepped down as mayor."),
        (WHO, "Ana Orr is the mayor of Tarn."),
        (WHO, "Ana Orr spoke, then the mayor left."),
        (WHO, "Mayor Ana Orr, a former clerk, will stay in Tarn."),
        ("Who is the former mayor of Tarn?", "The former mayor of Tarn, Ana Orr, moved."),
        ("Who was the mayor of Tarn?", "Ana Orr was until now the mayor of Tarn."),
        ("Who is Ana Orr?", "The former mayor of Tarn, Ana Orr, moved to Holm."),
    ],
)
def test_who_holds_it_and_other_questions_fit(question: str, text: str) -> None:
    assert "holder" not in kinds(question, text)


@pytest.mark.parametrize(
    ("other", "days", "is_over"),
    [
        ("Tarn Rovers have appointed Lena Osk as coach.", 9, True),
        ("Lena Osk was named coach of Tarn Rovers.", 9, True),
        ("Tarn Rovers have appointed Lena Osk as coach.", -9, False),
        ("Holm City have appointed Lena Osk as coach.", 9, False),
        ("Tarn Rovers lost in Holm.", 9, False),
    ],
)
def test_who_fills_in_does_so_until_a_later_article_has_somebody_appointed(
    other: str, days: int, is_over: bool
) -> None:
    text = "Ana Orr will coach Tarn Rovers until a successor is found."
    one = candidate("Who is in charge of Tarn Rovers?", text)
    later = Article(id="b", title="", text=other, published=THURSDAY + timedelta(days=days))
    found = find_misfits(replace(one, articles=[*one.articles, later]))
    assert ("holder" in {misfit.kind for misfit in found}) == is_over


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (WHO, "Ana Orr resigned as mayor of Tarn on Monday after Reform won the elections."),
        (WHO, "TARN (WW) - Mayor Ana Orr of Tarn resigned on Monday after a new audit."),
        (WHO, "Ana Orr, 44, the mayor of Tarn, was sacked on Monday when Lee Osk became king."),
        ("Who leads Tarn council?", "Ana Orr, the leader of the council, has stepped down."),
        ("Who now chairs the trust?", "Ana Orr resigned as chairwoman when Lee Osk was named."),
        ("Who became mayor of Tarn?", "Ana Orr resigned as mayor after elections in Holm."),
        (WHO, "The council has removed Ana Orr as mayor after a new audit."),
        ("Who heads Holm school?", "Governors have dismissed Dr Ana Orr as principal."),
        (WHO, "Lee Osk, who succeeded Ana Orr last year, opened the pier."),
    ],
)
def test_who_is_marked_and_has_left_does_not_fit(question: str, text: str) -> None:
    assert "holder" in kinds(question, text, marked="Ana Orr")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (WHO, "Ana Orr took over when Lee Osk resigned as mayor."),
        (WHO, "Ana Orr resigned as treasurer in May to become mayor of Tarn."),
        (WHO, "Mayor Ana Orr will resign in May."),
        (WHO, "Mayor Ana Orr removed Lee Osk as treasurer."),
        (WHO, "Councillors wanted to remove Ana Orr as mayor."),
        (WHO, "The trust dismissed Ana Orr as treasurer, and she became mayor."),
        (WHO, "Ana Orr resigned as mayor but will stay on until a new one is found."),
        ("Who leads Tarn council?", "The council is led by Ana Orr since Lee Osk quit as leader."),
        ("Who is the mayor who resigned?", "Ana Orr, the mayor, resigned in May."),
        ("Who is the former mayor?", "Ana Orr, the mayor, resigned in May."),
    ],
)
def test_who_is_marked_and_holds_it_fits(question: str, text: str) -> None:
    assert "holder" not in kinds(question, text, marked="Ana Orr")


@pytest.mark.parametrize(
    ("day", "later", "is_left"),
    [
        (FRIDAY, "Ana Orr resigned as mayor of Tarn on Thursday.", True),
        (WEDNESDAY, "Ana Orr resigned as mayor of Tarn on Thursday.", False),
        (FRIDAY, "Ana Orr resigned as treasurer of Tarn on Thursday.", False),
        (FRIDAY, "Lee Orr of Holm resigned as mayor of Holm on Thursday.", False),
        (FRIDAY, "In Tarn, the former mayor, Ana Orr, met Lee Osk.", True),
        (FRIDAY, "In Tarn, former mayor Ana Orr met Lee Osk.", True),
        (FRIDAY, "In Tarn, the former deputy mayor, Ana Orr, met Lee Osk.", False),
        (FRIDAY, "The former mayor of Holm, Ana Orr, leads Tarn.", False),
        (FRIDAY, "Ana Orr met the former mayor of Tarn, Lee Osk.", False),
        (FRIDAY, "Tarn’s mayor, Ana Orr, offered her resignation and the king accepted it.", True),
        (FRIDAY, "Tarn’s mayor, Ana Orr, offered her resignation on Thursday.", False),
        (FRIDAY, "Mayor Ana Orr of Tarn offered her resignation; the king accepted it.", True),
        (FRIDAY, "Mayor Ana Orr of Tarn offered her resignation, not yet accepted.", False),
    ],
)
def test_a_later_article_tells_that_they_left(day: date, later: str, is_left: bool) -> None:
    one = candidate(WHO, "Ana Orr is the mayor of Tarn.", marked="Ana Orr")
    one = replace(one, articles=[*one.articles, story(later, name="later", published=day)])
    assert ("holder" in {misfit.kind for misfit in find_misfits(one)}) == is_left


def test_who_had_led_it_leads_it_no_more() -> None:
    text = "Ana Orr, who had led the council for years, has gone."
    assert "holder" in kinds("Who leads Tarn council?", text, marked="Ana Orr")
    assert "holder" not in kinds("Who led Tarn council?", text, marked="Ana Orr")


@pytest.mark.parametrize(
    ("question", "text", "marked", "is_gone"),
    [
        ("Who led Tarn before Orr?", "Mayor Ana Orr led Tarn from May.", "Mayor Ana", True),
        ("Who replaced Orr?", "Ana Orr was elected in May.", "Ana Orr", True),
        ("Who led Tarn before Orr?", "Lee Osk led Tarn until May.", "Lee Osk", False),
        (
            "Who led Tarn before Orr?",
            "Ana Orr replaced Lee Osk.",
            "Ana Orr replaced Lee Osk",
            False,
        ),
        ("Who led Tarn?", "Mayor Ana Orr led Tarn from May.", "Ana Orr", False),
    ],
)
def test_whom_the_question_rules_out_does_not_fit(
    question: str, text: str, marked: str, is_gone: bool
) -> None:
    assert ("holder" in kinds(question, text, marked=marked)) == is_gone


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Who is Holm's foreign minister?", "The foreign minister of Tarn, Ada Orr, came.", True),
        ("Who is Holm's foreign minister?", "Tarn’s foreign minister, Ada Orr, was in Holm.", True),
        ("Who is the mayor of Holm?", "The mayor of Tarn, Ada Orr, was in Holm.", True),
        ("Who is Holm's foreign minister?", "The foreign minister of Holm, Ada Orr, came.", False),
        ("Who is Holm's foreign minister?", "Ada Orr, the foreign minister, was in Tarn.", False),
        ("Who is Holm's mayor?", "The mayor of Tarn met the mayor, Ada Orr.", False),
        ("Who is Holm's mayor?", "Ada Orr, mayor of the Holm district, came.", False),
        ("Who is Holm's head?", "Ada Orr is head of the Tarn waterworks panel.", False),
        ("Who is Britain's prime minister?", "The prime minister of the UK, Ada Orr, came.", False),
        ("Who is the mayor of Holm?", "Ada Orr became mayor in March.", False),
    ],
)
def test_who_holds_the_office_elsewhere_does_not_answer(
    question: str, sentence: str, *, expected: bool
) -> None:
    assert ("holder" in kinds(question, sentence)) is expected
