from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.question.follow_ups import Exchange, points_back, stand_alone
from rag.records import Answer, Citation, EventTime, TimeWindow

TRUCE = Exchange(
    question="When did the ceasefire in Nagorno-Karabakh take effect?",
    answer="The ceasefire took effect at midnight, Russia said.",
    when=TimeWindow(since=date(2020, 11, 10), until=date(2020, 11, 10)),
)
BLAST = Exchange(question="How many people were killed in the blast in Beirut?")
OPEN = Exchange(
    question="Who won the U.S. Open in 2021?",
    answer="NEW YORK — Emma Raducanu of Britain won the U.S. Open, beating Leylah Fernandez.",
)
LOSSES = Exchange(question="How many Armenian soldiers were killed in the 2020 war?")


def understood(question: str, *history: Exchange) -> str:
    return stand_alone(question, history).question


# -- what stands alone ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "Who won the Nobel Prize in Literature in 2021?",
        "Is it true that Kalbajar was handed over late?",
        "Did Pashinyan say that he would resign?",
        "What did the European Central Bank announce this week?",
        "Is there a truce in Ukraine?",
        "Which college sold the book that Loewentheil bought?",
        "Did Armenia and Azerbaijan exchange their prisoners?",
        "Which Azerbaijani general lost his life?",
        "When did Haiti's president say it was likely that he would go?",
        "What is the melting point of tungsten?",
        "Which company makes the best dishwasher?",
        "Karabakh ceasefire terms",
        "Who was mayor of Paris before Hidalgo?",
    ],
)
@pytest.mark.parametrize("before", [TRUCE, BLAST, OPEN])
def test_nothing_is_carried_into_a_question_that_stands_alone(
    question: str, before: Exchange
) -> None:
    found = stand_alone(question, [before])
    assert (found.question, found.carried, found.changed) == (question, (), False)


def test_the_first_question_stays_as_it_is() -> None:
    assert understood("And who signed it?") == "And who signed it?"


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_any_text_may_be_asked_after_any(question: str, before: str, answer: str) -> None:
    found = stand_alone(question, [(before, answer)])
    assert found.changed == (found.question != question)
    assert found.question or not question
    assert bool(found.carried) == found.changed


# -- words that point back ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (TRUCE, "And who signed it?", "Who signed the ceasefire in Nagorno-Karabakh?"),
        (
            TRUCE,
            "Where was that deal signed?",
            "Where was the ceasefire in Nagorno-Karabakh signed?",
        ),
        (
            TRUCE,
            "What were its terms?",
            "What were the terms of the ceasefire in Nagorno-Karabakh?",
        ),
        (TRUCE, "How many troops are there in it?", None),
        (BLAST, "What caused it?", "What caused the blast in Beirut?"),
        (BLAST, "What did Macron do there?", "What did Macron do in Beirut?"),
        (BLAST, "Who was sent there?", "Who was sent to Beirut?"),
        (BLAST, "Who were they?", "Who were the people killed in the blast in Beirut?"),
        (OPEN, "How old is she?", "How old is Emma Raducanu?"),
        (OPEN, "Who was her coach?", "Who was Emma Raducanu's coach in 2021?"),
    ],
)
def test_a_pronoun_gives_way_to_what_it_means(
    before: Exchange, question: str, expected: str | None
) -> None:
    if expected:
        assert understood(question, before) == expected
    else:
        assert "the ceasefire in Nagorno-Karabakh" in understood(question, before)


@pytest.mark.parametrize("question", ["How long was it to last?", "Is it going to last?"])
def test_it_that_is_to_do_something_is_no_mere_form(question: str) -> None:
    assert "the ceasefire in Nagorno-Karabakh" in understood(question, TRUCE)


@pytest.mark.parametrize("question", ["Is it hard to say why?", "How long did it take to agree?"])
def test_it_that_means_nothing_stays(question: str) -> None:
    assert understood(question, TRUCE) == question


def test_he_and_she_are_told_apart_where_the_names_tell() -> None:
    both = Exchange(
        question="What was said about a referendum in Scotland?",
        answer="Nicola Sturgeon wants one, and Boris Johnson said that he would not agree.",
    )
    assert understood("When did she say so?", both) == "When did Nicola Sturgeon say so?"
    assert understood("Why is he against?", both) == "Why is Boris Johnson against?"


