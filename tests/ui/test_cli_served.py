"""Tests that the command says the same of an archive in a directory and of the same one, served."""

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from starlette.responses import Response

from api.app import Limits, create_app
from api.keys import KeyFile
from rag.archive import Archive
from tests.api.serving import listening
from ui.cli import main

RECORDS = [
    {
        "id": "news/quay",
        "title": "Quay reopens",
        "source": "harbour.example",
        "url": "https://harbour.example/quay",
        "published": "2022-03-04",
        "section": "City",
        "text": "The north quay reopened on 3 March 2022 after two years. "
        "Mayor Anna Lund cut the ribbon. Fishing boats had used the south quay until then.",
    },
    {
        "id": "news/ferry",
        "title": "Ferry is late",
        "source": "island.example",
        "published": "2022-04-01",
        "section": "Travel",
        "text": "The ferry to the island was two hours late on Friday. Ice blocked the harbour. "
        "Captain Jon Vik apologised to 210 passengers.",
    },
]
QUESTION = "When did the north quay reopen?"
# When it was asked, where, and how long that took are not the same twice.
_MOMENTS = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)?|http://127\.0\.0\.1:\d+")


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The directory of an archive, and the address and the key under which it is served."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "news.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    here = str(folder / "archive")
    assert main(["ingest", str(folder / "news.jsonl"), "--archive", here]) == 0
    keys = KeyFile(folder / "keys.json")
    _, key = keys.add("a test", ("ask", "read"))
    with Archive.open(here) as archive:
        app = create_app(lambda: archive, keys=keys, limits=Limits(requests_per_minute=0))
        with listening(app) as served:
            yield {"here": here, "served": served, "key": key}


