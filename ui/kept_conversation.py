"""Keep the last conversation with each archive between two calls of the command.

One small file in the user's state directory, for the user's eyes only, replaced as a whole. It
holds the questions and the first quote of each answer, nothing else. A file that is damaged or
cannot be read is no conversation; what cannot be written is lost without harm to the answer.
"""

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import platformdirs
from pydantic import TypeAdapter, ValidationError

from rag.question.follow_ups import Earlier, Exchange, read_exchange
from rag.settings import Settings

_MOST_ARCHIVES = 20
_MOST_TURNS = 10
# More of a question or a quote is of no use to a follow-up.
_MOST_CHARACTERS = 1000
_MOST_BYTES = 2_000_000

_Kept = dict[str, list[Exchange]]
_FORMAT: TypeAdapter[_Kept] = TypeAdapter(_Kept)


def load_conversation(settings: Settings) -> list[Exchange]:
    """Return the last conversation with an archive, oldest turn first; empty if there is none."""
    kept = _read(_path())
    return next((kept[key] for key in _keys(settings) if key in kept), [])


def keep_conversation(settings: Settings, turns: Sequence[Earlier]) -> bool:
    """Keep a conversation in place of the last one with this archive; say whether it was kept."""
    path, keys = _path(), _keys(settings)
    kept = _read(path)
    for key in keys:
        kept.pop(key, None)
    # The archive that was asked last comes last, and the first ones go.
    kept[keys[0]] = [_shortened(read_exchange(turn)) for turn in turns[-_MOST_TURNS:]]
    newest = dict(list(kept.items())[-_MOST_ARCHIVES:])
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _replace(path, _FORMAT.dump_json(newest))
    except OSError:
        return False
    return True


def _path() -> Path:
    return Path(platformdirs.user_state_dir("dateline")) / "conversations.json"


def archive_key(settings: Settings) -> str:
    """Return what names an archive whatever the directory that the command is called from."""
    if "://" in settings.archive:
        return f"{settings.archive}#{settings.collection}"
    return str(Path(settings.archive).absolute())


def _keys(settings: Settings) -> list[str]:
    """Return the keys of an archive: that of its real place first, then that of earlier versions.

    The same archive may be reached by another path: "../a", or a link.
    """
    key = archive_key(settings)
    return [key] if "://" in key else list(dict.fromkeys((os.path.realpath(key), key)))


def _read(path: Path) -> _Kept:
    try:
        if path.stat().st_size > _MOST_BYTES:
            return {}
        return _FORMAT.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return {}


def _replace(path: Path, content: bytes) -> None:
    """Put a whole new file in the place of the old one; it is readable by its owner only."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".conversations-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _shortened(turn: Exchange) -> Exchange:
    return replace(
        turn,
        question=turn.question[:_MOST_CHARACTERS],
        answer=turn.answer[:_MOST_CHARACTERS],
    )
