"""Follow-ups that only name what the last question shall be asked about instead."""

import pytest

from rag.question.contrast import in_place
from rag.question.contrast_named import corrects
from rag.question.follow_ups import FollowUp, understand_follow_up


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        ("And Porter?", "When was Hale arrested?", "When was Porter arrested?"),
        ("Ulsby?", "Who won in Tarn?", "Who won in Ulsby?"),
        ("Anna Reiss?", "When was Hale arrested?", "When was Anna Reiss arrested?"),
        ("France?", "Who won in Italy?", "Who won in France?"),
        ("NOAH?", "When was ORRA founded?", "When was NOAH founded?"),
        (
            "What about Tolmer?",
            "How many lambs did Ask Farm lose?",
            "How many lambs did Tolmer lose?",
        ),
        ("and Porter", "How long did he serve?", "How long did Porter serve?"),
        (
            "And on the Isle of Ask?",
            "Who won for Labour in Tarn Hill?",
            "Who won for Labour on the Isle of Ask?",
        ),
        (
            "And the tunnel at Ulsby?",
            "Who dug the Tolmer Tunnel?",
            "Who dug the tunnel at Ulsby?",
        ),
        ("And the one at Ulsby?", "Who dug the Tolmer Tunnel?", "Who dug the tunnel at Ulsby?"),
        ("And the one in Ulsby?", "When did the mill close?", "When did the mill in Ulsby close?"),
        (
            "And in Ulsby?",
            "Who won for Labour in Tarn Hill?",
            "Who won for Labour in Ulsby?",
        ),
        ("How about Ulsby?", "When did Tarn's lido open?", "When did Ulsby's lido open?"),
        ("And the Ulsby one?", "Who built the pier at Tarn?", "Who built the pier at Ulsby?"),
        ("and in 2019?", "What did the tram lose in 2018?", "What did the tram lose in 2019?"),
        (
            "And in November?",
            "How much rain fell in October 2020?",
            "How much rain fell in November 2020?",
        ),
        (
            "And the second one?",
            "Who wrote the first report on the weir?",
            "Who wrote the second report on the weir?",
        ),
        (
            "And Anna Reiss's?",
            "What was Karl Lind's offer?",
            "What was Anna Reiss's offer?",
        ),
        (
            "And Ulsby?",
            "How many people did the Denholt mill employ?",
            "How many people did the Ulsby mill employ?",
        ),
        ("Thanks! And in Ulsby?", "Who won in Tarn?", "Who won in Ulsby?"),
        ("And the mayor?", "Who was the coroner (acting)?", "Who was the mayor (acting)?"),
        (
            "And in 2002?",
            "Who won the 1998 World Cup?",
            "Who won the 2002 World Cup?",
        ),
        (
            "And the second one?",
            "How long did the first strike last?",
            "How long did the second strike last?",
        ),
        (
            "What about the Aldous?",
            "Where was the ferry Corrigan towed?",
            "Where was the ferry Aldous towed?",
        ),
        (
            "And the customs office?",
            "What did the police find on board?",
            "What did the customs office find on board?",
        ),
        (
            "And the hospital?",
            "Was the fire station at Tarn damaged?",
            "Was the hospital at Tarn damaged?",
        ),
        (
            "And the police?",
            "How many were hurt, according to the hospital?",
            "How many were hurt, according to the police?",
        ),
    ],
)
def test_what_is_named_takes_the_place_of_its_like(question: str, before: str, wanted: str) -> None:
    assert in_place(question, before) == wanted


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        ("no, I meant Porter", "When was Hale arrested?", "When was Porter arrested?"),
        ("No, Porter", "When was Hale arrested?", "When was Porter arrested?"),
        ("I meant in 2019", "Who won in 2018?", "Who won in 2019?"),
        ("No, I mean the mayor", "Who was the coroner?", "Who was the mayor?"),
        ("no, I meant Porter", "Hale: When did he leave?", "When did Porter leave?"),
        (
            "No, I meant Porter",
            "Hale, Tarn Hill: When did he leave?",
            "Hale, Tarn Hill: When did Porter leave?",
        ),
        ("no, I meant the new one", "Who is the conductor?", "Who is the new conductor?"),
        (
            "no, I mean the pilot",
            "Anna Reiss: When did she leave?",
            "Anna Reiss, the pilot: When did she leave?",
        ),
        ("No, I mean the pilot", "Who is Anna Reiss?", "Who is Anna Reiss, the pilot?"),
        ("No, that is wrong", "When was Hale arrested?", ""),
        ("No, the driver's", "Anna Reiss: What was her fine?", ""),
        ("No problem", "Who was the coroner?", ""),
    ],
)
def test_who_was_meant_all_along_takes_the_place_of_who_was_not(
    question: str, before: str, wanted: str
) -> None:
    assert in_place(question, before) == wanted


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        ("What about Tuesday?", "What did Orr say on Monday?", "What did Orr say on Tuesday?"),
        ("Yesterday?", "What did Orr say on Monday?", "What did Orr say yesterday?"),
        ("And in 2021?", "What was the profit last year?", "What was the profit in 2021?"),
        ("And this year?", "What was the profit in 2021?", "What was the profit this year?"),
        ("And on Sunday?", "How many came yesterday?", "How many came on Sunday?"),
        ("And Sunday?", "How many came yesterday?", "How many came on Sunday?"),
        ("And 2019?", "Who has led it since 2015?", "Who has led it since 2019?"),
        ("And Sunday?", "Who won the Saturday match?", "Who won the Sunday match?"),
        ("And in 2021?", "What was last year's profit?", "What was 2021's profit?"),
        ("And in 2018-19?", "Who won in the 2017-18 season?", "Who won in the 2018-19 season?"),
        ("And Marden?", "What did Orr say on Monday?", "What did Marden say on Monday?"),
        ("About Marden?", "What did Orr say about Holm?", "What did Orr say about Marden?"),
        (
            "And the Sunday Courier?",
            "What did the Herald say on Monday?",
            "What did the Sunday Courier say on Monday?",
        ),
    ],
)
def test_a_time_takes_the_place_of_a_time(question: str, before: str, wanted: str) -> None:
    assert in_place(question, before) == wanted


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("And Sunday?", "How many died in the Holm fire?"),
        ("And in Marden?", "What did Orr say on Monday?"),
        ("And the day before?", "What did Orr say on Monday?"),
        ("And a year later?", "Who has led it since 2019?"),
        ("And last year?", "Who wrote the 2018 budget?"),
        ("And Tuesday?", "Who founded the Sunday Courier?"),
        ("And Tuesday?", "What did Orr say on Sunday and on Monday?"),
        ("And at noon?", "What did Orr say on Monday?"),
    ],
)
def test_a_time_is_no_name_and_takes_no_other_place(question: str, before: str) -> None:
    assert in_place(question, before) == ""


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        ("And the year before?", "What did Tarn earn in 2018?", "What did Tarn earn in 2017?"),
        ("And a year later?", "Who won in 2019?", "Who won in 2020?"),
        ("And in the previous year?", "Who won the 2019 cup?", "Who won the 2018 cup?"),
        (
            "And the following month?",
            "How many came in December 2019?",
            "How many came in January 2020?",
        ),
        (
            "And the next day?",
            "What did Orr say on 31 May 2019?",
            "What did Orr say on 1 June 2019?",
        ),
    ],
)
def test_a_time_that_hangs_on_another_is_counted_from_it(
    question: str, before: str, wanted: str
) -> None:
    assert in_place(question, before) == wanted


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("And the night before?", "What did the coroner say on Friday?"),
        ("And the following week?", "What did the board decide?"),
        ("And the evening?", "What did the divers find?"),
        ("And the whole month?", "What was the rent of the hall?"),
        ("And the year before?", "How much rain fell in early 2018?"),
        ("And the year before?", "Who played two months after 2018?"),
        ("No, I mean the day after", "Who is Anna Reiss?"),
    ],
)
def test_what_holds_a_unit_of_time_is_no_noun(question: str, before: str) -> None:
    assert in_place(question, before) == ""


