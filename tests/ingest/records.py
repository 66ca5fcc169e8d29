"""Makes records with one id, in the form that the catalog and its histories take."""

from ingest.decisions import Record


def record(
    content: str, rank: int = 1, path: str = "in.jsonl", *, number: int = 0, withdrawn: bool = False
) -> Record:
    return Record(
        id="a",
        rank=str(rank),
        content_hash=content,
        path=path,
        number=number,
        withdrawn=withdrawn,
    )
