"""Tests how misspelt words are mended."""

from collections.abc import Iterable, Mapping, Sequence

import pytest

from rag.question.spelling import mend_spelling
from rag.text.terms import question_terms

TEXTS = (
    "Ferrand Osterholt opened the Quillmere bridge.",
    "The bridge at Quillmere, said Osterholt, is safe. McAllen agreed.",
)


def weigh(terms: Sequence[int]) -> Mapping[int, float]:
    known = set(question_terms(" ".join(TEXTS)).indices)
    return {term: 3.0 for term in terms if term in known}


def mend(question: str, nearby: Iterable[str] = TEXTS) -> str:
    return mend_spelling(question, weigh=weigh, nearby=lambda asked: nearby)


@pytest.mark.parametrize(
    "misspelt",
    ["Quilmere", "Quillmeree", "Quilmlere", "Quillmore", "Quilmore", "quillmrre"],
)
def test_a_name_one_or_two_edits_away_is_mended(misspelt: str) -> None:
    assert mend(f"Who opened {misspelt} bridge?") == "Who opened Quillmere bridge?"


def test_a_mended_name_is_written_as_the_articles_write_it() -> None:
    assert mend("What did mcalen say?") == "What did McAllen say?"


def test_a_name_beside_its_first_name_or_office_is_mended() -> None:
    assert mend("What did Ferrand Osterhlot say?") == "What did Ferrand Osterholt say?"
    texts = [*TEXTS, "The mayor, Osterholt, came."]
    assert mend("Did Mayor Osterhlot come?", texts) == "Did Mayor Osterholt come?"


def test_a_name_is_not_mended_into_another_kind_of_word() -> None:
    assert mend("What did Marchand say?", ["The merchant said so."]) == "What did Marchand say?"


def test_every_misspelt_word_is_mended_in_its_place() -> None:
    asked = "Did Osterhlot (of Quilmere) resign, and why did Osterhlot go?"
    assert mend(asked) == "Did Osterholt (of Quillmere) resign, and why did Osterholt go?"


@pytest.mark.parametrize(
    "question",
    [
        "Who opened Quillmere bridge?",  # the archive has every word
        "Who condemned the bridges?",  # English has it, though the archive does not
        "What was lauded at the opening?",
        "Who is Brandelhurst?",  # nothing like it
        "Who is Xuillmere?",  # the first letter is hardly ever wrong
        "Who is Fera?",  # too short
        "Who is the Nigerien president?",  # a country has it
        "What did Olaf Osterhlot say?",  # of another first name
        "Did Fernand Osterhalt resign?",  # both names are others
        "",
    ],
)
def test_what_is_not_misspelt_stays(question: str) -> None:
    assert mend(question) == question


def test_passages_are_sought_only_for_a_word_that_the_archive_lacks() -> None:
    def fail(asked: str) -> Iterable[str]:
        raise AssertionError("sought")

    assert mend_spelling("Who opened the bridge?", weigh=weigh, nearby=fail)
    with pytest.raises(AssertionError, match="sought"):
        mend_spelling("Who opened Quilmere?", weigh=weigh, nearby=fail)


def test_a_name_that_is_not_among_what_is_found_is_not_guessed() -> None:
    asked = "Who opened Quilmere bridge?"
    assert mend(asked, nearby=["The ferry was late."]) == asked


NAMES = (
    "Jürgen Müller opened the lock at Köln. Robert Mueller did not come.",
    "The ferry to Öland stops at Ærøskøbing and Århus; Orland is far away.",
    "Joerg Boettner of Strasse wrote to Sir Ian Muller-Groen about a pot.",
    "Every Goring bus is late.",
)


def respell(question: str, texts: Iterable[str] = NAMES, nearby: Iterable[str] = NAMES) -> str:
    has = set(question_terms(" ".join(texts)).indices)
    return mend_spelling(
        question,
        weigh=lambda terms: {term: 3.0 for term in terms if term in has},
        nearby=lambda asked: nearby,
    )


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Who is Juergen?", "Who is Jürgen?"),
        ("Where is Oeland?", "Where is Öland?"),
        ("Where is Aarhus?", "Where is Århus?"),
        ("What happened in koeln?", "What happened in Köln?"),
        ("Who is Jörg Böttner?", "Who is Joerg Boettner?"),
        ("Where is the Goering bus?", "Where is the Goring bus?"),
    ],
)
def test_a_name_with_two_letters_for_one_is_read_as_the_articles_write_it(
    typed: str, read: str
) -> None:
    assert respell(typed) == read


@pytest.mark.parametrize("typed", ["Who is the poet?", "Who is Müller?", "Who is Mueller?"])
def test_words_and_names_that_the_archive_has_stay(typed: str) -> None:
    assert respell(typed) == typed


def test_a_name_that_also_another_person_has_is_read_with_its_first_name() -> None:
    found = ["Jürgen Müller opened the lock."]
    assert respell("Who is Juergen Mueller?", nearby=found) == "Who is Jürgen Müller?"


def test_a_name_that_the_archive_has_in_one_letter_is_not_mended_to_another() -> None:
    found = ["Orland and Orlandia are far away."]
    assert respell("Where is Oeland?", nearby=found) == "Where is Oeland?"


def test_the_spelling_that_the_archive_has_is_sought() -> None:
    sought: list[str] = []

    def nearby(asked: str) -> Iterable[str]:
        sought.append(asked)
        return NAMES

    has = set(question_terms(" ".join(NAMES)).indices)
    mend_spelling(
        "Where is Oeland?",
        weigh=lambda terms: {term: 3.0 for term in terms if term in has},
        nearby=nearby,
    )
    assert sought == ["Where is oland?"]


PARLIAMENT = ("The labour minister organised a cease-fire with the F-16 pilots.",)


def written(question: str) -> str:
    known = set(question_terms(" ".join(PARLIAMENT)).indices)
    return mend_spelling(
        question,
        weigh=lambda terms: {term: 3.0 for term in terms if term in known},
        nearby=lambda asked: PARLIAMENT,
    )


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Who is the labor minister?", "Who is the labour minister?"),
        ("Who organized it?", "Who organised it?"),
        ("Who began the ceasefire?", "Who began the cease-fire?"),
        ("Who flew the F16 then?", "Who flew the F-16 then?"),
    ],
)
def test_a_word_is_read_in_the_spelling_of_the_archive(question: str, meant: str) -> None:
    assert written(question) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Who is the labour minister?",
        "Who is Rose Labor?",  # a name
        "Who colored it?",  # the archive has neither spelling
        "Who flew the F18 then?",
    ],
)
def test_other_words_keep_their_spelling(question: str) -> None:
    assert written(question) == question
