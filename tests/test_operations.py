"""Tests that what docs/operations.md names is there."""

import re
from pathlib import Path

from api.app import Limits
from api.watching import Numbers
from ui.site import LAST_SECONDS

PAGE = (Path(__file__).parent.parent / "docs" / "operations.md").read_text()


def test_the_metrics_of_the_page_are_those_of_the_server() -> None:
    numbers = Numbers()
    numbers.requests.labels("/v1/ask", "200").inc()
    numbers.seconds.labels("/v1/ask").observe(1)
    served = set(
        re.findall(
            r"^(dateline_\w+?)(?:_bucket|_count|_sum|_created)?[{ ]",
            numbers.text().decode(),
            re.MULTILINE,
        )
    )
    named = set(re.findall(r"^\| `(dateline_\w+)`", PAGE, re.MULTILINE))
    assert named == {name for name in served if name != "dateline_requests"}


def test_the_limits_of_the_page_are_those_of_the_server() -> None:
    limits = Limits()
    assert f"more than {limits.waiting} questions wait" in PAGE
    assert f"longer than {limits.answer_seconds:g} seconds" in PAGE
    assert f"more than {limits.requests_per_minute} requests a minute" in PAGE
    assert f"answered for up to {LAST_SECONDS} seconds" in " ".join(PAGE.split())
