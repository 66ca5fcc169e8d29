from datetime import date

import pytest

from rag.rechecking.particulars import compare_particulars
from rag.records import Article, Citation

TEXT = "The bridge at Holm shuts on Monday. The council told residents so."
COUNTED = "A day that the answer counts from it may be another one now."
TITLE = "Holm bridge to close for 14 weeks"


def compared(now: str, *, was: str = TITLE, is_headline: bool = False) -> tuple[str, str]:
    found = compare_particulars(
        Citation(
            article_id="holm",
            title=was,
            source="Holm Herald",
            url="",
            published=date(2024, 3, 5),
            number=1,
            quote=TEXT[:35],
            start=0,
            end=35,
            is_headline=is_headline,
        ),
        Article(id="holm", text=TEXT, title=now, published=date(2024, 3, 5)),
    )
    return found.status, "\n".join(found.notes)


@pytest.mark.parametrize(
    ("now", "status"),
    [
        ("Holm bridge to close for 4 weeks", "altered"),
        ("", "altered"),
        (f"RETRACTED: {TITLE}", "withdrawn"),
        (f"CORRECTED: {TITLE}", "corrected"),
        ("CORRECTED-Holm bridge to close for 4 weeks", "corrected"),
        (TITLE, "there"),
        ("Holm Bridge to Close for 14 Weeks", "there"),
    ],
)
def test_a_headline_that_answered_must_still_say_so(now: str, status: str) -> None:
    assert compared(now, is_headline=True)[0] == status


@pytest.mark.parametrize(
    ("was", "now", "status", "note"),
    [
        (TITLE, "Holm bridge: what we know", "there", "and is “Holm bridge: what we know” now."),
        (TITLE, "", "there", f"Its headline was “{TITLE}”, and it has none now."),
        ("", TITLE, "there", ""),
        ("", f"Retracted: {TITLE}", "withdrawn", f"Its headline is “Retracted: {TITLE}” now."),
        (
            f"CORRECTED: {TITLE}",
            "CORRECTED: Bridge at Holm",
            "there",
            "“CORRECTED: Bridge at Holm”",
        ),
        (f"CORRECTED: {TITLE}", f"RETRACTED: {TITLE}", "withdrawn", "Its headline was"),
        ("Orr's “quiet” mayor—at home", "Orr’s 'quiet' mayor – at home", "there", ""),
        ("Fine of $14", "Fine of £14", "there", "Its headline was"),
    ],
)
def test_another_headline_is_a_note_and_its_label_counts(
    was: str, now: str, status: str, note: str
) -> None:
    found = compared(now, was=was)
    assert found[0] == status
    assert note in found[1]
    assert bool(note) == bool(found[1])


@pytest.mark.parametrize(
    ("was", "now", "note"),
    [
        (
            date(2024, 3, 5),
            date(2024, 3, 12),
            f"Its day of publication was 5 March 2024 and is 12 March 2024 now. {COUNTED}",
        ),
        (
            date(2024, 3, 5),
            None,
            f"Its day of publication was 5 March 2024 and is not known now. {COUNTED}",
        ),
        (
            None,
            date(2024, 3, 5),
            "Its day of publication was not known and is 5 March 2024 now.",
        ),
    ],
)
def test_another_day_of_publication_is_a_note(
    was: date | None, now: date | None, note: str
) -> None:
    article = Article(id="holm", text=TEXT, title=TITLE, published=now)
    citation = Citation(
        **article.as_source | {"published": was}, number=1, quote=TEXT[:35], start=0, end=35
    )
    found = compare_particulars(citation, article)
    assert (found.status, found.notes) == ("there", (note,))
