"""What is cited of values: those that stand, other events, and those that hold no more."""

from datetime import date

import pytest

from rag.evidence.reader import Evidence
from rag.evidence.values.corrections import Corrections
from rag.evidence.values.deciding import decide
from rag.evidence.values.restating import Restated
from rag.evidence.values.showing import arrange, told_in, value_records
from rag.evidence.values.weighing import Beside, Weighed, weigh_values
from rag.records import Citation
from tests.rag.evidence.values.pieces import QUESTION, asked, piece, report, told
from tests.rag.stories import found

JUNE = date(2024, 6, 1)


def weighed(*pieces: Evidence, question: str = QUESTION) -> Weighed:
    decided = decide(
        asked(question),
        Restated(sentences=list(pieces), withdrawn=[]),
        [],
        Corrections.of([found(p.found.article) for p in pieces]),
        best=pieces[0],
        threshold=0.3,
    )
    return Weighed(evidence=list(pieces), decided=decided)


def cited(pieces: list[Evidence], first: int) -> list[Citation]:
    return [
        Citation(
            number=first + n,
            **p.found.hit.fields,
            quote=p.text,
            start=p.span.start,
            end=p.span.end,
        )
        for n, p in enumerate(pieces)
    ]


def test_an_older_value_is_cited_apart_with_its_days_and_sources() -> None:
    old = told("The storm took 12 boats.", "12", name="old", confidence=0.6)
    new = told("The storm took 19 boats.", "19", name="new", published=JUNE)
    what = weighed(old, new)
    shown = arrange(what, threshold=0.3)
    assert [p.text for p in shown.answer] == ["The storm took 19 boats."]
    assert [p.text for p in shown.older] == ["The storm took 12 boats."]
    citations = [*cited(shown.answer, 1), *cited(shown.older, 2)]
    newest, older = value_records(what, citations, cited(told_in(what), 1))
    assert (newest.text, newest.status, newest.citations) == ("19", "stands", (1,))
    assert (older.text, older.status, older.citations) == ("12", "superseded", (2,))
    assert (older.first, older.last, older.sources) == (date(2024, 3, 1), date(2024, 3, 1), 1)


def test_the_value_is_marked_in_a_quote_also_where_the_reader_marked_another() -> None:
    question = "How many people died in the storm?"
    first = told("The storm killed 12 people.", "12", confidence=0.6)
    text = "The toll of the storm rose to 19, with 90 injured."
    later = told(
        text, "90", confidence=0.55, name="later", source="b.example", published=date(2024, 3, 2)
    )
    shown = arrange(weighed(first, later, question=question), threshold=0.3)
    every = [*shown.answer, *shown.other_events, *shown.older]
    marked = {p.text: p.answer and p.text[slice(*p.answer)] for p in every}
    assert marked[text] == "19"


def test_of_two_values_in_a_quote_that_which_stands_is_marked() -> None:
    old = told("The storm took 12 boats.", "12", name="old", confidence=0.6)
    text = "The number of boats lost in the storm was cut from 12 to 9."
    new = told(text, "9", confidence=0.7, name="new", published=JUNE)
    (piece,) = arrange(weighed(new, old), threshold=0.3).answer
    assert piece.answer is not None
    assert piece.text[slice(*piece.answer)] == "9"


def test_a_value_that_is_less_sure_is_no_part_of_the_answer() -> None:
    sure = told("The storm took 12 boats.", "12", name="sure", confidence=0.9)
    text = "Boats lost in the storm: 19."
    unsure = piece(report(text, name="unsure", source="b.example"), text, "19", confidence=0.2)
    shown = arrange(weighed(sure, unsure), threshold=0.3)
    assert [p.text for p in shown.answer] == ["The storm took 12 boats."]
    assert [p.text for p in shown.other_events] == [text]