def test_a_who_question_speaks_of_whom_its_answer_names() -> None:
    beaten = Exchange(
        question="Who defeated David Perdue?", answer="Jon Ossoff, 33, defeated David Perdue."
    )
    assert understood("How old is he?", beaten) == "How old is Jon Ossoff?"


def test_whom_no_answer_names_is_described() -> None:
    unanswered = Exchange(question="Who won the Armenian election?")
    assert understood("How old is he?", unanswered) == (
        "How old is the person who won the Armenian election?"
    )


def test_a_short_answer_is_meant_before_the_rest_of_the_quote() -> None:
    quote = "Boris Johnson watched as Emma Raducanu beat Leylah Fernandez."
    final = Exchange(question="Who won?", answer=quote, short="Leylah Fernandez")
    assert understood("Where was she born?", final) == "Where was Leylah Fernandez born?"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What happened in Baku that day?", "What happened in Baku on 10 November 2020?"),
        ("Who was president of France then?", "Who was president of France on 10 November 2020?"),
        ("How many had died in Baku by then?", "How many had died in Baku by 10 November 2020?"),
    ],
)
def test_then_is_the_date_that_was_answered(question: str, expected: str) -> None:
    assert understood(question, TRUCE) == expected


# -- fragments ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (OPEN, "And in 2022?", "Who won the U.S. Open in 2022?"),
        (OPEN, "2020?", "Who won the U.S. Open in 2020?"),
        (OPEN, "what about the Australian Open?", "Who won the Australian Open in 2021?"),
        (
            LOSSES,
            "What about Azerbaijan?",
            "How many Azerbaijani soldiers were killed in the 2020 war?",
        ),
        (LOSSES, "And civilians?", "How many Armenian civilians were killed in the 2020 war?"),
        (LOSSES, "And in 2022?", "How many Armenian soldiers were killed in the 2022 war?"),
        (BLAST, "And injured?", "How many people were injured in the blast in Beirut?"),
        (BLAST, "and in Haiti?", "How many people were killed in Haiti?"),
        (BLAST, "how many children?", "How many children were killed in the blast in Beirut?"),
        (
            TRUCE,
            "Where exactly?",
            "Where exactly did the ceasefire in Nagorno-Karabakh take effect?",
        ),
        (TRUCE, "Why was that?", "Why did the ceasefire in Nagorno-Karabakh take effect?"),
        (BLAST, "When did it happen?", "When did the blast in Beirut happen?"),
    ],
)
def test_a_fragment_takes_the_place_of_the_like_part(
    before: Exchange, question: str, expected: str
) -> None:
    found = stand_alone(question, [before])
    assert found.question == expected
    assert found.carried


def test_a_month_without_a_year_is_of_the_year_asked_about() -> None:
    fighting = Exchange(question="What happened in Nagorno-Karabakh in October 2020?")
    assert understood("And in November?", fighting) == (
        "What happened in Nagorno-Karabakh in November 2020?"
    )


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("Who signed the deal?", "When?", "When was the deal signed?"),
        ("Who broke the deal?", "When?", "When did someone break the deal?"),
        ("Which craft did NASA lose?", "Why?", "Why did NASA lose the craft?"),
        ("Is it true that Agdam was given back?", "When?", "When was Agdam given back?"),
        ("Did Georgia win?", "Why?", "Why did Georgia win?"),
        ("How many did Putin say had died?", "When did he say that?",
         "When did Putin say how many had died?"),
    ],
)  # fmt: skip
def test_other_question_words_ask_the_same_otherwise(
    before: str, question: str, expected: str
) -> None:
    assert understood(question, Exchange(question=before)) == expected


def test_a_subject_that_was_answered_is_named_when_asked_otherwise() -> None:
    moved = Exchange(question="Who took the town?", answer="On Sunday Ilham Aliyev took the town.")
    assert understood("When?", moved) == "When did Ilham Aliyev take the town?"


