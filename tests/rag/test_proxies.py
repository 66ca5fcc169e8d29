"""Tests that the reply of a proxy is told from that of a server."""

import pytest

from rag.proxies import describe_proxy

HERE = "http://archive.desk.example"
PAGE = {"Content-Type": "text/html; charset=utf-8"}


def said(status: int, headers: dict[str, str], body: str = "", *, location: str = HERE) -> str:
    return describe_proxy(f"{location}/health", location, status, headers, body)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_the_same_path_names_the_address_to_use(status: int) -> None:
    words = said(status, {"Location": "https://archive.desk.example/health"})
    assert words == (
        f"a proxy answers at {HERE}: it redirects to https://archive.desk.example; use that address"
    )


def test_the_path_at_which_a_server_stands_is_kept() -> None:
    words = said(
        308, {"location": "https://b.example/holm/health"}, location="http://a.example/holm"
    )
    assert words.endswith("it redirects to https://b.example/holm; use that address")


@pytest.mark.parametrize(
    "target", ["/oauth2/start?rd=secret", "https://orr:secret@login.example/in"]
)
def test_a_redirect_to_a_sign_in_is_one_and_shows_no_secret(target: str) -> None:
    words = said(302, {"Location": target})
    assert "perhaps to a sign-in" in words
    assert "secret" not in words


def test_a_redirect_to_nowhere_is_told_too() -> None:
    assert "it redirects to" in said(302, {})


@pytest.mark.parametrize(
    ("status", "headers"),
    [(401, {"WWW-Authenticate": 'Basic realm="desk"'}), (403, PAGE), (407, PAGE)],
)
def test_a_proxy_that_asks_who_somebody_is(status: int, headers: dict[str, str]) -> None:
    assert f"a proxy answers at {HERE}, and asks who you are ({status})" in said(status, headers)


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (200, PAGE, "<html>"),
        (401, {}, "Must provide an API key or an Authorization bearer token"),
        (401, {"WWW-Authenticate": "Bearer"}, '{"message": "Invalid API key"}'),
        (403, {"Content-Type": "application/json"}, '{"error":"forbidden"}'),
        (404, PAGE, "<html>"),
        (500, PAGE, "<html>"),
        (503, {"Content-Type": "application/json"}, "{}"),
    ],
)
def test_what_may_come_from_the_server_itself_is_none_of_a_proxy(
    status: int, headers: dict[str, str], body: str
) -> None:
    assert said(status, headers, body) == ""


def test_a_proxy_with_nobody_behind_it() -> None:
    assert "the server behind it does not (502)" in said(502, PAGE, "<html>")
