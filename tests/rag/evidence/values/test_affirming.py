"""Who says yes and who says no to a question that asks whether something is so."""

from dataclasses import replace
from datetime import date

from rag.evidence.reader import Evidence
from rag.evidence.values.affirming import decide_signs
from rag.evidence.values.corrections import Corrections
from rag.evidence.values.deciding import Decided
from rag.evidence.values.showing import arrange, normalised
from rag.evidence.values.weighing import Weighed
from tests.rag.evidence.values.pieces import asked, told

NEXT_DAY = date(2024, 3, 2)
QUESTION = "Did the council approve the harbour plan?"
YES = "The council approved the harbour plan."
NO = "The council rejected the harbour plan."
NOT_YET = "The council has not approved the harbour plan."
BESIDE = "The council met to discuss the harbour plan for hours."


def decided(
    *pieces: Evidence, question: str = QUESTION, unread: tuple[Evidence, ...] = ()
) -> Decided:
    """Return what is decided of sentences, of which the first is the best."""
    passages = [p.found for p in (*pieces, *unread)]
    return decide_signs(
        asked(question),
        pieces,
        passages,
        Corrections.of(passages),
        best=pieces[0],
        threshold=0.3,
    )


def shown(what: Decided) -> list[tuple[str, str, int]]:
    return [(normalised(group.newest), group.status, group.sources) for group in what.values]


def one(text: str, name: str, **fields: object) -> Evidence:
    """Return a sentence of an outlet of its own."""
    marked = text.split()[1]
    return told(text, marked, name=name, source=f"{name}.example", **fields)  # type: ignore[arg-type]


def test_reports_that_say_so_and_that_deny_it_are_two_values() -> None:
    what = decided(one(YES, "a"), one(NO, "b"))
    assert sorted(shown(what)) == [("no", "stands", 1), ("yes", "stands", 1)]
    assert what.differ


def test_a_report_that_was_not_read_counts_too() -> None:
    what = decided(one(YES, "a"), unread=(one(f"{YES[:-1]}, 9 to 4.", "b"),))
    assert shown(what) == [("yes", "stands", 2)]
    assert not what.differ


def test_where_the_sentence_does_not_state_it_there_is_no_value() -> None:
    assert decided(one(BESIDE, "a", confidence=0.9)).values == ()


def test_what_had_not_happened_yet_is_replaced_by_the_report_that_it_did() -> None:
    before, after = one(NOT_YET, "a", confidence=0.6), one(YES, "b", published=NEXT_DAY)
    what = decided(before, after)
    assert shown(what) == [("yes", "stands", 1), ("no", "superseded", 1)]
    assert what.first is not None
    assert what.first.text == YES
    assert not what.differ


def test_a_later_denial_of_what_happened_is_another_report() -> None:
    what = decided(one(YES, "a"), one(NOT_YET, "b", published=NEXT_DAY))
    assert {status for _, status, _ in shown(what)} == {"stands"}
    assert what.differ


def test_a_later_report_that_also_tells_the_opposite_does_not_replace_a_yes() -> None:
    question = "Has the strike ended?"
    yes = one("The strike has ended.", "a")
    both = one("The strike began in May and ended in June.", "b", published=NEXT_DAY)
    assert shown(decided(yes, both, question=question)) == [("yes", "stands", 1)]


def test_who_is_of_an_opinion_reports_nothing() -> None:
    column = one(NO, "b")
    hit = replace(column.found.hit, genre="opinion")
    column = replace(column, found=replace(column.found, hit=hit))
    assert shown(decided(one(YES, "a"), column)) == [("yes", "stands", 1)]


def test_both_sides_are_cited_however_unsure_the_reader_is_of_one() -> None:
    pieces = [one(YES, "a"), one(NO, "b", confidence=0.05)]
    weighed = Weighed(evidence=pieces, decided=decided(*pieces))
    assert [piece.text for piece in arrange(weighed, threshold=0.3).answer] == [YES, NO]
