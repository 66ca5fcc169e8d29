import pytest

from ingest.decisions import name_order


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("/in/part-9.jsonl", "/in/part-10.jsonl"),
        ("/in/story.json", "/in/story-corrected.json"),
        ("/in/story.json.gz", "/in/story (2).json.gz"),
        ("/in/2020.9.30.csv", "/in/2020.10.1.csv"),
        ("/in/2020/b.csv", "/in/2020-2/a.csv"),
        ("/in/9/b.csv", "/in/10/a.csv"),
        ("/in/a.zip!9.json", "/in/a.zip!10.json"),
        ("/in/a.csv", "/in/b.csv"),
        ("/in/1.csv", "/in/01.csv"),
    ],
)
def test_names_of_inputs_are_ordered_as_people_order_them(first: str, then: str) -> None:
    assert (name_order(first) < name_order(then)) is (first != "/in/1.csv")
    assert name_order(first) != name_order(then)
