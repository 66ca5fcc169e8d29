"""Tests that what `bench/desks` and `bench/wires` expect stands in their articles."""

import pytest

from bench import data
from bench.invented import CLOSED_DESKS, DESKS, WIRES, Folder

ARCHIVES = [(folder, name) for folder in (DESKS, CLOSED_DESKS, WIRES) for name in folder.names]
OF_DESKS = [one for one in ARCHIVES if one[0] is not WIRES]
IDS = [name for _, name in ARCHIVES]


def texts_of(folder: Folder, name: str) -> dict[str, str]:
    records = data.read_lines(folder.path / f"{name}.jsonl")
    return {record["id"]: f"{record['title']}\n{record['text']}".lower() for record in records}


@pytest.mark.parametrize(("folder", "name"), ARCHIVES, ids=IDS)
def test_every_article_that_is_expected_has_one_of_the_strings(folder: Folder, name: str) -> None:
    texts = texts_of(folder, name)
    questions = [record for _, record in folder.records(name, "questions")]
    turns = [t for _, record in folder.records(name, "conversations") for t in record["turns"]]
    assert len(questions) == 30
    assert sum(not question["answerable"] for question in questions) == 9
    for question in (*questions, *turns):
        assert bool(question["expected_article_ids"]) == question["answerable"]
        wanted = [words.lower() for words in question["expected_answer"]]
        for article in question["expected_article_ids"]:
            assert any(words in texts[article] for words in wanted), question["question"]


@pytest.mark.parametrize(("folder", "name"), OF_DESKS, ids=IDS[: len(OF_DESKS)])
def test_every_differing_value_stands_in_its_articles(folder: Folder, name: str) -> None:
    texts = texts_of(folder, name)
    differing = [record for _, record in folder.records(name, "differ")]
    assert len(differing) == 5
    for value in (value for record in differing for value in record["values"]):
        for article in value["article_ids"]:
            assert value["value"].lower() in texts[article], value["value"]
