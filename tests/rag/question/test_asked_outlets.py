"""The outlets that a filter and a question mean."""

import pytest

from rag.question.outlets import (
    known_as,
    may_name_outlets,
    read_outlets,
    resolve_outlets,
    resolve_sections,
)

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


def test_a_section_is_meant_whatever_its_case_and_accents() -> None:
    known = ("politics", "Politics", "Économie", "")
    assert resolve_sections(["POLITICS", "economie"], known) == (
        "politics",
        "Politics",
        "Économie",
    )
    assert resolve_sections(["Sports", ""], known) == ("Sports", "")


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


@pytest.mark.parametrize(
    "question",
    [
        "Did Reuters give its presenters a pay rise?",
        "Who did the Guardian put in charge of its website?",
        "Did the Guardian find a new chairman?",
        "Did the Harbor Times call a strike?",
        "When did the Harbor Times call a strike about pay?",
        "How did the Guardian find its new chairman?",
        "How much did Reuters give its chairman?",
        "What did Reuters give its staff?",
        "How many people did the Guardian tell to leave?",
        "Has the Guardian covered the costs?",
        "How did the Guardian put its website behind a wall?",
    ],
)
def test_what_an_outlet_does_as_others_do_names_none(question: str) -> None:
    assert read_outlets(question, KNOWN).outlets == ()


@pytest.mark.parametrize(
    "question",
    [
        "Did Reuters find that boats were lost?",
        "What did Reuters give as the reason?",
        "What figure did Reuters give for the boats that were lost?",
        "Which death toll did Reuters give?",
        "Did Reuters give any reason?",
        "Did Reuters put the death toll at 40?",
        "How many boats did Reuters give?",
        "What did Reuters find in Holm?",
        "What has Reuters found?",
        "What did Reuters call the new law?",
        "What did Reuters tell its readers about the boats?",
        "Did Reuters tell how boats were lost?",
        "How did Reuters cover the flood?",
        "How did Reuters put it?",
    ],
)
def test_what_an_outlet_tells_names_it(question: str) -> None:
    assert read_outlets(question, KNOWN).outlets == ("Reuters",)
    assert may_name_outlets(question)


def test_a_word_in_small_letters_is_no_outlet_beside_others_with_capitals() -> None:
    known = ("The Independent", "Wire")
    assert read_outlets("What did the independent report say about Orr?", known).outlets == ()
    found = read_outlets("What did the Independent report about Orr?", known)
    assert found.outlets == ("The Independent",)
    assert read_outlets("what did the independent report about orr?", known).outlets != ()


@pytest.mark.parametrize(
    ("question", "name", "meant"),
    [
        ("According to AFP, how many boats were lost?", "AFP", ""),
        ("How many boats were lost, according to the Associated Press?", "Associated Press", ""),
        ("According to the Marden Post, who won?", "Marden Post", ""),
        ("According to a report in Holm News, who won?", "Holm News", ""),
        ("Who won according to the Herald in 2019?", "Herald", ""),
        ("According to marden.example, who won?", "marden.example", ""),
        ("According to Harbour Times, who won?", "Harbour Times", "Harbor Times"),
        ("According to the Guardain, who won?", "Guardain", "theguardian.example"),
        ("according to the guardain, who won?", "guardain", "theguardian.example"),
        ("According to AFP and the mayor, who won?", "AFP", ""),
        ("What did the Marden Courier report about the boats?", "Marden Courier", ""),
    ],
)
def test_an_outlet_that_the_archive_does_not_have_is_named(
    question: str, name: str, meant: str
) -> None:
    found = read_outlets(question, KNOWN)
    hint = f" (did you mean '{meant}'?)" if meant else ""
    assert found.notes == (f"no article is from “{name}”{hint}; all outlets were asked",)
    assert (found.name, found.outlets) == (name, ())
    assert read_outlets(question, [str(number) for number in range(10_000)]).notes == ()


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("According to AFP, how many boats were lost?", "How many boats were lost?"),
        ("Who won according to the Herald in 2019?", "Who won in 2019?"),
        ("According to a report in Holm News, who won?", "Who won?"),
        ("According to AFP and the mayor, who won?", "According to AFP and the mayor, who won?"),
        ("What did the Marden Courier report?", "What did the Marden Courier report?"),
    ],
)
def test_a_question_is_read_without_an_outlet_that_is_not_there(question: str, rest: str) -> None:
    assert read_outlets(question, KNOWN).rest == rest


