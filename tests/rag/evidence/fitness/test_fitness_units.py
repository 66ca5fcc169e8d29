"""Tests that an amount must be of the kind that is asked for."""

import pytest

from tests.rag.evidence.fitness.candidates import kinds


@pytest.mark.parametrize(
    ("question", "sentence", "fits"),
    [
        ("What percentage of pupils passed?", "In all, 90 pupils passed.", False),
        ("What percentage of pupils passed?", "Nine in ten pupils passed.", True),
        ("What share of the votes did Osk win?", "Osk won 41 per cent of the votes.", True),
        ("How long was the strike?", "The strike cost 9,000 crowns.", False),
        ("How long was the strike?", "The strike went on for a fortnight.", True),
        ("How long has the strike been on?", "The strike began on Monday.", True),
        ("How much did the bridge cost?", "The bridge is 300 metres long.", False),
        ("How much did the bridge cost?", "The bridge cost 3 million.", True),
        ("How much did the bridge cost?", "The bridge cost 900 crowns.", True),
        ("How much was Osk fined?", "Osk was fined £900.", True),
        ("How old is the bridge?", "The bridge is the oldest in Holm.", False),
        ("How old is the bridge?", "The bridge is ninety.", True),
        ("How many people were on the ferry?", "The ferry cost $250,000 in 2019.", False),
        ("How many people were on the ferry?", "The ferry sank in three minutes.", False),
        ("How many people were on the ferry?", "It was the third ferry to sink.", False),
        ("How many people were on the ferry?", "The ferry carried 214.", True),
        ("How many people were on the ferry?", "At least 2000 were aboard the ferry.", True),
        ("How many people were on the ferry?", "Nobody was on the ferry.", True),
        ("How many of the crew were hurt?", "A tenth, or 10 per cent, of the crew.", True),
        ("How many people did the fire kill?", "It left 12 people injured.", False),
        ("How many used the ferry in all?", "It carries 620 people a day since May 27.", False),
        ("How many used the ferry in all?", "At 620 people a day it had 900 passengers.", True),
        ("How many used the ferry?", "It carries 620 people a day.", True),
        ("How many hours did the crossing take?", "The ferry crossed at noon.", True),
    ],
)
def test_the_kind_of_amount_must_fit(question: str, sentence: str, fits: bool) -> None:
    assert ("unit" not in kinds(question, sentence)) == fits
