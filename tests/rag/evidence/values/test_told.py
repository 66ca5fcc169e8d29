"""The value of a sentence, and when two of them are the same."""

import pytest

from rag.evidence.values.amounts_told import pairs_told
from rag.evidence.values.read_values import value_of
from rag.evidence.values.showing import normalised
from rag.evidence.values.told import Told
from tests.rag.evidence.values.pieces import QUESTION, asked, told


def value(text: str, marked: str, question: str = QUESTION) -> Told:
    found = value_of(told(text, marked), asked(question))
    assert found is not None
    return found


def words(found: Told) -> str:
    return found.piece.found.article.text[found.span.start : found.span.end]


def test_roundings_of_one_amount_agree_and_other_amounts_do_not() -> None:
    exact = value("The storm cost 5,021 boats.", "5,021")
    assert exact.agrees(value("It took about 5,000 boats.", "about 5,000"))
    assert exact.agrees(value("It took 5021 boats.", "5021"))
    assert not value("It took 78 boats.", "78").agrees(value("It took 135 boats.", "135"))


def test_the_same_words_agree_also_where_they_are_a_score() -> None:
    question = "What was the score of the match?"
    first = value("Full-time: Holm 2-1 Dray.", "2-1", question)
    assert first.agrees(value("Goal: Holm 2-1 Dray.", "2-1", question))
    assert not first.agrees(value("Half-time: Holm 0-1 Dray.", "0-1", question))


def test_an_amount_is_shown_with_its_unit() -> None:
    assert words(value("The fee was £1,978.42 a year.", "£1")) == "£1,978.42"


def test_of_a_number_that_was_cut_the_new_one_is_the_value() -> None:
    assert words(value("The ban was cut from nine boats to five.", "nine")) == "five"


def test_a_number_after_a_span_of_time_is_not_compared_with_the_one_before_it() -> None:
    text = "A 171-page report came more than a year after 10 boats were lost."
    assert words(value(text, "171-page", "How many boats were lost?")) == "10"


def test_a_sentence_tells_the_old_value_beside_the_new_one() -> None:
    piece = told("The count is 71 boats, up from the 64 reported on Monday.", "71")
    (pair,) = pairs_told(piece, asked())
    assert (words(pair.old), words(pair.new)) == ("64", "71")
    assert (pair.old.is_old, pair.new.is_old) == (True, False)


def test_a_day_is_read_by_its_date_and_not_by_its_words() -> None:
    question = "When did the storm come?"
    one = value("The storm came on 27 February 2024.", "27 February 2024", question)
    other = value("The storm came on Tuesday.", "Tuesday", question)
    assert one.agrees(other)
    assert not one.agrees(value("The storm came on Monday.", "Monday", question))


def test_names_agree_if_the_words_of_one_are_in_the_other() -> None:
    question = "Who lost the boat?"
    full = value("The boat was that of Olaf Dahle.", "Olaf Dahle", question)
    assert full.agrees(value("The boat was Dahle's.", "Dahle", question))
    assert not full.agrees(value("The boat was that of Mia Holm.", "Mia Holm", question))


def test_a_date_is_no_amount() -> None:
    assert value_of(told("The storm came on 27 February.", "27"), asked()) is None


def test_the_dead_are_compared_by_whatever_name() -> None:
    people = value("In all 43 people died on the boat.", "43")
    migrants = value("The sea killed 27 migrants.", "27")
    assert people.is_comparable(migrants, frozenset())
    assert not value("In all 43 boats sank.", "43").is_comparable(migrants, frozenset())
    assert not value("It hurt 43 people.", "43").is_comparable(migrants, frozenset())


def test_what_counts_other_things_is_not_compared() -> None:
    boats = value("The storm took 64 boats.", "64")
    houses = value("The storm took 64 houses.", "64")
    assert not houses.is_comparable(boats, frozenset())
    assert value("The storm took 12 boats.", "12").is_comparable(boats, frozenset())


def test_a_title_or_an_initial_makes_no_other_name() -> None:
    question = "Who lost the boat?"
    full = value("The boat was that of Olaf Dahle.", "Olaf Dahle", question)
    assert full.agrees(
        value("The boat was that of Prime Minister Dahle.", "Prime Minister Dahle", question)
    )
    assert full.agrees(value("The boat was that of O. Dahle.", "O. Dahle", question))


