"""How an answer words its values: one that stands, several that differ, and older ones."""

from datetime import date

from rag.evidence.reader import Evidence
from rag.question.asked import AskedQuestion
from rag.question.asked_time import AskedTime
from rag.records import Answer, Citation, SearchFilter
from rag.replies import Cited, compose
from rag.reported import Value
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


def answer(cited: Cited, question: str = QUESTION) -> Answer:
    part = asked(question)
    whole = AskedQuestion(
        text=question,
        understood=question,
        carried=(),
        time=AskedTime(),
        where=SearchFilter(),
        parts=(part,),
    )
    return compose(part, whole, cited, best=best(), nearest=(), searched="2 articles")


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


def test_a_comparison_is_not_answered_by_one_value() -> None:
    assert answer(cited(NEW), "Were more boats lost than in 2018?").short == ""


def test_what_is_no_news_is_said_before_its_quote() -> None:
    assert answer(cited(NEW, genre="opinion")).text.startswith("In an opinion piece: “19 boats")


def test_values_survive_being_written_and_read() -> None:
    given = answer(cited(NEW, OLD))
    assert Answer.from_json(given.to_json()) == given
