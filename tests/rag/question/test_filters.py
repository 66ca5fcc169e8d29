"""What a caller gives beside a question, and what becomes of it."""

from datetime import date

import pytest

from rag.errors import QuestionError
from rag.question.filters import Filters, check_filters, read_filters


def test_the_days_of_the_caller_take_the_place_of_the_questions() -> None:
    _, where = read_filters("What happened in March 2021?", {"since": "2020-01-01"})
    assert (where.window, where.events) != (None, None)
    assert where.events is None


def test_as_of_a_day_is_also_its_now() -> None:
    time, where = read_filters("What happened last year?", {"as_of": "2020-06-01"})
    assert where.as_of == date(2020, 6, 1)
    assert str(time.window) == "2019-01-01 to 2019-12-31"


def test_an_iterator_of_outlets_or_sections_serves_every_question() -> None:
    checked = check_filters({"sources": iter(["wire.example"]), "sections": iter(["politics"])})
    for _ in range(2):
        where = read_filters("Who?", checked)[1]
        assert (where.sources, where.sections) == (("wire.example",), ("politics",))


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": "last week"},
        {"since": 20201101},
        {"since": "2021-01-02", "until": "2021-01-01"},
        {"sources": "wire.example"},
        {"sections": "politics"},
    ],
)
def test_what_makes_no_sense_is_refused(wrong: Filters) -> None:
    with pytest.raises(QuestionError):
        check_filters(wrong)


def test_an_unknown_filter_names_those_that_there_are() -> None:
    with pytest.raises(TypeError, match="no filter outlets; the filters are since, until"):
        read_filters("Who?", {"outlets": ["a"]})  # type: ignore[typeddict-unknown-key]
