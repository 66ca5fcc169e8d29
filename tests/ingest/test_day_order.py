from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.articles import Made
from ingest.day_order import DayOrder
from ingest.found import FoundRecord
from ingest.reading import Part, ReadFiles


def published(path: Path, *dates: str) -> list[str]:
    path.write_text("published;text\n" + "".join(f"{day};It rained.\n" for day in dates))
    pieces = list(ReadFiles(passage_words=150)()(Part(path)))
    made = [record.result for piece in pieces for record in piece.records]
    return [str(one.article.published) for one in made if isinstance(one, Made)]


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["05/06/2021", "06/05/2021"], "None"),
        (["05/06/2021", "13/06/2021"], "2021-06-05"),
        (["05/06/2021", "06/13/2021"], "2021-05-06"),
        (["05/06/2021", "13/06/2021", "06/13/2021"], "None"),
    ],
)
def test_a_date_in_numbers_is_read_as_the_other_dates_of_its_file_decide(
    tmp_path: Path, dates: list[str], first: str
) -> None:
    assert published(tmp_path / "a.csv", *dates)[0] == first


def test_the_file_is_read_again_once_and_only_if_a_date_needs_it() -> None:
    opened: list[int] = []

    def records() -> Iterator[FoundRecord]:
        opened.append(1)
        yield FoundRecord(fields={"updated": "13/06/2021"}, path="a.csv")

    order = DayOrder(records)
    assert order.of({"published": "2021-06-05"}) is None
    assert not opened
    assert [order.of({"published": "05/06/2021"}) for _ in range(2)] == [True, True]
    assert len(opened) == 1
