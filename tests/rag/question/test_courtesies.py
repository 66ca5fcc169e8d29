"""Turns of a conversation that ask nothing."""

import pytest

from rag.archive import Archive
from rag.question.courtesies import asks_for_more, asks_nothing


@pytest.mark.parametrize(
    "turn",
    [
        "Thanks!",
        "thank you very much",
        "OK, got it.",
        "Good morning",
        "That’s very helpful, thanks.",
        "What can I ask you?",
        "help",
        "Who are you?",
        "Fine.",
        "Oh, I see.",
        "ok got it",
        "Very interesting!",
        "Yep",
        "No.",
        "That's it.",
        "No, that was wrong",
        "That's not right.",
        "Oh really?",
        "Thx a lot",
        "Very useful",
        "and thanks",
    ],
)
def test_words_of_courtesy_ask_nothing(turn: str) -> None:
    assert asks_nothing(turn)


@pytest.mark.parametrize(
    "turn",
    [
        "Thanks, and who signed it?",
        "Is that right?",
        "Was it great?",
        "Who is there?",
        "Hello Dolly premiere",
        "The Great Morning Star",
        "thank you letter",
        "What can I ask the council?",
        "Who are you supporting?",
        "help for farmers",
        "What do you know about Ulsby?",
        "and Nice",
        "And the afternoon",
        "was it all right",
        "Nice?",
        "the right",
        "no, the morning",
        "Got the job",
        "",
    ],
)
def test_whatever_else_is_said_is_asked(turn: str) -> None:
    assert not asks_nothing(turn)


def test_courtesies_are_not_searched_and_not_followed(archive: Archive) -> None:
    first = archive.ask("When did foreign troops leave Kabul?")
    thanks = archive.ask("Thanks!", history=[first])
    assert thanks.status == "not_in_archive"
    assert "asks nothing" in thanks.text
    assert (thanks.lead, thanks.searched) == (thanks.text, "")
    assert not thanks.nearest
    after = archive.ask("Who left?", history=[first, thanks])
    assert after.carried == archive.ask("Who left?", history=[first]).carried
    assert after.follows == first.question


@pytest.mark.parametrize(
    "turn",
    [
        "What else?",
        "Anything else?",
        "Tell me more",
        "Go on",
        "ok, what more do we know about it?",
        "Any other details?",
        "Can you elaborate?",
        "yes, show me a bit more",
        "Some information on it?",
        "And the details?",
    ],
)
def test_more_is_asked_for(turn: str) -> None:
    assert asks_for_more(turn)


@pytest.mark.parametrize(
    "turn",
    [
        "Who else?",
        "What else did she say?",
        "Tell me more about Ulsby",
        "Is it on?",
        "And then?",
        "Which details?",
        "",
    ],
)
def test_what_asks_for_something_does_not_only_ask_for_more(turn: str) -> None:
    assert not asks_for_more(turn)


def test_more_is_what_was_found_and_not_cited(archive: Archive) -> None:
    first = archive.ask("When did foreign troops leave Kabul?")
    cited = {(citation.article_id, citation.quote) for citation in first.sources}
    more = archive.ask("What else?", history=[first])
    assert more.status == "not_in_archive"
    assert not more.citations
    assert more.understood == first.question
    assert more.lead == more.text
    assert more.lead.startswith("Nothing else answers")
    assert more.nearest
    for hit in more.nearest:
        assert not any(hit.article_id == id_ and quote in hit.text for id_, quote in cited)
    # Also if the words are given, as the page gives those that the user kept.
    assert archive.ask("What else?", carried=more.carried).nearest == more.nearest
    # And what is asked then is asked of the same.
    after = archive.ask("Who left?", history=[first, more])
    assert first.question.rstrip("?") in after.follows


def test_more_of_nothing_is_not_searched(archive: Archive) -> None:
    more = archive.ask("Tell me more")
    assert "asks nothing" in more.text
    assert not more.nearest
