import pytest

from rag.text.paraphrases import happenings_in, in_plain_words, with_countries


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Fighting broke out on Sunday.", "Fighting begin on Sunday."),
        ("The truce takes effect at noon.", "The truce begin at noon."),
        ("The law came into force in May.", "The law begin in May."),
        ("After coming into force it held.", "After begin it hold."),
        ("Stepping down, she wept", "resign, she weep"),
        ("The lease runs out in May.", "The lease end in May."),
        ("Both put their names to the deal.", "Both sign the deal."),
        ("The rover touched down on Mars.", "The rover arrive on Mars."),
        ("She gave up her post.", "She resign."),
        ("He lost his life there.", "He die there."),
    ],
)
def test_what_news_says_in_several_words_becomes_one(text: str, plain: str) -> None:
    assert in_plain_words(text) == plain


def test_a_question_and_its_answer_share_their_words() -> None:
    asked = set(in_plain_words("When did the war break out?").lower().split())
    told = set(in_plain_words("The war erupted on Sunday").lower().split())
    assert {"war", "begin"} <= {word.strip("?") for word in asked} & told


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Forty-four came", "44 come"),
        ("twelve of them", "12 of them"),
        ("Ninety days", "90 days"),
        ("no one, and one more", "no one, and one more"),
        ("seven hundred", "7 hundred"),
    ],
)
def test_numbers_in_words_become_figures(text: str, plain: str) -> None:
    assert in_plain_words(text) == plain


@pytest.mark.parametrize("text", ["The startled crowd", "an endgame", "a conclusion", "Inkwell"])
def test_words_that_only_look_alike_stay(text: str) -> None:
    assert in_plain_words(text) == text


def test_what_is_done_is_found_in_any_of_its_words() -> None:
    assert happenings_in(in_plain_words("It was signed before fighting broke out.")) == {
        "sign",
        "begin",
    }
    assert happenings_in(in_plain_words("The bridge is red.")) == set()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Armenian soldiers", "Armenia soldiers"),
        ("two Armenians", "two Armenia"),
        ("North Korean missiles", "North Korea missiles"),
        ("British ships", "Britain ships"),
        ("Polish workers polish it", "Poland workers polish it"),
        ("Americans", "America"),
    ],
)
def test_a_people_stands_for_its_country(text: str, plain: str) -> None:
    assert with_countries(text) == plain
