"""Tests dates for when-questions: how they follow from the words, and that no year is invented."""

from dataclasses import replace
from datetime import date

import pytest

from rag.dates.event_times import event_times, with_times
from rag.evidence.reader import Evidence
from rag.evidence.when import explain, hour_of, marks_another_day, time_of
from rag.question.asked import read_part
from rag.records import Article, Passage
from rag.text.sentences import Span, split_sentences
from tests.rag.stories import EMBEDDER, THURSDAY, found, story

PUBLISHED_THEN = "published Thursday 12 November 2020"
ASKED = read_part("When was it opened?", EMBEDDER)


def evidence(text: str, published: date | None) -> Evidence:
    """Return the first sentence of a text as evidence."""
    passage = found(story(text, published=published))
    vector = passage.vectors[0]
    span = passage.hit.sentences[0]
    return Evidence(
        found=passage, span=span, vector=vector, score=1.0, confidence=1.0, signals=vector
    )


@pytest.mark.parametrize(
    ("text", "published", "question", "expected"),
    [
        (
            "The bridge was opened on Tuesday, officials said.",
            THURSDAY,
            "When was the bridge opened?",
            "10 November 2020 (“Tuesday”, published Thursday 12 November 2020)",
        ),
        (
            "PORT ALDER, Nov. 12 (Wire) — The bridge was opened on Tuesday.",
            THURSDAY,
            "When was the bridge opened?",
            "10 November 2020 (“Tuesday”, published Thursday 12 November 2020)",
        ),
        (
            "The truce began at 00:00 Moscow time on 10 November 2020, the text says.",
            THURSDAY,
            "When did the truce begin?",
            "10 November 2020",
        ),
        (
            "The bridge was opened on November 10, officials said.",
            None,
            "When was the bridge opened?",
            "10 November; the year is not stated",
        ),
        (
            "The bridge is blessed on 8 November each year.",
            THURSDAY,
            "When is the bridge blessed?",
            "8 November, every year",
        ),
        (
            "The truce began at 6 a.m. (0400 GMT) on Tuesday.",
            THURSDAY,
            "When did the truce begin?",
            "10 November 2020, 06:00 (“6 a.m.”, published Thursday 12 November 2020)",
        ),
        (
            "The fair runs from 23 to 25 November.",
            THURSDAY,
            "When does the fair end?",
            "25 November 2020 (“25 November”, published Thursday 12 November 2020)",
        ),
        (
            "Orr died in hospital five days after the crash on November 3.",
            THURSDAY,
            "When did Orr die in hospital?",
            f"8 November 2020 (“five days after the crash on November 3”, {PUBLISHED_THEN})",
        ),
        (
            "Orr died in hospital a month after the crash on October 3.",
            THURSDAY,
            "When did Orr die in hospital?",
            "“a month after the crash on October 3”; the day is not stated",
        ),
        (
            "Orr died in hospital five days after the crash on November 3.",
            THURSDAY,
            "When was the crash?",
            "3 November 2020 (“November 3”, published Thursday 12 November 2020)",
        ),
        (
            "The law was passed in March 2019.",
            THURSDAY,
            "When was the law passed?",
            "March 2019",
        ),
    ],
)
def test_a_date_is_given_with_how_it_follows(
    text: str, published: date | None, question: str, expected: str
) -> None:
    piece = evidence(text, published)
    time = time_of(piece, read_part(question, EMBEDDER))
    assert time is not None
    assert str(explain(time, piece.found.article)) == expected


def test_both_days_of_a_range_are_given_where_the_reader_marked_it() -> None:
    text = "The fair runs from 23 to 25 November."
    marked = replace(evidence(text, THURSDAY), answer=Span(14, len(text) - 1))
    time = time_of(marked, read_part("When is the fair?", EMBEDDER))
    assert time is not None
    assert explain(time, marked.found.article).day == "23 November to 25 November 2020"


def test_of_two_times_the_one_beside_the_asked_event_is_taken() -> None:
    text = "The strike began on Monday and the bridge was opened on Wednesday by the mayor."
    piece = evidence(text, THURSDAY)
    opened, began = (
        time_of(piece, read_part(question, EMBEDDER))
        for question in ("When was the bridge opened by the mayor?", "When did the strike begin?")
    )
    assert opened is not None
    assert began is not None
    assert (opened.first, began.first) == (date(2020, 11, 11), date(2020, 11, 9))


CURFEW = "A curfew was imposed on Wednesday, {} three bombs killed 63 people in the old market."


