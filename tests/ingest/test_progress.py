from typing import get_args

import pytest

from ingest.progress import Progress, Style


def test_a_short_step_prints_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("lines").step("reading", 100, "B") as step:
        step.advance(40, "2 records")
        step.advance(60)
    assert capsys.readouterr() == ("", "")


def test_what_is_said_is_a_line_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    Progress("lines").say("500 articles can be searched now")
    assert capsys.readouterr() == ("", "500 articles can be searched now\n")


def test_a_step_may_have_nothing_to_do_or_more_than_it_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for style in ("none", "lines"):
        with Progress(style).step("embedding", 0, "articles") as step:
            step.advance(0)
            step.advance(3, "more")
    assert capsys.readouterr() == ("", "")


def test_a_step_is_told_when_it_begins_if_seconds_are_set(
    capsys: pytest.CaptureFixture[str],
) -> None:
    progress = Progress.for_stderr(every_seconds=0)
    with progress.step("embedding", 4, "articles") as step:
        step.advance(2, "12 sentences")
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "embedding …"
    assert lines[1].startswith("embedding: 2 articles of 4 articles, 12 sentences")


def test_without_a_style_nothing_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress()
    progress.say("500 articles can be searched now")
    with progress.step("reading", 100, "B") as step:
        step.advance(100)
    assert capsys.readouterr() == ("", "")


def test_where_nobody_watches_there_are_lines_and_no_bar(
    capsys: pytest.CaptureFixture[str],
) -> None:
    progress = Progress.for_stderr()
    with progress.step("reading", 100, "B") as step:
        step.advance(100)
    progress.say("done")
    assert capsys.readouterr().err == "done\n"


def test_a_bar_shows_the_step_its_unit_and_its_note(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("bar").step("embedding", 4, "articles") as step:
        step.advance(4, "12 sentences")
    shown = capsys.readouterr().err
    assert "embedding: 100%" in shown
    assert "4/4" in shown
    assert "articles/s, 12 sentences]" in shown


def test_what_fails_in_a_step_is_not_kept_back() -> None:
    for style in get_args(Style):
        with (
            pytest.raises(KeyboardInterrupt),
            Progress(style).step("reading", 1, "B"),
        ):
            raise KeyboardInterrupt