@pytest.mark.parametrize(
    ("named", "replaced", "wanted"),
    [
        ("in the third quarter", "in the first quarter of 2018", "in the third quarter of 2018"),
        ("Q4", "in Q3 2018", "in Q4 2018"),
        ("in autumn", "in spring 2018", "in autumn 2018"),
        ("late May", "in May 2018", "in late May 2018"),
        ("early 2019", "in May 2018", "in early 2019"),
        ("in october", "in June 2018", "in october 2018"),
        ("october", "in june 2018", "in october 2018"),
        ("at Christmas", "in 2018", "at Christmas 2018"),
        ("last autumn", "in spring 2018", "last autumn"),
        ("late last year", "in spring 2018", "late last year"),
        ("recently", "in spring 2018", "recently"),
        ("on the 9th", "on 2 May 2018", "on 9 May 2018"),
        ("on Friday", "on Thursday 3 May 2018", "on Friday 4 May 2018"),
    ],
)
def test_a_time_with_no_year_gets_that_of_the_one_it_replaces(
    named: str, replaced: str, wanted: str
) -> None:
    assert in_place(f"And {named}?", f"What fell {replaced}?") == f"What fell {wanted}?"


@pytest.mark.parametrize(
    ("named", "replaced"),
    [
        ("on the 31st", "on 2 June 2018"),
        ("on the 9th", "in 2018"),
        ("on the 9th", "on 2 May"),
        ("on Friday", "in May 2018"),
        ("at the weekend", "in May 2018"),
        ("in May", "in the 1990s"),
        ("in May", "in 2017-18"),
        ("in May", "after the 2018 drought"),
        ("in June", "between March and May 2018"),
    ],
)
def test_nothing_is_put_where_the_day_cannot_be_told(named: str, replaced: str) -> None:
    assert in_place(f"And {named}?", f"What fell {replaced}?") == ""


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        ("And in Ulsby?", "In May 2018, who won in Tarn?", "Who won in Ulsby in May 2018?"),
        ("And in 2019?", "in 2018, who won in Tarn?", "Who won in Tarn in 2019?"),
        ("And in Ulsby?", "In Tarn, who won?", ""),
    ],
)
def test_a_time_may_stand_before_the_question_word(question: str, before: str, wanted: str) -> None:
    assert in_place(question, before) == wanted


