from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rag.errors import InputError
from rag.locating import Difference
from rag.rechecking import Recheck, RecheckedQuote
from tests.ui.fake_archive import answered
from ui.rechecked import read_saved_file, rechecked_lines
from ui.screen import WIDTH

THERE = RecheckedQuote(
    article_id="a1",
    title="Guns fall silent",
    source="courier.example",
    url="https://courier.example/1",
    published=date(2020, 11, 10),
    number=1,
    quote="It held\nfor 12 days.",
    start=0,
    end=20,
    status="there",
    now="It held\nfor 12 days.",
)
ALTERED = replace(
    THERE,
    number=2,
    status="altered",
    now="It held for 21 days.",
    changed=date(2020, 11, 12),
    differences=(
        Difference(given="12", original="21", start=0, end=2, original_start=0, original_end=2),
    ),
)


def lines(*quotes: RecheckedQuote) -> str:
    checked = Recheck(
        question="How long did it hold?",
        quotes=quotes,
        checked=datetime(2026, 11, 27, tzinfo=UTC),
        now="00000003",
        asked=datetime(2026, 10, 1, tzinfo=UTC),
        generation="00000001",
    )
    return rechecked_lines(checked)


def test_reports_that_are_listed_only_are_counted_and_shown_if_they_do_not_stand() -> None:
    checked = Recheck(
        question="How long did it hold?",
        quotes=(THERE,),
        checked=datetime(2026, 11, 27, tzinfo=UTC),
        now="00000003",
        reports=(replace(THERE, number=2), replace(ALTERED, number=3)),
    )
    text = rechecked_lines(checked)
    assert "1 of 2 reports that it lists and does not quote stand as they were." in text
    assert "[3] altered" in text
    assert "[2]" not in text
    assert not checked.stands


def test_quotes_in_doubt_come_first_after_the_count() -> None:
    text = lines(THERE, ALTERED)
    assert text.splitlines()[:6] == [
        "How long did it hold?",
        "1 of 2 quotes stand as they were.",
        "Asked on 1 October 2026 of state 00000001 of the archive; checked against state 00000003.",
        "",
        "[2] altered; the text is that of 12 November 2020",
        "    Guns fall silent — courier.example — 10 November 2020",
    ]
    assert text.index("changed from “12” to “21”") < text.index("now: “It held for 21 days.”")
    assert "now: “It held for 12" not in text


@pytest.mark.parametrize(
    ("before", "now", "says"),
    [("", "barely", "added since: “barely”"), ("barely", "", "left out since: “barely”")],
)
def test_what_was_added_or_left_out_is_said(before: str, now: str, says: str) -> None:
    change = replace(ALTERED.differences[0], given=before, original=now)
    assert says in lines(replace(ALTERED, differences=(change,)))


def test_all_is_well_in_one_line() -> None:
    assert "All quotes stand as they were (1)." in lines(THERE)
    assert "no quotes" in lines()


@pytest.mark.parametrize(
    ("quote", "says"),
    [
        (replace(THERE, status="moved"), "[1] still there, at another place in the text"),
        (replace(THERE, remark="only spaces differ"), "[1] still there; only spaces differ"),
        (replace(THERE, note="New."), "[1] still there, but there is a new note"),
        (replace(THERE, status="altered", now=""), "[1] not in the article any more"),
        (replace(THERE, status="withdrawn", note="canceled"), "    canceled"),
        (replace(THERE, status="removed", found_in="b2"), "in the article b2"),
        (replace(THERE, status="expired"), "[1] its article has expired"),
    ],
)
def test_each_status_is_said_in_words(quote: RecheckedQuote, says: str) -> None:
    assert says in lines(quote)


GONE = replace(THERE, status="removed", now="")


@pytest.mark.parametrize(
    ("quotes", "archive", "says"),
    [
        ((THERE, GONE), "", None),
        ((), "", None),
        ((GONE, GONE), "", "If the answer was made from another archive, name that one with"),
        ((GONE,), "demo", "This archive has none of the articles that the answer is from."),
        ((THERE,), "demo", "made from an archive at another place, demo. If that is another"),
    ],
)
def test_an_answer_of_another_archive_is_told_with_the_next_step(
    quotes: tuple[RecheckedQuote, ...], archive: str, says: str | None
) -> None:
    checked = Recheck(
        question="How long did it hold?",
        quotes=quotes,
        checked=datetime(2026, 11, 27, tzinfo=UTC),
        now="00000003",
        archive=archive,
    )
    lines = rechecked_lines(checked).splitlines()
    assert all(len(line) <= WIDTH for line in lines)
    text = " ".join(lines)
    assert says in text if says else "--archive" not in text
    assert text.count("with --archive.") == (1 if says else 0)


def test_nothing_in_a_note_moves_the_cursor() -> None:
    assert "\x1b" not in lines(replace(THERE, note="\x1b[2J gone"))


def test_a_file_that_is_no_saved_answer_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with pytest.raises(InputError, match=r"a\.json cannot be read"):
        read_saved_file(str(path))
    path.write_text("{}")
    with pytest.raises(InputError, match=r"a\.json: Answer\.schema_version"):
        read_saved_file(str(path))
    path.write_text(answered("When?").to_json())
    assert read_saved_file(str(path)) == answered("When?")
