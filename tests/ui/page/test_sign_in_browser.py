"""Tests in a real Chromium that people sign in to `dateline serve` with a provider."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from chromium import CHROMIUM
from playwright.sync_api import Browser, expect
from visits import DESKTOP, PATIENCE

from tests.ui.page_server import answering, free_port

pytest.importorskip("authlib", reason="Authlib, by which people sign in, is not installed")

from oidc_provider import Provider, providing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]

INSIDE = "There is no archive here yet"
ANA = {"sub": "1", "email": "ana@desk.example", "email_verified": True, "name": "Ana"}
SECRETS = """\
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "a text that only this test knows, of some length"
client_id = "dateline"
client_secret = "swordfish"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@contextmanager
def site(home: Path, provider: Provider, *, people: str) -> Iterator[str]:
    """Give the address of `dateline serve`, with a provider in the secrets of its user."""
    port = free_port()
    folder = home / ".streamlit"
    folder.mkdir()
    (folder / "secrets.toml").write_text(SECRETS.format(port=port, provider=provider.address))
    command = [sys.executable, "-m", "ui.cli", "serve", "--port", str(port)]
    command += ["--archive", str(home / "archive")]
    environment = {"HOME": str(home), "DATELINE_PAGE_LOGIN": "oidc", "DATELINE_PAGE_PEOPLE": people}
    with answering(command, port, environment):
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize(
    ("people", "claims", "says"),
    [
        ("@desk.example", {}, INSIDE),
        ("bo@desk.example", {}, "ana@desk.example may not read this archive"),
        ("@desk.example", {"email_verified": False}, "never confirmed your address"),
    ],
)
def test_who_signs_in_is_let_in_if_they_may(
    browser: Browser, tmp_path: Path, people: str, claims: dict[str, bool], says: str
) -> None:
    with (
        providing("dateline", ANA | claims) as provider,
        site(tmp_path, provider, people=people) as address,
    ):
        page = browser.new_context(viewport=DESKTOP).new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        expect(page.get_by_text("Sign in to read this archive")).to_be_visible()
        block = page.get_by_test_id("stMainBlockContainer").bounding_box()
        assert block is not None
        assert block["x"] + block["width"] / 2 == pytest.approx(DESKTOP["width"] / 2, abs=10)
        with page.expect_navigation(url=f"{address}/**"):
            page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_text(says).first).to_be_visible()
        assert (page.get_by_text(INSIDE).count() == 1) == (says == INSIDE)
        page.context.close()