@pytest.mark.parametrize(
    ("distance", "question", "expected"),
    [
        ("a day after", "When did the bombs kill people in the market?", "10 November 2020"),
        (
            "exactly two weeks after",
            "When did the bombs kill people in the market?",
            "28 October 2020",
        ),
        ("two weeks after", "When did the bombs kill people in the market?", ""),
        ("the day before", "When did the bombs kill people in the market?", "12 November 2020"),
        ("a day after", "When was the curfew imposed?", "11 November 2020"),
        ("hours after", "When was the curfew imposed?", "11 November 2020"),
        ("six hours after", "When did the bombs kill people in the market?", ""),
        ("less than two weeks after", "When did the bombs kill people in the market?", ""),
    ],
)
def test_a_day_that_is_told_by_its_distance_is_counted(
    distance: str, question: str, expected: str
) -> None:
    piece = evidence(CURFEW.format(distance), THURSDAY)
    time = time_of(piece, read_part(question, EMBEDDER))
    assert time is not None
    day = explain(time, piece.found.article).day
    assert day == (expected or f"“Wednesday, {distance}”; the day is not stated")


@pytest.mark.parametrize(
    ("text", "question", "day"),
    [
        ("The body was found two days after Monday's blast.", "When was the body found?", 11),
        ("The body was found two days after Monday's blast.", "When was the blast?", 9),
        ("He fled three days after the 4 November bombing.", "When did he flee?", 7),
        (
            "Orr put back its target for linking all of its customers from today to 20 November.",
            "What is the target date?",
            20,
        ),
        ("Ana Orr left jail on Tuesday, 4 days after she was held.", "When was Ana Orr held?", 6),
        ("Ana Orr left jail on Tuesday, 4 days after she was held.", "When did Ana Orr leave?", 10),
        ("Orr was held on Tuesday, 4 days after Falk was held.", "When was Falk held?", 6),
        ("Orr was held on Tuesday, 4 days after Falk was held.", "When was Orr held?", 10),
        ("He died five days after Ana Orr's fall on 2 November.", "When did Ana Orr die?", 7),
        ("The trial was moved from 3 November to 10 November.", "When is the trial?", 10),
        ("The trial was moved from 3 November to 10 November.", "When was it at first?", 3),
        ("The ban planned for 20 November was put back to 27 November.", "When is the ban?", 27),
        ("The fair, due on 20 November, will now open on 27 November.", "When is the fair?", 27),
        ("The fair, due on 20 November, was moved to Friday.", "When was the fair due?", 20),
        ("The fair, due on 20 November, was opened by Orr.", "When is the fair?", 20),
        (
            "The fair was to have run by 20 November, but will now run on 27 November.",
            "When is it?",
            27,
        ),
        ("The fair set for 20 November will now not open until May.", "When was it planned?", 20),
        ("He fled two years to the day after the fire on 6 November 2018.", "When did he flee?", 6),
    ],
)
def test_neither_the_other_event_nor_the_old_day_dates_it(
    text: str, question: str, day: int
) -> None:
    time = time_of(evidence(text, THURSDAY), read_part(question, EMBEDDER))
    assert time is not None
    assert time.first == date(2020, 11, day)


@pytest.mark.parametrize(
    ("text", "question", "day"),
    [
        ("On Monday the truce was extended until 18 November.", "Until when was it extended?", 18),
        ("The vote was on Tuesday put off to 18 November.", "To what date was it put off?", 18),
        ("The truce was extended on 9 November.", "Until when was it extended?", 9),
        ("On Monday the truce was extended until 18 November.", "When was it extended?", 9),
        (
            "HOLM, Nov. 9 (WW) — The talks were put back to 18 November, Orr said on Monday.",
            "What new date was set for the talks?",
            18,
        ),
        (
            "HOLM, Nov. 9 (WW) — The talks were put back to 18 November, Orr said on Monday.",
            "When were the talks put back?",
            18,
        ),
    ],
)
def test_the_day_behind_until_is_the_limit_that_is_asked_for(
    text: str, question: str, day: int
) -> None:
    time = time_of(evidence(text, THURSDAY), read_part(question, EMBEDDER))
    assert time is not None
    assert time.first == date(2020, 11, day)


DAMAGED = "When was the bridge damaged?"


