"""Tests which language a field of metadata names."""

import pytest

from rag.text.language_names import names_other_language


@pytest.mark.parametrize(
    "value", ["de", "DE", "de-AT", "pt_BR", "swe", "German", "Deutsch", "French (Canada)", "fr, nl"]
)
def test_codes_and_names_of_other_languages_are_known(value: str) -> None:
    assert names_other_language(value)


@pytest.mark.parametrize(
    "value", ["en", "EN-us", "eng", "English", "english (UK)", "de, en", "cy;en"]
)
def test_english_is_no_other_language(value: str) -> None:
    assert not names_other_language(value)


@pytest.mark.parametrize("value", ["", "und", "mul", "unknown", "n/a", "GB", "UK", "nan", "-"])
def test_what_names_no_language_says_nothing(value: str) -> None:
    assert not names_other_language(value)