@pytest.mark.parametrize(
    "question",
    "Injuries? Arrests? Motive? Cause? Police? Names? Really? Sorry? Now? Today?".split(),
)
def test_a_usual_word_with_the_capital_of_a_turn_is_no_name(question: str) -> None:
    assert in_place(question, "How many died in the Holm fire?") == ""
    assert in_place(question, "When was Orr arrested?") == ""


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("About Marden?", "What did Orr say on Monday?"),
        ("Not Marden?", "When did Holm flood?"),
        ("And the mayor?", "Did the council pass the plan?"),
        ("And the union?", "What did Orr say about the fire?"),
        ("And the mayor?", "Did he sign the plan?"),
        ("And Marden?", "When did Holm buy Orr?"),
    ],
)
def test_nothing_is_put_where_either_of_two_may_be_meant(question: str, before: str) -> None:
    assert in_place(question, before) == ""


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        ("And the plan?", "Who signed the treaty?", "Who signed the plan?"),
        ("And the storm?", "Who was blamed for the fire?", "Who was blamed for the storm?"),
        (
            "And the bridge?",
            "Who at the plant blocked the road?",
            "Who at the plant blocked the bridge?",
        ),
        ("And the mayor?", "What did the council say?", "What did the mayor say?"),
    ],
)
def test_a_noun_takes_the_place_of_the_only_noun(question: str, before: str, wanted: str) -> None:
    assert in_place(question, before) == wanted


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("And the reason?", "When did the dam burst?"),
        ("And the length?", "Who dug the canal?"),
        ("And the verdict?", "What did the jury hear?"),
        ("And the rest?", "What did the union accept?"),
        ("And the council?", "What was the fee?"),
        ("And the rescued?", "How many were hurt in the avalanche?"),
    ],
)
def test_what_names_an_answer_takes_the_place_of_no_other_noun(question: str, before: str) -> None:
    assert in_place(question, before) == ""


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        ("And the motive?", "Who knew the reason?", "Who knew the motive?"),
        ("And the rescued?", "What did the guides say?", "What did the rescued say?"),
        ("And the storm?", "Who died in the avalanche?", "Who died in the storm?"),
    ],
)
def test_what_names_an_answer_takes_the_place_of_what_names_one(
    question: str, before: str, wanted: str
) -> None:
    assert in_place(question, before) == wanted


