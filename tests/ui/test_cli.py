"""Tests the command as a shell calls it: its exit status, and its output on stdout and stderr."""

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import rag
from rag.records import Article
from ui.cli import main
from ui.options import make_parser

ROOT = Path(__file__).parents[2]
TRUCE = "The ceasefire in Nagorno-Karabakh took effect at midnight on 10 November 2020."
RECORDS: list[dict[str, Any]] = [
    {
        "id": "truce",
        "title": "Guns fall silent",
        "source": "courier.example",
        "url": "https://courier.example/1",
        "published": "2020-11-10",
        "text": f"{TRUCE} Both armies stopped their fire. Peacekeepers opened the mountain road.",
    },
    {
        "id": "harvest",
        "title": "Record harvest",
        "source": "herald.example",
        "published": "2021-08-02",
        "text": "Farmers brought in 31 million tonnes of wheat. Prices fell in every market.",
    },
    {
        "id": "escape",
        "title": "\x1b[31mOld\x9b2J map",
        "source": "evil.example",
        "published": "2021-09-01",
        "text": "The museum \x1b]0;owned\x07 lent its oldest \x9031m map to a school in Tartu.",
    },
]
QUESTION = "When did the ceasefire in Nagorno-Karabakh take effect?"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("cli")
    write(folder / "wire.jsonl", *RECORDS)
    assert main(["ingest", str(folder / "wire.jsonl"), "--archive", str(folder / "archive")]) == 0
    return str(folder / "archive")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state directory of the test's own: every question is kept there."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def copied(archive: str, tmp_path: Path) -> Path:
    """The archive again, to be spoiled: its files are links."""
    root = tmp_path / "copied"
    shutil.copytree(archive, root, copy_function=os.link, ignore=shutil.ignore_patterns("lock"))
    return root


def write(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def data_file(archive: Path) -> Path:
    """Return the file with the articles' texts, no longer linked to another archive's."""
    (path,) = archive.glob("generations/*/shard/segments/*/payload_storage/page_0.dat")
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)
    return path


# -- ingest -----------------------------------------------------------------------------------


