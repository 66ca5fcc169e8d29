"""Tests which written sentences pass the comparison with their quotes, and what checks find."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.dates.event_times import event_times
from rag.records import Article, Citation, Copy
from rag.writing.support import Problem, check_sentence
from tests.fakes import HashingEmbedder

TUESDAY = date(2020, 11, 10)
THURSDAY = date(2020, 11, 12)


def cite(
    quote: str, *, published: date | None = THURSDAY, title: str = "", source: str = ""
) -> Citation:
    """Return a quote as the archive cites it, its times resolved by the day of publication."""
    times = event_times(Article(id="a", text=quote, published=published))
    return Citation(
        number=1,
        article_id="a",
        title=title,
        source=source,
        url="",
        published=published,
        quote=quote,
        start=0,
        end=len(quote),
        times=times,
    )


def problems(sentence: str, *quotes: str | Citation, question: str = "") -> set[tuple[str, str]]:
    """Return the problems but for too little overlap, which short examples have by chance."""
    cited = [cite(quote) if isinstance(quote, str) else quote for quote in quotes]
    support = check_sentence(sentence, cited, embedder=None, question=question)
    return {(p.kind, p.value) for p in support.problems if p.kind != "overlap"}


def kinds(sentence: str, *quotes: str | Citation, question: str = "") -> set[str]:
    return {kind for kind, _ in problems(sentence, *quotes, question=question)}


# -- as a whole -----------------------------------------------------------------------------------


def test_a_faithful_paraphrase_is_supported() -> None:
    quote = cite("The northern truce took effect at noon on Tuesday, Mayor Ann Ruiz said.")
    sentence = "Ruiz said that the truce in the north took effect at noon on 10 November 2020. [1]"
    support = check_sentence(sentence, [quote], embedder=None)
    assert support.supported
    assert support.problems == ()
    assert 0.5 < support.score < 1


def test_a_sentence_about_something_else_is_not() -> None:
    quote = cite("The northern truce took effect at noon on Tuesday.")
    support = check_sentence("Farmers sold cheap apples at markets.", [quote], embedder=None)
    assert not support.supported
    assert [problem.kind for problem in support.problems] == ["overlap"]


def test_a_problem_is_enough_whatever_the_score() -> None:
    quote = cite("The northern truce took effect at noon, and 44 captives came home.")
    sentence = "The northern truce took effect at noon, and 45 captives came home."
    support = check_sentence(sentence, [quote], embedder=None)
    assert support.score > 0.5
    assert not support.supported


def test_the_threshold_decides() -> None:
    quote = cite("The northern truce took effect at noon.")
    sentence = "The truce took effect."
    assert check_sentence(sentence, [quote], embedder=None, threshold=0.0).supported
    assert not check_sentence(sentence, [quote], embedder=None, threshold=1.0).supported


def test_without_a_quote_nothing_is_supported() -> None:
    support = check_sentence("The truce took effect.", [], embedder=None)
    assert (support.score, support.supported) == (0.0, False)
    assert [str(problem) for problem in support.problems] == ["it cites no quote"]


class _Likeness:
    """An embedder after which a sentence and its quotes are as alike as is said."""

    name = "likeness"
    dimension = 2

    def __init__(self, cosine: float) -> None:
        self._other = [cosine, (1 - cosine**2) ** 0.5]

    def embed(self, texts: list[str]) -> np.ndarray:
        return np.array([[1.0, 0.0], *([self._other] * (len(texts) - 1))], dtype=np.float32)


def test_meaning_counts_besides_words() -> None:
    quote = cite("Gunfire ceased along the frontier.")
    near, far = (
        check_sentence("The fighting stopped at the border.", [quote], embedder=embedder)
        for embedder in (_Likeness(0.9), _Likeness(0.1))
    )
    assert near.score > far.score


def test_a_part_that_no_quote_has_a_word_of_is_found() -> None:
    quote = cite("The northern truce took effect at noon.", title="Diplomats praised")
    start = "The northern truce took effect at noon, and"
    added = check_sentence(f"{start} diplomats promised generous aid.", [quote], embedder=None)
    assert added.supported
    added = check_sentence(f"{start} envoys promised generous aid.", [quote], embedder=None)
    assert added.problems == (Problem(kind="overlap", value="envoys promised generous aid"),)
    question = "Who promised aid?"
    asked = check_sentence(
        f"{start} envoys promised generous aid.", [quote], embedder=None, question=question
    )
    assert asked.supported


def test_more_of_what_is_nowhere_lowers_the_score() -> None:
    quote = cite("The northern truce took effect at noon.")
    start = "The northern truce took effect at noon"
    scores = [
        check_sentence(sentence, [quote], embedder=HashingEmbedder()).score
        for sentence in (f"{start}.", f"{start}, and diplomats promised generous economic aid.")
    ]
    assert scores[0] > scores[1]


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (Problem(kind="number", value="45"), "the number “45” is not in its quotes"),
        (Problem(kind="name", value="Lavrov"), "“Lavrov” is not named in its quotes"),
        (Problem(kind="citation", value="7"), "it cites 7, which is not one of the quotes"),
        (Problem(kind="overlap", value=""), "its quotes say too little about it"),
        (Problem(kind="overlap", value="paid aid"), "its quotes say nothing about “paid aid”"),
    ],
)
def test_a_problem_is_words_for_a_person(problem: Problem, words: str) -> None:
    assert str(problem) == words


# -- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("It has 1432 soldiers.", "It has 1,432 soldiers."),
        ("They are 44.", "Forty-four of them came."),
        ("It cost two million.", "It cost 2,000,000."),
        ("It cost $9.98 million.", "It cost 9,980,000 dollars."),
        ("It rose to 48 %.", "It rose to 48 per cent."),
        ("It won half of the vote.", "It won 50 percent of the vote."),
        ("It lasted 14 days.", "It lasted two weeks."),
        ("The third meeting failed.", "The 3rd meeting failed."),
        ("Between 10 and 15 percent left.", "From 10 to 15 percent left."),
        ("About 1,400 left.", "In all 1,432 left."),
        ("Some 2,300 left.", "In all 2,317 left."),
        ("Nearly 5,000 left.", "In all 4,812 left."),
        ("More than 2,000 left.", "In all 2,317 left."),
        ("Thousands left.", "In all 6,500 left."),
        ("A week later they left.", "They left after a week."),
        ("It was first reported by them.", "It was reported by them."),
        ("COVID-19 spread.", "Covid spread."),
        ("It is 380 km long.", "It is 380 kilometres long."),
        ("It is 1,000 metres long.", "It is a kilometre long, or 1 km."),
        ("It is about 16 kilometres long.", "It is 10 miles long."),
        ("It has 12 square kilometres.", "It has 12 sq km."),
        ("It has 1,200 hectares.", "It has 12 km²."),
        ("It weighs 5,000 kilograms.", "It weighs 5 tonnes."),
        ("It is 3 to 5 kilometres long.", "It is between 3 and 5 km long."),
        ("It weighs 5 tons.", "It weighs 5 tonnes."),
        ("It is 380 long.", "It is 380 metres long."),
        ("It lost 40 litres per minute.", "It lost 40 litres a minute."),
        ("It went at 60 km/h.", "It went at 60 kilometres an hour."),
        ("Holm has 12 boats a day.", "Each day Holm has 12 boats."),
        ("Orr cut it to 40 million.", "Orr cut it by 12 million to 40 million."),
        ("It fell from 52 to 40.", "It fell to 40 from 52."),
        ("It rose by up to 15 percent.", "It rose by 10 to 15 percent."),
        ("It rose by 15 percent.", "It grew 15 percent."),
        ("It was sold to 12 towns.", "It was bought by 12 towns."),
        ("All five men were freed.", "The five men were freed."),
        ("Two of the five men were freed.", "Only two of the five men were freed."),
        ("All five men came.", "Two of the five men spoke. All five came."),
    ],
)
def test_a_number_is_the_same_however_it_is_written(sentence: str, quote: str) -> None:
    assert "number" not in kinds(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "quote", "value"),
    [
        ("It has 1,423 soldiers.", "It has 1,432 soldiers.", "1,423"),
        ("They are fifty-four.", "Forty-four of them came.", "fifty-four"),
        ("It cost 9.98 billion.", "It cost 9.98 million.", "9.98 billion"),
        ("It rose to 48 %.", "It rose to 48 dollars and 44 %.", "48 %"),
        ("It lasted six months.", "It lasted six weeks.", "six"),
        ("The fourth meeting failed.", "The third of four meetings failed.", "fourth"),
        ("Exactly 1,400 left.", "In all 1,432 left.", "1,400"),
        ("About 1,700 left.", "In all 1,432 left.", "1,700"),
        ("More than 3,000 left.", "In all 2,317 left.", "3,000"),
        ("Hundreds left.", "In all 65,000 left.", "Hundreds"),
        ("It has 380 carriers and 90 lorries.", "It has 90 carriers and 380 lorries.", "380"),
        ("It is 380 kilometres long.", "It is 380 metres long.", "380 kilometres"),
        ("It is 380 km long.", "It is 380-metre-long wall.", "380 km"),
        ("It weighs 5 tonnes.", "It weighs 5 kilograms.", "5 tonnes"),
        ("It has 12 square miles.", "It has 12 hectares.", "12 square miles"),
        ("It has 12 kilometres.", "It has 12 square kilometres.", "12 kilometres"),
        ("About 400 kilometres is left.", "In all 389 metres is left.", "400 kilometres"),
        ("It lost 40 litres an hour.", "It lost 40 litres a minute.", "40 litres an hour"),
        ("It went at 60 km/h.", "It went at 60 mph.", "60 km/h"),
        ("It made 20 GW.", "It made 20 MW.", "20 GW"),
        ("Holm has 12 boats a week.", "Holm has 12 boats a day.", "12"),
        ("It cost $80 a barrel.", "It cost $80 a tonne.", "$80"),
        ("Orr cut it to 12 million.", "Orr cut it by 12 million to 40 million.", "12 million"),
        ("It fell by 40.", "It dropped from 52 to 40.", "40"),
        ("It was raised from 40 crowns.", "It was increased to 40 crowns.", "40"),
        ("All five men were charged.", "Only two of the five men were charged.", "five"),
        ("All of the five men were charged.", "Most of the five men were charged.", "five"),
    ],
)
def test_another_number_is_found(sentence: str, quote: str, value: str) -> None:
    assert ("number", value) in problems(sentence, quote)


def test_the_opposite_bound_turns_a_number_around() -> None:
    assert kinds("At most 369 ships waited.", "At least 369 ships waited.") == {"negation"}
    assert not kinds("Over 369 ships waited.", "At least 369 ships waited.")


def test_titles_and_question_give_ordinals_only() -> None:
    quote = cite("The new truce began.", title="Second truce begins, 44 dead")
    assert not problems("The second truce began.", quote)
    assert problems("The truce began with 44 dead.", quote) == {("number", "44")}


# -- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "It opened on Tuesday.",
        "It opened on 10 November 2020.",
        "It opened on Tuesday, Nov. 10.",
        "It opened on the 10th.",
        "It opened in November 2020.",
        "It opened in November.",
        "It opened in 2020.",
        "It opened at noon.",
        "It opened at 12:00 on 10 November.",
        "It opened on a Tuesday in the autumn of 2020.",
    ],
)
def test_a_date_may_state_less_than_the_quote_or_write_it_out(sentence: str) -> None:
    assert not problems(sentence, "It opened at noon on Tuesday.")


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("It opened on Wednesday.", "Wednesday"),
        ("It opened on 11 November 2020.", "11 November 2020"),
        ("It opened on 10 October.", "10 October"),
        ("It opened in 2021.", "2021"),
        ("It opened at 1 p.m.", "1 p.m."),
        ("It opened on Monday, 10 November 2020.", "Monday, 10 November 2020"),
        ("It opened three days later.", "three days later"),
    ],
)
def test_another_date_is_found(sentence: str, value: str) -> None:
    assert problems(sentence, "It opened at noon on Tuesday.") == {("date", value)}


def test_the_day_of_publication_counts_where_the_quote_names_none() -> None:
    assert not problems("It closed on 12 November 2020.", "It has closed.")


def test_the_day_of_publication_is_not_that_of_what_the_quote_dates() -> None:
    quote = "It closed on Tuesday."
    assert kinds("It closed on 12 November 2020.", quote) == {"date"}
    assert not problems("The paper reported on 12 November 2020 that it closed.", quote)


def test_a_year_that_no_one_wrote_is_found() -> None:
    quote = cite("It closed on Nov. 10.", published=None)
    assert not problems("It closed on 10 November.", quote)
    assert kinds("It closed on 10 November 2020.", quote) == {"date"}


def test_a_day_may_be_counted_from_one_in_the_quote() -> None:
    quote = "It opened on Tuesday, and the gate five days before that."
    assert not problems("The gate opened on 5 November 2020.", quote)
    assert not problems("It opened on Tuesday, five days later.", quote)


def test_the_question_names_a_war_by_its_year_but_dates_nothing() -> None:
    question = "Who won the 2018 war?"
    assert not problems("The north won the 2018 war.", "The north won.", question=question)
    assert kinds("The north won in 2018.", "The north won.", question=question) == {"date"}


# -- quoted words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ['"badly beaten"', "“Badly  beaten.”", "'was dragged from a car'", '"was dragged ... beaten"'],
)
def test_quoted_words_may_differ_in_marks_and_space(words: str) -> None:
    assert not problems(f"He {words}, it said.", "He was dragged from a car and badly beaten.")


@pytest.mark.parametrize("words", ['"badly hurt"', "“beaten ... car”", "'dragged from the car'"])
def test_other_quoted_words_are_found(words: str) -> None:
    assert kinds(f"He was {words}.", "He was dragged from a car and badly beaten.") == {"quote"}


def test_apostrophes_quote_nothing() -> None:
    assert not problems("Yemen's rivals' talks failed.", "The talks of Yemen's rivals failed.")


# -- names and outlets ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister, Erdoğan, agreed.",
        "It was said by Recep Tayyip Erdogan.",
        "It was said in Turkey's capital.",
        "It was said by Ankara.",
        "It was said by the SDU.",
        "It was said by the Social Democratic Union.",
        "However, it was said.",
        "Officials said so.",
        "It was said by Mr Erdogan.",
        "It was said about Gen. Noor.",
    ],
)
def test_names_are_known_by_their_words_countries_and_letters(sentence: str) -> None:
    quote = cite(
        "Turkish President Recep Tayyip Erdogan and the Social Democratic Union said so.",
        title="Minister agrees in Turkey's capital",
    )
    assert "name" not in kinds(sentence, quote, question="What of General Noor?")


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("It was said by Putin.", "Putin"),
        ("Putin was there.", "Putin"),
        ("It was said by Emine Erdogan.", "Emine"),
        ("It was said in Ankara.", "Ankara"),
        ("It was said by Greek diplomats.", "Greek"),
        ("It was said by Lt. Gen. Noor.", "Noor"),
        ("It was said by Tayyip Ruiz.", "Tayyip Ruiz"),
    ],
)
def test_another_name_is_found(sentence: str, value: str) -> None:
    quote = "Turkish President Recep Tayyip Erdogan said so after all the others, and so did Ruiz."
    assert problems(sentence, quote) == {("name", value)}


@pytest.mark.parametrize(
    ("source", "outlet"),
    [
        ("harbor-wire.example", "the Harbor Wire"),
        ("theguardian.com", "The Guardian"),
        ("www.bbc.co.uk", "the BBC"),
        ("apnews.com", "the Associated Press"),
        ("Reuters", "Reuters"),
    ],
)
def test_a_sentence_may_name_the_outlet_of_its_quote(source: str, outlet: str) -> None:
    quote = cite("The truce held.", source=source)
    assert not problems(f"According to {outlet}, the truce held.", quote)


def test_another_outlet_is_found_also_if_the_question_names_it() -> None:
    quote = cite("The truce held.", source="harbor-wire.example")
    question = "What did the Meridian Post report?"
    for sentence in (
        "According to Meridian Post, the truce held.",
        "The truce held, the Meridian Post wrote.",
    ):
        assert problems(sentence, quote, question=question) == {("outlet", "Meridian Post")}


def test_the_outlet_of_a_copy_is_one_of_the_quote() -> None:
    copy = Copy(article_id="b", title="", source="meridian-post.example", url="", published=None)
    fields = ("number article_id title source url published quote start end times").split()
    quote = cite("The truce held.", source="harbor-wire.example")
    copied = Citation(**{name: getattr(quote, name) for name in fields}, copies=(copy,))
    assert not problems("According to the Meridian Post, the truce held.", copied)


# -- denials, opposites, exchanges ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The truce did not take effect.", "The truce took effect."),
        ("The truce took effect.", "The truce did not take effect."),
        ("The minister denied that troops attacked.", "The minister said that troops attacked."),
        ("Leaders refused to sign the text.", "Leaders signed the text."),
        ("Leaders rejected the agreement.", "Leaders signed the agreement."),
        ("Engineers failed to pull the ship free.", "Engineers pulled the ship free."),
        ("The fuel was kept with safety measures.", "The fuel was kept without safety measures."),
        ("The troops attacked, the minister denied.", "The troops attacked, the minister said."),
        ("The bank cut its rate.", "The bank raised its rate."),
        ("The northern team lost the final.", "The northern team won the final."),
        (
            "It was signed hours before the leaders met.",
            "It was signed hours after the leaders met.",
        ),
        ("Lachin was the first district.", "Lachin was the last district."),
        ("Talks on the dam collapsed.", "Talks on the dam began."),
    ],
)
def test_what_turns_the_quote_around_is_found(sentence: str, quote: str) -> None:
    assert "negation" in kinds(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The truce never took hold.", "The truce did not take hold."),
        ("He was absent.", "He was not there."),
        ("The deal was rejected.", "Leaders refused to accept the deal."),
        ("He was deported for not being vaccinated.", "He was not vaccinated and was deported."),
        ("The truce began, and the war ended.", "The truce started, which ended the war."),
        ("No fewer than nine ships waited.", "Nine ships waited."),
        ("It opened five days after the gate.", "The gate opened five days before it."),
        ("Prices did not rise.", "Prices fell."),
    ],
)
def test_a_denial_in_other_words_turns_nothing(sentence: str, quote: str) -> None:
    assert "negation" not in kinds(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The ship sailed from Rotterdam to China.", "The ship sailed from China to Rotterdam."),
        (
            "Azerbaijan lost 3,700 soldiers and Armenia 2,900.",
            "Armenia lost 3,700 soldiers and Azerbaijan 2,900.",
        ),
    ],
)
def test_names_that_changed_places_are_found(sentence: str, quote: str) -> None:
    assert kinds(sentence, quote) == {"negation"}


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Perdue was beaten by Ossoff.", "Ossoff beat Perdue."),
        ("Wales, Scotland and England took part.", "England, Scotland and Wales took part."),
        ("Ruiz signed for Lima and Noor for Oslo.", "Noor signed for Oslo and Ruiz for Lima."),
    ],
)
def test_another_order_of_the_same_exchanges_nothing(sentence: str, quote: str) -> None:
    assert not problems(sentence, quote)


# -- whatever is written --------------------------------------------------------------------------

_PIECES = st.sampled_from(
    "Putin said on Tuesday 10 November 2020 that 1,432 of two million men did not leave the U.S. "
    "before noon “or so” half a week later COVID-19 refused rose first last [1] ... — ' ’ € % "
    "twenty-one and per cent Gen. by from to 12:20 99999999999999999999 ½ 漢字 İ \n".split(" ")
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=25).map(" ".join), st.lists(_PIECES, min_size=1).map(" ".join))
def test_any_text_can_be_checked(sentence: str, quote: str) -> None:
    support = check_sentence(sentence, [cite(f"Noor {quote}", published=TUESDAY)], embedder=None)
    assert 0 <= support.score <= 1
    assert not (support.supported and support.problems)


@pytest.mark.parametrize(
    "quote",
    [
        "Armenia now speaks of more than 3,700 dead and Azerbaijan of about 2,900.",
        "“We did not lose,” Gen. Noor said on Tuesday, a week after the U.S.-backed talks failed.",
        "The bank raised its rate to 0.25 percent from a low of 0.1, its first rise in years.",
        "Kalbajar was handed over last Wednesday and Agdam five days before that.",
    ],
)
def test_a_quote_carries_itself(quote: str) -> None:
    assert check_sentence(quote, [cite(quote)], embedder=None).supported
