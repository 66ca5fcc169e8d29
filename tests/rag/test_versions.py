from dataclasses import replace
from datetime import date

import pytest

from rag.errors import QuestionError
from rag.question.as_of import require_version
from rag.records import Article, version_as_of

FIRST = Article(id="dam", text="Nobody was hurt.", title="Dam leaks", published=date(2021, 5, 2))
SECOND = replace(
    FIRST,
    text="Two were hurt.",
    title="Two hurt as dam leaks",
    updated=date(2021, 5, 4),
    versions=(FIRST.as_version(),),
)
THIRD = replace(
    SECOND,
    text="Three were hurt.",
    updated=date(2021, 5, 9),
    note="Corrects the number of the hurt.",
    versions=(*SECOND.versions, SECOND.as_version()),
)


@pytest.mark.parametrize(
    ("day", "text", "earlier"),
    [(2, "Nobody", 0), (3, "Nobody", 0), (4, "Two", 1), (8, "Two", 1), (9, "Three", 2)],
)
def test_an_article_is_shown_as_it_was_on_a_day(day: int, text: str, earlier: int) -> None:
    shown = require_version(THIRD, f"2021-05-{day:02}")
    assert shown.text.startswith(text)
    assert len(shown.versions) == earlier
    assert bool(shown.note) == (text == "Three")
    assert (shown.id, shown.published) == ("dam", date(2021, 5, 2))


@pytest.mark.parametrize(
    ("article", "day", "reason"),
    [
        (THIRD, date(2021, 5, 1), "was not published before 2 May 2021"),
        (replace(THIRD, versions=()), date(2021, 5, 3), "was changed on 9 May 2021, and what it"),
        (replace(FIRST, published=None), date(2021, 5, 3), "has no date"),
        (replace(THIRD, updated=None, versions=THIRD.versions[:1]), date(2021, 5, 3), "not known"),
    ],
)
def test_what_the_archive_does_not_have_is_refused_with_the_reason(
    article: Article, day: date, reason: str
) -> None:
    found = version_as_of(article, day)
    assert isinstance(found, str)
    assert reason in found
    with pytest.raises(QuestionError, match="cannot be shown as of"):
        require_version(article, day)


def test_what_is_no_day_is_told() -> None:
    with pytest.raises(QuestionError, match="YYYY-MM-DD"):
        require_version(THIRD, "May")
