"""Tests from which day a text counts: the day on which its words were first published."""

from datetime import date

import pytest

from rag.dates.anchors import counted_from, counted_parts
from rag.dates.event_times import event_times, with_times
from rag.evidence.when import explain
from rag.records import Article, Passage, Version
from rag.text.sentences import split_sentences

TUESDAY, WEDNESDAY, FRIDAY = date(2020, 11, 10), date(2020, 11, 11), date(2020, 11, 13)
CORRECTED = "The guns fell silent overnight after 11 weeks of shelling in the hills."


def version(text: str, published: date | None, updated: date | None = None) -> Version:
    return Version(text=text, content_hash=text, published=published, updated=updated)


def values(article: Article) -> list[str]:
    return [time.value for time in event_times(article)]


def test_an_article_counts_from_its_publication_though_it_was_changed_later() -> None:
    article = Article(id="a", text=CORRECTED, published=TUESDAY, updated=FRIDAY)
    assert values(article)[0] == "2020-11-10TNI"


def test_without_a_day_of_publication_nothing_is_counted() -> None:
    article = Article(
        id="a", text=CORRECTED, updated=FRIDAY, versions=(version(CORRECTED, None, TUESDAY),)
    )
    assert values(article)[0] == "XXXX-XX-XXTNI"


@pytest.mark.parametrize(
    "note",
    [
        "Editor's note: An earlier version of this article, published on Tuesday, was wrong.",
        "A previous version of this story that was published on 10 November was wrong.",
        "This article was first published on 10 November 2020.",
        "First published: 10 November 2020",
    ],
)
def test_a_correction_counts_from_the_day_that_its_note_tells(note: str) -> None:
    article = Article(id="a", text=f"{CORRECTED}\n\n{note}", published=WEDNESDAY)
    assert values(article)[0] == "2020-11-10TNI"
    assert values(article)[-1] == "2020-11-10"
    assert [part.day for part in counted_parts(article)] == [TUESDAY, WEDNESDAY]


def test_the_note_may_be_the_records_own() -> None:
    note = "An earlier version of this article, published on Tuesday, gave a wrong number."
    article = Article(id="a", text=CORRECTED, note=note, published=WEDNESDAY)
    assert values(article)[0] == "2020-11-10TNI"


@pytest.mark.parametrize(
    "note",
    [
        "The book was first published on 10 November.",
        "An earlier version of this article, published in 2015, was wrong.",
        "An earlier version of this article, published on 10 November 2015, was wrong.",
        "An earlier version of this article was wrong. It rained on Tuesday.",
    ],
)
def test_what_is_no_recent_publication_of_the_article_changes_nothing(note: str) -> None:
    article = Article(id="a", text=f"{CORRECTED}\n\n{note}", published=WEDNESDAY)
    assert values(article)[0] == "2020-11-11TNI"


def test_what_an_earlier_version_said_counts_from_then_and_what_was_added_from_the_change() -> None:
    before = CORRECTED.replace("11", "12")
    article = Article(
        id="a",
        text=f"{CORRECTED} Yesterday the minister apologised for the wrong number.",
        published=WEDNESDAY,
        updated=FRIDAY,
        versions=(version(before, TUESDAY),),
    )
    assert values(article)[0] == "2020-11-10TNI"
    assert values(article)[-1] == "2020-11-12"


def test_a_sentence_of_a_middle_version_counts_from_its_change() -> None:
    added = "The bridge was opened yesterday by the mayor and her deputy."
    article = Article(
        id="a",
        text=added,
        published=TUESDAY,
        updated=FRIDAY,
        versions=(version(CORRECTED, TUESDAY), version(added, TUESDAY, WEDNESDAY)),
    )
    assert values(article) == ["2020-11-10"]


def test_a_passage_without_a_date_happened_when_it_was_first_published() -> None:
    text = "The guns fell silent.\n\nFirst published: 10 November 2020"
    (first, _) = split_sentences(text)
    article = Article(id="a", text=text, published=WEDNESDAY)
    passage = Passage(article_id="a", start=first.start, end=first.end, sentences=(first,))
    assert with_times(article, [passage])[0].days == ((TUESDAY, TUESDAY),)


def test_an_answer_says_from_which_day_it_counts() -> None:
    note = "An earlier version of this article, published on Tuesday, gave a wrong number."
    article = Article(id="a", text=f"{CORRECTED}\n\n{note}", published=WEDNESDAY)
    overnight = event_times(article)[0]
    assert str(explain(overnight, article)) == (
        "10 November 2020 (“overnight”, first published Tuesday 10 November 2020)"
    )
    assert counted_from(article, len(CORRECTED) + 5) == WEDNESDAY
