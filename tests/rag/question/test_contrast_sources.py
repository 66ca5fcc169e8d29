"""Follow-ups that ask the last question of another source, or of the same one."""

import pytest

from rag.archive import Archive
from rag.question.contrast_sources import in_place_or_of_source


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        (
            "According to the Courier?",
            "Who won in Tarn?",
            "Who won in Tarn, according to the Courier?",
        ),
        (
            "and according to the police",
            "ferry: How many were hurt, according to the hospital?",
            "ferry: How many were hurt, according to the police?",
        ),
        (
            "What about according to wire.example?",
            "According to Reuters, who won in Tarn?",
            "Who won in Tarn, according to wire.example?",
        ),
        ("According to whom?", "Who won in Tarn?", ""),
        ("According to Orr?", "Who, according to Reuters, won?", ""),
    ],
)
def test_the_last_question_is_asked_of_the_source_that_is_named(
    question: str, before: str, wanted: str
) -> None:
    assert in_place_or_of_source(question, before, ()) == wanted


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        ("And in Ulsby?", "Who won in Tarn?", "Who won in Ulsby, according to Reuters?"),
        ("And the Harbor Times?", "Who won?", "Who won, according to the Harbor Times?"),
        ("And in Ulsby?", "What did Reuters say in Tarn?", "What did Reuters say in Ulsby?"),
        ("And the weather?", "Who won in Tarn?", ""),
    ],
)
def test_the_outlet_that_was_asked_is_asked_again(question: str, before: str, wanted: str) -> None:
    assert in_place_or_of_source(question, before, ("Reuters",)) == wanted


def test_what_was_asked_of_an_outlet_is_asked_of_the_next(archive: Archive) -> None:
    first = archive.ask("When did the northern truce take effect?")
    then = archive.ask("According to wire.example?", history=[first])
    assert then.outlets == ("wire.example",)
    assert then.understood == first.question
    more = archive.ask("What else?", history=[first, then])
    assert "from wire.example" in more.searched


def test_a_turn_that_only_names_an_outlet_is_never_refused(archive: Archive) -> None:
    assert archive.ask("According to wire.example?", history=[], carried=["truce"]).text
