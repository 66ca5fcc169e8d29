import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.sentences import Span
from rag.text.whole_spans import whole_span


def widened(sentence: str, marked: str) -> str:
    """Return what the first place of `marked` in a sentence is widened to."""
    start = sentence.index(marked)
    whole = whole_span(sentence, Span(start, start + len(marked)), Span(0, len(sentence)))
    return sentence[whole.start : whole.end]


@pytest.mark.parametrize(
    ("sentence", "marked", "expected"),
    [
        ("The roof cost £1,978.42 to mend.", "£1", "£1,978.42"),
        ("The roof cost £1,978.42 to mend.", "978", "£1,978.42"),
        ("A US$3.4bn loan was agreed.", "3", "US$3.4bn"),
        ("The state spent Rs. 2.5 lakh crore on roads.", "2.5", "Rs. 2.5 lakh crore"),
        ("The fund holds EUR 40 million.", "40", "EUR 40 million"),
        ("Two hundred and five sheep were lost.", "five", "Two hundred and five"),
        ("Half a million people marched.", "million", "Half a million"),
        ("The final ended 3-2 after extra time.", "3", "3-2"),
        ("The treaty of 1914–18 was kept.", "18", "1914–18"),
        ("The neighbours of No. 10 complained.", "10", "No. 10"),
        ("A 40-year-old man was rescued.", "40", "40-year-old"),
        ("The recipe takes 2½ spoons of salt.", "2", "2½"),
        ("The recipe takes 2 1/2 spoons of salt.", "1/2", "2 1/2"),
        ("Two and a half million came.", "Two", "Two and a half million"),
        ("Two and a half million came.", "million", "Two and a half million"),
        ("A half million came.", "half", "A half million"),
        ("It was carried by 38 votes to 21.", "38", "38 votes to 21"),
        ("It is between 90 and 110 years old.", "90", "between 90 and 110 years"),
        ("The draw gave 2, 9, 18 and 26.", "9", "2, 9, 18 and 26"),
        ("No one was hurt.", "one", "No one"),
        ("There were no boats left.", "boats", "no boats"),
        ("Tarn Lotto: 2, 9, 18, 26, 35, 41.", "2", "2, 9, 18, 26, 35, 41"),
    ],
)
def test_a_number_is_never_cut(sentence: str, marked: str, expected: str) -> None:
    assert widened(sentence, marked) == expected


@pytest.mark.parametrize(
    ("sentence", "marked", "expected"),
    [
        ("They rowed 22 miles upstream.", "22", "22 miles"),
        ("The bridge cost nine million crowns.", "nine", "nine million crowns"),
        ("Prices rose 0.25 percentage points.", "0.25", "0.25 percentage points"),
        ("Rents rose 10 to 12 per cent.", "10", "10 to 12 per cent"),
        ("It fell to −5 °C at night.", "5", "−5 °C"),
        ("It took half an hour.", "half an", "half an hour"),
        ("It took one and three-quarter hours.", "one", "one and three-quarter hours"),
        ("It took two and half years.", "two", "two and half years"),
        ("She paid 20 Swiss francs.", "20", "20 Swiss francs"),
        ("He is 6 feet 2 inches tall.", "6", "6 feet 2 inches"),
        ("The ban is two years and six months long.", "two", "two years and six months"),
        ("It took 2 hours, 5 minutes.", "5", "2 hours, 5 minutes"),
        ("She weighs nine stone four pounds.", "nine", "nine stone four pounds"),
        # Two amounts.
        ("It is 9 percent for two years and 4 percent later.", "4", "4 percent"),
        ("It is 9 percent for two years and 4 percent later.", "two", "two years"),
        ("He got three months and 12 percent less.", "three", "three months"),
        ("They walked six weeks and 40 miles.", "40", "40 miles"),
        ("It took 12 weeks and 3 days.", "3", "12 weeks and 3 days"),
        ("It took 12 weeks and 30 kilograms of lime.", "30", "30 kilograms"),
        ("The wind blew at 90 kmph.", "90", "90 kmph"),
        ("The wind blew at 90 km per hour.", "90", "90 km per hour"),
        ("The pump moves 60 litres a minute.", "60 litres", "60 litres a minute"),
        ("They rowed 22 miles an hour later.", "22", "22 miles"),
        ("She ran 10 km a second time.", "10", "10 km"),
        ("The rent is 400 pounds a month.", "400", "400 pounds"),
        ("It is a month late.", "a", "a month"),
        ("The wind blew at 90 kilometres per hour.", "90", "90 kilometres per hour"),
        ("The wind blew at 90 kilometres per hour.", "hour", "90 kilometres per hour"),
    ],
)
def test_a_number_keeps_its_unit(sentence: str, marked: str, expected: str) -> None:
    assert widened(sentence, marked) == expected