# -- what a question lacks ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (BLAST, "How many were injured?", "How many were injured in the blast in Beirut?"),
        (BLAST, "What caused the explosion?", "What caused the blast in Beirut?"),
        (BLAST, "Who were the victims?", "Who were the victims in the blast in Beirut?"),
        (BLAST, "Who was responsible?", "Who was responsible for the blast in Beirut?"),
        (OPEN, "Who lost?", "Who lost in the U.S. Open in 2021?"),
        (TRUCE, "Who signed?", "Who signed the ceasefire in Nagorno-Karabakh?"),
        (TRUCE, "How many people died?", "How many people died in Nagorno-Karabakh?"),
        (TRUCE, "Who is the president?", "Who is the president in Nagorno-Karabakh?"),
    ],
)
def test_a_question_gets_what_it_is_about(before: Exchange, question: str, expected: str) -> None:
    assert understood(question, before) == expected


def test_a_noun_that_nobody_spoke_of_is_a_new_topic() -> None:
    assert not stand_alone("Who won the election?", [BLAST]).changed


# -- time -----------------------------------------------------------------------------------------


def test_a_time_stays_until_another_is_named() -> None:
    first = Exchange(question="When did the truce in Gaza begin in 2021?")
    second = understood("Who mediated it?", first)
    assert second == "Who mediated the truce in Gaza in 2021?"
    third = understood("And in 2022?", first, Exchange(question=second))
    assert third == "Who mediated the truce in Gaza in 2022?"


def test_a_time_stays_over_a_turn_that_could_not_have_it() -> None:
    turns = [OPEN, Exchange(question="How old is Emma Raducanu?")]
    assert understood("Who did she beat?", *turns) == "Who did Emma Raducanu beat in 2021?"


@pytest.mark.parametrize("question", ["When did it end?", "How long did it last?", "Is it over?"])
def test_a_month_is_not_carried_to_where_the_answer_may_lie_outside(question: str) -> None:
    truce = Exchange(question="Who announced the truce in Yemen in April 2022?")
    assert "the truce in Yemen" in understood(question, truce)
    assert "2022" not in understood(question, truce)


def test_last_week_becomes_the_days_that_were_searched() -> None:
    week = TimeWindow(since=date(2022, 12, 19), until=date(2022, 12, 25))
    announced = Exchange(question="What did the ECB announce last week?", window=week)
    assert understood("Who opposed it?", announced) == (
        "Who opposed the ECB from 19 December 2022 to 25 December 2022?"
    )


# -- what is shown and what is remembered ---------------------------------------------------------


def test_what_was_carried_is_named() -> None:
    found = stand_alone("Who did she beat?", [OPEN])
    assert found.carried == ("Emma Raducanu", "in 2021")


def test_a_refused_question_is_still_what_was_asked_about() -> None:
    turns = [TRUCE, Exchange(question="How many Turkish soldiers watch the truce in Shusha?")]
    assert understood("Are they armed?", *turns).startswith("Are the Turkish soldiers armed")


def test_an_earlier_topic_does_not_reach_over_a_new_one() -> None:
    turns = [BLAST, Exchange(question="Why did prices rise?")]
    assert "Beirut" not in understood("What happened there?", *turns)


def test_an_answer_of_the_archive_is_a_turn() -> None:
    quote = "The truce began on 10 November."
    cited = Citation(
        number=1, article_id="a", title="", source="", url="", published=None,
        quote=quote, start=0, end=len(quote),
    )  # fmt: skip
    day = date(2020, 11, 10)
    when = EventTime(
        start=19, end=30, type="DATE", value="2020-11-10", rule="", first=day, last=day
    )
    answer = Answer(
        question="When did the truce in Gaza begin?",
        status="answered",
        text=quote,
        citations=(cited,),
        when=when,
    )
    found = stand_alone("Who was mayor of Rome then?", [answer])
    assert found.question == "Who was mayor of Rome on 10 November 2020?"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who signed it?", True),
        ("And Labour?", True),
        ("How many died?", True),
        ("Who won the Nobel Prize in Literature?", False),
        ("Did Pashinyan say that he would resign?", False),
    ],
)
def test_a_question_that_may_need_the_turns_before_it_points_back(
    question: str, expected: bool
) -> None:
    assert points_back(question) is expected
