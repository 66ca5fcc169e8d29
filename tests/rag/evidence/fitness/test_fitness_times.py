"""Tests that what is only ahead is no answer to a question about the past."""

import pytest

from tests.rag.evidence.fitness.candidates import kinds


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did the tunnel open?", "The tunnel will open on Sunday, the council said."),
        ("Who painted the town hall?", "Two pupils are to paint the town hall in May."),
        ("When was the statue moved?", "The statue is expected to be moved next week."),
        (
            "When did the bridge open?",
            "The bridge is now expected to cost $41 million and to open in late 2024.",
        ),
        ("When was Ana Orr killed?", "A plot by officers to kill Ana Orr was foiled in April."),
        ("Who reopened the mine?", "Per Brandt tried to reopen the mine in May."),
        ("When was Orr tried?", "The judge said on Thursday that it would open on 17 May 2031."),
        ("When did the tunnel open?", "The tunnel opens on 14 June 2031, a minister said Monday."),
        ("When did the council approve it?", "The council votes on it on 5 November 2031."),
        (
            "When did the library close?",
            "Councillors voted by 7 to 5 on Monday to close the library at the end of March.",
        ),
        (
            "When did Orr sell the mill?",
            "Orr agreed last Friday, after months of talks, to sell it.",
        ),
        ("How many jobs did the merger cost?", "The merger would cost 310 jobs."),
        ("Did Orr appeal?", "The clerk said that Orr would appeal."),
        ("When did Orr appeal?", "The clerk said on Monday that Orr would not appeal."),
        ("When was the truce extended?", "The truce was extended until 17 May 2031."),
        ("Until when was the truce extended?", "Marden may extend the truce until 17 May 2031."),
        ("When was the vote to close it held?", "They will hold the vote in May."),
        ("When was the road to Holm opened?", "The road to Holm will be opened in May."),
        ("Who won the vote in May 2031?", "Ana Orr promised a vote, to be held in May 2031."),
    ],
)
def test_what_is_only_ahead_does_not_fit_a_question_about_the_past(
    question: str, sentence: str
) -> None:
    assert "ahead" in kinds(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did the tunnel open?", "The tunnel opened on Sunday and will be painted."),
        ("When will the tunnel open?", "The tunnel will open on Sunday."),
        ("When is the tunnel to open?", "The tunnel will open on Sunday."),
        (
            "When did the judge rule?",
            "The judge ruled on Thursday that it must open on 17 May 2031.",
        ),
        ("Who tried to reopen the mine?", "Per Brandt tried to reopen the mine in May."),
        ("Who reopened the mine?", "Per Brandt, who had tried to reopen the mine, reopened it."),
        ("When did they decide to close it?", "Councillors decided on Monday to close it."),
        ("When did they approve the plan?", "Councillors voted on Monday to approve the plan."),
        ("When did it close?", "Councillors voted in May to close it, and it closed on 2 June."),
        ("Who bought the mill?", "Orr agreed on Friday to buy the mill."),
        ("Until when was the truce extended?", "The truce was extended until 17 May 2031."),
        ("To what date was the truce prolonged?", "It was extended until 17 May 2031."),
        ("What day was the vote put off to?", "The vote was put off to 17 May 2031."),
        ("When was the match rescheduled for?", "It will now be played on 17 May 2031."),
        ("How many men was Marden to free?", "Marden would free 150 men."),
        ("When was the tunnel to open?", "The tunnel will open on Sunday."),
        ("Why did they close the mine?", "They refused to close the mine while it paid."),
        ("Did Orr appeal?", "The clerk said that Orr would not appeal."),
        ("Did Orr appeal?", "Orr won’t appeal, the clerk said."),
    ],
)
def test_what_happened_and_what_is_asked_as_ahead_fit(question: str, sentence: str) -> None:
    assert "ahead" not in kinds(question, sentence)
