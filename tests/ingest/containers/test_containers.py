import bz2
import errno
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from ingest.containers.expansion import expand, matches
from ingest.containers.unpacking import Limits
from ingest.formats import jsonl
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import HEAD_BYTES, Input
from ingest.sources import read_file
from rag.errors import InputError

TEXT = b"The harbour reopened on Monday.\n"
SMALL = Limits(plain_bytes=20_000, ratio=5, members=3)
NOISE = random.Random(7).randbytes(200_000)


def packed(content: bytes, name: str = "input") -> Input:
    """An input that can only be read forward, like a member of another container."""

    class Forward(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation("seek")

    return Input(name=name, opener=lambda: Forward(content))


def seekable(content: bytes, name: str = "input") -> Input:
    return Input(name=name, opener=lambda: io.BytesIO(content))


def on_disk(path: Path, content: bytes) -> Input:
    path.write_bytes(content)
    return Input.of_file(path)


def tar_of(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as tar:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return out.getvalue()


def zip_of(members: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def whole(item: Input | Skip) -> bytes | str:
    """What a reader gets: the content, or why there is none."""
    if isinstance(item, Skip):
        return str(item.reason)
    try:
        return item.read_whole()
    except InputError as error:
        return str(error)


def read(source: Input, limits: Limits | None = None) -> list[tuple[str, bytes | str]]:
    items = expand(source, limits) if limits else expand(source)
    return [((i.name if isinstance(i, Input) else i.path), whole(i)) for i in items]


def flip(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


@pytest.mark.parametrize("source", [packed, seekable])
@pytest.mark.parametrize(
    ("name", "pack", "member"),
    [
        ("day.txt.gz", lambda t: gzip.compress(t[:9]) + gzip.compress(t[9:]), "day.txt"),
        ("day.txt.bz2", lambda t: bz2.compress(t[:9]) + bz2.compress(t[9:]), "day.txt"),
        ("day.txt.xz", lambda t: lzma.compress(t[:9]) + lzma.compress(t[9:]), "day.txt"),
        ("day.zip", lambda t: zip_of({"a/day.txt": t}), "a/day.txt"),
        ("stored.zip", lambda t: zip_of({"day.txt": t}, zipfile.ZIP_STORED), "day.txt"),
        ("bz.zip", lambda t: zip_of({"day.txt": t}, zipfile.ZIP_BZIP2), "day.txt"),
        ("lz.zip", lambda t: zip_of({"day.txt": t}, zipfile.ZIP_LZMA), "day.txt"),
        ("day.tar", lambda t: tar_of({"day.txt": t}), "day.txt"),
        ("day.tgz", lambda t: tar_of({"./day.txt": t}, "w:gz"), "day.txt"),
        ("day.tar.bz2", lambda t: tar_of({"day.txt": t}, "w:bz2"), "day.txt"),
        ("no-suffix", lambda t: tar_of({"day.txt": t}, "w:xz"), "day.txt"),
    ],
)
def test_each_container_gives_its_member_whole_and_again(
    source: Callable[[bytes, str], Input], name: str, pack: Callable[[bytes], bytes], member: str
) -> None:
    content = pack(TEXT)
    assert matches(content[:HEAD_BYTES], "")
    seen = []
    for item in expand(source(content, name)):
        assert isinstance(item, Input)
        seen.append((item.name, item.head(), item.read_whole()))
    assert seen == [(f"{name}!{member}", TEXT, TEXT)]


def test_text_is_no_container() -> None:
    for head in (TEXT, b"", b"BZh and other letters begin this text.", b"PK", bytes(600)):
        assert not matches(head, ".txt")


def test_a_word_document_is_no_container() -> None:
    assert not matches(zip_of({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), "")


def test_empty_containers_say_so() -> None:
    empty_tar = tar_of({})
    assert matches(empty_tar[:HEAD_BYTES], ".tar")
    for content in (zip_of({}), empty_tar, tar_of({".hidden": b"x", "__MACOSX/a": b"x"}, "w:gz")):
        assert read(packed(content)) in ([("input", "empty")], [("input!input", empty_tar)])
    assert read(packed(gzip.compress(b""), "a.gz")) == [("a.gz!a", b"")]


def test_names_are_shown_clean_each_once_and_hidden_members_are_left_out() -> None:
    names = ["../../etc/a.txt", "/etc/a.txt", "b\x1b[31m.txt", ".git/config", "d/._x", "c\u202etxt"]
    shown = ["etc/a.txt", "etc/a (2).txt", "b\\x1b[31m.txt", "c\\u202etxt"]
    for content in (tar_of(dict.fromkeys(names, TEXT)), zip_of(dict.fromkeys(names, TEXT))):
        assert read(packed(content, "x")) == [(f"x!{name}", TEXT) for name in shown]


def test_directories_are_silent_and_links_and_devices_are_skips() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, kind in [
            ("d", tarfile.DIRTYPE),
            ("link", tarfile.SYMTYPE),
            ("second", tarfile.LNKTYPE),
            ("null", tarfile.CHRTYPE),
            ("pipe", tarfile.FIFOTYPE),
        ]:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            tar.addfile(info)
    items = [str(item).partition(";")[0] for item in expand(packed(out.getvalue(), "x.tar"))]
    assert items == [
        "x.tar!link: not text: it is a symbolic link",
        "x.tar!second: not text: it is another name of a member that was read under its first name",
        "x.tar!null: not text: it is a device, not a file",
        "x.tar!pipe: not text: it is a pipe, not a file",
    ]


def test_a_link_in_a_zip_is_a_skip() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    (skip,) = expand(packed(out.getvalue()))
    assert isinstance(skip, Skip)
    assert "symbolic link" in skip.detail


@pytest.mark.parametrize(
    "pack", [gzip.compress, partial(bz2.compress, compresslevel=1), lzma.compress]
)
def test_a_stream_that_is_cut_off_gives_its_lines_and_then_says_so(
    pack: Callable[[bytes], bytes],
) -> None:
    content = pack(
        b"".join(b"%d %s\n" % (i, NOISE[i : i + 40].hex().encode()) for i in range(9999))
    )
    (item,) = expand(packed(content[: len(content) // 2], "a.txt.gz"))
    assert isinstance(item, Input)
    with item.open() as stream:
        assert stream.readline().startswith(b"0 ")
        with pytest.raises(InputError, match="cut off"):
            stream.read()
        with pytest.raises(InputError, match="cut off"):
            stream.read()


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_damage_in_a_stream_or_a_second_stream_is_an_input_error(
    pack: Callable[[bytes], bytes],
) -> None:
    stream = pack(NOISE)
    for content in (flip(stream, len(stream) // 2), stream + flip(stream, 1), flip(stream, -6)):
        ((_, result),) = read(packed(content))
        assert "damaged" in str(result)


def test_a_damaged_member_of_a_zip_is_named_and_its_neighbours_are_read() -> None:
    content = zip_of({"a": TEXT, "b": NOISE, "c": TEXT}, zipfile.ZIP_STORED)
    (a, b, c) = read(packed(flip(content, content.index(NOISE[:50])), "x.zip"))
    assert (a, c) == (("x.zip!a", TEXT), ("x.zip!c", TEXT))
    assert b[0] == "x.zip!b"
    assert "Bad CRC-32" in str(b[1])


def test_an_encrypted_member_is_a_skip_that_says_so() -> None:
    content = bytearray(zip_of({"a": TEXT, "b": TEXT}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    encrypted, plain = expand(packed(bytes(content), "x.zip"))
    assert isinstance(encrypted, Skip)
    assert (encrypted.path, encrypted.reason) == ("x.zip!a", Reason.UNREADABLE)
    assert "password" in encrypted.detail
    assert isinstance(plain, Input)


def test_a_member_packed_in_an_unknown_way_is_an_input_error() -> None:
    content = bytearray(zip_of({"a": TEXT}))
    content[content.index(b"PK\x01\x02") + 10] = 97
    ((_, result),) = read(packed(bytes(content)))
    assert "cannot be read (" in str(result)


def test_a_zip_without_its_directory_is_a_skip() -> None:
    content = zip_of({"a": NOISE})
    for damaged in (content[:-30], content[:100], content[: len(content) // 2]):
        assert read(packed(damaged, "x.zip")) == [("x.zip", "broken")]


def test_every_way_to_cut_or_damage_a_small_container_is_an_outcome() -> None:
    members = {"a": TEXT, "b" * 150: TEXT * 9, "c": b"x"}
    for content in (zip_of(members), tar_of(members), tar_of(members, "w:gz"), gzip.compress(TEXT)):
        for at in range(0, len(content), 1 + len(content) // 400):
            assert read(packed(flip(content, at)))
            assert read(packed(content[:at])) if matches(content[:at], "") else True


def test_a_tar_that_is_cut_off_gives_the_members_before_and_then_says_so() -> None:
    content = tar_of({"a": TEXT, "b": NOISE, "c": TEXT})
    (a, b, rest) = read(packed(content[:50_000], "x.tar"))
    assert a == ("x.tar!a", TEXT)
    assert "unexpected end of data" in str(b[1])
    assert rest == ("x.tar", "broken")


def test_a_damaged_header_in_a_tar_is_no_silent_end() -> None:
    content = flip(tar_of({"a": TEXT, "b": TEXT, "c": TEXT}), 1024 + 3)
    assert read(packed(content, "x.tar")) == [("x.tar!a", TEXT), ("x.tar", "broken")]


def test_a_tar_without_its_end_or_with_more_behind_it_says_so() -> None:
    content = tar_of({"a": TEXT})
    for odd in (content[:1024], content + content):
        assert read(packed(odd, "x.tar")) == [("x.tar!a", TEXT), ("x.tar", "broken")]


def test_a_wrong_checksum_of_a_packed_tar_is_told_after_its_members() -> None:
    content = flip(gzip.compress(tar_of({"a": TEXT})), -6)
    assert read(packed(content, "x.tgz")) == [("x.tgz!a", TEXT), ("x.tgz", "broken")]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_stream_that_swells_too_far_is_an_input_error(pack: Callable[[bytes], bytes]) -> None:
    ((_, result),) = read(packed(pack(bytes(5_000_000))), SMALL)
    assert "as a decompression bomb does" in str(result)


def test_a_stream_may_swell_by_the_ratio_or_to_the_floor() -> None:
    for content in (bytes(19_000), NOISE):
        assert read(packed(gzip.compress(content)), SMALL) == [("input!input", content)]


def test_a_member_or_a_zip_that_swells_too_far_ends() -> None:
    bomb = zip_of({"a": bytes(5_000_000), "b": TEXT})
    results = read(packed(bomb), SMALL)
    assert "as a decompression bomb does" in str(results[0][1])
    assert results[-1] == ("input", "broken")
    many = zip_of({str(i): bytes(15_000) for i in range(3)})
    assert [type(result) for _, result in read(packed(many), SMALL)] == [bytes, str, str]


def test_a_packed_tar_that_swells_too_far_ends() -> None:
    content = tar_of({"a": TEXT, "b": bytes(5_000_000), "c": TEXT}, "w:gz")
    a, b, rest = read(packed(content), Limits(plain_bytes=200_000, ratio=5))
    assert a == ("input!a", TEXT)
    assert "as a decompression bomb does" in str(b[1])
    assert rest == ("input", "broken")


def test_more_members_than_allowed_are_not_listed() -> None:
    members = {str(i): TEXT for i in range(5)}
    *kept, last = expand(packed(tar_of(members)), SMALL)
    assert len(kept) == 3
    (refused,) = expand(packed(zip_of(members)), SMALL)
    for skip in (last, refused):
        assert isinstance(skip, Skip)
        assert "more than 3 members" in skip.detail


def test_a_zip_in_a_tar_gz_is_expanded_level_by_level() -> None:
    content = tar_of(
        {"a": TEXT, "in.zip": zip_of({"b": TEXT, "c.gz": gzip.compress(TEXT)})}, "w:gz"
    )
    seen = []
    for outer in expand(packed(content, "x.tar.gz")):
        assert isinstance(outer, Input)
        if not matches(outer.head(), outer.suffix):
            seen.append((outer.name, outer.read_whole()))
            continue
        for inner in expand(outer):
            assert isinstance(inner, Input)
            deepest = next(expand(inner)) if matches(inner.head(), inner.suffix) else inner
            assert isinstance(deepest, Input)
            seen.append((deepest.name, deepest.read_whole()))
    names = ["x.tar.gz!a", "x.tar.gz!in.zip!b", "x.tar.gz!in.zip!c.gz!c"]
    assert seen == [(name, TEXT) for name in names]


def test_a_large_member_of_a_tar_is_read_whole_more_than_once() -> None:
    large = NOISE * 20
    for item in expand(packed(tar_of({"a": TEXT, "b": large, "c": TEXT}, "w:gz"))):
        assert isinstance(item, Input)
        first, second = item.read_whole(), item.read_whole()
        assert first == second
        assert len(first) in (len(TEXT), len(large))


def test_packed_lines_are_read_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "day.jsonl.gz"
    with gzip.open(path, "wb") as file:
        for i in range(20_000):
            file.write(b'{"text": "%s"}\n' % NOISE[i * 9 : i * 9 + 60].hex().encode())
    taken = []

    class Watched(io.FileIO):
        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            taken.append(super().readinto(buffer))
            return taken[-1]

    source = Input(name=str(path), opener=lambda: Watched(path))
    (member,) = expand(source)
    assert isinstance(member, Input)
    taken.clear()
    records = jsonl.read(member)
    first = [next(records) for _ in range(3)]
    assert all(isinstance(record, FoundRecord) for record in first)
    assert sum(taken) < path.stat().st_size / 10
    assert sum(1 for _ in records) == 19_997


def test_a_machine_that_fails_is_not_a_damaged_file() -> None:
    class Failing(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            raise OSError(5, "Input/output error")

    opened = iter([io.BytesIO(gzip.compress(TEXT)), io.BytesIO(gzip.compress(TEXT)), Failing()])
    (member,) = expand(Input(name="a.gz", opener=lambda: next(opened)))  # type: ignore[arg-type]
    assert isinstance(member, Input)
    with pytest.raises(OSError, match="Input/output error"):
        member.read_whole()


def test_the_columns_that_a_container_is_given_are_those_of_its_members() -> None:
    table = b"what,title\nIt rained.,Rain\n"
    for content in (
        gzip.compress(table),
        zip_of({"a.csv": table}),
        tar_of({"a.csv": table}, "w:gz"),
        gzip.compress(zip_of({"a.csv": table})),
    ):
        source = Input(
            name="a.csv.gz", opener=partial(io.BytesIO, content), columns={"text": "what"}
        )
        member = next(expand(source))
        assert isinstance(member, Input)
        assert member.columns == {"text": "what"}


class FullDisk(io.BytesIO):
    """A temporary file on a disk without room."""

    def write(self, data: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_temporary_folder_that_is_full_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.SpooledTemporaryFile", lambda size: FullDisk())
    (skip,) = expand(packed(zip_of({"a.txt": TEXT})))
    assert isinstance(skip, Skip)
    assert "temporary folder" in skip.detail
    assert "is full; make room there" in skip.detail


def test_bytes_behind_the_end_of_a_gzip_do_not_cost_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"It rained all day in Genoa.") + b"trailing bytes")
    found, rest = read_file(path)
    assert isinstance(found, FoundRecord)
    assert found.fields["text"] == "It rained all day in Genoa."
    assert isinstance(rest, Skip)
    assert "follows the end of its gzip" in rest.detail
