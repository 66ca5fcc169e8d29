"""Tests the conditions of a search on points, before an engine gets them."""

from datetime import UTC, date, datetime

import pytest

from rag.records import SearchFilter, TimeWindow
from rag.store.conditions import AnyOf, Between, Conditions, OneOf, flagged, of_clusters, searched
from rag.store.points import INDEXED_FIELDS

NOW = datetime(2020, 11, 10, 9, tzinfo=UTC)


def test_a_search_that_asks_for_nothing_has_no_conditions() -> None:
    assert searched(SearchFilter()) is None


def test_no_outlet_at_all_is_a_condition_that_nothing_meets() -> None:
    assert searched(SearchFilter(sources=())) == Conditions(must=(AnyOf("source", ()),))


def test_an_open_window_bounds_publication_on_one_side() -> None:
    window = TimeWindow(since=date(2020, 11, 1), until=None)
    wanted = Between(field="published", since="2020-11-01T00:00:00Z", until=None)
    assert searched(SearchFilter(window=window)) == Conditions(must=(wanted,))


@pytest.mark.parametrize(("until", "keeps_long"), [("2020-11-30", False), ("2021-11-30", True)])
def test_a_short_window_is_met_by_no_span_longer_than_a_season(
    until: str, keeps_long: bool
) -> None:
    window = TimeWindow(since=date(2020, 11, 1), until=date.fromisoformat(until))
    conditions = searched(SearchFilter(events=window), by_cells=False)
    assert conditions
    (spans,) = conditions.must
    assert isinstance(spans, OneOf)
    assert spans.field == "days"
    assert (spans.conditions.must_not == ()) is keeps_long


def test_days_of_events_are_looked_up_in_indexes_alone() -> None:
    day, other = date(2020, 11, 1), date(2020, 11, 30)
    windows = (
        TimeWindow(since=day),
        TimeWindow(until=day),
        TimeWindow(since=day, until=other),
        TimeWindow(since=day, until=date(2022, 5, 1)),
    )
    for window in windows:
        conditions = searched(SearchFilter(events=window))
        assert conditions
        (wanted,) = conditions.must
        assert not isinstance(wanted, OneOf)
        assert wanted.field in INDEXED_FIELDS


def test_what_is_hidden_now_is_excluded_from_a_search_and_from_copies() -> None:
    where = SearchFilter(now=NOW)
    hidden = (
        Between(field="hidden_until", after="2020-11-10T09:00:00Z"),
        Between(field="hidden_from", until="2020-11-10T09:00:00Z"),
    )
    assert searched(where) == Conditions(must_not=hidden)
    assert of_clusters(["a"], where).must_not == hidden


def test_a_flag_is_looked_for_on_articles_only() -> None:
    article, flag = AnyOf("kind", ("article",)), AnyOf("embedded", ("yes",))
    assert flagged("embedded", value=True) == Conditions(must=(article, flag))
    assert flagged("embedded", value=False) == Conditions(must=(article,), must_not=(flag,))
