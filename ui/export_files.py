"""Write an answer into the file that `dateline ask --export` names, in the format of its suffix."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from rag.errors import ArchiveUnavailable, SettingsError
from rag.export.formats import FORMATS, ExportFormat, format_of
from rag.records import Answer


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file that an answer is to be written into, checked before the question is asked."""

    path: Path
    format: ExportFormat
    replace: bool

    @classmethod
    def named(cls, name: str, *, replace: bool) -> Self:
        """Return the file of a name.

        Raises:
            QuestionError: its suffix says no format.
            SettingsError: it exists and is not to be replaced, its folder does not exist, or no
                file can have this name.
        """
        file = cls(Path(name), format_of(name), replace)
        try:
            is_place = not file.path.is_dir() and file.path.parent.is_dir()
        except OSError as error:
            raise SettingsError(
                f"--export names no file that can be written ({error.strerror}); name another file"
            ) from error
        if not is_place:
            raise SettingsError(f"--export is {name!r}; name a new file in a folder that exists")
        if os.path.lexists(name) and not replace:
            raise SettingsError(f"{name} exists; name another file, or add --replace")
        return file

    def write(self, answer: Answer) -> str:
        """Write an answer, and return in words what was written.

        Raises:
            ArchiveUnavailable: the file cannot be written.
        """
        is_pack = FORMATS[self.format].pack is not None
        if not is_pack and not answer.sources:
            return f"{self.path} was not written, because there is nothing to cite"
        text = answer.export(self.format)
        try:
            with self.path.open("wb" if self.replace else "xb") as file:
                file.write(text.encode("utf-8"))
        except OSError as error:
            raise ArchiveUnavailable(
                f"{self.path} cannot be written: {error.strerror}; name another file"
            ) from error
        return f"{'the evidence pack is' if is_pack else 'the references are'} in {self.path}"