@pytest.mark.parametrize(
    "question",
    [
        "According to Ana Orr, how many boats were lost?",
        "According to Ilse Post, how many boats were lost?",
        "According to Orr of the BBC, who won?",
        "According to the AFP reporter Ana Orr, who won?",
        "According to the police, how many boats were lost?",
        "According to the World Bank, how many boats were lost?",
        "According to the Ministry of Harbors, who won?",
        "According to the press, who won?",
        "according to the local press, who won?",
        "According to a BBC, who won?",
        "According to reports, who won?",
        "According to Reuters and the mayor, who won?",
        "What did the Marden Council say about the boats?",
        "Who bought AFP?",
        "Did the BBC call a strike?",
    ],
)
def test_a_speaker_is_no_outlet_that_is_missing(question: str) -> None:
    assert read_outlets(question, KNOWN).notes == ()


PAPERS = ("The Independent", "People", "The Local", "The Times", "Metro", "Reuters", "Holm Courier")


@pytest.mark.parametrize(
    "question",
    [
        "What did the independent report say?",
        "What did people say about the new law?",
        "what did people say about the new law?",
        "According to the local council, when will it open?",
        "according to the local council, when will it open?",
        "According to The Times of Marden, who won?",
        "According to Metro officials, when did it open?",
        "According to Reuters and the mayor, who won?",
        "According to a Metro, who won?",
    ],
)
def test_usual_words_and_a_part_of_a_name_are_no_outlet(question: str) -> None:
    found = read_outlets(question, PAPERS)
    assert (found.outlets, found.rest) == ((), question)


@pytest.mark.parametrize(
    ("question", "outlets", "rest"),
    [
        ("According to Metro and Reuters, who won?", ("Metro", "Reuters"), "Who won?"),
        (
            "Who won, according to Metro, the Times or Reuters?",
            ("Metro", "The Times", "Reuters"),
            "Who won?",
        ),
        ("According to Metro, Reuters was sold when?", ("Metro",), "Reuters was sold when?"),
        ("According to a report in the Times, who won?", ("The Times",), "Who won?"),
        ("According to a Reuters report, who won?", ("Reuters",), "Who won?"),
        ("According to the Times newspaper, who won?", ("The Times",), "Who won?"),
        ("Who won, according to the Times’s report?", ("The Times",), "Who won?"),
        ("Who won according to Reuters in 2019?", ("Reuters",), "Who won in 2019?"),
        ("Who won according to reuters", ("Reuters",), "Who won"),
        ("according to the local, who won?", ("The Local",), "Who won?"),
        ("What did the holm courier say?", ("Holm Courier",), "What did the holm courier say?"),
        (
            "What was reported by Reuters about Holm?",
            ("Reuters",),
            "What was reported by Reuters about Holm?",
        ),
    ],
)
def test_an_aside_ends_with_its_outlets(question: str, outlets: tuple[str, ...], rest: str) -> None:
    found = read_outlets(question, PAPERS)
    assert (found.outlets, found.rest) == (outlets, rest)


@pytest.mark.parametrize("question", ["According to the Guardian?", "And according to Reuters?"])
def test_a_question_that_only_names_its_outlet_is_not_left_empty(question: str) -> None:
    found = read_outlets(question, KNOWN)
    assert found.outlets
    assert found.rest == question
