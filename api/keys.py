"""Keeps API keys in a file: what each may do, and a digest of it, never the key itself.

A key is 32 random bytes, so a plain SHA-256 is enough: nobody can try so many. The file is read
again when it changes, so that a revoked key ends at once. It is for its owner only.
"""

import fcntl
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from pydantic import TypeAdapter, ValidationError

from rag.errors import SettingsError

Scope = Literal["ask", "read", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
_PREFIX = "dl_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key as it is kept: whom it is for, what it may do, and when it was made and revoked."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    digest: str
    made: datetime
    revoked: datetime | None = None


_FORMAT = TypeAdapter(list[Key])


class KeyFile:
    """The keys in a file, which need not be there yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[object, list[Key]] = (None, [])

    def listed(self) -> list[Key]:
        """Return all keys, revoked ones too.

        Raises:
            SettingsError: the file cannot be read as keys.
        """
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise SettingsError(
                f"{self.path} cannot be read as API keys ({error.strerror}); let the user of the "
                "server read it, or name another file in DATELINE_API_KEYS"
            ) from error
        state = (status.st_mtime_ns, status.st_size, status.st_ino)
        if self._read[0] != state:
            try:
                self._read = (state, _FORMAT.validate_json(self.path.read_bytes()))
            except (OSError, ValidationError) as error:
                raise SettingsError(
                    f"{self.path} cannot be read as API keys; restore it, or remove it and make "
                    "keys again with 'dateline keys add'"
                ) from error
        return self._read[1]

    def find(self, secret: str) -> Key | None:
        """Return the key with this secret, unless it was revoked."""
        digest = _digest(secret)
        found = None
        for key in self.listed():
            # All are compared, so that the time does not tell which one is near.
            if hmac.compare_digest(key.digest, digest) and key.revoked is None:
                found = key
        return found

    def add(self, name: str, scopes: tuple[Scope, ...]) -> tuple[Key, str]:
        """Make a key; return it with its secret, which is not kept.

        Raises:
            SettingsError: there are no scopes or no name, or the file cannot be read or written.
        """
        if not name.strip():
            raise SettingsError("the key has no name; say whom or what it is for")
        if not scopes:
            raise SettingsError(f"the key {name!r} may do nothing; give one of {', '.join(SCOPES)}")
        secret = _PREFIX + secrets.token_urlsafe(32)
        key = Key(
            id=secrets.token_hex(4),
            name=name,
            scopes=scopes,
            digest=_digest(secret),
            made=datetime.now(UTC).replace(microsecond=0),
        )
        with self._locked():
            self._write([*self.listed(), key])
        return key, secret

    def revoke(self, key_id: str) -> Key:
        """Revoke a key, which stays in the file so that the audit log can be read.

        One that was revoked before keeps the moment of that.

        Raises:
            KeyError: there is no such key.
            SettingsError: the file cannot be read or written.
        """
        with self._locked():
            keys = {key.id: key for key in self.listed()}
            if keys[key_id].revoked:
                return keys[key_id]
            revoked = replace(keys[key_id], revoked=datetime.now(UTC).replace(microsecond=0))
            self._write(list((keys | {key_id: revoked}).values()))
        return revoked

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let one process at a time change the file."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self.path.with_suffix(".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        except OSError as error:
            raise SettingsError(
                f"{self.path} cannot be written: {error.strerror}; name another file in "
                "DATELINE_API_KEYS"
            ) from error

    def _write(self, keys: list[Key]) -> None:
        descriptor, name = tempfile.mkstemp(dir=self.path.parent, prefix=".keys-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(_FORMAT.dump_python(keys, mode="json"), file, indent=1)
        os.replace(name, self.path)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
