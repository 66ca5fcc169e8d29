"""Tests which texts count as English."""

from pathlib import Path

import pytest

from rag.text.english import is_english

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
    "text", ["停火于11月10日生效，双方军队原地不动。", "Перемирие вступило в силу."]
)
def test_another_script_is_told_in_a_few_words(text: str) -> None:
    assert not is_english(text)
