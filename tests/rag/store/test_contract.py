"""Tests what every `Store` and `Builder` promises, with each backend."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from rag.errors import ArchiveMismatch, ArchiveNotFound
from rag.records import Article, SearchFilter, TimeWindow
from rag.store import points
from rag.store.interface import Store
from rag.store.model import (
    ArticleFacts,
    ArticleHead,
    FileMark,
    Hidden,
    Recipe,
    ScoredPassage,
    StoreQuery,
)
from rag.text.terms import question_terms
from tests.fakes import Backend, HashingEmbedder, embed_passages, index_article, write

EMBEDDER = HashingEmbedder()

TRUCE = Article(
    id="truce",
    text=(
        "The ceasefire took effect at midnight. Both armies stopped their fire.\n\n"
        "Peacekeepers arrived with the first light. They opened the mountain road."
    ),
    title="Guns fall silent",
    source="wire.example",
    url="https://wire.example/1",
    path="wire.jsonl",
    authors=("World desk", "Night desk"),
    published=date(2020, 11, 10),
    published_at=datetime(2020, 11, 10, 3, 30, tzinfo=UTC),
    updated=date(2020, 11, 11),
    updated_at=datetime(2020, 11, 11, 1, tzinfo=UTC),
    version="2",
    section="world",
    language="en",
    agency="Wire",
    dateline="STEPANAKERT",
    rights="Copyright Wire 2020",
    pubstatus="usable",
    note="Corrects the time of day.",
)
HARVEST = Article(
    id="harvest",
    text="Farmers brought in a record harvest. Wheat prices fell in every market.",
    source="field.example",
    published=date(2021, 8, 2),
)
UNDATED = Article(id="undated", text="The museum lent its oldest map. Fire had spared the wheat.")
EVERYTHING = (TRUCE, HARVEST, UNDATED)


@pytest.fixture(scope="module")
def served(library: Backend) -> Store:
    """Everything, published once for the tests that only read."""
    library.publish(*EVERYTHING)
    return library.store()


def ask(
    store: Store, question: str, *, limit: int = 10, where: SearchFilter | None = None
) -> list[ScoredPassage]:
    return store.query(
        StoreQuery(
            terms=question_terms(question),
            vector=EMBEDDER.embed([question])[0],
            limit=limit,
            where=where or SearchFilter(),
        )
    )


def found_articles(store: Store, where: SearchFilter) -> set[str]:
    return {hit.passage.article_id for hit in ask(store, "fire and wheat", where=where)}


def within(since: date | None = None, until: date | None = None) -> SearchFilter:
    return SearchFilter(window=TimeWindow(since=since, until=until))


def put(place: Backend, articles: Sequence[Article], recipe: Recipe | None = None) -> None:
    with closing(place.builder(recipe)) as builder:
        write(builder, *articles)


def mark(path: str, state: str) -> FileMark:
    return FileMark(path=path, state=state, gave={})


def everything_in(store: Store) -> list[object]:
    """Return all that a reader can see, in an order of its own."""
    ids = sorted(head.id for head in store.heads())
    hits = sorted(ask(store, "fire and wheat", limit=100), key=lambda hit: hit.passage.id)
    return [
        store.manifest.articles,
        store.manifest.passages,
        store.articles(ids),
        [(hit.passage, hit.vectors.tolist()) for hit in hits if hit.vectors is not None],
    ]


# -- reading ----------------------------------------------------------------------------------


def test_an_archive_that_was_never_published_is_not_found(place: Backend) -> None:
    with pytest.raises(ArchiveNotFound, match="dateline ingest SOURCE --archive"):
        place.store()


def test_the_passage_that_answers_comes_first(served: Store) -> None:
    hits = ask(served, "When did the ceasefire take effect?")
    assert (hits[0].passage.article_id, hits[0].passage.start) == ("truce", 0)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_passages_with_equal_scores_have_one_order(place: Backend) -> None:
    copies = [replace(HARVEST, id=name, source=f"{name}.example") for name in "dbace"]
    place.publish(*copies)
    store = place.store()
    orders = {
        tuple(found.passage.article_id for found in ask(store, "a record harvest"))
        for _ in range(20)
    }
    assert orders == {("a", "b", "c", "d", "e")}


def test_a_query_gives_no_more_than_its_limit(served: Store) -> None:
    assert len(ask(served, "fire and wheat", limit=2)) == 2


def test_a_hit_carries_the_vectors_of_its_sentences(served: Store) -> None:
    hit = ask(served, "mountain road", limit=1)[0]
    sentences = [TRUCE.text[span.start : span.end] for span in hit.passage.sentences]
    assert sentences[1] == "They opened the mountain road."
    # Stored at half precision: three decimal places.
    np.testing.assert_allclose(hit.vectors, EMBEDDER.embed(sentences), atol=1e-3)


def test_a_question_of_stop_words_is_answered_by_meaning(served: Store) -> None:
    assert question_terms("the in") == ([], [])
    assert ask(served, "the in")


def test_a_question_without_a_vector_is_answered_by_its_words(served: Store) -> None:
    words = StoreQuery(terms=question_terms("record harvest"), vector=None, limit=10)
    assert [hit.passage.article_id for hit in served.query(words)] == ["harvest"]
    nowhere = replace(words, where=SearchFilter(sources=("wire.example",)))
    assert served.query(nowhere) == []


def test_a_hit_carries_the_hashes_of_its_words(served: Store) -> None:
    words = StoreQuery(terms=question_terms("record harvest"), vector=None, limit=10)
    (hit,) = served.query(words)
    assert hit.terms == set(question_terms(HARVEST.text).indices)


def test_words_alone_score_on_the_scale_of_words_with_vectors(place: Backend) -> None:
    rare = "Quokkas quarrelled over quinces, quicksilver, quartz and quills."
    place.publish(*EVERYTHING, Article(id="rare", text=rare), Article(id="quills", text="Quills."))
    words = StoreQuery(terms=question_terms(rare), vector=None, limit=10)
    alone = place.store().query(words)
    both = place.store().query(replace(words, vector=EMBEDDER.embed([rare])[0]))
    assert [hit.passage.article_id for hit in alone] == ["rare", "quills"]
    assert both[0].passage.article_id == "rare"
    # DBSF adds up two scores which it has brought between 0 and 1.
    for hit in (*alone, *both):
        assert 0 <= hit.score <= 2


def test_an_article_comes_back_with_every_field(served: Store) -> None:
    stored = served.articles(["truce", "harvest", "no such article"])
    assert stored == {"truce": TRUCE, "harvest": HARVEST}
    assert stored["truce"].content_hash == TRUCE.content_hash


def test_no_articles_are_asked_for_and_none_given(served: Store) -> None:
    assert served.articles([]) == {}
    assert served.term_weights([]) == {}


def test_heads_name_every_article_once(served: Store) -> None:
    heads = {head.id: head for head in served.heads()}
    assert heads.keys() == {"truce", "harvest", "undated"}
    truce = heads["truce"]
    assert (truce.paths, truce.published) == (("wire.jsonl",), date(2020, 11, 10))
    assert (truce.rank, truce.embedded, truce.writing) == (TRUCE.rank, True, False)
    assert truce.content_hash == TRUCE.content_hash


def test_a_rarer_term_weighs_more_and_an_unknown_one_nothing(served: Store) -> None:
    fire, road, zebra = (question_terms(word).indices[0] for word in ("fire", "road", "zebra"))
    weights = served.term_weights([fire, road, zebra])
    assert weights.keys() == {fire, road}
    # The engine's IDF, ln(1 + (n - df + .5) / (df + .5)), with 4 passages and df 2 and 1.
    assert weights[fire] == pytest.approx(np.log(1 + 2.5 / 2.5), rel=1e-3)
    assert weights[road] == pytest.approx(np.log(1 + 3.5 / 1.5), rel=1e-3)


def test_a_sound_archive_reports_no_damage(served: Store) -> None:
    assert served.damage() == []


# -- filters ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (SearchFilter(), {"truce", "harvest", "undated"}),
        (within(since=date(2020, 11, 10)), {"truce", "harvest"}),
        (within(since=date(2020, 11, 11)), {"harvest"}),
        (within(until=date(2020, 11, 10)), {"truce"}),
        (within(date(2020, 11, 10), date(2020, 11, 10)), {"truce"}),
        (SearchFilter(sources=("wire.example", "ap.org")), {"truce"}),
        (SearchFilter(sections=("world", "sport")), {"truce"}),
    ],
)
def test_filters_keep_what_they_name(
    served: Store, where: SearchFilter, expected: set[str]
) -> None:
    assert found_articles(served, where) == expected


@pytest.mark.parametrize(
    "where",
    [
        within(until=date(2020, 11, 9)),
        within(since=date(2021, 8, 3)),
        within(date(2020, 11, 11), date(2021, 8, 1)),
        SearchFilter(sources=("TASS.com",)),
        SearchFilter(sources=("ap.org",)),
        SearchFilter(sources=()),
        SearchFilter(sections=("sport",)),
        SearchFilter(sections=()),
        SearchFilter(window=TimeWindow(since=date(2021, 1, 1)), sources=("wire.example",)),
    ],
)
def test_a_filter_that_matches_nothing_finds_nothing(served: Store, where: SearchFilter) -> None:
    assert found_articles(served, where) == set()


@pytest.mark.parametrize(
    ("where", "count"),
    [
        (SearchFilter(), 3),
        (within(since=date(2020, 11, 11)), 1),
        (SearchFilter(sources=("wire.example", "ap.org")), 1),
        (SearchFilter(sections=("sport",)), 0),
        (SearchFilter(sources=()), 0),
        (SearchFilter(articles=("truce", "undated", "nowhere")), 2),
        (SearchFilter(articles=("truce", "undated"), sources=("wire.example",)), 1),
        (SearchFilter(articles=()), 0),
    ],
)
def test_the_articles_that_a_search_looks_at_are_counted(
    served: Store, where: SearchFilter, count: int
) -> None:
    assert served.count_searched(where) == count


def test_the_newest_articles_come_first_and_undated_ones_last(served: Store) -> None:
    def newest(first: int, limit: int, where: SearchFilter | None = None) -> list[str]:
        return served.newest(where or SearchFilter(), first=first, limit=limit)

    assert newest(0, 10) == ["harvest", "truce", "undated"]
    assert [*newest(0, 1), *newest(1, 1), *newest(2, 1)] == newest(0, 3)
    assert newest(1, 2) == ["truce", "undated"]
    assert newest(3, 2) == []
    assert newest(0, 10, SearchFilter(sources=("wire.example",))) == ["truce"]


def test_the_facts_of_articles_are_told_without_their_texts(served: Store) -> None:
    (facts,) = served.facts_of(["truce", "nowhere"])
    assert facts == ArticleFacts(
        id="truce",
        title="Guns fall silent",
        source="wire.example",
        url="https://wire.example/1",
        section="world",
        language="en",
        published=date(2020, 11, 10),
        updated=date(2020, 11, 11),
        note="Corrects the time of day.",
    )
    kinds = {one.id: (one.source, one.published) for one in served.kinds(SearchFilter())}
    assert kinds == {a.id: (a.source, a.published) for a in EVERYTHING}
    assert [one.id for one in served.kinds(SearchFilter(sections=("world",)))] == ["truce"]


def test_too_many_passages_are_not_read_only_to_count(
    served: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(points, "_MOST_READ", 2)
    assert served.count_searched(SearchFilter(articles=("truce", "undated"))) is None
    assert served.count_searched(SearchFilter(articles=("truce",))) == 1
    assert served.count_searched(SearchFilter()) == 3


# -- writing ----------------------------------------------------------------------------------


def test_a_replaced_article_leaves_no_passage_behind(place: Backend) -> None:
    place.publish(*EVERYTHING)
    shorter = replace(TRUCE, text="The guns fell silent. Nobody fired.")
    manifest = place.publish(shorter)
    assert (manifest.articles, manifest.passages) == (3, 3)
    store = place.store()
    assert store.articles(["truce"]) == {"truce": shorter}
    ends = {hit.passage.end for hit in ask(store, "ceasefire peacekeepers silent")}
    assert max(ends) <= len(HARVEST.text)


def test_what_no_search_finds_is_counted_by_its_reason_and_its_outlet(place: Backend) -> None:
    now = datetime(2021, 1, 1, 12, tzinfo=UTC)
    before, after = datetime(2020, 1, 1, tzinfo=UTC), datetime(2022, 1, 1, tzinfo=UTC)
    place.publish(
        replace(TRUCE, expires=before, embargoed=after),
        replace(HARVEST, expires=before),
        replace(UNDATED, expires=after, embargoed=before),
    )
    with closing(place.store()) as store:
        hidden = store.hidden(now)
        assert hidden == Hidden(expired=2, embargoed=1, both=1, ahead=1)
        assert hidden.total == 2
        assert store.hidden_by_source(now) == {"wire.example": 1, "field.example": 1}


def test_what_was_changed_after_a_day_is_counted_for_a_search_as_of_that_day(
    served: Store,
) -> None:
    count = served.changed_since
    assert count(SearchFilter(), date(2020, 11, 10)) == 1
    assert count(SearchFilter(sources=("field.example",)), date(2020, 11, 10)) == 0
    assert count(SearchFilter(), date(2020, 11, 11)) == 0
    assert count(SearchFilter(), date(2020, 11, 9)) == 0


def test_a_store_tells_what_was_withdrawn_and_names_its_generation(place: Backend) -> None:
    place.publish(*EVERYTHING)
    before = place.store()
    with closing(before):
        assert before.withdrawn(["truce", "nowhere"]) == {}
        name = before.generation
    with closing(place.builder()) as builder:
        heads = {head.id: head for head in builder.heads()}
        builder.withdraw([replace(heads["truce"], withdrawn="canceled")])
        builder.publish()
    with closing(place.store()) as store:
        assert store.withdrawn(["truce", "harvest"]) == {"truce": "canceled"}
        assert store.generation != name


def test_a_removed_article_leaves_nothing_behind(place: Backend) -> None:
    place.publish(*EVERYTHING)
    with closing(place.builder()) as builder:
        builder.remove(["truce"])
        manifest = builder.publish()
    assert (manifest.articles, manifest.passages) == (2, 2)
    store = place.store()
    assert store.articles(["truce"]) == {}
    assert found_articles(store, SearchFilter()) == {"harvest", "undated"}


def test_an_archive_may_be_empty(place: Backend) -> None:
    manifest = place.publish()
    assert (manifest.articles, manifest.passages) == (0, 0)
    assert list(place.store().heads()) == []
    assert ask(place.store(), "anything") == []


def test_the_order_of_the_articles_changes_nothing(place: Backend, other_place: Backend) -> None:
    place.publish(TRUCE, HARVEST)
    place.publish(UNDATED)
    other_place.publish(UNDATED, HARVEST, TRUCE)
    assert everything_in(place.store()) == everything_in(other_place.store())


def test_what_was_served_is_in_the_next_generation_too(place: Backend) -> None:
    place.publish(TRUCE, HARVEST)
    before = everything_in(place.store())
    place.publish(UNDATED)
    with closing(place.builder()) as builder:
        builder.remove(["undated"])
        builder.publish()
    assert everything_in(place.store()) == before


def test_publishing_with_nothing_changed_keeps_the_generation(place: Backend) -> None:
    manifest = place.publish(*EVERYTHING)
    store = place.store()
    with closing(place.builder()) as builder:
        assert {head.id for head in builder.heads()} == {"truce", "harvest", "undated"}
        builder.put([])
        builder.remove([])
        assert builder.publish() == manifest
    assert store.is_current()


def test_another_recipe_is_refused_by_both_values(place: Backend) -> None:
    place.publish(TRUCE)
    other = Recipe(model="another-model", dimension=16, passage_words=40)
    with pytest.raises(ArchiveMismatch, match=r"model hashing-16, .* say another-model"):
        place.builder(other)


# -- readers and builds -----------------------------------------------------------------------


def test_a_build_is_not_seen_before_it_is_published(place: Backend) -> None:
    put(place, [TRUCE])
    with pytest.raises(ArchiveNotFound):
        place.store()


def test_a_reader_goes_on_while_the_next_generation_is_built(place: Backend) -> None:
    place.publish(TRUCE)
    store = place.store()
    before = everything_in(store)
    put(place, [HARVEST, replace(TRUCE, text="Nothing happened.")])
    assert everything_in(store) == before == everything_in(place.store())
    assert store.is_current()


def test_a_reader_never_sees_the_generation_published_after_it(place: Backend) -> None:
    place.publish(TRUCE)
    store = place.store()
    place.publish(HARVEST)
    assert not store.is_current()
    assert store.articles(["truce", "harvest"]) == {"truce": TRUCE}
    assert place.store().articles(["harvest"]) == {"harvest": HARVEST}


def test_an_unpublished_build_is_gone_on_with(place: Backend) -> None:
    place.publish(TRUCE)
    put(place, [HARVEST])
    builder = place.builder()
    assert {head.id for head in builder.heads()} == {"truce", "harvest"}
    write(builder, UNDATED)
    assert builder.publish().articles == 3
    assert place.store().articles(["harvest"]) == {"harvest": HARVEST}


def test_a_build_by_another_recipe_is_begun_again(place: Backend) -> None:
    put(place, [TRUCE], Recipe(model="another-model", dimension=16, passage_words=40))
    builder = place.builder()
    assert list(builder.heads()) == []
    write(builder, HARVEST)
    assert builder.publish().articles == 1


def test_an_article_that_a_kill_cut_off_says_so_until_it_is_put_again(place: Backend) -> None:
    put(place, [TRUCE, HARVEST])
    place.cut_off_writing(TRUCE)
    builder = place.builder()
    assert [head.id for head in builder.heads() if head.writing] == ["truce"]
    assert builder.articles(["truce"]) == {"truce": TRUCE}
    write(builder, TRUCE)
    assert not any(head.writing for head in builder.heads())
    assert builder.publish().passages == 3


def test_words_are_found_before_the_vectors_are_there(place: Backend) -> None:
    with closing(place.builder()) as builder:
        builder.put([index_article(article) for article in EVERYTHING])
        manifest = builder.publish()
    assert (manifest.articles, manifest.embedded) == (3, 0)
    hits = place.store().query(
        StoreQuery(terms=question_terms("record harvest"), vector=None, limit=5)
    )
    assert [(hit.passage.article_id, hit.vectors) for hit in hits] == [("harvest", None)]


def test_what_lacks_vectors_is_told_with_its_passages_and_served_with_them(
    place: Backend, other_place: Backend
) -> None:
    other_place.publish(*EVERYTHING)
    with closing(place.builder()) as builder:
        builder.put([index_article(article) for article in EVERYTHING])
        builder.publish()
        waiting = {stored.article.id: stored for stored in builder.without_vectors()}
        assert waiting.keys() == {"truce", "harvest", "undated"}
        assert [p.start for p in waiting["truce"].passages] == [0, 72]
        builder.add_vectors([embed_passages(index_article(a), EMBEDDER) for a in EVERYTHING])
        assert list(builder.without_vectors()) == []
        assert builder.publish().embedded == 3
    assert everything_in(place.store()) == everything_in(other_place.store())


def test_a_changed_text_loses_the_vectors_of_the_one_before(place: Backend) -> None:
    place.publish(*EVERYTHING)
    with closing(place.builder()) as builder:
        builder.put([index_article(replace(TRUCE, text="The guns fell silent."))])
        assert [stored.article.id for stored in builder.without_vectors()] == ["truce"]


def test_the_history_of_an_article_is_kept_with_it(place: Backend) -> None:
    newer = replace(TRUCE, text="The guns fell silent.", versions=(TRUCE.as_version(),))
    place.publish(newer)
    store = place.store()
    assert store.articles(["truce"])["truce"].versions == (TRUCE.as_version(),)
    assert next(store.heads()).versions == ((TRUCE.rank, TRUCE.content_hash),)


def test_a_withdrawn_article_is_gone_and_remembered(place: Backend) -> None:
    place.publish(*EVERYTHING)
    withdrawn = ArticleHead(id="truce", content_hash="x", rank="2", withdrawn="killed")
    with closing(place.builder()) as builder:
        builder.withdraw([withdrawn])
        assert builder.publish().articles == 2
        assert withdrawn in list(builder.heads())
    store = place.store()
    assert (store.articles(["truce"]), store.copies(["truce"], SearchFilter())) == ({}, {})
    assert {head.id for head in store.heads()} == {"harvest", "undated"}
    assert found_articles(store, SearchFilter()) == {"harvest", "undated"}


def test_a_withdrawn_article_may_be_put_again(place: Backend) -> None:
    with closing(place.builder()) as builder:
        builder.withdraw([ArticleHead(id="truce", content_hash="x", withdrawn="killed")])
        write(builder, TRUCE)
        assert builder.publish().articles == 1
    assert place.store().articles(["truce"]) == {"truce": TRUCE}


def test_clusters_are_set_and_taken_back(place: Backend) -> None:
    place.publish(*EVERYTHING)
    with closing(place.builder()) as builder:
        builder.set_clusters({"truce": "truce", "undated": "truce"})
        builder.publish()
    store = place.store()
    assert {hit.passage.article_id: hit.cluster for hit in ask(store, "fire and wheat")} == {
        "truce": "truce",
        "undated": "truce",
        "harvest": "",
    }
    copies = store.copies(["truce"], SearchFilter())["truce"]
    assert [copy.article_id for copy in copies] == ["truce", "undated"]
    with closing(place.builder()) as builder:
        builder.set_clusters({"truce": "", "undated": ""})
        builder.publish()
    store = place.store()
    assert store.copies(["truce"], SearchFilter()) == {}
    assert store.articles(["truce"])["truce"].cluster == ""


def test_embargo_and_expiry_are_judged_at_the_instant_of_the_question(place: Backend) -> None:
    embargoed = replace(TRUCE, embargoed=datetime(2021, 1, 1, 12, tzinfo=UTC))
    expiring = replace(HARVEST, expires=datetime(2022, 1, 1, tzinfo=UTC))
    place.publish(embargoed, expiring, UNDATED)
    store = place.store()
    found = {
        moment: found_articles(store, SearchFilter(now=datetime(*moment, tzinfo=UTC)))
        for moment in ((2021, 1, 1, 11, 59), (2021, 1, 1, 12), (2022, 1, 1))
    }
    counts = [
        store.count_searched(SearchFilter(now=datetime(*moment, tzinfo=UTC))) for moment in found
    ]
    assert counts == [2, 3, 2]
    assert list(found.values()) == [
        {"harvest", "undated"},
        {"truce", "harvest", "undated"},
        {"truce", "undated"},
    ]


def test_events_are_found_by_their_days_and_not_by_a_year_named_in_passing(place: Backend) -> None:
    november = Article(
        id="n", text="The truce began on Tuesday. All was calm.", published=date(2020, 11, 12)
    )
    passing = Article(
        id="p",
        text="The truce held on Friday, unlike that of 2020. All was calm.",
        published=date(2022, 9, 16),
    )
    place.publish(november, passing)
    store = place.store()

    def found(since: date, until: date) -> set[str]:
        where = SearchFilter(events=TimeWindow(since=since, until=until))
        articles = found_articles(store, where)
        assert store.count_searched(where) == len(articles)
        return articles

    assert found(date(2020, 11, 1), date(2020, 11, 30)) == {"n"}
    assert found(date(2020, 11, 12), date(2020, 11, 12)) == set()
    assert found(date(2020, 1, 1), date(2020, 12, 31)) == {"n", "p"}
    assert found(date(2022, 9, 16), date(2022, 9, 16)) == {"p"}


def test_as_of_a_day_neither_later_articles_nor_later_changes_are_known(place: Backend) -> None:
    first = replace(TRUCE, updated=None, updated_at=None, cluster="truce")
    changed = replace(HARVEST, updated=date(2021, 9, 1))
    later = replace(UNDATED, published=date(2020, 11, 12), cluster="truce")
    place.publish(first, changed, later)
    store = place.store()
    then = SearchFilter(as_of=date(2020, 11, 11))
    assert found_articles(store, then) == {"truce"}
    assert [copy.article_id for copy in store.copies(["truce"], then)["truce"]] == ["truce"]
    assert store.count_searched(then) == 1
    assert "harvest" not in found_articles(store, SearchFilter(as_of=date(2021, 8, 31)))
    assert "harvest" in found_articles(store, SearchFilter(as_of=date(2021, 9, 1)))


def test_a_copy_under_embargo_is_not_named(place: Backend) -> None:
    early = replace(UNDATED, embargoed=datetime(2030, 1, 1, tzinfo=UTC), cluster="truce")
    place.publish(replace(TRUCE, cluster="truce"), early)
    copies = place.store().copies(["truce"], SearchFilter(now=datetime(2029, 1, 1, tzinfo=UTC)))
    assert [copy.article_id for copy in copies["truce"]] == ["truce"]


def test_the_inputs_that_hold_an_article_are_told(place: Backend) -> None:
    with closing(place.builder()) as builder:
        write(builder, TRUCE)
        builder.set_paths({"truce": ["a.jsonl", "b.jsonl"]})
        builder.publish()
    store = place.store()
    assert next(store.heads()).paths == ("a.jsonl", "b.jsonl")
    assert store.articles(["truce"])["truce"].path == "a.jsonl"


def test_marks_of_files_are_kept_changed_and_forgotten(place: Backend) -> None:
    read, again = FileMark(path="a", state="1", gave={"records": 2}), mark("a", "2")
    with closing(place.builder()) as builder:
        write(builder, TRUCE)
        builder.mark([read, mark("b", "1")])
        builder.publish()
        assert read in list(builder.marks())
        builder.mark([again])
        assert read in list(builder.marks())
        builder.unmark(["b"])
        assert list(builder.marks()) == [again]


def test_marks_alone_make_no_generation(place: Backend) -> None:
    place.publish(TRUCE)
    store = place.store()
    with closing(place.builder()) as builder:
        builder.mark([mark("a", "1")])
        builder.publish()
    assert store.is_current()


def test_a_builder_goes_on_after_it_has_published(place: Backend) -> None:
    with closing(place.builder()) as builder:
        write(builder, TRUCE)
        builder.publish()
        write(builder, HARVEST)
        assert builder.publish().articles == 2
    assert place.store().articles(["harvest"]) == {"harvest": HARVEST}


def test_outlets_are_counted_by_articles(served: Store) -> None:
    heads = [head.id for head in served.heads()]
    sources = [article.source for article in served.articles(heads).values() if article.source]
    assert served.sources() == {source: sources.count(source) for source in sources} != {}


def test_sections_are_counted_by_articles(served: Store) -> None:
    heads = [head.id for head in served.heads()]
    sections = [article.section for article in served.articles(heads).values() if article.section]
    assert served.sections() == {section: sections.count(section) for section in sections} != {}
