"""Tests what a browser gets of Streamlit's files, with the installed version of Streamlit."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from streamlit import file_util
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_handler

from ui.page.front import change_files

FILES = Path(file_util.get_static_dir())
SCRIPT = next(
    file
    for file in FILES.glob("static/js/*.js")
    if "connected to the internet" in file.read_text(encoding="utf-8")
)


@pytest.fixture
def client() -> TestClient:
    return TestClient(change_files(create_streamlit_static_handler(str(FILES), None)))


@pytest.mark.parametrize("path", ["/", "/index.html", "/timeline"])
def test_the_page_has_its_name_and_its_styles_before_it_runs(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert reply.headers["content-type"].startswith("text/html")
    head = reply.text.partition("</head>")[0]
    assert "<title>Dateline</title>" in head
    assert "stSidebar" in head.partition("<style>")[2]


def test_the_script_names_the_server_and_not_the_internet(client: TestClient) -> None:
    reply = client.get(f"/static/js/{SCRIPT.name}")
    assert "Dateline does not answer." in reply.text
    assert "connected to the internet" not in reply.text
    assert "yourscript.py" not in reply.text
    assert "javascript" in reply.headers["content-type"]
    assert "immutable" in reply.headers["cache-control"]


def test_a_page_that_a_browser_kept_is_not_shown_for_ours(client: TestClient) -> None:
    plain = TestClient(create_streamlit_static_handler(str(FILES), None)).get("/")
    again = client.get("/", headers={"If-None-Match": plain.headers["etag"]})
    assert again.status_code == 200
    assert "Dateline" in again.text


def test_all_other_files_are_those_of_streamlit(client: TestClient) -> None:
    reply = client.get("/favicon.png")
    assert reply.content == (FILES / "favicon.png").read_bytes()
    assert client.get("/static/js/none.js").text == client.get("/").text


def test_changing_the_files_twice_changes_nothing_more() -> None:
    files = change_files(change_files(create_streamlit_static_handler(str(FILES), None)))
    assert TestClient(files).get("/").text.count("<style>") == 1