def test_what_was_carried_stays_but_for_what_was_replaced() -> None:
    before = "Hale, ferry strike: When was Hale arrested?"
    assert in_place("And Porter?", before) == "ferry strike: When was Porter arrested?"


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        ("And Brandt?", "Ellery: Where did she study?", "Where did Brandt study?"),
        (
            "And Brandt?",
            "Norway, Ellery: When did she retire?",
            "Norway: When did Brandt retire?",
        ),
        ("And Brandt?", "Norway: When did he retire?", "Norway: When did Brandt retire?"),
        ("And Brandt?", "Ellery: What did they find?", "Ellery: What did Brandt find?"),
        (
            "And Brandt?",
            "Ellery, Dunmore: Where did she study?",
            "Ellery, Dunmore: Where did Brandt study?",
        ),
    ],
    ids=["one", "a country is nobody", "no one", "several", "either"],
)
def test_a_name_put_for_a_pronoun_replaces_the_only_one_that_was_carried(
    question: str, before: str, wanted: str
) -> None:
    assert in_place(question, before) == wanted


def test_what_was_carried_is_not_replaced_for_its_small_words() -> None:
    before = "sale of the harbour: What did the owners want?"
    wanted = "sale of the harbour: What did the pilots want?"
    assert in_place("And the pilots?", before) == wanted


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        ("And Brandt?", "Ellery, dismissed: Why?", "Brandt, dismissed: Why?"),
        ("And Brandt?", "Ellery: Who is his lawyer?", "Brandt: Who is his lawyer?"),
        ("And Norway?", "Peru, treaty: When did it expire?", "Norway, treaty: When did it expire?"),
        ("And in Norway?", "Dunmore: Who governs there?", "Norway: Who governs there?"),
        ("And Brandt?", "Ellery, Dunmore: Why?", ""),
        ("And Norway?", "Ellery: Why?", ""),
        ("And in Norway?", "Ellery: Why?", ""),
        ("And Brandt?", "Ellery, raid: What did the owners want?", ""),
        ("And the owners?", "Ellery: Why?", ""),
    ],
)
def test_a_name_takes_the_place_of_the_only_one_carried_if_the_question_has_none(
    question: str, before: str, wanted: str
) -> None:
    assert in_place(question, before) == wanted


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("And in the end?", "What did the board offer?"),
        ("And in the end?", "Who was hurt in the storm?"),
        ("And in the meantime?", "Where did the bishop live?"),
        ("And on the ground?", "How many did the police arrest?"),
        ("And in the tunnel at Ulsby?", "What did the police find?"),
        ("And in Ulsby?", "How many were cut off in the Denholt outage?"),
        ("And in his plans?", "What is there in plans?"),
        ("And in fires?", "How many died in Holm?"),
    ],
)
def test_what_has_a_preposition_takes_no_place_without_it(question: str, before: str) -> None:
    assert in_place(question, before) == ""


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        (
            "And in teenagers?",
            "How big was the trial in adults?",
            "How big was the trial in teenagers?",
        ),
        (
            "And among young women?",
            "How usual is it among men?",
            "How usual is it among young women?",
        ),
        (
            "And for children?",
            "What do tickets cost for adults at Holm?",
            "What do tickets cost for children at Holm?",
        ),
        ("And on the ground?", "How many died on the ferry?", "How many died on the ground?"),
        (
            "And at the mill?",
            "How many were hurt in the prison?",
            "How many were hurt at the mill?",
        ),
        ("And in Ulsby?", "Who won in Tarn last year?", "Who won in Ulsby last year?"),
    ],
)
def test_what_has_a_preposition_takes_the_place_of_what_has_the_same(
    question: str, before: str, wanted: str
) -> None:
    assert in_place(question, before) == wanted


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("And Dr Quayle?", "Who was hurt in Marden?"),
        ("And ORRA?", "Who was hurt in Marden?"),
        ("And the Marden Herald?", "Who was hurt in Ulsby?"),
        ("And the Swedes?", "Who was hurt in Norway?"),
        ("And Quayle?", "Who was hurt in Norway?"),
        ("And the UN?", "Who was hurt in Norway?"),
        ("And in Norway?", "Who paid for the raid on Ulsby?"),
        ("And on Marden?", "Who was hurt in Ulsby?"),
        ("And in the mill?", "Who paid for the raid on the prison?"),
    ],
)
def test_what_is_no_place_takes_no_place(question: str, before: str) -> None:
    assert in_place(question, before) == ""


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        ("And Sweden?", "Who was hurt in Norway?", "Who was hurt in Sweden?"),
        ("And St Quayle?", "Who was hurt in Marden?", "Who was hurt in St Quayle?"),
        ("And the UAE?", "Who was hurt in Norway?", "Who was hurt in the UAE?"),
        ("And Quayle?", "What is the tax on Orr?", "What is the tax on Quayle?"),
        ("And in Marden?", "Who won on Quayle Island?", "Who won in Marden?"),
    ],
)
def test_a_place_takes_the_place_of_a_place(question: str, before: str, wanted: str) -> None:
    assert in_place(question, before) == wanted


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        ("And Quayle?", "When did von der Holm leave?", "When did Quayle leave?"),
        ("And al-Tarni?", "When did Quayle leave?", "When did al-Tarni leave?"),
        ("And in Marden?", "How many live in Ulsby, Quebec?", "How many live in Marden?"),
        ("And Quayle?", "When did Reiss, the head of Orr, leave?", "When did Quayle leave?"),
        ("And Quayle?", "When did the head, Anna Reiss, leave?", "When did Quayle leave?"),
        ("And the cook?", "When did the pilot Anna Reiss leave?", "When did the cook leave?"),
    ],
)
def test_what_belongs_to_a_name_goes_with_it(question: str, before: str, wanted: str) -> None:
    assert in_place(question, before) == wanted


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        ("And the Ulsby dam?", "Who built the Marden dam?", "Who built the Ulsby dam?"),
        ("And at the Ulsby dam?", "Who died at the Marden dam?", "Who died at the Ulsby dam?"),
        ("And the upper dam?", "Who paid for the lower dam?", "Who paid for the upper dam?"),
        ("And Reiss's brother?", "Where is Quayle's brother?", "Where is Reiss's brother?"),
        ("And the 2016 census?", "Who ran the 2006 census?", "Who ran the 2016 census?"),
        ("And the 2016 one?", "Who ran the 2006 census?", "Who ran the 2016 census?"),
        (
            "And in the United Kingdom of the Three Isles?",
            "Who won in Marden?",
            "Who won in the United Kingdom of the Three Isles?",
        ),
        ("And the Ulsby dam?", "Who paid for the road to Marden dam?", ""),
        ("And the Ulsby dam?", "Who built the dam?", ""),
        ("And Reiss's sister?", "Where is Quayle's brother?", ""),
    ],
)
def test_another_of_the_same_noun_takes_its_place(question: str, before: str, wanted: str) -> None:
    assert in_place(question, before) == wanted


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("And the Orra?", "When was the eBook made?"),
        ("And Quayle?", "what did andré reiss say"),
        ("And Marden?", "When is the game between Ulsby and Tarn?"),
        ("And the Swedes?", "How many Norwegian ships sank?"),
        ("And the harbour?", "Who took the road to the quarry?"),
        ("And the cook?", "Who hit a clerk that saw the robber?"),
        ("And the pilot said?", "When did the cook leave?"),
    ],
)
def test_nothing_is_put_where_more_hangs_together(question: str, before: str) -> None:
    assert in_place(question, before) == ""


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("And what did Porter say?", "When was Hale arrested?"),
        ("And the one in Harlow?", "How many died in Holm?"),
        ("And the tunnel at Harlow?", "How many people use the Holm tunnel?"),
        ("Why?", "When was Hale arrested?"),
        ("Yes.", "When was Hale arrested?"),
        ("And the deposit?", "When was Hale arrested?"),
        ("And before?", "How many worked at the yard in May?"),
        ("What about Porter?", "Tell me more about the yard."),
        ("What about Porter?", "That is bad. Who told Hale? And why?"),
        ("And in Ulsby?", "Who won?"),
        ("And in Ulsby?", "What did Hale say?"),
        ("What about Orr?", "What will the Harl bridge cost, according to Mayor Quay?"),
        ("And the cons?", "What are the pros and cons of such labels?"),
        ("And 2019?", "What did the tram lose between 2017 and 2018?"),
    ],
    ids=[
        "asks",
        "one of a town",
        "a tunnel of a tunnel",
        "why",
        "yes",
        "no like",
        "no thing",
        "no question",
        "two",
        "no place",
        "a person",
        "two mayors",
        "both",
        "two years",
    ],
)
def test_nothing_is_put_where_nothing_is_alike(question: str, before: str) -> None:
    assert in_place(question, before) == ""


