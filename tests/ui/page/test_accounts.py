"""Tests who may see the page, where a setting asks people to say who they are."""

from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.ui.fake_archive import FakeArchive
from ui.page.accounts import is_admitted, person_of

ANA = {"is_logged_in": True, "email": "ana@desk.example", "email_verified": True}


def _pages(archive: object) -> None:
    from ui.page.app import show_pages

    show_pages(archive.opened)  # type: ignore[attr-defined]


def shown(archive: FakeArchive) -> AppTest:
    return AppTest.from_function(_pages, args=(archive,), default_timeout=60).run()


def is_open(page: AppTest) -> bool:
    return bool(page.chat_input)


@pytest.mark.parametrize(
    ("told", "person"),
    [
        (ANA, "ana@desk.example"),
        (ANA | {"email_verified": None}, "ana@desk.example"),
        (ANA | {"email_verified": False}, None),
        (ANA | {"email_verified": "false"}, None),
        (ANA | {"is_logged_in": False}, None),
        (ANA | {"is_logged_in": "yes"}, None),
        ({"is_logged_in": True, "sub": "1234"}, "1234"),
        ({"is_logged_in": True, "email": " "}, None),
        ({}, None),
    ],
)
def test_a_person_is_who_the_provider_vouches_for(
    told: dict[str, object], person: str | None
) -> None:
    assert person_of(told) == person


@pytest.mark.parametrize(
    ("person", "people", "admitted"),
    [
        ("ana@desk.example", None, True),
        ("ana@desk.example", "ana@desk.example", True),
        ("Ana@Desk.Example", "bo@desk.example, ana@desk.example", True),
        ("ana@desk.example", "@desk.example", True),
        ("ana@evil.example", "@desk.example", False),
        ("ana@notdesk.example", "@desk.example", False),
        ("@desk.example@evil.example", "@desk.example", False),
        ("ana@desk.example", "", False),
        ("ana", "@", False),
    ],
)
def test_people_are_named_by_address_or_domain(
    person: str, people: str | None, admitted: bool
) -> None:
    assert is_admitted(person, people) is admitted


def test_by_default_nobody_is_asked_who_they_are() -> None:
    assert is_open(shown(FakeArchive()))


@pytest.mark.parametrize("kind", ["oidc", "proxy"])
def test_the_page_stays_closed_for_who_did_not_sign_in(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("DATELINE_PAGE_LOGIN", kind)
    archive = FakeArchive()
    page = shown(archive)
    assert not is_open(page)
    assert not page.exception
    assert [button.label for button in page.button] == (["Sign in"] if kind == "oidc" else [])
    assert not page.chat_input


class _Context:
    """What Streamlit tells a page of its request: here, its headers."""

    def __init__(self, **headers: str) -> None:
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@pytest.mark.parametrize(
    ("people", "opens"), [(None, True), ("@desk.example", True), ("bo@desk.example", False)]
)
def test_the_page_opens_for_whom_the_proxy_names(
    monkeypatch: pytest.MonkeyPatch, people: str | None, opens: bool
) -> None:
    monkeypatch.setenv("DATELINE_PAGE_LOGIN", "proxy")
    monkeypatch.setenv("DATELINE_PAGE_LOGIN_HEADER", "X-Who")
    if people is not None:
        monkeypatch.setenv("DATELINE_PAGE_PEOPLE", people)
    monkeypatch.setattr(st, "context", _Context(X_Who="ana@desk.example"))
    page = shown(FakeArchive())
    assert is_open(page) is opens
    if not opens:
        assert "ana@desk.example may not read this archive" in page.text[0].value


class _User:
    """What Streamlit says of who has signed in."""

    def __init__(self, told: dict[str, Any]) -> None:
        self._told = told

    def to_dict(self) -> dict[str, Any]:
        return self._told


@pytest.mark.parametrize(("people", "opens"), [(None, True), ("@other.example", False)])
def test_the_page_opens_for_who_has_signed_in(
    monkeypatch: pytest.MonkeyPatch, people: str | None, opens: bool
) -> None:
    monkeypatch.setenv("DATELINE_PAGE_LOGIN", "oidc")
    if people is not None:
        monkeypatch.setenv("DATELINE_PAGE_PEOPLE", people)
    monkeypatch.setattr(st, "user", _User(ANA))
    page = shown(FakeArchive())
    assert is_open(page) is opens
    # It stands in the rail of an open page, and alone on a closed one.
    where = page.sidebar if opens else page.main
    assert [one.label for one in where.button if one.label == "Sign out"] == ["Sign out"]
    assert not opens or "ana@desk.example" in [text.value for text in page.sidebar.text]


def test_whom_the_provider_does_not_vouch_for_can_only_sign_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATELINE_PAGE_LOGIN", "oidc")
    monkeypatch.setattr(st, "user", _User(ANA | {"email_verified": False}))
    page = shown(FakeArchive())
    assert not is_open(page)
    assert [button.label for button in page.button] == ["Sign out"]


def titles(monkeypatch: pytest.MonkeyPatch, person: str, *, asks: str = "") -> str:
    """Return what the page shows to a person in the list of conversations."""
    monkeypatch.setattr(st, "context", _Context(X_Forwarded_Email=person))
    page = shown(FakeArchive())
    if asks:
        page.chat_input[0].set_value(asks).run()
        page = shown(FakeArchive())
    kept = [button for button in page.sidebar.button if str(button.key).startswith("open-")]
    return "\n".join(button.label for button in kept)


def test_people_who_have_signed_in_see_their_own_conversations(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("DATELINE_PAGE_LOGIN", "proxy")
    question = "When did the truce begin"
    assert question in titles(monkeypatch, "ana@desk.example", asks=question)
    assert question in titles(monkeypatch, "Ana@desk.example")
    assert question not in titles(monkeypatch, "bo@desk.example")
