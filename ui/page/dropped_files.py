"""Keeps the files that people drop on the page, for the ingest that reads them. No Streamlit here.

Each file lies in a folder named by the digest of its content. So the same file dropped twice is one
input that has not changed. Another file of the same name is another input: it does not replace the
articles of the first, as a file does that holds another article than before.

The files stay there. An ingest removes only articles of sources that it is given, and nobody gives
it this folder with `--delete-missing`, so it takes none of them for removed.
"""

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import platformdirs

from rag.errors import ArchiveUnavailable

_CHUNK = 1 << 20
_DIGITS = 16
_LONGEST_NAME = 120
_NOT_IN_NAMES = re.compile(r"[^\w.,()+=@ -]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file that was dropped and is kept: its clean name, and where it lies."""

    name: str
    path: Path


def clean_name(name: str) -> str:
    """Return the name of a dropped file as one that is safe in a folder, with its suffix.

    What stands before the last slash or backslash goes, and so do signs that no name needs.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    clean = " ".join(_NOT_IN_NAMES.sub("_", last).split()).lstrip(". -")
    stem, dot, suffix = clean.rpartition(".")
    if not dot:
        stem, suffix = clean, ""
    ending = f"{dot}{suffix[:20]}"
    while len(f"{stem}{ending}".encode()) > _LONGEST_NAME:
        stem = stem[:-1]
    return f"{stem}{ending}".strip() or "file"


def folder_for(location: str) -> Path:
    """Return the folder in which files dropped for an archive are kept.

    It is beside a directory, so that the archive holds nothing but its own files. For a server it
    is in the folder for the data of this user's programs.
    """
    if "://" in location:
        digest = hashlib.sha256(location.encode()).hexdigest()[:_DIGITS]
        return platformdirs.user_data_path("dateline") / "dropped" / digest
    archive = Path(location).absolute()
    return archive.with_name(f"{archive.name}-dropped")


def keep_files(files: Iterable[tuple[str, BinaryIO]], folder: Path) -> list[Kept]:
    """Copy dropped files into a folder, each under its content, and return where they lie.

    Raises:
        ArchiveUnavailable: a file cannot be written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return [_keep(clean_name(name), file, folder) for name, file in files]
    except OSError as error:
        raise ArchiveUnavailable(
            f"the files cannot be kept for the archive: {error.strerror}"
        ) from error


def _keep(name: str, file: BinaryIO, folder: Path) -> Kept:
    """Copy one file; a kill leaves no half of it behind under its name."""
    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory(dir=folder, prefix=".part-") as scratch:
        part = Path(scratch, "part")
        with part.open("wb") as written:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                written.write(chunk)
        place = folder / digest.hexdigest()[:_DIGITS]
        place.mkdir(mode=0o700, exist_ok=True)
        path = place / name
        if not path.exists():
            os.replace(part, path)
    return Kept(name=name, path=path)
