"""Tests on which day each entry of a live blog was written, and what its times mean."""

from datetime import date, datetime

import pytest

from rag.dates.anchors import counted_from, counted_parts
from rag.dates.entry_days import dated_entries, entry_at, told_at, told_on
from rag.dates.event_times import event_times, with_times
from rag.records import Article, Passage
from rag.text.sentences import split_sentences

MONDAY, TUESDAY, WEDNESDAY = date(2024, 4, 1), date(2024, 4, 2), date(2024, 4, 3)
BLOG = """08:20

The bridge reopened this morning, and the wall broke yesterday, the council says.

23:40

The wall has broken at Low Street, and people are leaving their homes.

16:05

About 60 people have been moved to the school, the council says."""


def blog(text: str = BLOG, **fields: object) -> Article:
    return Article(id="a", text=text, **({"published": MONDAY} | fields))  # type: ignore[arg-type]


def days(article: Article) -> list[date | None]:
    return [entry.day for entry in dated_entries(article)]


def test_the_earliest_entry_is_of_the_day_of_publication() -> None:
    assert days(blog()) == [TUESDAY, MONDAY, MONDAY]


def test_the_last_entry_is_not_later_than_the_last_change() -> None:
    assert days(blog(updated=WEDNESDAY)) == [TUESDAY, MONDAY, MONDAY]
    assert days(blog(published=TUESDAY, updated=TUESDAY)) == [TUESDAY, MONDAY, MONDAY]


@pytest.mark.parametrize(
    ("published_at", "last"),
    [
        ("2024-04-01T15:58:00+02:00", TUESDAY),
        ("2024-04-01T00:10:00+00:00", MONDAY),
        ("2024-04-01T23:50:00+00:00", TUESDAY),
    ],
)
def test_the_first_entry_was_written_about_when_the_blog_was_published(
    published_at: str, last: date
) -> None:
    article = blog(published_at=datetime.fromisoformat(published_at))
    assert days(article)[0] == last


@pytest.mark.parametrize(
    "named", ["Tuesday 2 April", "Tuesday, April 2, 2024", "Tuesday", "2024-04-02", "Apr. 2"]
)
def test_a_named_day_counts_for_the_entries_below_it(named: str) -> None:
    assert days(blog(f"{named}\n\n{BLOG}", published=WEDNESDAY)) == [TUESDAY, MONDAY, MONDAY]


def test_a_heading_parts_days_that_the_times_do_not() -> None:
    told = "The river is still rising, the council says."
    text = f"Tuesday\n\n09:30\n\n{told}\n\n09:00\n\n{told}\n\nMonday\n\n08:30\n\n{told}"
    assert days(blog(text)) == [TUESDAY, TUESDAY, MONDAY]


def test_without_a_day_of_publication_only_a_written_year_dates_entries() -> None:
    assert days(blog(published=None)) == [None, None, None]
    assert days(blog(f"2 April 2024\n\n{BLOG}", published=None))[0] == TUESDAY
    assert days(blog(f"31 April 2024\n\n{BLOG}"))[0] == TUESDAY


def test_each_entry_counts_from_its_own_day() -> None:
    article = blog(f"Rain fell on Sunday.\n\n{BLOG}")
    assert [part.day for part in counted_parts(article)] == [MONDAY, TUESDAY, MONDAY, MONDAY]
    assert counted_from(article, article.text.index("reopened")) == TUESDAY
    values = {article.text[t.start : t.end]: t.value for t in event_times(article)}
    assert values["this morning"] == "2024-04-02TMO"
    assert values["yesterday"] == "2024-04-01"
    assert values["08:20"] == "2024-04-02T08:20"


def test_an_entry_has_its_time_and_any_other_place_the_day_of_publication() -> None:
    article = blog(f"Rain fell on Sunday.\n\n{BLOG}")
    entry = entry_at(article, article.text.index("reopened"))
    assert entry is not None
    assert told_at(article, entry.entry.body) == (TUESDAY, 8 * 60 + 20)
    assert str(entry) == "2 April 2024, 08:20"
    assert told_on(article, 0) == MONDAY
    assert told_at(article, 0) == (MONDAY, 0)
    assert entry_at(article, 0) is None


def test_a_passage_of_an_entry_is_of_its_day() -> None:
    article = blog()
    spans = split_sentences(article.text)
    passages = [
        Passage(article_id="a", start=span.start, end=span.end, sentences=(span,)) for span in spans
    ]
    found = {article.text[p.start : p.end][:5]: p.days for p in with_times(article, passages)}
    assert found["The w"] == ((MONDAY, MONDAY),)
    assert found["08:20"] == ((TUESDAY, TUESDAY),)
