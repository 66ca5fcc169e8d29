"""Which amount of a sentence a question asks for, and how much of what was marked is shown."""

import pytest

from rag.evidence.values.read_values import value_of
from rag.evidence.values.told import Told
from tests.rag.evidence.values.pieces import asked, told


def shown(question: str, text: str, marked: str) -> str:
    found = value_of(told(text, marked), asked(question))
    assert found is not None
    return found.piece.found.article.text[found.span.start : found.span.end]


def value(question: str, text: str, marked: str) -> Told:
    found = value_of(told(text, marked), asked(question))
    assert found is not None
    return found


FELL = "The share fell to 3.9% in April from 4.1% in March."
PROMISED = "Orr has promised to cut the sales tax to 12% from 16%."
RISEN = "The cost has risen by £61m to £473m."
LOWERED = "Holm lowered the death toll of the fire to 28 from 31."
BEAT = "Holm built 275 homes, more than the 200 planners had expected."


@pytest.mark.parametrize(
    ("question", "text", "marked", "expected"),
    [
        ("What was the share in March?", FELL, "4.1%", "4.1%"),
        ("What was the share in April?", FELL, "4.1%", "3.9%"),
        ("What is the share?", FELL, "4.1%", "3.9%"),
        ("What was the share in March?", FELL, "3.9%", "4.1%"),
        ("How much did the line cost?", RISEN, "£61m", "£473m"),
        ("What is the cost of the line?", RISEN, "£61m", "£473m"),
        ("By how much did the cost of the line go up?", RISEN, "£61m", "£61m"),
        ("What did the cost rise to?", RISEN, "£61m", "£473m"),
        ("What is the cost of the line?", RISEN, "£61m to £473m", "£473m"),
        ("How much was lost?", "Holm lost by £3m to a firm of 12.", "£3m", "£3m"),
        ("What is the sales tax?", PROMISED, "12%", "16%"),
        ("What is the sales tax now?", PROMISED, "16%", "16%"),
        ("What will the sales tax be?", PROMISED, "16%", "12%"),
        ("What did Orr promise to cut the sales tax to?", PROMISED, "12%", "12%"),
        ("What was the share before?", "The share fell to 3.9% from 4.1%.", "3.9%", "4.1%"),
        ("share before increase", "The share rose to 3.9%, up from 3.1%.", "3.9%", "3.1%"),
        ("How big was the share before the rise?", "It is 3.9%, up from 3.1%.", "3.9%", "3.1%"),
        ("How big was the share Orr first asked for?", "It fell from 3.9% to 3%.", "3%", "3.9%"),
        ("What was the share before it was cut?", FELL, "3.9%", "4.1%"),
        ("What was the death toll before it was lowered?", LOWERED, "28", "31"),
        ("What was the death toll of the fire?", LOWERED, "31", "28"),
        ("What was the original share?", "The share fell to 3.9% from 4.1%.", "3.9%", "4.1%"),
        (
            "What was the share compared with the previous quarter?",
            "The share fell to 3.9% from 4.1%.",
            "3.9%",
            "3.9%",
        ),
        (
            "What was the share in March?",
            "The share fell to 3.9% from 4.1% in March.",
            "3.9%",
            "3.9%",
        ),
        ("How many homes had planners expected?", BEAT, "200", "200"),
        ("How many homes did Holm build?", BEAT, "200", "275"),
        (
            "What was the original cost of the pier?",
            "The cost of the pier rose from £28m to £41m.",
            "£28m",
            "£28m",
        ),
        (
            "How much did Holm earn in 2022?",
            "Holm earned £5m in 2023, up from £4m in 2022.",
            "£4m",
            "£4m",
        ),
    ],
)
def test_the_older_of_two_amounts_is_given_where_it_is_asked_for(
    question: str, text: str, marked: str, expected: str
) -> None:
    assert shown(question, text, marked) == expected


