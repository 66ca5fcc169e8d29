from pathlib import Path

import pytest

from rag.text.languages import is_foreign

ASKED = "When did the ceasefire take effect?"
QUOTE = "The northern truce took effect at midnight on 10 November."
HERE = Path(__file__).parent
FOREIGN = [
    tuple(line.split("\t"))
    for line in (HERE / "foreign_sentences.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
ENGLISH = (HERE / "english_sentences.txt").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Waffenstillstand trat am 10. November in Kraft.",
        "Le cessez-le-feu est entré en vigueur le 10 novembre.",
        "La tregua entró en vigor el 10 de noviembre.",
        "La tregua è entrata in vigore a mezzanotte del 10 novembre.",
        "O cessar-fogo entrou em vigor à meia-noite.",
        "Het staakt-het-vuren ging in op 10 november.",
        "Rozejm wszedł w życie o północy 10 listopada.",
        "Ateşkes 10 Kasım gece yarısı yürürlüğe girdi ve iki ordu yerinde kaldı.",
        "Перемирие вступило в силу 10 ноября.",
        "停火于11月10日生效，双方军队原地不动。",
    ],
)
def test_another_language_than_that_of_question_and_quotes_is_foreign(sentence: str) -> None:
    assert is_foreign(sentence, [ASKED, QUOTE])
    assert not is_foreign(sentence, [ASKED, QUOTE, sentence])


@pytest.mark.parametrize(
    "sentence",
    [
        "The truce took effect at midnight.",
        "Both armies stayed put.",
        "Putin signed.",
        "Die Welt and Der Spiegel reported the deal.",
        "Ursula von der Leyen, Lula da Silva and El País.",
        "Los Angeles, Las Vegas and El Paso voted no.",
        "10 November 2020",
        "",
    ],
)
def test_the_same_language_and_names_alone_are_not(sentence: str) -> None:
    assert not is_foreign(sentence, [ASKED, QUOTE])


def test_the_language_of_the_quotes_will_do_for_a_question_in_another() -> None:
    asked = "Wann trat der Waffenstillstand im Norden in Kraft?"
    assert not is_foreign("The truce took effect at midnight.", [asked, QUOTE])
    assert not is_foreign("Der Waffenstillstand trat um Mitternacht in Kraft.", [asked, QUOTE])


def test_without_a_language_to_compare_with_nothing_is_foreign() -> None:
    assert not is_foreign("Der Waffenstillstand trat am 10. November in Kraft.", ["Shusha?"])


@pytest.mark.parametrize("language", sorted({language for language, _ in FOREIGN}))
def test_news_in_another_language_is_told(language: str) -> None:
    sentences = [sentence for name, sentence in FOREIGN if name == language]
    told = sum(is_foreign(sentence, [ASKED, QUOTE]) for sentence in sentences)
    assert len(sentences) >= 20
    assert told / len(sentences) >= 0.95


def test_english_news_full_of_foreign_names_is_not() -> None:
    wrong = [sentence for sentence in ENGLISH if is_foreign(sentence, [ASKED, QUOTE])]
    assert len(wrong) / len(ENGLISH) <= 0.01, wrong


def test_news_in_the_language_of_the_quotes_is_not() -> None:
    for language, sentence in FOREIGN:
        quotes = [other for name, other in FOREIGN if name == language and other != sentence]
        assert not is_foreign(sentence, quotes)
