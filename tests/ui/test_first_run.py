from pathlib import Path

from ui.first_run import index


def test_an_ingest_that_fails_gives_its_reason(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    assert "cannot write" in index(tmp_path / "missing.jsonl", str(in_the_way))
