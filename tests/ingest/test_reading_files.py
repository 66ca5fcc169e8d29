import json
from pathlib import Path

from ingest.articles import Made
from ingest.reading import Part, ReadFiles


def test_the_shares_of_a_file_number_its_records_as_the_file_does(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"It rained {n} mm."}) + "\n" for n in range(5)))
    read = ReadFiles(passage_words=150)()
    shares = [
        [record for piece in read(Part(path, share, of=2)) for record in piece.records]
        for share in (0, 1)
    ]
    assert [[record.number for record in share] for share in shares] == [[0, 2, 4], [1, 3]]
    for record in shares[0] + shares[1]:
        assert isinstance(record.result, Made)
        assert record.result.article.text == f"It rained {record.number} mm."
