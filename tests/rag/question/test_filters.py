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


def test_a_month_after_a_question_about_a_year_is_of_that_year() -> None:
    _, where = read_filters("And in November?", {}, carried=["Port Alder", "October 2020"])
    assert str(where.events) == "2020-11-01 to 2020-11-30"


@pytest.mark.parametrize(
    ("question", "carried"),
    [
        ("And in November 2018?", ["2020"]),
        ("And on Tuesday?", ["2020"]),
        ("And in November?", ["2019", "2020"]),
        ("And who lost?", ["2020"]),
    ],
)
def test_other_times_are_those_of_the_question(question: str, carried: list[str]) -> None:
    (time, where), (alone, _) = (
        read_filters(question, {}, carried=carried),
        read_filters(question, {}),
    )
    assert time == alone
    assert where.events == alone.window
