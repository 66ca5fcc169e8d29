"""Tests that the notice which withdraws a story does not answer with its headline."""

from tests.rag.evidence.fitness.candidates import kinds

KILL = "EDITORS: Please kill the story headlined “Orr sells mill to Brae”. No sale took place."


def test_the_withdrawn_headline_is_no_answer() -> None:
    assert "kill" in kinds("Who bought the mill?", KILL, title="Kill: Orr-Brae")


def test_what_the_notice_says_besides_is() -> None:
    assert "kill" not in kinds("Did a sale take place?", KILL, sentence=1, title="Kill: Orr-Brae")
    assert "kill" not in kinds("Which story was withdrawn?", KILL, title="Kill: Orr-Brae")
    assert "kill" not in kinds("Who bought the mill?", KILL, title="Orr sells mill to Brae")