def test_a_name_is_told_whole() -> None:
    text = "The boats were bought by the Brenn Weavers' Circle."
    bought = value(text, "Brenn", "Who bought the boats?")
    assert text[bought.span.start : bought.span.end] == "Brenn Weavers' Circle"


def test_a_name_answers_a_question_of_no_kind_and_other_words_do_not() -> None:
    question = "What is the name of the boat?"
    assert value("The boat is called Grey Heron.", "Grey Heron", question).kind == "name"
    assert value_of(told("The boat is called a wreck.", "a wreck"), asked(question)) is None


def test_what_date_asks_for_days() -> None:
    question = "What is the launch date of the boat?"
    found = value("The boat is launched on 4 March 2024 at 9.", "9", question)
    assert (found.kind, words(found)) == ("days", "4 March 2024")


def test_a_place_in_an_order_is_no_amount_of_another() -> None:
    boats = value("The storm took 64 boats.", "64")
    minute = value("The boat left the race in the 89th.", "89th")
    assert not minute.is_comparable(boats, frozenset())


def test_a_number_alone_may_be_of_days_but_not_of_money() -> None:
    bare = value("The storm took what was 17.", "17")
    assert bare.is_comparable(value("The storm went on for 22 days.", "22 days"), frozenset())
    assert not bare.is_comparable(value("The storm cost $22 million.", "$22 million"), frozenset())


def test_the_toll_and_not_the_injured_answers_how_many_died() -> None:
    sentence = "The death toll of the mill fire rose to 31 on Friday, with about 90 injured."
    value = value_of(told(sentence, "90"), asked("How many people died in the mill fire?"))
    assert value is not None
    assert value.figure is not None
    assert value.figure.low == 31


def test_what_is_said_of_digits_is_no_amount() -> None:
    sentence = "The number of boats was wrong because two digits were transposed."
    assert value_of(told(sentence, "two"), asked("How many boats are lost?")) is None


@pytest.mark.parametrize(
    ("sentence", "marked", "amount"),
    [
        ("The loss of the boats widened to Rs 12 crore.", "Rs 12 crore", "120000000 ₹"),
        ("The boats lost were worth 3 lakh rupees.", "3 lakh rupees", "300000 ₹"),
        ("The worth was cut to $5 million from the $9 million of before.", None, "5000000 $"),
    ],
)
def test_an_amount_of_money_is_read(sentence: str, marked: str | None, amount: str) -> None:
    question = "What was the worth of the boats?"
    found = value(sentence, marked or sentence.split(" to ")[1][:-1], question)
    assert normalised(found) == amount


def test_the_day_on_which_a_toll_rose_is_not_that_of_the_event() -> None:
    piece = told("The toll of the mill fire rose to 31 on Friday.", "Friday")
    assert value_of(piece, asked("When did the mill fire break out?")) is None
    assert value_of(piece, asked("When did the toll of the mill fire rise?")) is not None


def test_of_the_dead_and_all_who_were_there_the_dead_are_counted() -> None:
    text = "Three of the 18 died, and 15 were saved."
    assert words(value(text, "18", "How many miners died?")) == "Three"


def test_the_whole_is_told_by_the_words_before_the_verb() -> None:
    text = "Nine of the 33 miners trapped underground were rescued."
    assert words(value(text, "33", "How many miners were trapped?")) == "33"
    assert words(value(text, "33", "How many miners were rescued?")) == "Nine"
    text = "Two of the 12 people on board died."
    assert words(value(text, "12", "How many people were on board?")) == "12"


def test_a_number_behind_a_country_is_no_part_of_a_name() -> None:
    question = asked("How many people were killed?")
    text = "Floods came, and in Peru 26 people were killed."
    assert value(text, "26").figure is not None
    text = "It was said that Solace 2 pumps killed people."
    assert value_of(told(text, "2"), question) is None


@pytest.mark.parametrize(
    ("text", "is_same"),
    [
        ("She was jailed for three years and four months.", True),
        ("She was jailed for 40 months.", True),
        ("She was jailed for three years, four months.", True),
        ("She was jailed for three years and nine months.", False),
        ("She was jailed for three years.", False),
        ("She was jailed for three years and fined four crowns.", False),
    ],
)
def test_years_and_months_are_one_duration(text: str, *, is_same: bool) -> None:
    question = "How long was she jailed for?"
    marked = next(words for words in ("three", "40") if words in text)
    exact = value("She got three years and four months.", "three years", question)
    assert exact.agrees(value(text, marked, question)) == is_same
