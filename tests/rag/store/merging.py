"""Lets the engine finish segments that are small, as it does with much data."""

import json
from pathlib import Path


def merge_everything(build: Path) -> None:
    """Let the engine finish segments of any size in a closed shard."""
    path = build / "shard" / "edge_config.json"
    config = json.loads(path.read_text())
    config["optimizers"] |= {"indexing_threshold": 1, "vacuum_min_vector_number": 10}
    path.write_text(json.dumps(config))
