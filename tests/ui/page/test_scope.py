from datetime import date

import pytest

from rag.errors import ArchiveUnavailable
from tests.ui.fake_archive import FakeArchive
from ui.page.conversation import PageFilters
from ui.page.scope import pills, say_count, say_impossible, say_overridden

ALL = PageFilters(
    since=date(2020, 11, 1),
    until=date(2020, 11, 30),
    outlets=["wire.example", "city.example"],
    sections=["world"],
    as_of=date(2021, 1, 1),
)


def test_each_restriction_is_a_pill_that_can_be_removed_alone() -> None:
    assert [pill.text for pill in pills(ALL)] == [
        "wire.example",
        "city.example",
        "world",
        "since 1 November 2020",
        "until 30 November 2020",
        "as of 1 January 2021",
    ]
    for pill in pills(ALL):
        assert pill.text not in [other.text for other in pills(pill.without)]
        assert len(list(pills(pill.without))) == 5
    assert not list(pills(PageFilters()))


def test_without_its_last_outlet_all_outlets_are_asked() -> None:
    (pill,) = pills(PageFilters(outlets=["wire.example"]))
    assert pill.without == PageFilters()


@pytest.mark.parametrize(
    ("under", "said"),
    [(0, "0 of 1,234 articles"), (28, "28 of 1,234 articles"), (1234, "1,234 articles")],
)
def test_the_count_is_that_of_the_archive_under_the_filters(under: int, said: str) -> None:
    archive = FakeArchive()
    archive.manifest = FakeArchive.of(1234)
    archive.under_filters = under
    assert say_count(archive, ALL) == said
    (counted,) = archive.counted
    assert counted == {
        "since": date(2020, 11, 1),
        "until": date(2020, 11, 30),
        "sources": ["wire.example", "city.example"],
        "sections": ["world"],
        "as_of": date(2021, 1, 1),
    }


def test_days_in_the_wrong_order_are_told_before_anything_is_asked() -> None:
    wrong = PageFilters(since=date(2021, 1, 1), until=date(2020, 1, 1))
    said = "No article is asked: 1 January 2021 is after 1 January 2020."
    assert say_impossible(wrong) == say_count(FakeArchive(), wrong) == said
    assert not say_impossible(ALL)


def test_an_archive_that_does_not_answer_has_no_count() -> None:
    class Away(FakeArchive):
        def count(self, **filters: object) -> int:
            raise ArchiveUnavailable("it does not answer")

    assert say_count(Away(), ALL) == ""


def test_days_that_were_set_are_told_against_those_of_the_question() -> None:
    assert say_overridden(ALL, "2021-03-01 to 2021-03-31") == (
        "The question names 2021-03-01 to 2021-03-31, and the days that you set were asked: "
        "since 1 November 2020, until 30 November 2020."
    )
