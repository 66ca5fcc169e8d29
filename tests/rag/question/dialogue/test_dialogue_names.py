import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.question.dialogue.names import find_names
from rag.question.dialogue.nations import COUNTRIES, PEOPLE_OF


def kinds(text: str) -> dict[str, str]:
    return {name.text: name.kind for name in find_names(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Who did Emma Raducanu of Britain beat?",
            {"Emma Raducanu": "person", "Britain": "country"},
        ),
        ("Did Russian President Vladimir Putin sign?", {"Vladimir Putin": "person"}),
        ("What did Gen. Rustam Muradov say?", {"Rustam Muradov": "person"}),
        ("When did Queen Elizabeth die?", {"Queen Elizabeth": "person"}),
        ("Where is the Ever Given?", {"Ever Given": "other"}),
        (
            "Who is ahead in Boris Johnson's Labour seat?",
            {"Boris Johnson": "person", "Labour": "group"},
        ),
        ("What did the Bank of England decide in May 2021?", {"Bank of England": "group"}),
        ("Who won Euro 2020?", {"Euro 2020": "event"}),
        ("Did the Georgian Dream party win?", {"Georgian Dream": "group"}),
        ("How many Armenian soldiers died in Shusha?", {"Armenian": "people", "Shusha": "place"}),
        ("When did it happen on a Monday in March?", {}),
    ],
)
def test_names_are_told_with_what_they_name(text: str, expected: dict[str, str]) -> None:
    assert kinds(text) == expected


def test_what_opens_a_sentence_is_a_name_only_where_that_is_known() -> None:
    assert kinds("Tugs pulled it free. Armenia agreed. Luke Shaw scored.") == {
        "Armenia": "country",
        "Luke Shaw": "person",
    }
    (name,) = find_names("Pashinyan agreed.", persons=["Nikol Pashinyan"])
    assert (name.text, name.kind) == ("Pashinyan", "person")


def test_given_names_and_titles_tell_she_from_he() -> None:
    found = find_names("Then Nicola Sturgeon, Mr Bloggs and Prince Xylo met Ararat Mirzoyan.")
    assert [name.sex for name in found] == ["she", "he", "he", ""]


@settings(deadline=None)
@given(st.text(max_size=100))
def test_a_name_stands_at_its_place(text: str) -> None:
    for name in find_names(text):
        assert text[name.start : name.end] == name.text


def test_a_country_has_its_people() -> None:
    assert PEOPLE_OF["Azerbaijan"] == "Azerbaijani"
    assert set(PEOPLE_OF) <= COUNTRIES