@pytest.mark.parametrize(
    ("text", "question", "day"),
    [
        ("Officials said on Tuesday that the bridge had been damaged by a barge.", DAMAGED, None),
        ("The bridge had been damaged by a barge, officials said on Tuesday.", DAMAGED, None),
        ("The army on Tuesday said that the bridge had been damaged.", DAMAGED, None),
        ("Officials said on Tuesday that the bridge was damaged on Monday.", DAMAGED, 9),
        ("Orr said on Tuesday it had freed the crew that morning.", "When was the crew freed?", 10),
        ("The bridge was damaged by a barge, officials said on Tuesday.", DAMAGED, 10),
        ("Orr said on Tuesday that he was told Falk had died.", "When was Orr told?", 10),
        ("Orr said on Tuesday that it was closing its mill.", "When did Orr close its mill?", 10),
        ("The storm will hit Holm on Friday, Orr said on Tuesday.", "When will it hit Holm?", 13),
        ("The storm will hit Holm, Orr said on Tuesday.", "When will it hit Holm?", None),
        ("Orr said on Tuesday that he had left.", "When did Orr say that he had left?", 10),
        ("Orr said on Tuesday that he had left.", "When was it announced that Orr left?", 10),
    ],
)
def test_the_day_of_a_saying_is_not_that_of_what_had_happened_or_has_a_day(
    text: str, question: str, day: int | None
) -> None:
    piece = evidence(text, THURSDAY)
    time = time_of(piece, read_part(question, EMBEDDER))
    assert (time and time.first) == (day and date(2020, 11, day))


def test_the_day_of_a_saying_is_no_short_answer_where_the_reader_marked_it() -> None:
    text = "Officials said on Tuesday that the bridge had been damaged by a barge."
    piece = replace(evidence(text, THURSDAY), answer=Span(18, 25))
    assert marks_another_day(piece, read_part(DAMAGED, EMBEDDER))
    assert not marks_another_day(piece, read_part("When did officials say so?", EMBEDDER))


PUT_OFF = "Holm put off its vote on the pact until 20 November, so it cannot take effect on Monday."


@pytest.mark.parametrize(
    ("text", "question", "day"),
    [
        (PUT_OFF, "When does the pact take effect?", None),
        (PUT_OFF, "When will Holm vote on the pact?", 20),
        ("The pact cannot be signed on 20 November.", "When will the pact be signed?", None),
        ("The pact will not be signed on 20 but on 21 November.", "When will it be signed?", 21),
        ("The road will not open until 20 November.", "When will the road open?", 20),
        ("The road will not open before 20 November.", "When will the road open?", 20),
        ("Orr will not stand, and Falk leaves on 20 November.", "When will Falk leave?", 20),
    ],
)
def test_a_day_of_another_event_or_on_which_it_does_not_happen_does_not_date_it(
    text: str, question: str, day: int | None
) -> None:
    time = time_of(evidence(text, THURSDAY), read_part(question, EMBEDDER))
    assert (time and time.first) == (day and date(2020, 11, day))


def test_the_day_of_a_plan_that_its_sentence_puts_off_dates_nothing() -> None:
    text = "The match in Holm, due to be played on Tuesday, has been postponed for a week."
    piece = replace(evidence(text, THURSDAY), answer=Span(39, 46))
    asked = read_part("When will the match be played?", EMBEDDER)
    assert time_of(piece, asked) is None
    assert marks_another_day(piece, asked)
    assert not marks_another_day(piece, read_part("When was the match due?", EMBEDDER))


LEFT, ANNOUNCED = "When did the tram leave?", "When had the tram been announced for?"


@pytest.mark.parametrize(
    ("text", "question", "day"),
    [
        ("The tram left on Tuesday, two days earlier than had been announced.", LEFT, 10),
        ("The tram left on Tuesday, two days earlier than had been announced.", ANNOUNCED, 12),
        ("The tram left on Tuesday, two days later than planned.", ANNOUNCED, 8),
        ("The tram left on Tuesday – a day ahead of schedule.", ANNOUNCED, 11),
        ("The tram left on Tuesday, a day behind schedule.", LEFT, 10),
        ("The tram left on Tuesday, a week earlier than planned.", ANNOUNCED, None),
    ],
)
def test_the_planned_day_lies_on_the_other_side(text: str, question: str, day: int | None) -> None:
    time = time_of(evidence(text, THURSDAY), read_part(question, EMBEDDER))
    assert time is not None
    assert time.first == (day and date(2020, 11, day))


def test_a_length_of_two_units_gives_no_day() -> None:
    text = "He fled one year and one day after the fire on 6 November 2018."
    time = time_of(evidence(text, THURSDAY), read_part("When did he flee?", EMBEDDER))
    assert time is not None
    assert time.first is None


def test_the_year_of_the_one_before_is_a_date_only_where_the_last_is_asked_for() -> None:
    text = "The regatta was called off for the first time since 1953, the club said."
    piece = evidence(text, THURSDAY)
    assert time_of(piece, read_part("When was the regatta called off?", EMBEDDER)) is None
    assert time_of(piece, read_part("When was it last called off?", EMBEDDER)) is not None


def test_the_day_of_an_earlier_report_dates_it_only_where_that_is_asked() -> None:
    text = "A report on Tuesday gave the fine as £6,500."
    piece = evidence(text, THURSDAY)
    assert time_of(piece, read_part("When was the bakery fined?", EMBEDDER)) is None
    assert time_of(piece, read_part("When was the report printed?", EMBEDDER)) is not None