def test_the_question_that_is_asked_is_shown_as_what_was_carried() -> None:
    asked = "When was Porter arrested?"
    assert understand_follow_up(
        "And Porter?", [("When was Hale arrested?", "")], model=None
    ) == FollowUp(carried=("When was Porter arrested",), rewritten=asked)


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        ("Orr, not Lind", "Why did Lind resign?", "Why did Orr resign?"),
        ("I meant Orr and not Lind", "Why did Lind resign?", "Why did Orr resign?"),
        ("not Lind but Orr", "Why did Lind resign?", "Why did Orr resign?"),
        ("No, Ulsby, not Tarn", "Why did Lind leave Tarn?", "Why did Lind leave Ulsby?"),
        ("Orr, not Lind", "Lind: Why did he leave Tarn?", "Why did Orr leave Tarn?"),
        ("I was asking about Orr", "Why did Lind resign?", "Why did Orr resign?"),
        ("No, I'm talking about Orr", "Why did Lind resign?", "Why did Orr resign?"),
        ("Sorry, in 2019", "Who won in 2018?", "Who won in 2019?"),
        ("wait, the mayor", "What did the coroner say?", "What did the mayor say?"),
        ("Orr, not Marden", "Why did Lind resign?", ""),
        ("It was not Lind", "Why did Lind resign?", ""),
        ("Not Lind", "Why did Lind resign?", ""),
    ],
)
def test_what_was_not_meant_gives_way_to_what_was(question: str, before: str, wanted: str) -> None:
    assert in_place(question, before) == wanted


