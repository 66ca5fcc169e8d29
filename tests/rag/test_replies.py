"""How an answer words its values: one that stands, several that differ, and older ones."""

from dataclasses import replace
from datetime import date

import pytest

from rag.evidence.reader import Evidence
from rag.question.asked import AskedQuestion
from rag.question.asked_time import AskedTime
from rag.records import Answer, Citation, Copy, SearchFilter, Value
from rag.replies import Cited, compose, join_answers, lead_with, told_by_others
from rag.text.genres import Genre
from tests.rag.evidence.values.pieces import QUESTION, asked, told

MARCH, JUNE = date(2024, 3, 1), date(2024, 6, 1)
NEW = Value(text="19 boats", first=JUNE, last=JUNE, sources=2, citations=(1,))
OLD = Value(text="12 boats", status="superseded", first=MARCH, last=MARCH, citations=(2,))
OTHER = Value(text="12 boats", first=MARCH, last=MARCH, citations=(2,))


def citation(number: int, quote: str, *, genre: Genre = "") -> Citation:
    return Citation(
        number=number,
        article_id=f"a{number}",
        title="Boats lost",
        source="wire.example",
        url="",
        published=MARCH,
        quote=quote,
        start=0,
        end=len(quote),
        highlight=(0, 2),
        genre=genre,
    )


def best() -> Evidence:
    return told("The storm took 19 boats.", "19")


def whole(question: str) -> AskedQuestion:
    return AskedQuestion(
        text=question,
        understood=question,
        carried=(),
        time=AskedTime(),
        where=SearchFilter(),
        parts=(asked(question),),
    )


def answer(cited: Cited, question: str = QUESTION, *, of: Evidence | None = None) -> Answer:
    read = whole(question)
    [part] = read.parts
    return compose(part, read, cited, best=of or best(), nearest=(), searched="2 articles")


def cited(*values: Value, differ: bool = False, genre: Genre = "") -> Cited:
    return Cited(
        answer=(citation(1, "19 boats are lost.", genre=genre),)
        + ((citation(2, "12 boats are lost."),) if differ else ()),
        other_events=(),
        older=() if differ or len(values) < 2 else (citation(2, "12 boats are lost."),),
        values=values,
        differ=differ,
        confidence=0.7,
    )


def test_the_older_value_is_named_as_older() -> None:
    given = answer(cited(NEW, OLD))
    assert given.short == "19 boats"
    assert given.text == (
        "“19 boats are lost.” [1]\n"
        "No longer holds:\n"
        "12 boats (superseded; wire.example; 1 March 2024): “12 boats are lost.” [2]"
    )
    assert [c.number for c in given.also_found] == [2]


def test_values_that_differ_are_all_given_and_none_alone() -> None:
    given = answer(cited(NEW, OTHER, differ=True))
    assert given.short == ""
    assert given.text == (
        "Several values were reported:\n"
        "19 boats (2 sources; 1 June 2024): “19 boats are lost.” [1]\n"
        "12 boats (wire.example; 1 March 2024): “12 boats are lost.” [2]"
    )


@pytest.mark.parametrize(
    ("shown", "question", "lead"),
    [
        (
            cited(NEW, OTHER, differ=True),
            "How many boats were lost?",
            "Several values were reported:",
        ),
        (
            replace(cited(), other_events=(citation(2, "The Tern is lost."),)),
            "Which boats were lost?",
            "These were found; there may be more:",
        ),
        (cited(NEW, OLD), "How many boats were lost?", ""),
        (cited(), "Which boats were lost?", ""),
    ],
)
def test_what_stands_above_the_quotes_has_a_field_of_its_own(
    shown: Cited, question: str, lead: str
) -> None:
    given = answer(shown, question)
    assert given.lead == lead
    assert given.text.startswith(lead)


def test_what_is_said_of_all_quotes_comes_before_what_is_said_of_these() -> None:
    given = lead_with("It is from others.", answer(cited(NEW, OTHER, differ=True)))
    assert given.lead == "It is from others.\nSeveral values were reported:"
    assert given.text.startswith(f"{given.lead}\n19 boats")


def test_each_part_keeps_what_is_said_before_its_quotes() -> None:
    read = whole("Which boats were lost, and who was hurt?")
    listed = replace(cited(), other_events=(citation(2, "The Tern is lost."),))
    joined = join_answers(read, [answer(listed, "Which boats were lost?"), answer(cited())])
    assert joined.lead == ""
    assert [part.lead for part in joined.parts] == ["These were found; there may be more:", ""]


def test_a_comparison_is_not_answered_by_one_value() -> None:
    assert answer(cited(NEW), "Were more boats lost than in 2018?").short == ""


def test_no_member_of_a_list_is_given_as_the_whole() -> None:
    members = replace(cited(), other_events=(citation(2, "The Tern is lost."),))
    given = answer(members, "Which boats were lost?")
    assert given.short == ""
    assert given.text == (
        "These were found; there may be more:\n"
        "Boats lost (1 March 2024): “19 boats are lost.” [1]\n"
        "Boats lost (1 March 2024): “The Tern is lost.” [2]"
    )
    alone = answer(cited(), "Which boats were lost?")
    assert (alone.short, alone.text) == ("19", "“19 boats are lost.” [1]")


