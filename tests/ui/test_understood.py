from dataclasses import replace

from tests.ui.fake_archive import answered
from ui.understood import escape_markdown, say_understood


def test_what_was_added_is_said() -> None:
    answer = replace(answered("Who?"), understood="Who deal?", carried=("deal", "Port Alder"))
    assert say_understood(answer) == "About: deal, Port Alder"


def test_the_question_before_is_said_if_it_was_read_too() -> None:
    answer = replace(answered("Who?"), follows="When did it begin?")
    assert say_understood(answer) == "Read after: “When did it begin?”"
    both = replace(answer, carried=("deal",))
    assert say_understood(both) == "About: deal\nRead after: “When did it begin?”"


def test_a_rewriting_that_added_nothing_is_shown() -> None:
    answer = replace(answered("And who?"), understood="Who signed?")
    assert say_understood(answer) == "Understood as: Who signed?"


def test_a_question_as_it_was_put_needs_no_word() -> None:
    assert say_understood(answered("Who?")) == ""


def test_words_are_shown_letter_for_letter_by_markdown() -> None:
    assert escape_markdown("the *deal* :red[x]") == r"the \*deal\* \:red\[x\]"
    assert escape_markdown("Port Alder") == "Port Alder"


def test_the_outlets_that_a_question_names_are_said() -> None:
    answer = replace(answered("Who?"), understood="Who signed?", outlets=("wire.example",))
    assert say_understood(answer) == "Understood as: Who signed?\nOnly from: wire.example"
    assert say_understood(replace(answered("Who?"), outlets=("a", "b"))) == "Only from: a, b"
