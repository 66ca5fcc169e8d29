"""The sample archive: articles written for Dateline about public events, from invented outlets."""

from pathlib import Path


def sample_path() -> Path:
    """Return the sample's article JSON Lines file."""
    return Path(__file__).with_name("articles.jsonl")
