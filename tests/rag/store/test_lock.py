"""Tests that the lock of an archive tells who writes to it."""

import os
from pathlib import Path

from rag.store.directory.lock import held, holder, open_lock


def test_the_holder_of_a_lock_is_named_while_it_holds_it(tmp_path: Path) -> None:
    assert holder(tmp_path / "nowhere") == ""
    with held(open_lock(tmp_path), tmp_path):
        assert holder(tmp_path).startswith(f"process {os.getpid()} on ")
    assert holder(tmp_path) == ""