@pytest.mark.parametrize(
    ("turn", "is_correction"),
    [
        ("No, I meant the second report on the weir of Tarn in May", True),
        ("Orr, not Lind", True),
        ("I mean, when did the mill close?", False),
        ("And Orr?", False),
    ],
)
def test_a_correction_is_told_from_a_question(turn: str, *, is_correction: bool) -> None:
    assert corrects(turn) == is_correction


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        ("Yes, and Orr?", "Why did Lind resign?", "Why did Orr resign?"),
        ("Also in 2019?", "Who won in 2018?", "Who won in 2019?"),
        ("Also Orr?", "Why did Lind resign?", "Why did Orr resign?"),
        ("And Orr as well?", "Why did Lind resign?", "Why did Orr resign?"),
        ("the coroner too?", "What did the mayor say?", "What did the coroner say?"),
        ("What of Orr?", "Why did Lind resign?", "Why did Orr resign?"),
        (
            "The same for 2019?",
            "What did the census of 2018 say?",
            "What did the census of 2019 say?",
        ),
        ("Only Orr?", "Why did Lind resign?", ""),
        ("Possibly Orr?", "Why did Lind resign?", ""),
        ("Kelly Orr?", "Why did Lind resign?", "Why did Kelly Orr resign?"),
    ],
)
def test_words_around_what_is_named_are_no_part_of_it(
    question: str, before: str, wanted: str
) -> None:
    assert in_place(question, before) == wanted


@pytest.mark.parametrize(
    ("question", "before", "wanted"),
    [
        ("And in norway?", "Who won in Denmark?", "Who won in Norway?"),
        ("south korea?", "Who won in Denmark?", ""),
        ("in south korea?", "Who won in Denmark?", "Who won in South Korea?"),
        ("and denholt", "Who won in Tarn?", "Who won in Denholt?"),
        ("and denholt's?", "Who bought Tarn's lido?", "Who bought Denholt's lido?"),
        ("and the denholt?", "Who won in Tarn?", ""),
        ("and casualities?", "Who won in Tarn?", ""),
        ("and witneses?", "Who was arrested with Orr?", ""),
        ("and afterwards?", "Who won in Tarn?", ""),
        ("And Orr and denholt?", "Who won in Tarn?", ""),
    ],
)
def test_a_name_may_be_in_small_letters_if_it_can_be_nothing_else(
    question: str, before: str, wanted: str
) -> None:
    assert in_place(question, before) == wanted