@pytest.mark.parametrize(
    ("question", "text", "marked", "expected"),
    [
        (
            "How many residents fled?",
            "Some 40,000 residents of 12 hamlets fled.",
            "40,000",
            "Some 40,000",
        ),
        (
            "How many people drowned?",
            "Two more people drowned, taking to six the number who have died in the heat.",
            "six",
            "six",
        ),
        (
            "How many people fled?",
            "Some 40,000 farmers of 12 hamlets fled.",
            "40,000",
            "Some 40,000",
        ),
        (
            "How many children died in the fire?",
            "The death toll of the fire rose to 14, among them three children.",
            "three",
            "three",
        ),
        (
            "How many people died in the fire?",
            "The death toll of the fire rose to 14, among them three children.",
            "three",
            "14",
        ),
        (
            "How many seats did Vesk win?",
            "Norland got 5,400 seats and Vesk 3,900.",
            "3,900",
            "3,900",
        ),
        (
            "What percentage of boys passed?",
            "Girls did better: 86.2% of them passed, against 76.8% of the boys.",
            "86.2% of them passed, against 76.8%",
            "76.8%",
        ),
    ],
)
def test_the_number_of_what_is_asked_for_is_given(
    question: str, text: str, marked: str, expected: str
) -> None:
    assert shown(question, text, marked) == expected


@pytest.mark.parametrize(
    ("question", "text", "marked", "expected"),
    [
        (
            "How long was the ban?",
            "He was banned for two and a half years.",
            "two",
            "two and a half years",
        ),
        (
            "How long was he held?",
            "He got seven years and six months.",
            "seven years",
            "seven years and six months",
        ),
        ("How long did it take?", "It took an hour and a half.", "an hour", "an hour and a half"),
        (
            "How long was he jailed for?",
            "Orr got 18 months, suspended for two years.",
            "18",
            "18 months, suspended for two years",
        ),
        ("How many came?", "Between 300 and 400 farmers came.", "300", "Between 300 and 400"),
        (
            "How many came?",
            "A quarter of a million farmers came.",
            "quarter",
            "A quarter of a million",
        ),
        ("How many farms are let?", "One in three farms is let.", "One", "One in three"),
        ("How many came?", "Tens of thousands came.", "thousands", "Tens of thousands"),
        ("What did the police seize?", "The police seized three guns.", "three guns", "three guns"),
        ("What was found?", "Divers found two old bells.", "two old bells", "two old bells"),
        ("What was his punishment?", "He got a fine of £500.", "a fine of £500", "a fine of £500"),
    ],
)
def test_an_amount_is_not_cut(question: str, text: str, marked: str, expected: str) -> None:
    assert shown(question, text, marked) == expected


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("It cost R1.5bn.", "It cost R2.5bn.", False),
        ("It cost N20 billion.", "It cost ₦20 billion.", True),
        ("It cost KSh500,000.", "It cost Sh500,000.", True),
        ("It cost Rs1,20,000.", "It cost Rs1,40,000.", False),
        ("It cost Rs1,20,000.", "It cost Rs120,000.", True),
        ("It cost USD 5m.", "It cost $5m.", True),
        ("It cost EUR20m.", "It cost €20m.", True),
    ],
)
def test_money_of_other_countries_is_read(one: str, other: str, is_one: bool) -> None:
    question = "How much did it cost?"
    first, second = (value(question, text, text[8:-1]) for text in (one, other))
    assert first.agrees(second) == is_one


@pytest.mark.parametrize(
    ("sentence", "marked", "expected"),
    [
        ("“The first time I slept badly,” Orr said.", "first", None),
        ("Orr left for the third time.", "third", "third"),
        ("Orr left 12 times.", "12", "12"),
    ],
)
@pytest.mark.parametrize("question", ["How often did Orr leave?", "How many times did Orr leave?"])
def test_which_of_several_times_does_not_say_how_often(
    question: str, sentence: str, marked: str, expected: str | None
) -> None:
    found = value_of(told(sentence, marked), asked(question))
    assert (sentence[slice(*found.span)] if found else None) == expected


def test_how_late_something_began_is_not_how_long_it_lasts() -> None:
    late = told("The pact took effect on Monday, a month late, Orr said.", "a month late")
    assert value_of(late, asked("How long does the pact last?")) is None
    assert value_of(late, asked("How late did the pact take effect?")) is not None
    text = "The pact runs for two weeks."
    assert shown("How long does the pact last?", text, "two weeks") == "two weeks"


