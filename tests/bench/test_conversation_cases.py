"""Tests that the cases of `bench.conversations` are sound, and its judge tells right from wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench.conversations import ScriptedModel, is_right
from ingest.sample import sample_path

_CASES = Path(__file__).parents[2] / "bench" / "conversations.jsonl"
TURN = {
    "question": "And who signed it?",
    "gold": "Who signed the deal on Karabakh?",
    "accept": [["signed"], ["deal", "truce"], ["Karabakh"]],
    "reject": [" it?", "2021"],
}
ALONE = {"question": "Who won?", "gold": "Who won?", "accept": [], "reject": []}


def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in _CASES.read_text().splitlines()]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Who signed the truce in Karabakh?", True),
        ("WHO SIGNED THE DEAL IN KARABAKH?", True),
        ("Who signed the war in Karabakh?", False),
        ("Who signed the deal in Karabakh in 2021?", False),
        ("Deal, Karabakh: And who signed it?", True),
        ("And who signed it?", False),
    ],
)
def test_a_question_must_hold_what_is_asked_and_nothing_else_may_be_added(
    asked: str, expected: bool
) -> None:
    assert is_right(asked, TURN) is expected


def test_a_question_that_stands_alone_must_stay_letter_for_letter() -> None:
    assert is_right("Who won?", ALONE)
    assert not is_right("Who won in 2021?", ALONE)


def test_every_hand_written_rewriting_is_right_and_every_bare_follow_up_wrong() -> None:
    for case in cases():
        for turn in case["turns"][1:]:
            assert is_right(turn["gold"], turn), turn
            assert is_right(turn["question"], turn) == (turn["gold"] == turn["question"]), turn


def test_every_article_that_a_case_names_is_in_the_sample() -> None:
    articles = {json.loads(line)["id"] for line in sample_path().read_text().splitlines()}
    named = {a for case in cases() for turn in case["turns"] for a in turn.get("article_ids", [])}
    assert named
    assert named <= articles


def test_the_scripted_model_fails_at_every_seventh_call() -> None:
    model = ScriptedModel()
    model.gold = {"And who?": "Who won?"}
    written = [model.rewrite("And who?", [("What?", "")]) for _ in range(14)]
    assert [place for place, text in enumerate(written, start=1) if not text] == [7, 14]
