"""Tests that damaged, hostile and strange files are skipped and reported, and others are read."""

import bz2
import gzip
import io
import json
import lzma
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from ingest.articles import Made, make_article
from ingest.found import FoundRecord, Reason, Skip
from ingest.sources import find_files, read_file

pytestmark = pytest.mark.fault
ROOT = Path(__file__).parent.parent.parent
MEGABYTE = 1024 * 1024
PEAK_MEGABYTES = 600
STORY = "The ferry left the harbour at dawn, and by noon all of its forty passengers were home."
PAGE = (
    "<!DOCTYPE html><html><head><title>Ferry</title></head><body><article>"
    f"<p>{STORY}</p><p>{STORY.replace('ferry', 'boat')}</p></article></body></html>"
)
NITF = (
    '<?xml version="1.0" encoding="UTF-8"?><nitf><body><body.head><hedline><hl1>Ferry</hl1>'
    f"</hedline></body.head><body.content><p>{STORY}</p></body.content></body></nitf>"
)
NEWSML = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="1">'
    "<contentMeta><headline>Ferry</headline></contentMeta><contentSet><inlineXML>"
    f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{STORY}</p></body></html>'
    "</inlineXML></contentSet></newsItem>"
)
RSS = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Harbour</title>'
    f"<item><title>Ferry</title><description>{STORY}</description></item></channel></rss>"
)
ATOM = (
    '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
    f'<title>Harbour</title><entry><title>Ferry</title><content type="text">{STORY}</content>'
    "</entry></feed>"
)
XML = {"newsml.xml": NEWSML, "nitf.xml": NITF, "rss.xml": RSS, "atom.xml": ATOM}


def read(*sources: Path) -> list[FoundRecord | Skip]:
    return [
        item
        for path in find_files(sources)
        for item in ([path] if isinstance(path, Skip) else read_file(path))
    ]


def read_bytes(folder: Path, name: str, content: bytes | str) -> list[FoundRecord | Skip]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_file(path))


def skips(items: list[FoundRecord | Skip]) -> list[Skip]:
    return [item for item in items if isinstance(item, Skip)]


def texts(items: list[FoundRecord | Skip]) -> list[str]:
    return [str(item.fields["text"]) for item in items if isinstance(item, FoundRecord)]


def warc(page: str = PAGE) -> bytes:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        "WARC-Target-URI: https://harbour.example/1\r\nWARC-Date: 2020-11-10T10:00:00Z\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def zip_of(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tar_of(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def table_of(texts: list[str]) -> bytes:
    out = io.BytesIO()
    parquet.write_table(pa.table({"text": texts}), out, compression="none")
    return out.getvalue()


def ninjs() -> str:
    return json.dumps({"uri": "urn:x:1", "type": "text", "headline": "Ferry", "body_text": STORY})


def json_feed() -> str:
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "items": [{"id": "1", "content_text": STORY}]})


def cut(content: bytes | str) -> bytes:
    data = content if isinstance(content, bytes) else content.encode()
    return data[: len(data) - 12]


def flip(content: bytes, at: int) -> bytes:
    damaged = bytearray(content)
    damaged[at] ^= 0x55
    return bytes(damaged)