def test_what_is_no_news_is_said_before_its_quote() -> None:
    assert answer(cited(NEW, genre="opinion")).text.startswith("In an opinion piece: “19 boats")


def test_values_survive_being_written_and_read() -> None:
    given = answer(cited(NEW, OLD))
    assert Answer.from_json(given.to_json()) == given


@pytest.mark.parametrize(
    ("question", "title", "marked", "short"),
    [
        ("Who resigns?", "Mayor Anna Holm resigns over parking row", "Holm", "Mayor Anna Holm"),
        ("What was Orr fined?", "Orr fined £1,978.42 over parking row", "£1", "£1,978.42"),
        ("Who was killed?", "No one killed in blast", "one", "No one"),
        ("How many died?", "At least 12 die in blast", "12", "At least 12"),
        ("How many jobs go?", "Orr Mills sheds over 40 jobs", "40", "over 40"),
        ("What is the row about?", "Councils in row over two mills", "two mills", "two mills"),
        (
            "What goes?",
            "Council to close two mills and the bath",
            "two mills",
            "two mills and the bath",
        ),
        ("Who resigns?", "Mayor resigns over parking row", "Mayor", "Mayor"),
    ],
)
def test_what_a_headline_tells_is_not_cut(
    question: str, title: str, marked: str, short: str
) -> None:
    headline = replace(cited(), answer=(replace(citation(1, "It was early."), is_headline=True),))
    assert answer(headline, question, of=told(title, marked)).short == short


@pytest.mark.parametrize(
    ("question", "text", "marked", "short"),
    [
        ("What time is it?", "It is at 7.45pm on 8 March.", "8 March", "8 March 2024, 19:45"),
        ("What time is it?", "It is on 8 March, at 7.45pm.", "8 March", "8 March 2024, 19:45"),
        ("When is the match?", "It is at 7.45pm on 8 March.", "7.45pm on 8 March", "8 March 2024"),
        ("When is the match?", "The match is at 7.45pm.", "7.45pm", "1 March 2024, 19:45"),
        ("What time is the match?", "It is on 8 March.", "8 March", "8 March 2024"),
        ("When is it due?", "It is due in mid-2026.", "mid-2026", "mid-2026"),
        ("When is it due?", "It is due by the end of 2026.", "2026", "by the end of 2026"),
        ("When does it open?", "It opens early on 8 March.", "8 March", "8 March 2024"),
    ],
)
def test_the_short_time_is_as_exact_as_the_question_and_the_quote(
    question: str, text: str, marked: str, short: str
) -> None:
    assert answer(cited(), question, of=told(text, marked)).short == short


@pytest.mark.parametrize(
    ("normalised", "text", "short"),
    [
        ("2025-05-01", "1 May 2025", "1 May 2025"),
        ("2025-04-01/2025-06-30", "April to June", "1 April to 30 June 2025"),
        ("2025", "2025", "1 April to 30 June 2025"),
    ],
)
def test_the_short_time_is_the_value_if_a_later_report_is_more_exact(
    normalised: str, text: str, short: str
) -> None:
    days = "2025-01-01/2025-12-31" if normalised == "2025" else normalised
    value = Value(text=text, kind="days", normalised=days, citations=(1,))
    best = told("It is due in the second quarter of 2025.", "second quarter of 2025")
    assert answer(cited(value), "When is it due?", of=best).short == short


HOLM, MARDEN = "Holm Courier", "Marden Post"


@pytest.mark.parametrize(
    ("sources", "copied_by", "said"),
    [
        ((HOLM, MARDEN), "", ""),
        ((MARDEN,), HOLM, ""),
        (
            (MARDEN, HOLM),
            "",
            f"{HOLM} and Holm News alone do not say; this is from other outlets too.",
        ),
        ((MARDEN, MARDEN), "", f"{HOLM} and Holm News do not say; this is from other outlets."),
    ],
)
def test_outlets_do_not_say_only_what_is_not_quoted_from_them(
    sources: tuple[str, ...], copied_by: str, said: str
) -> None:
    copies = (Copy(article_id="c", title="", source=copied_by, url="", published=None),)
    given = Answer(
        question=QUESTION,
        status="answered",
        text="19",
        citations=tuple(
            replace(citation(n, "19"), source=source, copies=copies if copied_by else ())
            for n, source in enumerate(sources, 1)
        ),
    )
    told = told_by_others((HOLM, "Holm News"), given)
    assert told.text == (f"{said}\n19" if said else "19")


def test_one_outlet_does_not_say() -> None:
    given = Answer(question="", status="answered", text="19", citations=(citation(1, "19"),))
    assert told_by_others((HOLM,), given).text.startswith(f"{HOLM} does not say; this is from")