def test_an_ingest_of_what_is_there_is_a_success(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ingest", str(Path(archive).parent / "wire.jsonl"), "--archive", archive]) == 0
    printed = capsys.readouterr().out
    assert "0 new, 3 unchanged, 0 skipped" in printed
    assert "the archive holds 3 articles in 3 passages" in printed


def test_a_skipped_line_is_named_and_gives_status_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text('{"text": "It rained."}\n{"text": \n')
    assert main(["ingest", str(source), "--archive", str(tmp_path / "archive")]) == 3
    printed = capsys.readouterr().out
    assert f"skipped {source}:2: broken: not JSON at column" in printed
    assert "1 new" in printed


def test_a_source_that_does_not_exist_is_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "missing.jsonl"
    assert main(["ingest", str(missing), "--archive", str(tmp_path / "archive")]) == 1
    assert (
        f"skipped {missing}: unreadable: there is no file or folder of this name"
        in capsys.readouterr().out
    )


def test_a_source_of_which_nothing_can_be_read_is_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text("{\n")
    (tmp_path / "in" / "b.pdf").write_bytes(b"%PDF-1.7\0\1")
    assert main(["ingest", str(tmp_path / "in"), "--archive", str(tmp_path / "archive")]) == 1
    assert capsys.readouterr().out.count("skipped /") == 2


def test_an_archive_of_other_passages_is_not_added_to(
    archive: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATELINE_PASSAGE_WORDS", "80")
    assert main(["ingest", str(Path(archive).parent / "wire.jsonl"), "--archive", archive]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "made with passage words 150, and the settings say 80" in captured.err
    assert "set DATELINE_PASSAGE_WORDS back" in captured.err


def test_a_file_whose_name_is_not_text_is_ingested_and_named(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "in").mkdir()
    for name, content in ((b"caf\xe9.txt", "The café opened."), (b"\x1b[31m\xe9.txt", "")):
        (tmp_path / "in" / os.fsdecode(name)).write_text(content)
    assert main(["ingest", str(tmp_path / "in"), "--archive", str(tmp_path / "archive")]) == 3
    printed = capsysbinary.readouterr().out
    assert b"1 new" in printed
    assert rb"/in/\x1b[31m\xe9.txt: empty" in printed


def test_the_module_ingests_as_the_command_does_and_both_report_to_machines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text('{"text": "It rained."}\n{"text": \n')
    status = main(["ingest", str(source), "--archive", str(tmp_path / "one"), "--json"])
    module = [sys.executable, "-m", "ingest", str(source), "--archive", str(tmp_path / "other")]
    done = subprocess.run([*module, "--json"], cwd=ROOT, capture_output=True, text=True)
    report = json.loads(capsys.readouterr().out)
    other = json.loads(done.stdout)
    assert report.pop("seconds").keys() == other.pop("seconds").keys()
    assert (status, report) == (3, other)
    assert (done.returncode, done.stderr) == (3, "")
    assert (report["new"], report["skipped"]) == (1, {"broken": 1})
    assert (report["skips"][0]["path"], report["skips"][0]["line"]) == (str(source), 2)


# -- asking -----------------------------------------------------------------------------------


def test_an_answer_is_a_quote_with_its_source(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", QUESTION, "--archive", archive]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert " ".join(lines[:2]).endswith(f". “{TRUCE}” [1]")
    assert lines[3:7] == [
        "Only one source was found for this: courier.example.",
        "",
        "[1] Guns fall silent — courier.example — 10 November 2020",
        "    https://courier.example/1",
    ]
    assert lines[-1] == "Searched: 3 articles."


def test_an_answer_for_machines_has_every_part(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ask", QUESTION, "--archive", archive, "--json", "--until", "2020-12-31"])
    answer = json.loads(capsys.readouterr().out)
    assert (answer["question"], answer["status"]) == (QUESTION, "answered")
    assert answer["time_window"] == {"since": None, "until": "2020-12-31"}
    (citation,) = answer["citations"]
    assert (citation["quote"], citation["published"]) == (TRUCE, "2020-11-10")
    assert RECORDS[0]["text"][citation["start"] : citation["end"]] == TRUCE
    assert TRUCE in answer["text"]
    assert [hit["article_id"] for hit in answer["nearest"]] == ["truce"]


def test_what_is_not_in_the_archive_is_no_failure_and_the_nearest_is_shown(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "Who won the 2018 World Cup?", "--archive", archive]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("The archive does not say. Searched: 3 articles; “2018” did not")
    assert "These passages are the nearest, but they do not answer:\n  " in printed
    assert "Guns fall silent — courier.example — 10 November 2020" in printed


def test_a_day_after_everything_finds_nothing_and_says_so(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    later = ["--archive", archive, "--since", "2022-01-01"]
    assert main(["search", QUESTION, *later]) == 0
    assert capsys.readouterr().out == "Nothing was found.\n"
    assert main(["ask", QUESTION, *later]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert (
        "Searched: 0 of 3 articles, published since 2022-01-01. Nothing there matches." in printed
    )
    assert "nearest" not in printed


def test_only_the_named_outlets_are_searched(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    outlets = ["--source", "herald.example", "--source", "courier.example"]
    main(["search", QUESTION, *outlets, "--archive", archive, "--json"])
    found = [hit["source"] for hit in json.loads(capsys.readouterr().out)]
    assert found == ["courier.example", "herald.example"]


def test_only_the_named_sections_are_searched(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["search", QUESTION, "--section", "no such section", "--archive", archive, "--json"])
    assert json.loads(capsys.readouterr().out) == []


def test_a_search_lists_no_more_than_its_limit(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", QUESTION, "--limit", "2", "--archive", archive]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("1. Guns fall silent — courier.example — 10 November 2020\n   The")
    assert "\n\n2. " in printed
    assert "\n3. " not in printed


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_timeline_that_has_more_entries_says_so_and_how_to_list_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: list[str]
) -> None:
    told = {
        "2020-11-10": "The truce of Holm took effect on 10 November 2020.",
        "2020-11-12": "The truce of Holm was broken by gunmen on 12 November 2020.",
    }
    records = ({"id": day, "published": day, "text": text} for day, text in told.items())
    write(tmp_path / "wire.jsonl", *records)
    place = ["--archive", str(tmp_path / "archive")]
    assert main(["ingest", str(tmp_path / "wire.jsonl"), *place]) == 0
    capsys.readouterr()
    ask = ["timeline", "truce of Holm", *place, *form]
    assert main([*ask, "--limit", "1"]) == 0
    assert capsys.readouterr().err == (
        "dateline: This is the entry that fits best; there are more. Use --limit to list more.\n"
    )
    assert main(ask) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("output", [[], ["--json"]])
@pytest.mark.parametrize("command", ["ask", "search"])
def test_no_terminal_escape_of_an_article_reaches_the_terminal(
    archive: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    output: list[str],
) -> None:
    monkeypatch.setenv("DATELINE_ANSWER_THRESHOLD", "0")
    question = "Who lent its oldest map to a school in Tartu?"
    assert main([command, question, "--archive", archive, *output]) == 0
    printed = capsys.readouterr().out
    assert "oldest \ufffd31m map" in printed
    assert [c for c in printed if c != "\n" and not c.isprintable()] == []


# -- conversations ----------------------------------------------------------------------------


def test_a_question_can_follow_the_last_one(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ask", QUESTION, "--archive", archive])
    assert not capsys.readouterr().out.startswith("About:")
    main(["ask", "Did it hold?", "--archive", archive, "--continue"])
    assert capsys.readouterr().out.startswith("About: ceasefire, Nagorno-Karabakh")
    main(["ask", "And who broke it?", "--archive", archive, "--continue", "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert answer["question"] == "And who broke it?"
    assert "Nagorno-Karabakh" in " ".join(answer["carried"])
    main(["ask", "Did it hold?", "--archive", archive, "--continue", "--as-written", "--json"])
    assert json.loads(capsys.readouterr().out)["carried"] == []


def test_without_asking_for_it_no_question_follows_another(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ask", QUESTION, "--archive", archive])
    main(["ask", "Did it hold?", "--archive", archive])
    main(["ask", "Did it hold?", "--archive", archive, "--continue"])
    assert "About:" not in capsys.readouterr().out


def test_a_question_that_follows_none_is_answered_and_that_is_said(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", QUESTION, "--archive", archive, "--continue"]) == 0
    captured = capsys.readouterr()
    assert captured.err == "dateline: there is no earlier question to this archive\n"
    assert TRUCE in " ".join(captured.out.split())
    near = f"{Path(archive).parent}/../{Path(archive).parent.name}/archive"
    main(["ask", "Did it hold?", "--archive", near, "--continue"])
    captured = capsys.readouterr()
    assert (captured.err, captured.out[:6]) == ("", "About:")


def test_a_conversation_that_cannot_be_kept_is_said_beside_the_answer(
    archive: str, state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state.write_text("a file where the folder should be")
    assert main(["ask", QUESTION, "--archive", archive]) == 0
    assert capsys.readouterr().err == ""
    assert main(["ask", QUESTION, "--archive", archive, "--continue"]) == 0
    captured = capsys.readouterr()
    assert TRUCE in " ".join(captured.out.split())
    assert "could not be saved; set XDG_STATE_HOME to a writable folder" in captured.err


# -- what goes wrong --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "next_step"),
    [
        (["ask", "When?", "--since", "10/11/2020"], "since is '10/11/2020'; write a day as YYYY"),
        (["search", "When?", "--until", "2020-13-01"], "until is '2020-13-01'; write a day as"),
        (["ask", "When?", "--since", "2021-01-02", "--until", "2021-01-01"], "is after until"),
        (["ask", "  "], "the question is empty; ask something"),
    ],
)
def test_a_question_that_makes_no_sense_is_wrong_usage(
    archive: str, capsys: pytest.CaptureFixture[str], arguments: list[str], next_step: str
) -> None:
    assert main([*arguments, "--archive", archive]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("dateline: ")
    assert next_step in captured.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["answer"], "'answer' (choose from"),
        (["ask"], "the following arguments are required: QUESTION"),
        (["ingest"], "the following arguments are required: SOURCE"),
        (["search", "When?", "--limit", "many"], "'many' is not a whole number from 1 to 10000"),
        (["search", "When?", "--limit", "0"], "--limit: '0' is not a whole number from 1 to 10000"),
        (["timeline", "War", "--limit", "-1"], "'-1' is not a whole number from 1 to 10000"),
        (["chat", "--port", "99999"], "--port: '99999' is not a whole number from 1 to 65535"),
        (["chat", "--json"], "unrecognized arguments: --json\n"),
        (
            ["ask", "When", "did", "it", "start?"],
            "; put a text of several words in quotation marks",
        ),
        (["search", "ceasefire", "terms", "--limit", "3"], ': "ceasefire terms"\n'),
        (["articles", "harbour", "strike"], ': "harbour strike"\n'),
        (["keys", "add", "newsroom", "tools"], ': "newsroom tools"\n'),
        (["ask", "When?", "--sources", "orr.example"], "unrecognized arguments: --sources orr"),
        (["serve", "--require-key", "--open"], "--open: not allowed with argument --require-key"),
        (["ask", "When?", "--archive", ""], "it is empty; name a folder or the URL of a server"),
        (["ask", "When?", "--archive", __file__], "is a file; name the folder of an archive"),
        (["ask", "When?", "--archive", "n" * 300], "n…' is too long for a name"),
        (["ask", "When?", "--export", ""], "--export: it is empty; name a file or folder"),
        (["ask", "When?", "--export", f"{'n' * 300}.md"], "n…' is too long for a name"),
        (["ingest", ""], "SOURCE: it is empty; name a file or folder"),
        (["ingest", "n" * 300], "n…' is too long for a name"),
        (["serve", "--audit", ""], "--audit: it is empty; name a file or folder"),
        (["recheck", ""], "FILE: it is empty; name a file or folder"),
        (["restore", "", "archive"], "FILE: it is empty; name a file or folder"),
        (["backup", "archive", "n" * 300], "n…' is too long for a name"),
    ],
)
def test_an_impossible_command_line_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    printed = capsys.readouterr().err
    assert printed.startswith("usage: dateline")
    assert said in printed
    assert printed.endswith("--help'.\n")


def test_an_address_of_another_machine_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chat", "--host", "192.0.2.1"]) == 2
    assert "--host is '192.0.2.1', which is no address of this machine" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "When?", "--replace"], "add --export FILE"),
        (["serve", "--audit-questions"], "add --audit FILE"),
        (["articles", "--coverage", "--limit", "20"], "leave out --limit and --from"),
        (["articles", "--coverage", "--from", "1"], "leave out --limit and --from"),
    ],
)
def test_an_option_that_has_no_effect_here_is_wrong_usage(
    archive: str, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main([*arguments, "--archive", archive]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.endswith(f"{said}\n")
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize("name", ["", "nowhere/audit.jsonl"])
def test_a_server_that_could_not_note_who_saw_what_does_not_start(
    archive: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main(["serve", "--audit", str(tmp_path / name), "--archive", archive]) == 2
    assert "name a file in a folder that exists" in capsys.readouterr().err


def test_a_file_is_no_folder_of_archives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "orr").write_text("a file")
    assert main(["ask", "When?", "--archive", str(tmp_path / "orr" / "archive")]) == 1
    assert "there is no archive in" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["chat", "--no-browser"], ["serve", "--no-page"]])
def test_a_port_in_use_is_wrong_usage(
    archive: str, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main([*command, "--port", str(port), "--archive", archive]) == 2
    said = f"dateline: port {port} is in use; choose another with --port\n"
    assert capsys.readouterr().err == said


def test_an_impossible_setting_is_wrong_usage(
    archive: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATELINE_ANSWER_THRESHOLD", "2")
    assert main(["ask", QUESTION, "--archive", archive]) == 2
    assert "DATELINE_ANSWER_THRESHOLD is '2'" in capsys.readouterr().err


def test_a_variable_that_is_no_setting_is_warned_of_once(
    archive: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATELINE_THREDS", "1")
    assert main(["sources", "--archive", archive]) == 0
    warned = [line for line in capsys.readouterr().err.splitlines() if "DATELINE" in line]
    (line,) = warned
    assert line.startswith("dateline: DATELINE_THREDS is no setting")
    assert line.endswith("did you mean 'DATELINE_THREADS'?")


@pytest.mark.parametrize("typed", ["localhost:6333", "file:///srv/holm", "http:/localhost"])
def test_no_folder_is_made_of_a_mistyped_address(
    typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(tmp_path / "wire.jsonl", *RECORDS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_ARCHIVE", typed)
    assert main(["ingest", str(source)]) == 2
    with pytest.raises(SystemExit):
        main(["ingest", str(source), "--archive", typed])
    assert list(tmp_path.iterdir()) == [source]
    assert "http://" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_missing_archive_is_a_failure_that_says_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    missing = str(tmp_path / "missing")
    assert main([command, "When?", "--archive", missing]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"'dateline ingest SOURCE --archive {missing}'" in captured.err
    assert not (tmp_path / "missing").exists()


def test_a_damaged_archive_is_a_failure_that_names_the_file(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cut = data_file(copied)
    os.truncate(cut, 1024)
    assert main(["ask", QUESTION, "--archive", str(copied)]) == 1
    assert f"{cut} should have" in capsys.readouterr().err


def test_a_mistyped_archive_is_named_as_it_was_probably_meant(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mistyped = str(Path(archive).with_name("archvie"))
    assert main(["ask", "When?", "--archive", mistyped]) == 1
    assert capsys.readouterr().err.endswith(f"; did you mean '{archive}'?\n")
    assert main(["doctor", "--archive", mistyped]) == 1
    assert f"; did you mean '{archive}'?" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["ask", "search", "timeline"])
def test_a_mistyped_outlet_is_named_as_it_was_probably_meant(
    archive: str, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main([command, QUESTION, "--archive", archive, "--source", "Herald.exmple"]) == 0
    said = "dateline: no article is from 'Herald.exmple'; did you mean 'herald.example'?\n"
    assert capsys.readouterr().err == said
    assert main([command, QUESTION, "--archive", archive, "--source", "herald.example"]) == 0
    assert capsys.readouterr().err == ""


# -- help -------------------------------------------------------------------------------------


def test_the_command_alone_prints_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("usage: dateline")
    assert "  130  you interrupted it\n" in printed


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"dateline {rag.__version__}\n"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == rag.__version__


@pytest.mark.parametrize(
    "command",
    ["ingest", "ask", "search", "timeline", "show", "articles", "sources", "chat", "doctor"],
)
def test_each_command_has_an_example_that_it_can_read(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    printed = capsys.readouterr().out
    shown = re.findall(r"^  dateline (.+)$", printed.partition("\nexample")[2], re.MULTILINE)
    assert shown
    for line in shown:
        assert make_parser().parse_args(shlex.split(line)).command == line.split()[0]


def test_the_command_loads_no_large_library_before_it_is_needed() -> None:
    heavy = "torch transformers llama_index qdrant_client streamlit onnxruntime".split()
    code = f"import sys, ui.cli; ui.cli.main([]); print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


# -- looking at the archive -------------------------------------------------------------------


def test_outlets_are_listed_with_their_numbers_of_articles(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sources", "--archive", archive]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "1  courier.example",
        "1  evil.example",
        "1  herald.example",
    ]
    assert main(["sources", "--archive", archive, "--json"]) == 0
    first, *_ = json.loads(capsys.readouterr().out)
    assert first == {
        "schema_version": 1,
        "source": "courier.example",
        "articles": 1,
        "hidden": 0,
    }


def test_articles_are_listed_newest_first_and_cannot_move_the_cursor(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["articles", "--archive", archive, "--limit", "2"]) == 0
    printed = capsys.readouterr().out
    assert printed.index("2021-09-01") < printed.index("Record harvest")
    assert "id: harvest" in printed
    assert printed.splitlines()[-1] == "articles 1 to 2 of 3"
    assert "\x1b" not in printed
    assert main(["articles", "--archive", archive, "--from", "3", "--json"]) == 0
    page = json.loads(capsys.readouterr().out)
    assert [article["article_id"] for article in page["articles"]] == ["truce"]
    assert (page["total"], page["first"]) == (3, 2)


def test_articles_about_something_are_listed_under_filters(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["articles", "wheat harvest", "--archive", archive, "--limit", "1"]) == 0
    assert "id: harvest" in capsys.readouterr().out
    assert main(["articles", "--archive", archive, "--since", "2030-01-01"]) == 0
    assert capsys.readouterr().out == "No articles were found.\n"


def test_a_list_that_begins_behind_its_end_says_where_it_ends(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["articles", "--archive", archive, "--from", "300"]) == 0
    said = "The list has 3 articles; --from 300 is behind its end.\n"
    assert capsys.readouterr().out == said


@pytest.mark.parametrize("command", ["search", "articles", "timeline"])
def test_what_the_words_restrict_is_told_with_the_option_that_ignores_them(
    archive: str, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    words = "ceasefire published in 1950, according to courier.example"
    assert main([command, words, "--archive", archive]) == 0
    said = capsys.readouterr().err
    assert "restricted the search to articles published 1950-01-01 to 1950-12-31\n" in said
    assert "dateline: --any-time searches all dates\n" in said
    assert "dateline: --any-outlet searches all outlets\n" in said
    options = ["--any-time", "--any-outlet"]
    assert main([command, words, "--archive", archive, *options]) == 0
    assert capsys.readouterr().err == ""


def test_a_mistyped_section_is_named_as_it_was_probably_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(tmp_path / "a.jsonl", RECORDS[0] | {"section": "sport"})
    place = ["--archive", str(tmp_path / "archive")]
    assert main(["ingest", str(source), *place]) == 0
    capsys.readouterr()
    assert main(["articles", *place, "--section", "Sports"]) == 0
    said = "dateline: no article is in the section 'Sports'; did you mean 'sport'?\n"
    assert capsys.readouterr().err == said
    assert main(["articles", *place, "--section", "SPORT"]) == 0
    assert "id: truce" in capsys.readouterr().out


def test_what_an_archive_covers_is_counted(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["articles", "--coverage", "--archive", archive]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "3 articles: 10 November 2020 to 1 September 2021"
    assert "        1  August 2021" in lines
    assert "        1  herald.example" in lines
    assert main(["articles", "wheat", "--coverage", "--archive", archive]) == 2


def test_an_article_is_shown_by_the_id_that_a_search_prints(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["search", QUESTION, "--limit", "1", "--archive", archive])
    (found,) = re.findall(r"^   id: (\S+)$", capsys.readouterr().out, re.MULTILINE)
    assert main(["show", found, "--archive", archive]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Guns fall silent\n\nId:")
    assert TRUCE in printed
    assert main(["show", found, "--archive", archive, "--json"]) == 0
    assert Article.from_json(capsys.readouterr().out).text == RECORDS[0]["text"]


def test_an_unknown_article_is_a_failure_that_says_where_ids_are(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", "unknown", "--archive", archive]) == 1
    assert "'dateline search' prints the id" in capsys.readouterr().err


# -- doctor -----------------------------------------------------------------------------------


@pytest.mark.parametrize("deep", [[], ["--deep"]])
def test_the_doctor_finds_a_sound_archive_sound(
    archive: str, capsys: pytest.CaptureFixture[str], deep: list[str]
) -> None:
    assert main(["doctor", "--archive", archive, *deep]) == 0
    printed = capsys.readouterr().out
    assert "ok: 3 articles in 3 passages" in printed
    assert "problem" not in printed
    assert ("every file and every article is unchanged" in printed) == bool(deep)


def test_the_doctor_says_in_plain_words_what_is_missing(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data_file(copied).unlink()
    assert main(["doctor", "--archive", str(copied)]) == 1
    printed = capsys.readouterr().out
    assert "page_0.dat should have" in printed
    assert "is missing; delete the archive and ingest again, or restore it" in printed


def test_only_a_deep_look_finds_a_file_altered_in_its_place(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with data_file(copied).open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"\xff")
    assert main(["doctor", "--archive", str(copied)]) == 0
    assert main(["doctor", "--archive", str(copied), "--deep", "--json"]) == 1
    printed = capsys.readouterr().out
    (problem,) = json.loads(printed[printed.index("{") :])["problems"]
    assert (
        "page_0.dat has changed since it was written; ingest the sources into a new archive"
        in problem
    )


def test_the_doctor_tells_machines_that_there_is_no_archive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "--archive", str(tmp_path / "missing"), "--json"]) == 1
    diagnosis = json.loads(capsys.readouterr().out)
    assert diagnosis["checked"] == []
    assert "there is no archive in" in diagnosis["problems"][0]


# -- export and recheck -----------------------------------------------------------------------


def test_an_answer_is_exported_and_rechecked_after_its_article_has_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, archive = tmp_path / "wire.jsonl", str(tmp_path / "archive")
    write(source, *RECORDS)
    assert main(["ingest", str(source), "--archive", archive]) == 0
    proof = str(tmp_path / "proof.json")
    ask = ["ask", QUESTION, "--archive", archive, "--export", proof]
    assert main(ask) == 0
    assert f"the evidence pack is in {proof}" in capsys.readouterr().err
    assert main(ask) == 2
    assert "--replace" in capsys.readouterr().err
    assert main([*ask, "--replace"]) == 0
    assert main(["recheck", proof, "--archive", archive]) == 0
    assert "All quotes stand" in capsys.readouterr().out

    mended = RECORDS[0] | {
        "updated": "2020-11-12",
        "text": RECORDS[0]["text"].replace("10 November", "11 November"),
    }
    write(source, mended, *RECORDS[1:])
    assert main(["ingest", str(source), "--archive", archive]) == 0
    capsys.readouterr()
    assert main(["recheck", proof, "--archive", archive]) == 4
    assert "changed from “10” to “11”" in capsys.readouterr().out
    assert main(["recheck", proof, "--archive", archive, "--json"]) == 4
    assert json.loads(capsys.readouterr().out)["quotes"][0]["status"] == "altered"

    show = ["show", "truce", "--archive", archive, "--as-of"]
    assert main([*show, "2020-11-11"]) == 0
    assert "midnight on 10 November" in capsys.readouterr().out
    assert main([*show, "2020-11-12"]) == 0
    assert "midnight on 11 November" in capsys.readouterr().out
    assert main([*show, "2020-11-09"]) == 2
    assert "was not published before 10 November 2020" in capsys.readouterr().err


def test_what_is_no_saved_answer_is_refused_with_what_is_wanted(
    archive: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["search", QUESTION], ["show", "truce"]):
        main([*command, "--archive", archive, "--json"])
        saved = tmp_path / "saved.json"
        saved.write_text(capsys.readouterr().out)
        assert main(["recheck", str(saved), "--archive", archive]) == 1
        said = f"dateline: {saved}: this is JSON, and no saved answer; give what 'dateline ask"
        assert capsys.readouterr().err.startswith(said)
    assert main(["recheck", str(tmp_path / "missing.json"), "--archive", archive]) == 1
    assert "name a file that 'dateline ask --export' wrote" in capsys.readouterr().err


def test_an_export_without_a_known_suffix_is_wrong_usage(
    archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", QUESTION, "--archive", archive, "--export", "proof.docx"]) == 2
    assert ".csl.json" in capsys.readouterr().err