LINE = json.dumps({"text": STORY}) + "\n"
CSV = f'title,text\nFerry,"{STORY}"\n'
PARQUET = table_of([STORY])
LINES_GZ = gzip.compress(LINE.encode())
# Of each format a good file and the same one damaged.
DAMAGED: dict[str, tuple[bytes | str, bytes | str]] = {
    "a.jsonl": (LINE, cut(LINE)),
    "a.json": (json.dumps([{"text": STORY}]), cut(json.dumps([{"text": STORY}]))),
    "a.csv": (CSV, CSV[:-3]),
    "a.parquet": (PARQUET, cut(PARQUET)),
    "a.txt": (STORY, b"\xff\xfe" + STORY.encode("utf-16-le")[:-4] + b"\x00\xd8\x00\xd8"),
    "a.html": (PAGE, PAGE[: PAGE.index("<body>")]),
    "ninjs.json": (ninjs(), cut(ninjs())),
    "feed.json": (json_feed(), cut(json_feed())),
    "rss.xml": (RSS, cut(RSS)),
    "atom.xml": (ATOM, cut(ATOM)),
    "newsml.xml": (NEWSML, cut(NEWSML)),
    "nitf.xml": (NITF, cut(NITF)),
    "a.warc": (warc(), cut(warc())),
    "b.jsonl.gz": (LINES_GZ, flip(LINES_GZ, len(LINES_GZ) - 6)),
    "b.jsonl.bz2": (bz2.compress(LINE.encode()), flip(bz2.compress(LINE.encode()), 30)),
    "b.jsonl.xz": (lzma.compress(LINE.encode()), flip(lzma.compress(LINE.encode()), 40)),
    "b.zip": (zip_of({"a.jsonl": LINE.encode()}), cut(zip_of({"a.jsonl": LINE.encode()}))),
    "b.tar": (tar_of({"a.jsonl": LINE.encode()}), tar_of({"a.jsonl": LINE.encode()})[:600]),
    "b.tgz": (
        tar_of({"a.jsonl": LINE.encode()}, "w:gz"),
        tar_of({"a.jsonl": LINE.encode()}, "w:gz")[:-20],
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_among_good_ones_costs_only_itself(tmp_path: Path, name: str) -> None:
    good, damaged = (c if isinstance(c, bytes) else c.encode() for c in DAMAGED[name])
    for number in (1, 3):
        (tmp_path / f"{number}-{name}").write_bytes(good)
    bad = tmp_path / f"2-{name}"
    bad.write_bytes(damaged)
    items = read(tmp_path)
    whole = [
        item
        for item in items
        if isinstance(item, FoundRecord) and not item.path.startswith(str(bad))
    ]
    assert len(whole) == 2
    assert all(STORY in str(item.fields["text"]) for item in whole)
    assert skips(items)
    for skip in skips(items):
        assert skip.path.startswith(str(bad))
        assert skip.detail


def test_all_formats_damaged_together_leave_the_good_ones_whole(tmp_path: Path) -> None:
    for name, (good, damaged) in DAMAGED.items():
        for prefix, content in (("good-", good), ("damaged-", damaged)):
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / (prefix + name)).write_bytes(data)
    items = read(tmp_path)
    good_items = [
        item for item in items if Path(item.path).name.startswith("good-") or "good-" in item.path
    ]
    assert len(good_items) == len(DAMAGED)
    assert all(isinstance(item, FoundRecord) for item in good_items)


# What is large


READ_IN_CHILD = """if True:
    import json, sys
    from pathlib import Path
    from ingest.articles import make_article
    from ingest.found import Skip
    from ingest.sources import find_files, read_file
    for path in find_files([Path(sys.argv[1])]):
        for item in read_file(path):
            made = item if isinstance(item, Skip) else make_article(item)
            print(json.dumps([str(made) if isinstance(made, Skip) else ""]))
    for line in open("/proc/self/status"):
        if line.startswith("VmHWM:"):
            print(json.dumps(int(line.split()[1]) // 1024))
"""


def read_in_child(path: Path) -> tuple[list[str], int]:
    """Return the skips of a file (empty strings for articles), and the peak memory in MB."""
    done = subprocess.run(
        [sys.executable, "-c", READ_IN_CHILD, str(path)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    *items, peak = map(json.loads, done.stdout.splitlines())
    return [item[0] for item in items], peak


def pieces(start: str, end: str, megabytes: int = 200) -> Iterator[bytes]:
    """Yield a text of so many megabytes, its words repeated."""
    block = ((STORY + " ") * (MEGABYTE // len(STORY) + 1)).encode()[:MEGABYTE]
    yield start.encode()
    for _ in range(megabytes):
        yield block
    yield end.encode()


LARGE: dict[str, tuple[str, str]] = {
    "large.txt": ("Ferry\n\n", "\n"),
    "large.md": ("# Ferry\n\n", "\n"),
    "large.jsonl": ('{"text": "', '"}\n' + LINE),
    "large.json": ('{"text": "', '"}\n'),
    "list.json": ('[{"text": "', '"}]\n'),
    "large.csv": ('title,text\nFerry,"', '"\n'),
    "lines.csv": ('title,text\nFerry,"\n\n', '"\n'),
    "large.html": (PAGE[: PAGE.index("<p>")] + "<p>", "</p></article></body></html>"),
    "rss.xml": (RSS[: RSS.index(STORY)], RSS[RSS.index(STORY) + len(STORY) :]),
    "nitf.xml": (NITF[: NITF.index(STORY)], NITF[NITF.index(STORY) + len(STORY) :]),
    "ninjs.json": ('{"uri": "urn:x:1", "type": "text", "body_text": "', '"}'),
    "large.warc": (
        warc().partition(b"Content-Length")[0].decode()
        + f"Content-Length: {200 * MEGABYTE + 47}\r\n\r\n"
        + "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        "\r\n\r\n",
    ),
}


@pytest.mark.parametrize("name", LARGE)
def test_one_article_of_200_megabytes_is_a_skip_in_bounded_memory(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.writelines(pieces(*LARGE[name]))
    found, peak = read_in_child(path)
    assert peak < PEAK_MEGABYTES
    assert " MB, which is the limit" in found[0]
    # Behind the line that is too long the next one is read.
    assert found[1:] == ([""] if name == "large.jsonl" else [])


@pytest.mark.parametrize(("cells", "repeats"), [(1, 1), (64, 2000)])
def test_cells_of_many_megabytes_in_a_table_are_a_skip_in_bounded_memory(
    tmp_path: Path, cells: int, repeats: int
) -> None:
    path = tmp_path / "large.parquet"
    large = b"".join(pieces("", "")).decode() if cells == 1 else STORY * repeats * 50
    with parquet.ParquetWriter(path, pa.schema({"text": pa.string()})) as writer:
        writer.write_table(pa.table({"text": [f"{n} {large}" for n in range(cells)]}))
        writer.write_table(pa.table({"text": [STORY]}))
    found, peak = read_in_child(path)
    assert peak < PEAK_MEGABYTES
    assert " MB, which is the limit" in found[0]
    assert found[1:] == [""]


@pytest.mark.parametrize("name", ["large.txt", "large.jsonl"])
@pytest.mark.parametrize("container", [".gz", ".zip", ".tar.gz"])
def test_one_article_of_200_megabytes_in_a_container_is_a_skip(
    tmp_path: Path, name: str, container: str
) -> None:
    path = tmp_path / (name + container)
    content = pieces(*LARGE[name])
    if container == ".gz":
        with gzip.open(path, "wb", compresslevel=1) as file:
            file.writelines(content)
    elif container == ".zip":
        with (
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
            archive.open(name, "w", force_zip64=True) as file,
        ):
            file.writelines(content)
    else:
        plain = tmp_path / "plain"
        with plain.open("wb") as file:
            file.writelines(content)
        with tarfile.open(path, "w:gz", compresslevel=1) as tar:
            tar.add(plain, name)
        plain.unlink()
    found, peak = read_in_child(path)
    assert peak < PEAK_MEGABYTES
    assert " MB, which is the limit" in found[0]
    assert all(skip for skip in found if name == "large.txt")


def test_many_small_values_in_one_line_do_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "x", "more": [[]')
        for _ in range(14):
            file.write(b",[]" * (MEGABYTE // 3))
        file.write(b"]}\n")
    found, peak = read_in_child(path)
    assert found == [""]
    assert peak < PEAK_MEGABYTES


def test_millions_of_elements_do_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    with path.open("wb") as file:
        file.write(b"<nitf><body><body.content><p>x</p>")
        for _ in range(60):
            file.write(b"<a/>" * (MEGABYTE // 4))
        file.write(b"</body.content></body></nitf>")
    found, peak = read_in_child(path)
    assert " MB, which is the limit" in found[0]
    assert peak < PEAK_MEGABYTES


# Bombs


def bomb(megabytes: int = 300) -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb") as file:
        for _ in range(megabytes):
            file.write(b"x" * MEGABYTE)
    return out.getvalue()


def nested_bomb() -> bytes:
    """Return a gzip of 5 kB of a gzip of 5 MB of a gzip of 5 GB, nearly."""
    return gzip.compress(gzip.compress(bomb()))


BOMBS: dict[str, Callable[[], bytes]] = {
    "a.txt.gz": bomb,
    "a.gz": nested_bomb,
    "a.zip": lambda: zip_of({"a.txt": b"x" * (300 * MEGABYTE), "b.txt": b"Rain."}),
    "b.zip": lambda: zip_of({"in.zip": zip_of({"a.jsonl": b"[" * (300 * MEGABYTE)})}),
    "c.tgz": lambda: tar_of({"a.txt.gz": bomb()}, "w:gz"),
    "d.xz": lambda: lzma.compress(b"{" * (300 * MEGABYTE)),
    "e.bz2": lambda: bz2.compress(b"y" * (300 * MEGABYTE)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_a_skip_in_bounded_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BOMBS[name]())
    found, peak = read_in_child(path)
    assert found
    assert any(
        "as a decompression bomb does" in item or "which is the limit" in item for item in found
    )
    assert peak < PEAK_MEGABYTES


def test_a_container_in_a_container_ends_at_three(tmp_path: Path) -> None:
    content = STORY.encode()
    for _ in range(9):
        content = gzip.compress(content)
    (skip,) = read_bytes(tmp_path, "a.txt.gz", content)
    assert isinstance(skip, Skip)
    assert "more than 3 levels deep" in skip.detail


# Names and links


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_a_name_that_leads_out_of_a_container_writes_nothing(
    tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes]
) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    names = [
        "../../out.txt",
        "/etc/dateline.txt",
        "..\\..\\out.txt",
        "C:\\out.txt",
        "a/../../x.txt",
    ]
    items = read_bytes(inside, "a.container", pack(dict.fromkeys(names, STORY.encode())))
    assert texts(items) == [STORY] * len(names)
    assert all(item.path.startswith(f"{inside}/a.container!") for item in items)
    assert all(".." not in item.path for item in items)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.container"]


def test_links_and_devices_in_containers_are_named_and_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret words")
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, kind in (
            ("soft.txt", tarfile.SYMTYPE),
            ("hard.txt", tarfile.LNKTYPE),
            ("zero", tarfile.CHRTYPE),
            ("disk", tarfile.BLKTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, str(secret)
            tar.addfile(info)
    linked = zipfile.ZipInfo("soft.txt")
    linked.create_system, linked.external_attr = 3, 0o120777 << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(linked, str(secret))
    for name, content, count in (("a.tar", out, 4), ("a.zip", packed, 1)):
        items = read_bytes(tmp_path, name, content.getvalue())
        assert [skip.reason for skip in skips(items)] == [Reason.NOT_TEXT] * count
        assert not texts(items)


def test_links_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY)
    (folder / "up").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(folder)
    assert texts(read(tmp_path)) == [STORY]


# Nesting


@pytest.mark.parametrize(
    "content",
    [
        '{"text": ' + "[" * 100_000 + "]" * 100_000 + "}\n",
        '{"text": "' + STORY + '", "more": ' + '{"a":' * 100_000 + "1" + "}" * 100_001 + "\n",
        "[" * 100_000 + "]" * 100_000,
        '[{"text": ' + "[" * 100_000 + "]" * 100_000 + "}]",
        '{\n"uri": "urn:x:1", "body_text": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000,
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a"])
def test_json_nested_100_000_deep_is_a_skip(tmp_path: Path, content: str, name: str) -> None:
    items = read_bytes(tmp_path, name, content)
    assert items
    assert {type(item) for item in items} == {Skip} or name == "a"
    # Under a name that says nothing it may be no text that we know.
    allowed = {Reason.BROKEN} if name != "a" else {Reason.BROKEN, Reason.NOT_TEXT}
    assert {skip.reason for skip in skips(items)} <= allowed


def test_pages_and_documents_nested_deep_are_outcomes(tmp_path: Path) -> None:
    deep = "<div>" * 100_000
    linked = '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
    contents = {
        "a.html": PAGE.replace("<p>", deep + "<p>", 1),
        "b.html": PAGE.replace("</head>", linked + "</head>"),
        "c.xml": NITF.replace("<p>", "<p>" + "<em>" * 100_000, 1),
        "d.xml": RSS.replace(STORY, f"<![CDATA[{deep}{STORY}]]>"),
        "e.md": ">" * 100_000 + STORY,
        "f.json": ninjs().replace(STORY, deep + STORY),
    }
    for name, content in contents.items():
        assert read_bytes(tmp_path, name, content)


# XML that does more than say something


@pytest.mark.parametrize("name", XML)
def test_an_entity_bomb_is_not_expanded(tmp_path: Path, name: str) -> None:
    entities = '<!ENTITY a0 "lol">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11)
    )
    content = XML[name].replace("?>", f"?><!DOCTYPE x [{entities}]>", 1)
    items = read_bytes(tmp_path, name, content.replace(STORY, STORY + " &a10;"))
    assert items
    assert "lollol" not in str(items)


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize("kind", ["general", "parameter", "subset", "include"])
def test_what_xml_names_outside_of_it_is_not_read(tmp_path: Path, name: str, kind: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("thesecretwords")
    (tmp_path / "x.dtd").write_text('<!ENTITY x "thesecretwords">')
    where = {
        "general": f'[<!ENTITY x SYSTEM "file://{secret}">]',
        "parameter": f'[<!ENTITY % p SYSTEM "file://{tmp_path}/x.dtd"> %p;]',
        "subset": f'SYSTEM "file://{tmp_path}/x.dtd"',
        "include": "[]",
    }[kind]
    used = f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{secret}" parse="text"/>'
    story = STORY + (used if kind == "include" else " &x;")
    content = XML[name].replace("?>", f"?><!DOCTYPE x {where}>", 1).replace(STORY, story)
    items = read_bytes(tmp_path, name, content)
    assert items
    assert "thesecretwords" not in str(items)


# Encodings

ACCENTS = "Café Müller in Łódź opened on Monday; “at last”, said Zoë Núñez, the owner’s sister."
WESTERN = ACCENTS.replace("Łódź", "Orléans")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "name", ["a.txt", "a.md", "a.jsonl", "a.json", "list", "a.csv", "a.html", *XML]
)
def test_utf_16_with_and_without_its_mark_is_read(tmp_path: Path, encoding: str, name: str) -> None:
    whole = {
        "a.txt": STORY,
        "a.md": STORY,
        "a.jsonl": json.dumps({"text": STORY}) + "\n",
        "a.json": json.dumps({"text": STORY}),
        "list": json.dumps([{"text": STORY}], indent=1),
        "a.csv": CSV,
        "a.html": PAGE.replace("<head>", '<head><meta charset="utf-16">'),
    }
    content = whole.get(name) or XML[name].replace("UTF-8", "UTF-16")
    (item,) = read_bytes(tmp_path, name, content.replace(STORY, ACCENTS + STORY).encode(encoding))
    assert isinstance(item, FoundRecord), item
    assert ACCENTS + STORY in str(item.fields["text"])


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_text_in_an_undeclared_western_encoding_keeps_its_letters(
    tmp_path: Path, encoding: str, name: str
) -> None:
    content = PAGE.replace(STORY, WESTERN) if name == "a.html" else WESTERN
    (item,) = read_bytes(tmp_path, name, content.encode(encoding))
    assert isinstance(item, FoundRecord)
    assert WESTERN in str(item.fields["text"])
    assert bool(item.notes) == (encoding == "cp1252")


def test_latin_1_in_utf_8_lines_costs_its_line_and_names_the_byte(tmp_path: Path) -> None:
    lines = [json.dumps({"text": WESTERN}, ensure_ascii=False).encode() for _ in range(3)]
    lines[1] = '{"text": "Düsseldorf"}'.encode("latin-1")
    first, second, third = read_bytes(tmp_path, "a.jsonl", b"\n".join(lines))
    assert texts([first, third]) == [WESTERN, WESTERN]
    assert isinstance(second, Skip)
    assert (second.reason, second.line) == (Reason.ENCODING, 2)
    assert "0xfc" in second.detail
    table = b"title,text\nA,Rain\nB," + "Düsseldorf".encode("latin-1") + b"\nC,Sun\n"
    first, second, third = read_bytes(tmp_path, "a.csv", table)
    assert texts([first, third]) == ["Rain", "Sun"]
    assert isinstance(second, Skip)
    assert second.reason == Reason.ENCODING


def test_a_broken_byte_in_utf_8_leaves_the_other_letters_as_they_are(tmp_path: Path) -> None:
    content = (ACCENTS + "\n\n" + ACCENTS).encode()
    broken = content.replace("ü".encode(), b"\xc3", 1)
    (item,) = read_bytes(tmp_path, "a.txt", broken)
    assert isinstance(item, FoundRecord)
    assert str(item.fields["text"]).count("Łódź") == 2
    assert "M\ufffdller" in str(item.fields["text"])
    assert "1 of its bytes" in item.notes[0]
    for name, document in XML.items():
        content = document.replace(STORY, ACCENTS).encode().replace("ü".encode(), b"\xc3", 1)
        for found in read_bytes(tmp_path, name, content):
            assert isinstance(found, Skip) or "Łódź" in str(found.fields["text"])


def test_shift_jis_is_read_as_what_it_is_or_skipped(tmp_path: Path) -> None:
    story = "渡し船は夜明けに港を出て、正午までに四十人の乗客全員が帰宅した。" * 8
    (plain,) = read_bytes(tmp_path, "a.txt", story.encode("shift_jis"))
    assert isinstance(plain, FoundRecord)
    assert story in str(plain.fields["text"])
    assert plain.notes
    page = PAGE.replace(STORY, story).replace("<head>", '<head><meta charset="shift_jis">')
    (found,) = read_bytes(tmp_path, "a.html", page.encode("shift_jis"))
    assert isinstance(found, FoundRecord)
    assert story in str(found.fields["text"])
    line = json.dumps({"text": story}, ensure_ascii=False).encode("shift_jis")
    (skip,) = read_bytes(tmp_path, "a.jsonl", line)
    assert isinstance(skip, Skip)
    assert skip.reason == Reason.ENCODING


def test_binary_files_of_every_kind_are_skips(tmp_path: Path) -> None:
    contents = {
        "a.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n\0\0",
        "a.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)),
        "a.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
        "a.txt": bytes(5000),
        "a.exe": b"MZ\x90\0\3\0\0\0" + bytes(range(256)) * 4,
    }
    for name, content in contents.items():
        (skip,) = read_bytes(tmp_path, name, content)
        assert isinstance(skip, Skip), name
        assert skip.reason in (Reason.NOT_TEXT, Reason.EMPTY, Reason.BROKEN)


# Ids and dates


def test_two_records_with_one_id_both_come_with_their_place(tmp_path: Path) -> None:
    lines = [json.dumps({"id": "x", "text": f"{STORY} {n}"}) for n in range(2)]
    first, second = read_bytes(tmp_path, "a.jsonl", "\n".join(lines))
    assert [first.line, second.line] == [1, 2]
    made = [make_article(item) for item in (first, second) if isinstance(item, FoundRecord)]
    assert [item.article.id for item in made if isinstance(item, Made)] == ["x", "x"]


def published(item: FoundRecord | Skip) -> tuple[date | None, int]:
    """Return the day that an article gets and the number of notes."""
    assert isinstance(item, FoundRecord)
    made = make_article(item)
    assert isinstance(made, Made)
    return made.article.published, len(made.notes)


@pytest.mark.parametrize(
    "value",
    [
        "2021-02-30",
        "2021-13-01",
        "0000-00-00",
        "0000-01-01T00:00:00Z",
        "2021-02-29T12:00:00Z",
        "2021-03-04T25:00:00Z",
        "99999-01-01",
        "-0044-03-15",
        "yesterday",
        "03/04/2021",
        "2021",
        "2021-W53-8",
        "Tue, 31 Feb 2021 10:00:00 GMT",
        "Tue, 02 Mar 99999 10:00:00 GMT",
        "1e400",
        "9" * 400,
        "2021-03-04T09:00:00+99:00",
    ],
)
def test_an_impossible_date_is_noted_and_left_out(tmp_path: Path, value: str) -> None:
    (line,) = read_bytes(tmp_path, "a.jsonl", json.dumps({"text": STORY, "published": value}))
    assert published(line) == (None, 1)
    table = f'published,text\n"{value}","{STORY}"\n'
    (row,) = read_bytes(tmp_path, "a.csv", table)
    assert published(row) == (None, 1)
    (record,) = read_bytes(
        tmp_path, "n.json", json.dumps(json.loads(ninjs()) | {"firstcreated": value})
    )
    assert published(record) == (None, 1)
    for name, before, element in (
        ("rss.xml", "</item>", f"<pubDate>{value}</pubDate>"),
        ("atom.xml", "</entry>", f"<published>{value}</published>"),
        (
            "newsml.xml",
            "<contentMeta>",
            f"<itemMeta><firstCreated>{value}</firstCreated></itemMeta>",
        ),
        ("nitf.xml", "<body>", f'<head><docdata><date.issue norm="{value}"/></docdata></head>'),
        ("page.html", "</head>", f'<meta property="article:published_time" content="{value}">'),
    ):
        whole = XML.get(name, PAGE).replace(before, element + before)
        (item,) = read_bytes(tmp_path, name, whole)
        day, notes = published(item)
        # A page may keep the day of an impossible hour.
        assert day is None or (name == "page.html" and day == date(2021, 3, 4)), name
        assert notes or name == "page.html", name


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("1912-04-15", date(1912, 4, 15)),
        ("1969-12-31T23:59:59Z", date(1969, 12, 31)),
        ("2999-01-01", date(2999, 1, 1)),
        ("2021-03-04T23:30:00", date(2021, 3, 4)),
        ("2021-03-04T23:30:00-05:00", date(2021, 3, 4)),
        ("20210304", date(2021, 3, 4)),
        ("0001-01-02", date(1, 1, 2)),
    ],
)
def test_old_future_and_zoneless_dates_keep_their_day(
    tmp_path: Path, value: str, day: date
) -> None:
    (line,) = read_bytes(tmp_path, "a.jsonl", json.dumps({"text": STORY, "published": value}))
    assert published(line)[0] == day
    whole = NITF.replace(
        "<body>", f'<head><docdata><date.issue norm="{value}"/></docdata></head><body>'
    )
    (item,) = read_bytes(tmp_path, "a.xml", whole)
    assert published(item)[0] == day
