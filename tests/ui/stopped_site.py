"""Serves an archive that waits before it answers, for a test that stops `dateline serve`.

The first argument is the port and the second a folder, where files say what has happened: `asked`,
`answered`, `closed`. The archive answers when the file `may-answer` is there.
"""

import sys
import time
from pathlib import Path
from typing import Any

from api.app import create_app
from rag.records import Answer
from tests.api.serving import ARTICLE
from tests.fakes import HashingEmbedder, open_small
from ui.site import run_site


class WaitingArchive:
    """A small archive that writes down in a folder what becomes of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._archive = open_small(folder / "archive", ARTICLE, embedder=HashingEmbedder())

    def ask(self, question: str, **filters: Any) -> Answer:
        """Return an answer, when it may."""
        (self._folder / "asked").touch()
        while not (self._folder / "may-answer").exists():
            time.sleep(0.01)
        answer = self._archive.ask(question, **filters)
        (self._folder / "answered").touch()
        return answer

    def close(self) -> None:
        """Close it, and note whether the question had been answered by then."""
        (self._folder / "closed").write_text(str((self._folder / "answered").exists()))
        self._archive.close()


def main(port: str, folder: str) -> None:
    """Serve until a signal comes."""
    app = create_app(lambda: WaitingArchive(Path(folder)))  # type: ignore[arg-type, return-value]
    run_site(app, host="127.0.0.1", port=int(port))


if __name__ == "__main__":
    main(*sys.argv[1:])
