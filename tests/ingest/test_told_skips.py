from dataclasses import replace
from pathlib import Path

from ingest.found import Note, Reason, Skip
from ingest.report import describe
from ingest.told import told
from tests.ingest.every_kind import make_folder
from tests.ingest.inboxes import CountingEmbedder, run

SKIP = Skip(reason=Reason.BROKEN, detail="not JSON", path="/in/a.jsonl", line=2)
NOTE = Note(detail="'published' is '31 February'", path="/in/b.jsonl", line=3)


def test_a_few_lines_name_their_files_in_full() -> None:
    assert told([SKIP], [NOTE]) == [
        "skipped /in/a.jsonl:2: broken: not JSON",
        "note /in/b.jsonl:3: 'published' is '31 February'",
    ]


def test_many_are_grouped_by_their_reason_below_their_folder() -> None:
    pictures = [
        replace(SKIP, reason=Reason.NOT_TEXT, detail="it is a picture", path=f"/in/{n}.png", line=1)
        for n in range(3)
    ]
    broken = [replace(SKIP, count=4), replace(SKIP, detail="cut", path="/in/z.zip!a", line=None)]
    assert told([*broken, *pictures], [NOTE]) == [
        "the files below are in /in",
        "3 skipped, not text (docs/formats.md lists the formats that are read):",
        "  0.png:1: it is a picture",
        "  1.png:1: it is a picture",
        "  2.png:1: it is a picture",
        "5 skipped, broken:",
        "  a.jsonl:2: not JSON (4 times, here first)",
        "  z.zip!a: cut",
        "1 noted:",
        "  b.jsonl:3: 'published' is '31 February'",
    ]


def test_the_folder_of_many_may_have_an_exclamation_mark_in_its_name() -> None:
    skips = [
        replace(SKIP, detail=f"cut at {n}", path=f"/in/Holm!/{n}.zip!a.json") for n in range(6)
    ]
    assert told(skips, [])[:3] == [
        "the files below are in /in/Holm!",
        "6 skipped, broken:",
        "  0.zip!a.json:2: cut at 0",
    ]


def test_files_without_a_common_folder_keep_their_whole_names() -> None:
    skips = [replace(SKIP, path=f"/{n}/a.jsonl") for n in "abc"]
    notes = [replace(NOTE, path=f"/{n}/b.jsonl") for n in "def"]
    assert told(skips, notes)[:2] == ["3 skipped, broken:", "  /a/a.jsonl:2: not JSON"]


def test_a_folder_with_one_file_of_every_kind_is_told_at_a_glance(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    make_folder(inbox)
    report = run(inbox, embedder)
    assert (report.files, report.records, report.articles) == (40, 43, 26)
    lines = describe(report).splitlines()
    assert lines[1] == "43 records: 26 new, 0 unchanged, 1 withdrawn, 16 skipped"
    assert "1 × cache" in lines[2]
    assert "1 × version control folder" in lines[2]
    groups = [line for line in lines if "skipped, " in line and line.endswith(":")]
    assert [group.partition(" (")[0].rstrip(":") for group in groups] == [
        "8 skipped, not text",
        "4 skipped, broken",
        "2 skipped, no text",
        "1 skipped, empty",
        "1 skipped, not published",
    ]
    assert "  old.doc: it is a document of Word before 2007; save it as .docx" in lines
    assert "  wordpress.xml: 1 item is in draft" in lines
    assert len(lines) < 30