def test_a_sentence_without_a_time_gives_none() -> None:
    assert time_of(evidence("The bridge was opened.", THURSDAY), ASKED) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The tax was cut, the first cut since 2011.", (date(2011, 1, 1), THURSDAY)),
        (
            "The tax was cut on Tuesday, the first cut since 2011.",
            (date(2011, 1, 1), date(2020, 11, 10)),
        ),
        ("The tax was cut in October.", (date(2020, 10, 1),)),
    ],
)
def test_a_passage_without_a_day_about_its_publication_has_that_day(
    text: str, expected: tuple[date, ...]
) -> None:
    article = Article(id="a", text=text, published=THURSDAY)
    (span,) = split_sentences(text)
    (passage,) = with_times(
        article, [Passage(article_id="a", start=0, end=span.end, sentences=(span,))]
    )
    assert tuple(first for first, _ in passage.days) == expected


def test_events_without_a_date_of_their_own_are_dated_by_the_opening_or_the_publication() -> None:
    article = Article(id="a", text="It began on Tuesday. Nobody was hurt.", published=THURSDAY)
    spans = split_sentences(article.text)
    passages = [Passage(article_id="a", start=s.start, end=s.end, sentences=(s,)) for s in spans]
    opening, rest = with_times(article, passages)
    tuesday = (date(2020, 11, 10), date(2020, 11, 10))
    assert (opening.days, rest.days) == ((tuesday,), (tuesday,))
    undated = Article(id="b", text="Nobody was hurt. It rained.", published=THURSDAY)
    (passage,) = with_times(
        undated,
        [Passage(article_id="b", start=0, end=16, sentences=(split_sentences(undated.text)[0],))],
    )
    assert passage.days == ((THURSDAY, THURSDAY),)
    assert event_times(undated) == ()


BLOG = """08:20

The bridge has reopened, the council says.

23:40 - The wall broke at 9 p.m., and the bridge was closed.

16:05 - The school was built in May 2019, the mayor says. It was opened."""


def entry_said(start: str) -> str:
    article = story(BLOG, published=date(2024, 4, 1))
    passage = found(article)
    span = next(s for s in passage.hit.sentences if BLOG[s.start : s.end].startswith(start))
    vector = passage.vectors[0]
    piece = Evidence(
        found=passage, span=span, vector=vector, score=1.0, confidence=1.0, signals=vector
    )
    time = time_of(piece, ASKED)
    return str(explain(time, article)) if time else ""


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The bridge has", "2 April 2024 (entry of 2 April 2024, 08:20)"),
        ("23:40", "1 April 2024, 21:00 (“9 p.m.”, entry of Monday 1 April 2024, 23:40)"),
        ("16:05", "May 2019"),
        ("It was opened", "1 April 2024 (entry of 1 April 2024, 16:05)"),
    ],
)
def test_an_entry_of_a_live_blog_dates_what_it_tells_without_a_time(
    sentence: str, expected: str
) -> None:
    assert entry_said(sentence) == expected


@pytest.mark.parametrize(
    ("text", "marked", "day"),
    [
        (
            "The alarm rang at 4.20am on Tuesday, and the fire was out by 9.45am.",
            "9.45am",
            "10 November 2020, 09:45",
        ),
        (
            "The alarm rang at 4.20am on Tuesday, and the fire was out by 9.45am.",
            "4.20am on Tuesday",
            "10 November 2020, 04:20",
        ),
        (
            "The first tram leaves at 6.10am and the last comes back at 11.35pm.",
            "11.35pm",
            "12 November 2020, 23:35",
        ),
        (
            "The hall opens at 7.45pm on 20 November and the film starts at 8.30pm on 21 November.",
            "8.30pm",
            "21 November 2020, 20:30",
        ),
        (
            "At 6.40am a fire broke out in Holm on Tuesday.",
            "6.40am",
            "10 November 2020, 06:40",
        ),
        (
            "The alarm rang at 4.20am on Tuesday, and the fire was out by midnight.",
            "midnight",
            "10 November 2020",
        ),
    ],
)
def test_the_hour_that_the_reader_marked_is_the_clock(text: str, marked: str, day: str) -> None:
    start = text.index(marked)
    piece = replace(evidence(text, THURSDAY), answer=Span(start, start + len(marked)))
    time = time_of(piece, read_part("What time was it?", EMBEDDER))
    assert time is not None
    assert explain(time, piece.found.article).day == day
    hour = day.partition(", ")[2]
    assert hour_of(time, piece) == (f", {hour}" if hour else "")