def test_what_comes_on_top_or_each_day_is_not_the_whole() -> None:
    question = "How many jobs did Holm cut?"
    all_cut = value(question, "Holm cut 300 jobs.", "300")
    more = value(question, "Holm cut another 120 jobs.", "120")
    other = value(question, "Holm cut 12 more jobs.", "12")
    daily = value(question, "Holm cut 12 jobs daily.", "12")
    stems = asked(question).wanted.stems
    assert not any(one.is_comparable(all_cut, stems) for one in (more, other, daily))
    assert value(question, "Holm cut 320 jobs.", "320").is_comparable(all_cut, stems)


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Orr fled to Sudan.", "Orr fled to South Sudan.", False),
        ("Orr fled to Holm.", "Orr fled to Port Holm.", True),
    ],
)
def test_a_part_of_the_world_makes_another_name(one: str, other: str, is_one: bool) -> None:
    question = "Where did Orr flee to?"
    first, second = (value(question, text, text[12:-1]) for text in (one, other))
    assert first.agrees(second) == is_one


@pytest.mark.parametrize(
    "amount",
    [
        "as many as 12",
        "a maximum of 12",
        "a minimum of 12",
        "12 or more",
        "12 or so",
        "12 or fewer",
        "at the very least 12",
        "possibly 12",
        "perhaps 12",
        "some 10 to 12",
    ],
)
def test_an_amount_keeps_what_hedges_it(amount: str) -> None:
    assert shown("How many boats sank?", f"The storm sank {amount} boats.", "12") == amount


def test_what_hedges_an_amount_may_stand_behind_what_it_counts() -> None:
    question = "How long was Orr held?"
    assert shown(question, "Orr was held for 12 years or more.", "12") == "12 years or more"
    text = "Orr was held for 12 years or more likely 13."
    assert shown(question, text, "12") == "12 years"


TOWNS = "The flood hit Tarn, Vell and Corran."


@pytest.mark.parametrize(
    ("question", "text", "marked", "expected"),
    [
        ("Which towns were hit?", TOWNS, "Tarn, Vell", "Tarn, Vell and Corran"),
        ("Which towns were hit?", TOWNS, "Tarn", "Tarn, Vell and Corran"),
        (
            "What will the council close?",
            "The council will close two mills and the bath.",
            "two mills",
            "two mills and the bath",
        ),
    ],
)
def test_a_list_is_shown_whole_and_marked_so(
    question: str, text: str, marked: str, expected: str
) -> None:
    found = value(question, text, marked)
    assert shown(question, text, marked) == expected
    assert found.evidence.marked == expected


@pytest.mark.parametrize(
    ("question", "text", "marked", "expected", "count"),
    [
        (
            "How many people were held?",
            "Guards held two men and a woman.",
            "two men and a woman",
            "two men and a woman",
            3,
        ),
        (
            "How many were saved?",
            "At least two pilots, three nurses and a cook were saved.",
            "two pilots, three nurses and a cook",
            "At least two pilots, three nurses and a cook",
            6,
        ),
        (
            "How many people died?",
            "A mother and her two children died.",
            "A mother and her two children",
            "A mother and her two children",
            3,
        ),
        (
            "How many soldiers were hurt?",
            "Three soldiers and two nurses were hurt.",
            "Three soldiers and two nurses",
            "Three",
            3,
        ),
        (
            "How many people died?",
            "The fire left 12 dead and 90 injured.",
            "12 dead and 90 injured",
            "12",
            12,
        ),
    ],
)
def test_who_is_counted_apart_is_added_up(
    question: str, text: str, marked: str, expected: str, count: int
) -> None:
    found = value(question, text, marked)
    assert found.figure is not None
    assert (shown(question, text, marked), found.figure.low) == (expected, count)


def test_a_sum_agrees_with_the_number_of_all() -> None:
    question = "How many people were held?"
    apart = value(question, "Guards held two men and a woman.", "two men and a woman")
    all_ = value(question, "Three people were held.", "Three people")
    assert all_.agrees(apart)
    assert apart.is_comparable(all_, asked(question).wanted.stems)


def test_a_sum_of_which_a_part_is_not_counted_is_no_number() -> None:
    piece = told("Two men and their families were held.", "Two men and their families")
    assert value_of(piece, asked("How many people were held?")) is None


@pytest.mark.parametrize(
    ("question", "expected", "count"),
    [
        ("How many counts does Orr face?", "three counts of theft and one count of fraud", 4),
        ("How many counts of theft does Orr face?", "three", 3),
    ],
)
def test_a_list_of_one_noun_is_a_sum(question: str, expected: str, count: int) -> None:
    text = "Orr, 46, faces three counts of theft and one count of fraud."
    found = value(question, text, "three counts")
    assert found.figure is not None
    assert (shown(question, text, "three counts"), found.figure.low) == (expected, count)
