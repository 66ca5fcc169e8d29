"""Tests which texts count as English."""

from pathlib import Path

import pytest

from rag.text.english import is_english, is_plainly_english

HERE = Path(__file__).parent
FOREIGN: dict[str, list[str]] = {}
for line in (HERE / "foreign_sentences.tsv").read_text(encoding="utf-8").splitlines()[1:]:
    code, sentence = line.split("\t")
    FOREIGN.setdefault(code, []).append(sentence)
ENGLISH = (HERE / "english_sentences.txt").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize("code", FOREIGN)
def test_five_foreign_sentences_are_not_english(code: str) -> None:
    texts = [" ".join(FOREIGN[code][first : first + 5]) for first in range(0, 20, 5)]
    assert not any(map(is_english, texts))


def test_english_sentences_are() -> None:
    assert all(map(is_english, ENGLISH))
    assert is_english(" ".join(ENGLISH))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Die Welt, El País und Le Monde",
        "| Alder | 14 | 3 |\n| Brenmark | 12 | 5 |",
        "Vote: 14-3. Def. Alder, 6-2. " * 10,
    ],
)
def test_what_is_too_little_to_tell_may_be(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Die Fähre nach Quillmere fährt ab Montag wieder.",
        "Regeringen avgår. Det meddelade statsministern på måndagen.",
        "Het museum is dicht. De directeur wil niet zeggen waarom dat zo is.",
        "El alcalde dimite. La oposición pide elecciones.",
        "Le pont est fermé. Les trains ne circulent plus.",
        "Il ponte è chiuso. I treni non partono.",
        "Most zamknięty. Pociągi nie jeżdżą.",
        "In der Stadt fehlt es an Wohnungen.",
    ],
)
def test_a_brief_in_another_language_is_told_by_its_small_words(text: str) -> None:
    assert not is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ferry strike ends.",
        "Two men die in mine.",
        "Café owner Zoë Lund sues El País.",
        "Mayor quits; council to vote.",
        "Le Pen and van der Bellen meet.",
    ],
)
def test_an_english_brief_stays_english(text: str) -> None:
    assert is_english(text)


def test_the_language_that_the_metadata_names_counts() -> None:
    assert not is_english("Ferry strike ends on the coast.", "sv-SE")
    assert is_english("Ferry strike ends on the coast.", "en-GB")
    assert is_english("Ferry strike ends on the coast.", "unknown")
    # A publishing system may write one language into all articles.
    assert not is_english("Le pont est fermé. Les trains ne circulent plus.", "en")


@pytest.mark.parametrize(
    "text", ["停火于11月10日生效，双方军队原地不动。", "Перемирие вступило в силу."]
)
def test_another_script_is_told_in_a_few_words(text: str) -> None:
    assert not is_english(text)


def test_english_sentences_are_plainly_so_and_others_are_not() -> None:
    texts = [" ".join(ENGLISH[first : first + 20]) for first in range(0, len(ENGLISH) - 20, 20)]
    assert all(map(is_plainly_english, texts))
    assert not is_plainly_english("| Alder | 14 | 3 |\n| Brenmark | 12 | 5 |")
    assert not any(is_plainly_english(" ".join(sentences)) for sentences in FOREIGN.values())