@pytest.mark.parametrize(
    ("sentence", "marked", "expected"),
    [
        ("The pier will cost £2 billion to £3 billion.", "£2", "£2 billion to £3 billion"),
        ("The pier will cost £2bn-£3bn.", "£3", "£2bn-£3bn"),
        ("The pier will cost £2m–£3m.", "£2m", "£2m–£3m"),
        ("The pier will cost £2m or £3m.", "£2m", "£2m or £3m"),
        ("The tax will be 10% to 12%.", "10%", "10% to 12%"),
        ("He faces five years to six years.", "five", "five years to six years"),
        ("It takes one year to two years.", "one", "one year to two years"),
        ("The blast killed 10 to 12 people.", "10", "10 to 12"),
        ("The blast killed 10 or 11 people.", "11", "10 or 11"),
        ("The blast killed 10 people to 12 people.", "10", "10 people to 12 people"),
        ("The crews, ranging from 10 to 12 people, slept.", "10", "10 to 12"),
    ],
)
def test_a_range_is_never_cut(sentence: str, marked: str, expected: str) -> None:
    assert widened(sentence, marked) == expected


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        ("The toll rose from 10 to 12 people.", "12"),
        ("The cost rose from about £2 billion to £3 billion.", "£3 billion"),
        ("Profits rose £2m to £14m.", "£14m"),
        ("The toll rose by 12 to 45 people.", "45"),
        ("It grew in 2019 to 40 members.", "40"),
        ("The board voted 10 to 12 against the pier.", "12"),
        ("The shop paid £2m to 40 farmers.", "£2m"),
    ],
)
def test_two_amounts_of_a_change_are_no_range(sentence: str, marked: str) -> None:
    assert widened(sentence, marked) == marked


@pytest.mark.parametrize(
    ("sentence", "marked", "expected"),
    [
        ("The award went to Captain Ines Falk of Brenn.", "Falk", "Captain Ines Falk"),
        ("Voters in the north chose George W. Bush.", "Bush", "George W. Bush"),
        ("The sonata by Ludwig van Hoven was lost.", "Hoven", "Ludwig van Hoven"),
        ("Lt. Col. Ana Ruiz gave the order.", "Ruiz", "Lt. Col. Ana Ruiz"),
        ("The plan of J.D. Marsh was refused.", "Marsh", "J.D. Marsh"),
        ("It was built by AT&T in spring.", "AT", "AT&T"),
        ("The council of Stratford-upon-Avon met.", "Stratford", "Stratford-upon-Avon"),
        ("A letter from O’Neill was read.", "Neill", "O’Neill"),
        ("It is the Brenn Weavers’ Circle’s hall.", "Brenn", "Brenn Weavers’ Circle"),
        ("The Brenn Weavers' Circle paid.", "Weavers", "Brenn Weavers' Circle"),
    ],
)
def test_a_name_is_never_cut(sentence: str, marked: str, expected: str) -> None:
    assert widened(sentence, marked) == expected


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        ("On Tuesday Ann Lee resigned.", "Ann Lee"),
        ("The mayor praised Falk’s plan.", "Falk"),
        ("The Tories’ Ann Lee resigned.", "Tories"),
        ("The Brenn Weavers’ hall burned.", "Brenn Weavers"),
        ("The mayor, Ann Lee, and Tom Ray left.", "Ann Lee"),
        ("It rose from 5 to 7 percent.", "7 percent"),
        ("There were 214 passengers aboard.", "214"),
        ("In 2017, 12 people left.", "12"),
        ("Losses rose in 2022-23 to Rs 203 crore.", "Rs 203 crore"),
        ("It grew in 2019 to 40.", "40"),
        ("The bank cut growth for 2024-25 to 6.4% from 6.8%.", "6.4%"),
        ("The bank cut growth for 2025 to 6.4%.", "6.4%"),
        ("They shut two and three quarters of them stay.", "two"),
        ("They shut two and half of them stay.", "two"),
        ("On May 3, 2024, 12 people died.", "12"),
        ("The index fell 12 points to 980.", "980"),
        ("The toll rose by 12 to 45.", "45"),
        ("It rose to 40 – 12 more than before.", "40"),
        ("It paid 1,200, 1,300 and 1,400 crowns.", "1,200"),
        ("Four Norwegians were aboard.", "Four"),
        ("Prime Minister Ann Lee resigned.", "Ann Lee"),
        ("Storm Closes Port As Ferry Crews Walk Out", "Crews"),
        ("The President of Brenn spoke.", "Brenn"),
        ("The island ferry sailed again.", "ferry sailed"),
    ],
)
def test_what_is_whole_stays_as_it_is(sentence: str, marked: str) -> None:
    assert widened(sentence, marked) == marked


@given(st.data())
def test_a_widened_span_holds_the_marked_one_and_stays_as_it_is(data: st.DataObject) -> None:
    pieces = [*"aB 1,.£%-’", "Ann ", " million", " miles", "U.S. ", "\n", "No. ", "ten "]
    text = data.draw(st.lists(st.sampled_from(pieces), min_size=1, max_size=20).map("".join))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    whole = whole_span(text, Span(start, end), Span(0, len(text)))
    assert 0 <= whole.start <= start < end <= whole.end <= len(text)


def test_nothing_outside_the_sentence_is_taken() -> None:
    text = "It held Ann Lee 22 miles away"
    assert whole_span(text, Span(12, 15), Span(12, 18)) == Span(12, 15)
