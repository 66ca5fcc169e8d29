from bench.judged_tables import by_kind, curve, summary
from bench.tables import Table
from tests.bench.judging import NEAR_MISS, REFUSED, answer, judged

RIGHT = judged(answer("38 people died."))
STALE = judged(answer("28 people died."))
HIDDEN = judged(REFUSED, unrefused=answer("38 people died."))
TRAPPED = judged(answer("Somebody did."), NEAR_MISS)
EVERY = [RIGHT, STALE, HIDDEN, TRAPPED]


def rows(table: Table) -> dict[str, dict[str, str]]:
    return {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}


def test_the_summary_counts_each_group_and_all() -> None:
    found = rows(summary("T", {"one": EVERY[:2], "two": EVERY[2:]}, first_column="archive"))
    assert list(found) == ["one", "two", "all"]
    assert found["all"]["answerable"] == "3"
    assert found["all"]["first right"] == found["all"]["wrongly refused"] == "0.333"
    assert found["all"]["first right, nothing refused"] == "0.667"
    assert found["all"]["near misses refused"] == "0.000"
    assert found["all"]["stale given"] == "0.333"
    assert found["one"]["near misses refused"] == ""


def test_kinds_hold_their_near_misses() -> None:
    found = rows(by_kind("T", EVERY))
    assert list(found) == ["how many", "who"]
    assert found["who"]["near misses"] == "1"
    assert found["who"]["answerable"] == "0"


def test_the_curve_refuses_more_at_a_higher_threshold() -> None:
    found = rows(curve("T", EVERY))
    assert found["0.05"]["given answers right"] == "0.500"
    assert found["0.05"]["answerable refused"] == "0.000"
    assert found["0.40"]["answerable refused"] == found["0.40"]["near misses refused"] == "1.000"
