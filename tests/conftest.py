"""Sets options for all tests, and makes the one archive of the sample that they share."""

import fcntl
import os
import re
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.staying_here import stay_here

# How long an example takes says nothing about the product; a busy machine only made tests fail.
at_any_load = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", at_any_load, max_examples=40)
# To be chosen with --hypothesis-profile=thorough, after a change to what properties are about.
settings.register_profile("thorough", at_any_load, max_examples=1000)
settings.load_profile("quick")

_MEMORY = Path("/dev/shm")
# Two processes of tests have up to 1 GB of files at a time, and take up to 3 GB themselves.
_FILES_BYTES, _MEMORY_BYTES = 2_000_000_000, 6_000_000_000


def _available_bytes() -> int:
    """Return how much memory new files may take before the machine lacks it."""
    found = re.search(r"MemAvailable: +(\d+) kB", Path("/proc/meminfo").read_text())
    return int(found[1]) * 1024 if found else 0


def _write_to_memory() -> None:
    """Let the tests write to memory if there is enough of it, and no other place is named.

    An archive is put on the disk many times while it is made, which takes three quarters of the
    time of the tests on a disk.
    """
    if "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK):
        return
    has_room = shutil.disk_usage(_MEMORY).free >= _FILES_BYTES
    if has_room and _available_bytes() >= _MEMORY_BYTES:
        os.environ["TMPDIR"] = str(_MEMORY)
        tempfile.tempdir = None


_write_to_memory()
stay_here()
if "PYTEST_XDIST_WORKER" in os.environ:
    # Each process has a core for itself, so more threads would only wait for each other.
    os.environ |= {"DATELINE_THREADS": "1", "OMP_NUM_THREADS": "1"}


@pytest.fixture(scope="session")
def sample_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of the sample, to be read only; made once for all processes of a test run."""
    from ingest.command import ingest_into
    from ingest.sample import sample_path
    from rag.settings import load_settings

    place = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    archive = place / "sample" / "my-archive"
    with (place / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not archive.exists():
            made = place / "sample.part" / "my-archive"
            ingest_into(load_settings(archive=str(made)), [sample_path()])
            made.parent.rename(archive.parent)
    return archive