def test_the_steps_together_leave_out_what_a_later_column_takes_back() -> None:
    wrong = told("The storm took 62 boats from the harbour of Tarn.", "62", confidence=0.7)
    column = found(
        report(
            "Our report of 1 March said that the storm took 62 boats from Tarn harbour. "
            "It took 26 boats.",
            name="column",
            section="corrections",
            title="We put it right",
            published=date(2024, 3, 4),
        )
    )
    passages = [found(wrong.found.article)]
    what = weigh_values(asked(), [wrong], passages, Beside(notices=[column]), threshold=0.3)
    shown = arrange(what, threshold=0.3)
    assert [p.text for p in shown.answer] == ["It took 26 boats."]
    assert [p.text for p in shown.older] == [wrong.text]
    assert shown.older[0].found.hit.note.startswith("Corrected on 4 March 2024")
    assert [group.status for group in what.decided.values] == ["stands", "corrected"]


def test_a_value_has_its_outlets_its_reports_and_what_took_its_place() -> None:
    old = told("The storm took 12 boats.", "12", name="old", source="a.example", confidence=0.6)
    new = told("The storm took 19 boats.", "19", name="new", published=JUNE)
    what = weighed(old, new)
    newest, older = value_records(what, cited([new], 1), cited(told_in(what), 7))
    assert (newest.kind, newest.normalised, newest.outlets) == ("amount", "19", ("wire.example",))
    assert [(r.article_id, r.quote, r.number) for r in newest.reports] == [("new", new.text, 1)]
    assert (older.replaced_by, older.outlets) == ("19", ("a.example",))
    assert [(r.article_id, r.number) for r in older.reports] == [("old", 0)]


@pytest.mark.parametrize(
    ("question", "first", "text", "later", "other", "number"),
    [
        (
            "Who lost boats in the storm?",
            ("Anna Holm, a former judge, lost boats in the storm.", "Anna Holm"),
            "Anna Holm",
            ("Ms Holm lost boats in the storm.", "Holm"),
            "Ms Holm",
            "",
        ),
        (
            "How much will the bridge cost?",
            ("The bridge will cost £2.4bn.", "£2.4bn"),
            "£2.4bn",
            ("The bridge will cost more than £2bn.", "£2bn"),
            "more than £2bn",
            "2400000000 £",
        ),
    ],
)
def test_a_value_has_the_words_of_the_report_that_is_cited_first(
    question: str,
    first: tuple[str, str],
    text: str,
    later: tuple[str, str],
    other: str,
    number: str,
) -> None:
    exact = told(*first, name="first", source="a.example", confidence=0.7)
    newer = told(*later, name="later", published=date(2024, 3, 2))
    what = weighed(exact, newer, question=question)
    every = cited(told_in(what), 0)
    (value,) = value_records(what, cited([exact, newer], 1), every)
    assert (value.text, value.normalised, value.last) == (text, number, date(2024, 3, 2))
    (value,) = value_records(what, cited([newer, exact], 1), every)
    assert value.text == other
    (value,) = value_records(what, [], every)
    assert value.text == other


def test_a_sentence_repeated_word_for_word_is_no_further_source() -> None:
    text = "The storm took 19 boats from the harbour of Tarn on Monday night, officials said."
    one = told(text, "19", name="one", source="a.example")
    other = told(text, "19", name="other", source="b.example")
    own = told("Tarn lost 19 boats in the storm.", "19", name="own", source="c.example")
    (value,) = value_records(weighed(one, other, own), [], cited([one, other, own], 1))
    assert (value.sources, value.outlets) == (2, ("a.example", "b.example", "c.example"))


def test_the_best_quote_without_a_day_leaves_the_days_of_others() -> None:
    question = "When did the storm take the boats?"
    vague = told("The storm took the boats last year.", "last year", published=None)
    dated = told(
        "The storm took the boats on 4 March 2024.", "4 March 2024", name="other", confidence=0.45
    )
    what = weighed(vague, dated, question=question)
    assert what.decided.first is vague
    assert [value.normalised for value in value_records(what, [], cited([dated], 1))] == [
        "2024-03-04"
    ]
