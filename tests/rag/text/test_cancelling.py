"""Tests which words call off what was planned."""

import pytest

from rag.text.cancelling import find_cancelling, is_day_called_off


@pytest.mark.parametrize(
    ("sentence", "words", "what"),
    [
        ("The regatta has been called off.", "called off", "The regatta"),
        ("Ulsby cancels its fair, the mayor said.", "cancels", "fair"),
        ("The vote was postponed until June.", "postponed", "The vote"),
        ("The club put off the match.", "put off", "match"),
        ("There was no wind, and the regatta was called off.", "called off", "and the regatta"),
        ("Trains to the regatta were cancelled.", "cancelled", "Trains"),
        ("The match against Holm has been postponed.", "postponed", "The match"),
        ("The fair planned for May has been cancelled.", "cancelled", "The fair"),
        ("The club decided to cancel the match.", "decided to cancel", "match"),
        ("The fair will not go ahead.", "will not go ahead", "The fair"),
        ("The vote was pushed back to June.", "pushed back", "The vote"),
        ("Teachers called off their march on Saturday.", "called off", "march"),
        ("Orr Power shelved its £2.1bn wind farm off Holm.", "shelved", "£2.1bn wind farm"),
        ("Ulsby has scrapped plans to close the pool.", "scrapped", "close"),
        ("The decision to sell the mill was overturned.", "overturned", "sell"),
        ("A judge blocked the closing of the school.", "blocked the", "closing"),
        ("The council dropped its proposal for a bypass.", "dropped", "bypass"),
    ],
)
def test_what_was_called_off_is_found(sentence: str, words: str, what: str) -> None:
    [(span, found)] = find_cancelling(sentence)
    assert sentence[slice(*span)] == words
    assert found.strip() == what


@pytest.mark.parametrize(
    "sentence",
    [
        "The regatta may be called off.",
        "It has not been cancelled.",
        "Parents feared that the fair would be scrapped.",
        "Organisers refused to cancel the regatta.",
        "The mayor ruled out postponing it.",
        "Last year's regatta was called off.",
        "The shelves at the supermarket are full.",
        "Campaigners want the decision to sell the mill overturned.",
        "The council refused to say whether it had dropped plans to close the pool.",
        "Protesters blocked the road.",
    ],
)
def test_what_was_only_feared_or_refused_is_not(sentence: str) -> None:
    assert not list(find_cancelling(sentence))


@pytest.mark.parametrize(
    ("sentence", "is_called_off"),
    [
        ("Holm cancelled {Sunday}'s fair.", True),
        ("Holm called off talks due on {Sunday}.", True),
        ("The fair on {Sunday} was cancelled.", True),
        ("The match was postponed {Sunday} after heavy rain.", False),
        ("The fair was cancelled on {Sunday}.", False),
        ("Holm has not cancelled {Sunday}'s fair.", False),
        ("Holm called off the parade hours before the vote set for {Sunday}.", False),
    ],
)
def test_the_day_of_what_is_called_off_is_not_that_of_calling_it_off(
    sentence: str, is_called_off: bool
) -> None:
    before, _, rest = sentence.partition("{")
    assert is_day_called_off(before, rest.partition("}")[2]) is is_called_off
