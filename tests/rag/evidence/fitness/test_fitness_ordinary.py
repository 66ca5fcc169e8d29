"""Ordinary answers that a check could take for misfits: each of these sentences fits."""

import pytest

from tests.rag.evidence.fitness.candidates import kinds


@pytest.mark.parametrize(
    ("question", "text"),
    [
        # A month and a name, no verb that helps.
        ("When did Tessa May resign?", "Tessa May resigned as leader of Alder council on 7 June."),
        ("How many people did the attack kill?", "The attack in May killed 12 people."),
        ("What did witnesses hear?", "Witnesses said they could hear gunshots for an hour."),
        # Words that have opposites elsewhere.
        ("Who won the Alder Cup final?", "Holm won the Alder Cup for the first time on Saturday."),
        (
            "Where were most of the victims killed?",
            "At least 95 of the victims were killed in Holm.",
        ),
        ("What is the latest death toll in Holm?", "The death toll in Holm rose early on Friday."),
        (
            "When did Holm last approve a levy?",
            "It was the first levy in Holm since 2015, when voters approved one.",
        ),
        ("How high is inflation?", "Inflation is at its lowest level since 2021, at 2.0%."),
        (
            "How long did the mill fire burn?",
            "Crews put out the mill fire shortly after noon, nine hours after it began.",
        ),
        ("How many people came to the fair?", "More than 5,000 people went to the fair."),
        # The contrary answers a question of yes or no.
        ("Did the council approve the budget?", "The council rejected the budget on Monday."),
        ("Did the council approve the budget?", "The council refused to approve the budget."),
        ("Did the driver stop?", "The driver failed to stop."),
        # Two who hold or held it.
        (
            "Who is the president of the union?",
            "The union's president, Orr, defeated former president Ida Reyle.",
        ),
        ("Who won the race?", "Bolt not only won the race but set a record."),
        # Units that are joined to their numbers.
        ("How long is the Alder tunnel?", "The Alder tunnel is 57km long."),
        ("How much was Orr fined?", "Orr was fined Rs5,000."),
    ],
)
def test_it_fits(question: str, text: str) -> None:
    assert kinds(question, text) == set()
