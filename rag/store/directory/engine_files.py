"""Says which files of the embedded engine may be shared, by hard links, and which must be copied.

A *segment* of a shard is finished when the engine has merged it. The engine adds nothing to such a
segment. What is changed in it is written to a new segment, and here only small files change, which
say what counts no longer. So the next generation links the contents of finished segments. They are
nearly all of a large archive.

Measured with qdrant-edge-py 0.9.0: each kind of change to a finished segment of a linked copy wrote
into `id_tracker.deleted`, `id_tracker.versions` and the tracker, the bitmask and the gaps of
`payload_storage`, and into nothing else. Merging and killed runs did not either.
`tests/rag/store/test_shared_files.py` holds this for the engine that is installed.
"""

from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

LOG = "wal"

# The engine changes these files when it opens or closes a shard, so a view gets its own copies.
# They take 10 bytes for each point.
REWRITTEN_BY_READERS = (
    "edge_config.json",
    "id_tracker.versions",
    "id_tracker.deleted",
    "mutable_id_tracker.versions",
    "mutable_id_tracker.mappings",
)

_SEGMENTS = "segments"
# A merged segment has its dense vectors in this file; one that grows has them in chunks.
_SIGN_OF_MERGED = "vector_storage-dense/matrix.dat"
# The contents of a segment: texts, vectors, and the indexes over them.
_CONTENTS = (
    "chunk_*.mmap",
    "data.bin",
    "id_tracker.mappings",
    "indices_tracker.json",
    "inverted_index.dat",
    "links_compressed.bin",
    "matrix.dat",
    "page_*.dat",
    "point_to_values.bin",
    "quantized.data",
    "values_to_points.bin",
)
# A piece of the log that is full.
_FULL_LOG = f"{LOG}/closed-*"


def segment_of(name: str) -> str | None:
    """Return the segment of a file, which is named from the shard's folder; None if it has none."""
    parts = PurePosixPath(name).parts
    return parts[1] if len(parts) > 2 and parts[0] == _SEGMENTS else None


def is_version(name: str) -> bool:
    """Say whether a file holds the version of a segment, which every run raises."""
    return PurePosixPath(name).name == "segment.json"


def unchanging_files(shard: Path) -> set[str]:
    """Return the files of a closed shard into which the engine never writes again."""
    merged = {
        segment.name
        for segment in (shard / _SEGMENTS).glob("*")
        if (segment / _SIGN_OF_MERGED).exists()
    }
    names = (path.relative_to(shard).as_posix() for path in shard.rglob("*") if path.is_file())
    return {name for name in names if fnmatchcase(name, _FULL_LOG) or _is_content(name, merged)}


def _is_content(name: str, merged: set[str]) -> bool:
    file = PurePosixPath(name).name
    return segment_of(name) in merged and any(fnmatchcase(file, kind) for kind in _CONTENTS)
