"""What processes take of memory and of the processor, and folders of disk."""

import time
from collections.abc import Callable
from pathlib import Path


def process_bytes(process: int | str, file: str, name: str) -> int:
    """Return a number of a process from /proc, 0 if it has ended; "self" is this one."""
    try:
        lines = Path(f"/proc/{process}/{file}").read_text().splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith(name))


def spent(work: Callable[[], object]) -> float:
    """Return the seconds of the processor that this process takes for some work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def files_of(folder: Path) -> dict[int, int]:
    """Return the files of a folder, links once, with their blocks, because files may have holes."""
    states = (path.lstat() for path in folder.rglob("*"))
    return {state.st_ino: 512 * state.st_blocks for state in states}