@pytest.fixture(autouse=True)
def environment(places: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key, and a state directory of the test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("DATELINE_API_KEY", places["key"])


def run(place: str, *arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Return the exit status of a command, and what it printed, without what differs each time."""
    try:
        status = main([*arguments, "--archive", place])
    except SystemExit as error:
        status = int(str(error.code))
    said = capsys.readouterr()
    out, err = (_MOMENTS.sub("…", text.replace(place, "…")) for text in said)
    return status, out, err


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["ask", QUESTION], 0),
        (["ask", QUESTION, "--json"], 0),
        (["ask", "Who won the regatta?"], 0),
        (["ask", QUESTION, "--source", "harbor.example"], 0),
        (["ask", QUESTION, "--since", "2022-03-05", "--section", "City"], 0),
        (["ask", ""], 2),
        (["ask", QUESTION, "--since", "soon"], 2),
        (["ask", QUESTION, "--since", "2022-05-01", "--until", "2022-04-01"], 2),
        (["search", "ferry", "--limit", "1"], 0),
        (["search", "ferry", "--rerank", "--json"], 0),
        (["search", '"two hours late"'], 0),
        (["search", "ferry", "--limit", "0"], 2),
        (["timeline", "the quay", "--since", "2022-01-01"], 0),
        (["timeline", "the quay", "--json"], 0),
        (["locate", "Ice blocked the harbour. Captain Jon Vik apologised"], 0),
        (["locate", "one"], 2),
        (["articles"], 0),
        (["articles", "ferry", "--json"], 0),
        (["articles", "--coverage"], 0),
        (["articles", "--from", "9"], 0),
        (["sources"], 0),
        (["show", "nothing"], 1),
        (["show", "news/quay", "--as-of", "2021-01-01"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_a_command_says_the_same_of_both(
    arguments: list[str], status: int, places: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    here = run(places["here"], *arguments, capsys=capsys)
    assert here[0] == status
    assert run(places["served"], *arguments, capsys=capsys) == here


def test_an_article_is_shown_without_the_file_that_it_was_read_from(
    places: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    _, here, _ = run(places["here"], "show", "news/quay", capsys=capsys)
    _, served, _ = run(places["served"], "show", "news/quay", capsys=capsys)
    lines = [line for line in here.splitlines() if not line.startswith("Read from")]
    assert [line.split() for line in served.splitlines()] == [line.split() for line in lines]


def test_a_follow_up_continues_the_conversation_with_the_server(
    places: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for place in (places["here"], places["served"]):
        run(place, "ask", QUESTION, capsys=capsys)
        said.append(run(place, "ask", "And who cut the ribbon?", "--continue", capsys=capsys))
    assert said[0] == said[1]


@pytest.mark.parametrize("suffix", ["json", "html", "md", "bib"])
def test_an_answer_of_either_is_exported_and_rechecked_by_the_other(
    suffix: str, places: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packs = {}
    for name in ("here", "served"):
        file = tmp_path / f"{name}.{suffix}"
        command = ["ask", QUESTION, "--export", str(file)]
        assert run(places[name], *command, capsys=capsys)[0] == 0
        packs[name] = file
    here, served = (
        _MOMENTS.sub("…", file.read_text().replace("\\", "").replace(places[name], "…"))
        for name, file in packs.items()
    )
    if suffix == "json":
        for name, other in (("here", "served"), ("served", "here")):
            assert run(places[name], "recheck", str(packs[other]), capsys=capsys)[0] == 0
    else:
        assert here == served


def test_a_quote_that_does_not_stand_has_the_same_exit_status(
    places: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, said, _ = run(places["here"], "ask", QUESTION, "--json", capsys=capsys)
    saved = tmp_path / "answer.json"
    main(["ask", QUESTION, "--json", "--archive", places["here"]])
    saved.write_text(capsys.readouterr().out.replace("after two years", "after ten years"))
    assert said
    for name in ("here", "served"):
        assert run(places[name], "recheck", str(saved), capsys=capsys)[0] == 4


def test_a_missing_key_is_wrong_usage_and_says_which_variable_to_set(
    places: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATELINE_API_KEY")
    status, _, err = run(places["served"], "ask", QUESTION, capsys=capsys)
    assert status == 2
    assert "DATELINE_API_KEY" in err


@pytest.mark.parametrize(
    "arguments", [["doctor"], ["ingest", "news.jsonl"], ["chat"], ["serve"]], ids=" ".join
)
def test_a_command_for_the_archive_itself_says_where_to_run_it(
    arguments: list[str], places: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(places["served"], *arguments, capsys=capsys)
    assert status == 2
    assert f"run 'dateline {arguments[0]}' where its archive is" in err


def test_a_server_of_neither_kind_is_named_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "6")
            self.end_headers()
            self.wfile.write(b"<html>")

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Page)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        place = f"http://127.0.0.1:{server.server_port}"
        status, _, err = run(place, "ask", QUESTION, capsys=capsys)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert status == 1
    assert "answers neither like 'dateline serve' nor like a Qdrant server" in err


# The stub has no certificate, and qdrant-client rightly warns of a key sent in the clear.
@pytest.mark.filterwarnings("ignore:Api key is used with an insecure connection")
@pytest.mark.parametrize("command", [["ask", QUESTION], ["ingest", __file__], ["doctor"]])
def test_a_proxy_that_asks_who_somebody_is_is_named(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with listening(Response("", 401, {"WWW-Authenticate": "Basic"})) as place:
        monkeypatch.delenv("DATELINE_QDRANT_API_KEY", raising=False)
        status, _, said = run(place, *command, capsys=capsys)
        assert status == 1
        assert "a proxy answers at …, and asks who you are (401)" in said
        # With a key of Qdrant, that is tried, because a proxy may look at it.
        monkeypatch.setenv("DATELINE_QDRANT_API_KEY", "dummy")
        _, out, err = run(place, *command, capsys=capsys)
        assert "if it wants a key, set DATELINE_QDRANT_API_KEY" in out + err


def test_an_address_where_nothing_answers_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run("http://127.0.0.1:9", "ask", QUESTION, capsys=capsys)
    assert status == 1
    assert "cannot be reached" in err
