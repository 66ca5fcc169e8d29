from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.catalog import Catalog
from ingest.decisions import Decision, Outcome, Record, Recount
from ingest.history import History
from ingest.tally import Tally
from rag.store.model import ArticleHead
from tests.ingest.records import record


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    with closing(in_memory()) as made:
        yield made


def in_memory(*heads: ArticleHead) -> Catalog:
    catalog = Catalog(Path(":memory:"))
    catalog.load(heads)
    return catalog


def head(
    content: str,
    rank: int = 1,
    path: str = "in.jsonl",
    *,
    versions: tuple[tuple[str, str], ...] = (),
    withdrawn: str = "",
) -> ArticleHead:
    return ArticleHead(
        id="a",
        content_hash=content,
        rank=str(rank),
        paths=(path,),
        versions=versions,
        withdrawn=withdrawn,
    )


def outcomes(catalog: Catalog, *records: Record) -> list[Outcome]:
    return [catalog.decide(one).outcome for one in records]


def counted(catalog: Catalog, *records: Record) -> dict[Outcome, int]:
    """Return the outcomes that there are in the end."""
    tally = Tally()
    for decision in map(catalog.decide, records):
        tally.count(decision.outcome)
        tally.recount(Counter(decision.recounts))
    return dict(+tally.outcomes)


# -- outcomes -----------------------------------------------------------------------------------


def test_what_was_not_there_is_new_and_is_written(catalog: Catalog) -> None:
    assert catalog.decide(record("x")) == Decision(outcome=Outcome.NEW, write=True)


def test_what_is_stored_is_unchanged_once_and_repeated_after_that(catalog: Catalog) -> None:
    catalog.load([head("x")])
    assert outcomes(catalog, record("x"), record("x")) == [Outcome.UNCHANGED, Outcome.REPEATED]


def test_what_another_record_gave_is_repeated_and_not_written(catalog: Catalog) -> None:
    catalog.decide(record("x"))
    assert catalog.decide(record("x")) == Decision(outcome=Outcome.REPEATED)


def test_a_newer_record_updates_what_is_stored_and_keeps_it_as_a_version(catalog: Catalog) -> None:
    catalog.load([head("x", 1)])
    decision = catalog.decide(record("y", 2))
    assert decision == Decision(outcome=Outcome.UPDATED, write=True, keep_version=True)


def test_a_newer_record_of_one_run_says_what_the_older_one_was_counted_as(catalog: Catalog) -> None:
    catalog.load([head("x", 1)])
    recounts = [catalog.decide(record(text, n)).recounts for n, text in enumerate("xyz", start=1)]
    assert recounts == [
        (),
        (Recount(Outcome.UNCHANGED, Outcome.EARLIER),),
        (Recount(Outcome.UPDATED, Outcome.EARLIER),),
    ]


def test_an_older_record_is_an_earlier_version_kept_once(catalog: Catalog) -> None:
    catalog.decide(record("y", 2))
    first, again = catalog.decide(record("x", 1)), catalog.decide(record("x", 1))
    assert first == Decision(outcome=Outcome.EARLIER, keep_version=True)
    assert again == Decision(outcome=Outcome.REPEATED)


def test_a_version_that_is_stored_is_not_kept_a_second_time(catalog: Catalog) -> None:
    catalog.load([head("y", 2, versions=(("1", "x"),))])
    assert catalog.decide(record("x", 1)) == Decision(outcome=Outcome.EARLIER, unsettled=True)


def test_a_changed_input_of_the_same_rank_replaces_what_is_stored(catalog: Catalog) -> None:
    catalog.load([head("y", 1)])
    assert catalog.decide(record("x", 1)).outcome is Outcome.UPDATED


def test_of_two_inputs_of_the_same_rank_the_later_wins(catalog: Catalog) -> None:
    catalog.load([head("y", path="b")])
    given = (record(text, path=path) for text, path in (("y", "b"), ("x", "a"), ("z", "c")))
    assert outcomes(catalog, *given) == [Outcome.UNCHANGED, Outcome.EARLIER, Outcome.UPDATED]


def test_a_withdrawal_is_written_and_what_is_older_goes_with_it(catalog: Catalog) -> None:
    catalog.load([head("x", 1)])
    decision = catalog.decide(record("w", 2, withdrawn=True))
    assert decision == Decision(outcome=Outcome.WITHDRAWN, write=True)
    assert catalog.decide(record("x", 1)) == Decision(outcome=Outcome.WITHDRAWN)


def test_a_withdrawal_that_is_older_than_the_article_takes_back_older_versions(
    catalog: Catalog,
) -> None:
    catalog.load([head("x", 2)])
    decision = catalog.decide(record("w", 1, withdrawn=True))
    assert decision == Decision(outcome=Outcome.WITHDRAWN, forget_versions=True)
    assert catalog.decide(record("v", 1)).outcome is Outcome.WITHDRAWN
    assert catalog.decide(record("x", 2)).outcome is Outcome.UNCHANGED


def test_a_withdrawal_of_the_same_rank_as_an_article_wins(catalog: Catalog) -> None:
    article, withdrawal = record("x"), record("w", withdrawn=True)
    catalog.decide(article)
    assert catalog.decide(withdrawal).write
    with closing(in_memory()) as other:
        other.decide(withdrawal)
        assert other.decide(article) == Decision(outcome=Outcome.WITHDRAWN)


