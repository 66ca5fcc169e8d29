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
    ("question", "earlier", "wanted"),
    [
        ("And who led it on the 9th?", "Who spoke on 2 May 2018?", "2018-05-09"),
        ("And on the 30th?", "Who spoke in May 2018?", "2018-05-30"),
        ("Who will speak on the 30th?", "Who spoke in May 2018?", "2018-05-30"),
        ("And at the end of the month?", "Who spoke in May 2018?", "2018-05-21 to 2018-05-31"),
        ("And who led it in June?", "Who spoke in May 2018?", "2018-06-01 to 2018-06-30"),
        ("And who led it in June?", "Who spoke in 2018?", "2018-06-01 to 2018-06-30"),
    ],
)
def test_a_day_after_a_question_about_a_month_is_of_that_month(
    question: str, earlier: str, wanted: str
) -> None:
    carried = [word for word in ("2", "May", "2018") if word in earlier]
    _, where = read_filters(question, {"now": "2022-01-20"}, carried=carried, earlier=[earlier])
    first, _, last = wanted.partition(" to ")
    assert str(where.events) == f"{first} to {last or first}"


@pytest.mark.parametrize(
    ("question", "earlier"),
    [
        ("Who will go in March?", "Where will the 1800 posts go?"),
        ("And who opposed it in March?", "What is the 2018 limit on nitrates?"),
        ("And on the 9th?", "Who spoke in 2018?"),
    ],
)
def test_a_figure_beside_a_noun_gives_no_month_its_year(question: str, earlier: str) -> None:
    carried = [word for word in ("1800", "2018") if word in earlier]
    alone = read_filters(question, {"now": "2022-01-20"})[0]
    asked, _ = read_filters(question, {"now": "2022-01-20"}, carried=carried, earlier=[earlier])
    assert asked == alone


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
