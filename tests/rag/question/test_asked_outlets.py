"""The outlets that a filter and a question mean."""

import pytest

from rag.question.outlets import known_as, may_name_outlets, read_outlets, resolve_outlets

KNOWN = ("Reuters", "theguardian.example", "Le Délibéré", "Harbor Times", "wire.example", "")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("reuters", ("Reuters",)),
        ("REUTERS News Agency", ("Reuters",)),
        ("le delibere", ("Le Délibéré",)),
        ("The Harbor Times", ("Harbor Times",)),
        ("guardian", ("theguardian.example",)),
        ("WIRE.example", ("wire.example",)),
        ("wire.test", ()),
        ("nobody", ()),
        ("", ()),
    ],
)
def test_a_name_means_the_outlet_whatever_its_case_and_accents(
    name: str, meant: tuple[str, ...]
) -> None:
    assert known_as(name, KNOWN) == meant


def test_an_outlet_that_is_not_there_stays_so_that_nothing_is_found() -> None:
    assert resolve_outlets(["reuters", "nobody", "Reuters"], KNOWN) == ("Reuters", "nobody")


@pytest.mark.parametrize(
    ("question", "outlets", "rest"),
    [
        (
            "According to Reuters, how many boats were lost?",
            ("Reuters",),
            "How many boats were lost?",
        ),
        (
            "How many boats were lost, according to the Guardian?",
            ("theguardian.example",),
            "How many boats were lost?",
        ),
        (
            "How many boats, as reported by the Harbor Times, were lost?",
            ("Harbor Times",),
            "How many boats were lost?",
        ),
        (
            "What did the Guardian report about the boats?",
            ("theguardian.example",),
            "What did the Guardian report about the boats?",
        ),
        (
            "Did Reuters say that boats were lost?",
            ("Reuters",),
            "Did Reuters say that boats were lost?",
        ),
    ],
)
def test_a_question_names_the_outlet_to_search_in(
    question: str, outlets: tuple[str, ...], rest: str
) -> None:
    found = read_outlets(question, KNOWN)
    assert (found.outlets, found.rest) == (outlets, rest)
    assert may_name_outlets(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who bought Reuters?",
        "Did Reuters dismiss its editor?",
        "According to the mayor, how many boats were lost?",
        "Who, according to Ilse Varga, sold the harbour?",
        "What did the mayor say about the boats?",
        "How many people work for the Guardian?",
    ],
)
def test_a_question_about_an_outlet_or_a_person_names_none(question: str) -> None:
    assert read_outlets(question, KNOWN).outlets == ()


def test_a_word_in_small_letters_is_no_outlet_beside_others_with_capitals() -> None:
    known = ("The Independent", "Wire")
    assert read_outlets("What did the independent report say about Orr?", known).outlets == ()
    found = read_outlets("What did the Independent report about Orr?", known)
    assert found.outlets == ("The Independent",)
    assert read_outlets("what did the independent report about orr?", known).outlets != ()
