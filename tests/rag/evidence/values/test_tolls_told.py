"""Counts of the dead or the ill in reports that were not read for the answer."""

from collections.abc import Sequence
from datetime import date

from rag.evidence.values.read_values import value_of
from rag.evidence.values.tolls import tolls_told
from tests.rag.evidence.values.pieces import asked, report, told
from tests.rag.stories import found

QUESTION = "How many people died in the Harrow Mill fire?"
KNOWN = "The fire at Harrow Mill killed 31 people, Ana Ruiz and Per Brandt of the police said."


def counts(*reports: tuple[str, date | None], question: str = QUESTION) -> Sequence[str]:
    """Return the counts that reports tell beside one of 31 dead on 1 March 2024."""
    piece = told(KNOWN, "31")
    known = value_of(piece, asked(question))
    assert known is not None
    passages = [
        found(report(text, name=f"r{number}", source=f"s{number}.example", published=published))
        for number, (text, published) in enumerate(reports)
    ]
    return [
        value.piece.found.article.text[value.span.start : value.span.end]
        for value in tolls_told(asked(question), passages, [known])
    ]


def test_what_reports_counted_one_after_the_other_is_found() -> None:
    assert counts(
        ("The death toll of the Harrow Mill fire stands at 28.", date(2024, 2, 28)),
        ("That brings the number of deaths in the Harrow Mill fire to 34.", date(2024, 3, 20)),
    ) == ["28", "34"]


def test_a_report_without_the_name_may_name_the_same_people_as_another() -> None:
    local = "The toll of the fire is 30. Ana Ruiz and Per Brandt visited the mill."
    assert counts((local, date(2024, 2, 29))) == ["30"]
    assert counts((local.replace("Per Brandt", "Mina Torvik"), date(2024, 2, 29))) == []


def test_the_count_of_another_event_is_not_one_of_this() -> None:
    assert counts(("The death toll of the Harrow Mill flood stands at 2.", date(2024, 3, 2))) == []
    years_ago = ("The death toll of the Harrow Mill fire stands at 3.", date(2019, 3, 2))
    assert counts(years_ago, ("The death toll of the Harrow Mill fire is 5.", None)) == []


def test_only_a_question_about_the_dead_or_the_ill_has_such_counts() -> None:
    seen = ("The death toll of the Harrow Mill fire stands at 28.", date(2024, 2, 28))
    assert counts(seen, question="How many people saw the Harrow Mill fire?") == []


def test_the_count_of_another_place_is_not_that_of_the_asked_one() -> None:
    question = "How many people died in Tarn in the Harrow Mill fire?"
    day = date(2024, 3, 3)
    elsewhere = "The toll of the Harrow Mill fire in Holm rose to 38."
    apart = f"{elsewhere} Another 13 people died in Tarn."
    assert counts((apart, day), question=question) == []
    assert counts((f"{elsewhere} Help came from Tarn.", day), question=question) == ["38"]
    assert counts((apart.replace("Tarn", "Sund"), day)) == ["38"]