def test_an_article_that_is_newer_than_its_withdrawal_is_new(catalog: Catalog) -> None:
    catalog.load([head("w", 1, withdrawn="killed")])
    decision = catalog.decide(record("x", 2))
    assert decision == Decision(outcome=Outcome.NEW, write=True)


def test_a_file_that_did_not_change_gives_what_it_gave(catalog: Catalog) -> None:
    catalog.load([head("x", 1, path="a.jsonl")])
    catalog.see("a.jsonl")
    assert catalog.decide(record("x", path="b.jsonl")).outcome is Outcome.REPEATED
    recounted = Recount(Outcome.UNCHANGED, Outcome.EARLIER)
    assert catalog.decide(record("y", 2)).recounts == (recounted,)


def test_a_withdrawal_in_a_file_that_did_not_change_was_counted_as_one(catalog: Catalog) -> None:
    catalog.load([head("w", 1, withdrawn="killed")])
    catalog.see("in.jsonl")
    assert catalog.decide(record("x", 2)).outcome is Outcome.NEW
    assert catalog.decide(record("w", 1, withdrawn=True)).outcome is Outcome.REPEATED


# -- ties -----------------------------------------------------------------------------------------


def test_a_version_that_is_repeated_is_counted_alike_in_whatever_order() -> None:
    old, new = record("x", 1), record("z", 3)
    for order in ((old, old, new), (new, old, old), (old, new, old)):
        with closing(in_memory()) as catalog:
            counts = counted(catalog, *order)
        assert counts == {Outcome.NEW: 1, Outcome.EARLIER: 1, Outcome.REPEATED: 1}


@pytest.mark.parametrize("order", ["xy", "yx"])
def test_what_is_stored_is_unchanged_whatever_comes_before_it(catalog: Catalog, order: str) -> None:
    catalog.load([head("y", versions=(("1", "x"),))])
    decisions = [catalog.decide(record(text, number=n)) for n, text in enumerate(order)]
    assert not any(decision.write or decision.keep_version for decision in decisions)
    assert {decision.outcome for decision in decisions} == {Outcome.UNCHANGED, Outcome.EARLIER}
    assert catalog.settle() == ([], [])


def test_what_waits_for_the_end_is_in_the_input_to_read_again(catalog: Catalog) -> None:
    first, tied = record("x", number=0), record("y", number=1)
    assert catalog.decide(first).write
    assert catalog.decide(tied) == Decision(
        outcome=Outcome.NEW,
        recounts=(Recount(Outcome.NEW, Outcome.EARLIER),),
        unsettled=True,
    )
    assert catalog.settle() == (["in.jsonl"], [])
    assert not catalog.decide(first).write
    assert catalog.decide(tied) == Decision(outcome=Outcome.REPEATED, write=True, keep_version=True)


def test_an_older_version_comes_back_where_the_article_left_all_its_inputs(
    catalog: Catalog,
) -> None:
    catalog.load([head("y", path="a", versions=(("1", "x"),))])
    catalog.places.read("a", whole=False)
    assert catalog.decide(record("x", path="a")).outcome is Outcome.EARLIER
    assert catalog.settle() == (["a"], [Recount(Outcome.EARLIER, Outcome.UPDATED)])
    assert catalog.decide(record("x", path="a")).write


@pytest.mark.parametrize("damaged", [True, False])
def test_an_older_version_stays_one_where_the_article_may_be_in_an_input(
    catalog: Catalog, damaged: bool
) -> None:
    catalog.load([head("y", path="a", versions=(("1", "x"),))])
    if damaged:
        catalog.places.read("a", whole=False)
        catalog.places.read_in_part("a")
    catalog.decide(record("x", path="b"))
    assert catalog.settle() == ([], [])


drawn = st.lists(st.tuples(st.sampled_from("abcd"), st.integers(1, 2), st.booleans()), max_size=8)


@settings(deadline=None)
@given(drawn, st.booleans())
def test_the_catalog_remembers_all_that_a_history_knows(
    drawn: list[tuple[str, int, bool]], all_read: bool
) -> None:
    records = [
        record(f"{text}{rank}{withdrawn}", rank, number=number, withdrawn=withdrawn)
        for number, (text, rank, withdrawn) in enumerate(drawn)
    ]
    history = History()
    with closing(in_memory()) as catalog:
        if all_read:
            catalog.settle()
        for one in records:
            history, decision = history.take(one, all_read=all_read)
            assert catalog.decide(one) == decision
            assert catalog.gone("a") == history.gone


# -- what is known --------------------------------------------------------------------------------


def test_an_article_without_an_input_is_homeless_until_it_is_forgotten(catalog: Catalog) -> None:
    catalog.load([head("x", path="a")])
    assert catalog.homeless() == []
    catalog.places.drop("a")
    assert (catalog.homeless(), catalog.places.of("a")) == (["a"], ())
    catalog.forget(["a"])
    assert (catalog.homeless(), list(catalog.places.moved())) == ([], [])
    assert catalog.decide(record("x")).outcome is Outcome.NEW


def test_a_withdrawn_article_needs_no_input(catalog: Catalog) -> None:
    catalog.load([head("w", path="a", withdrawn="killed")])
    catalog.places.drop("a")
    assert catalog.homeless() == []


def test_the_known_contents_are_those_of_articles_and_versions_and_not_of_withdrawn_ones() -> None:
    other = ArticleHead(id="b", content_hash="w", withdrawn="killed")
    with closing(in_memory(head("x", 2, versions=(("1", "v"),)), other)) as catalog:
        hashes, count = catalog.hashes()
        assert (sorted(hashes), count) == (["v", "x"], 2)
