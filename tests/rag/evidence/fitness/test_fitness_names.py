"""Tests that the whole name must match, and the description of who bears it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rag.evidence.fitness import find_misfits
from rag.evidence.fitness.names import check_descriptions
from rag.question.premises.asked_names import asked_names
from rag.text.words import stem_of
from tests.rag.evidence.fitness.candidates import candidate, kinds
from tests.rag.stories import THURSDAY, story

EARLIER, LATER = THURSDAY - timedelta(days=90), THURSDAY + timedelta(days=90)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who runs the Holm Savings Trust?", "Eva Brae runs the Dunmore Bank."),
        ("How old was Mina Torvik?", "Alma Torvik was 81, her son Per Torvik said."),
        ("How many homes did Storm Wanda flood?", "Storm Kasimir flooded 90 homes."),
        ("Holm Tunnel: How many use it?", "About 40 people use the Brae Tunnel."),
        ("Holm, Brae Rovers: How many saw it?", "About 40 people saw Brae Rovers."),
        ("Who is K. V. Torvik?", "Chief Minister K. R. Torvik closed the port."),
        ("Who is K.V. Torvik?", "Harbour Minister K. R. Torvik closed the port."),
        ("How old is A. S. Torvik?", "R. J. Torvik is 81."),
        ("How old is Mina F. Torvik?", "Karl F. Torvik is 81."),
        ("How old is K. V. Torvik?", "Karl Rolf Torvik is 81."),
    ],
)
def test_another_bearer_does_not_fit(question: str, text: str) -> None:
    assert "name" in kinds(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How old is J.D. Torvik?", "J. D. Torvik is 81."),
        ("Holm and Brae Rovers: How many saw them?", "About 40 people saw Brae Rovers."),
        ("How old is J. D. Torvik?", "J.D. Torvik is 81."),
        ("How old is K. V. Torvik?", "Harbour Minister K. V. Torvik is 81."),
        ("How old is K. Torvik?", "K. V. Torvik is 81."),
        ("How old is K. V. Torvik?", "Karl Viktor Torvik is 81."),
        ("How old is Mina F. Torvik?", "Mina Torvik is 81."),
        ("How old is Jörg Müller?", "Joerg Mueller is 81."),
        ("How old is Zofia Łask?", "Zofia Lask is 81."),
        ("How old is Mina Torvik?", "Mrs Torvik is 81."),
        ("How old is Mina Torvik?", "M. Torvik is 81."),
        ("How many saw Brae Rovers in mid-July?", "About 40 people saw Brae Rovers."),
        ("How old is Mina Torvick?", "Mina Torvik is 81."),
        ("When is the Torviks' wedding?", "Mina Torvik marries on Sunday."),
        ("What does the NHB cost?", "The National Harbour Board costs 9 million."),
        ("Which European port is the oldest?", "Dray has the oldest port."),
        ("Who lead Holm Grid and Brae Water?", "Ana Ruiz leads Brae Water."),
        ("Did Dunmore's Torvik resign?", "Mina Torvik of Dunmore resigned."),
        ("When did the Justice Department reply?", "Officials of justice replied on Monday."),
        ("How old is Mina Torvik?", "Torvik, 48, thanked her father, Per Torvik."),
    ],
)
def test_the_name_in_another_form_fits(question: str, text: str) -> None:
    assert "name" not in kinds(question, text)


def test_the_outlet_of_the_article_may_be_named() -> None:
    assert "name" not in kinds("What did the Wire say of the fire?", "Two died in the fire.")


@pytest.mark.parametrize(
    "question",
    [
        "When did Mina Torvik the pilot retire?",
        "When did the pilot Mina Torvik retire?",
        "When did Mina Torvik, the pilot, retire?",
        "When did pilot Mina Torvik retire?",
    ],
)
def test_a_description_is_read(question: str) -> None:
    [name] = asked_names(question)
    assert name.described == {stem_of("pilot")}


def test_a_namesake_without_the_description_does_not_fit_if_another_article_has_it() -> None:
    question = "When did the pilot Mina Torvik retire?"
    text = "Mina Torvik, who taught music for 30 years, retired on Sunday."
    other = "Mina Torvik, a Dray Air pilot, flew to Holm."
    assert check_descriptions(candidate(question, text, others=(other,)))
    assert not check_descriptions(candidate(question, text))
    assert not check_descriptions(candidate(question, other, others=(text,)))


@pytest.mark.parametrize(
    ("question", "day", "fits"),
    [
        ("Who led Tarn council before Lena Osk?", LATER, True),
        ("Who led Tarn council until Lena Osk came?", LATER, True),
        ("Who led Tarn council before Lena Osk?", EARLIER, False),
        ("Who took over Tarn council after Lena Osk left?", EARLIER, True),
        ("Who took over Tarn council after Lena Osk left?", LATER, False),
        ("Who led Tarn council with Lena Osk?", LATER, False),
    ],
)
def test_an_article_need_not_know_who_came_after_or_before(
    question: str, day: date, fits: bool
) -> None:
    one = candidate(question, "Ana Orr is the leader of Tarn council.")
    other = story("Lena Osk is the leader of Tarn council.", name="other", published=day)
    one = replace(one, articles=[*one.articles, other])
    assert ("name" in {misfit.kind for misfit in find_misfits(one)}) != fits
