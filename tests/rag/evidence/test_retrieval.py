from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from rag.evidence.retrieval import FoundPassage, retrieve
from rag.models.vectors import Vectors
from rag.question.asked import read_part
from rag.records import Article, SearchFilter
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.interface import Store
from rag.store.model import Recipe
from tests.fakes import HashingEmbedder, embed_passages, index_article

NOW = SearchFilter(now=datetime(2022, 1, 1, tzinfo=UTC))
BRIDGE = (
    "The bridge over the river Aar stays shut until May. Engineers found cracks in two piers. "
    "Buses take the road by the mill instead. Tickets stay valid on both routes."
)
# Four passages: two word for word as in BRIDGE, one in other words, one of its own.
PICKED_UP = (
    f"{BRIDGE} It is not before May that anyone crosses the Aar bridge. Cracks in piers are why. "
    "The baker on the far bank opens later now. He walks around by the mill."
)


class CountingEmbedder(HashingEmbedder):
    """Remembers what it embeds."""

    def __init__(self) -> None:
        super().__init__(dimension=64)
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return super().embed(texts)


@pytest.fixture
def embedder() -> CountingEmbedder:
    return CountingEmbedder()


Open = Callable[..., Store]


@pytest.fixture
def opened(tmp_path: Path, embedder: CountingEmbedder) -> Iterator[Open]:
    """Returns what opens a store of articles, `embedded` of them, some copies of another."""
    stores: list[Store] = []

    def open_store(*articles: Article, embedded: int = 99, **clusters: str) -> Store:
        archive = tmp_path / f"archive-{len(stores)}"
        recipe = Recipe(model=embedder.name, dimension=64, passage_words=150)
        builder = EdgeBuilder(archive, recipe)
        entries = [index_article(article) for article in articles]
        builder.put(entries)
        builder.add_vectors([embed_passages(entry, embedder) for entry in entries[:embedded]])
        builder.set_clusters(clusters)
        builder.publish()
        builder.close()
        embedder.texts.clear()
        stores.append(EdgeStore(archive))
        return stores[-1]

    yield open_store
    for store in stores:
        store.close()


def article(article_id: str, text: str, *, day: int = 1, title: str = "") -> Article:
    published = date(2021, 5, day)
    return Article(
        id=article_id, text=text, title=title, source=f"{article_id}.example", published=published
    )


WIRE = article("wire", BRIDGE, day=1)
TOWN = article("town", BRIDGE, day=2, title="Bridge over river Aar shut until May")
PICKUP = article("pickup", PICKED_UP, day=3)
CUT = article("cut", BRIDGE.partition(" Buses")[0], day=4)
HARVEST = article("harvest", "The harvest of the river valley was good. Prices fell by a third.")
ALL = (HARVEST, TOWN, PICKUP, WIRE)
COPIES = {"wire": "wire", "town": "wire", "pickup": "wire"}
ASKED = "Until when is the bridge over the river Aar shut?"


def find(
    store: Store,
    embedder: CountingEmbedder,
    question: str = ASKED,
    *,
    where: SearchFilter = NOW,
    limit: int = 10,
    once_a_story: bool = False,
) -> list[FoundPassage]:
    return retrieve(
        read_part(question, embedder),
        store,
        embedder,
        where=where,
        limit=limit,
        once_a_story=once_a_story,
    )


def ids(found: list[FoundPassage]) -> list[str]:
    return [item.hit.article_id for item in found]


# -- searching ------------------------------------------------------------------------------------


def test_a_search_gives_one_hit_for_a_story(opened: Open, embedder: CountingEmbedder) -> None:
    found = find(opened(*ALL, **COPIES), embedder, once_a_story=True)
    assert ids(found) == ["wire", "harvest"]
    assert "stays shut until May" in found[0].hit.text


def test_the_original_speaks_for_a_copy_that_was_found_before_it(
    opened: Open, embedder: CountingEmbedder
) -> None:
    assert ids(find(opened(*ALL), embedder))[0] == "town"
    found = find(opened(*ALL, **COPIES), embedder, once_a_story=True)
    assert ids(found)[0] == "wire"


def test_a_hit_names_the_copies_in_the_order_of_publication_and_not_itself(
    opened: Open, embedder: CountingEmbedder
) -> None:
    first, other = find(opened(*ALL, **COPIES), embedder, once_a_story=True)
    assert [copy.article_id for copy in first.hit.copies] == ["town", "pickup"]
    assert [copy.source for copy in first.hit.copies] == ["town.example", "pickup.example"]
    assert other.hit.copies == ()


def test_where_the_original_may_not_be_found_the_best_copy_speaks_and_names_it(
    opened: Open, embedder: CountingEmbedder
) -> None:
    where = SearchFilter(now=NOW.now, sources=("town.example", "pickup.example"))
    (found,) = find(opened(*ALL, **COPIES), embedder, where=where, once_a_story=True)
    assert found.hit.article_id == "town"
    assert [copy.article_id for copy in found.hit.copies] == ["wire", "pickup"]


def test_copies_take_no_places_of_other_stories(opened: Open, embedder: CountingEmbedder) -> None:
    copies = [article(f"copy{n}", BRIDGE, day=n + 2) for n in range(5)]
    clusters = {one.id: "wire" for one in (WIRE, *copies)}
    store = opened(WIRE, HARVEST, *copies, **clusters)
    assert ids(find(store, embedder, limit=2, once_a_story=True)) == ["wire", "harvest"]


def test_articles_that_are_no_copies_are_each_a_hit(
    opened: Open, embedder: CountingEmbedder
) -> None:
    found = find(opened(*ALL), embedder, once_a_story=True)
    assert {"wire", "town", "pickup", "harvest"} == set(ids(found))
    assert all(item.hit.copies == () for item in found)


# -- reading --------------------------------------------------------------------------------------


def test_for_reading_other_wordings_of_a_copy_are_kept_and_the_same_ones_are_not(
    opened: Open, embedder: CountingEmbedder
) -> None:
    found = find(opened(*ALL, **COPIES), embedder)
    read = {(item.hit.article_id, item.hit.text.partition(".")[0]) for item in found}
    assert read == {
        ("wire", "The bridge over the river Aar stays shut until May"),
        ("wire", "Buses take the road by the mill instead"),
        ("pickup", "It is not before May that anyone crosses the Aar bridge"),
        ("pickup", "The baker on the far bank opens later now"),
        ("harvest", "The harvest of the river valley was good"),
    }


def test_a_passage_of_a_copy_names_the_original_among_its_copies(
    opened: Open, embedder: CountingEmbedder
) -> None:
    found = find(opened(*ALL, **COPIES), embedder)
    pickup = next(item.hit for item in found if item.hit.article_id == "pickup")
    assert [copy.article_id for copy in pickup.copies] == ["wire", "town"]


def test_a_story_without_its_original_is_read_in_its_best_copy(
    opened: Open, embedder: CountingEmbedder
) -> None:
    where = SearchFilter(now=NOW.now, sources=("town.example",))
    found = find(opened(*ALL, **COPIES), embedder, where=where)
    assert ids(found) == ["town", "town"]


def test_there_are_at_most_as_many_as_asked_for_best_first_and_none_twice(
    opened: Open, embedder: CountingEmbedder
) -> None:
    store = opened(*ALL, **COPIES)
    for limit in (1, 3, 50):
        found = find(store, embedder, limit=limit)
        assert len(found) == len({(i.hit.article_id, i.hit.start) for i in found}) <= limit
        scores = [item.hit.score for item in found]
        assert scores == sorted(scores, reverse=True)


def test_the_first_hit_is_the_same_however_many_are_asked_for(
    opened: Open, embedder: CountingEmbedder
) -> None:
    store = opened(*ALL, **COPIES)
    assert ids(find(store, embedder, limit=10, once_a_story=True))[0] == "wire"
    assert ids(find(store, embedder, limit=1, once_a_story=True)) == ["wire"]


def test_a_filter_that_matches_nothing_finds_nothing(
    opened: Open, embedder: CountingEmbedder
) -> None:
    where = SearchFilter(now=NOW.now, sources=("nowhere.example",))
    assert find(opened(*ALL, **COPIES), embedder, where=where) == []


def test_a_hit_is_a_passage_as_it_stands_in_its_article(
    opened: Open, embedder: CountingEmbedder
) -> None:
    for item in find(opened(*ALL, **COPIES), embedder):
        hit = item.hit
        assert item.article.text[hit.start : hit.end] == hit.text
        assert (item.article.id, item.article.source) == (hit.article_id, hit.source)
        assert len(item.vectors) == len(hit.sentences)


# -- vectors that are not there yet ---------------------------------------------------------------


def test_what_has_vectors_is_not_embedded_again(opened: Open, embedder: CountingEmbedder) -> None:
    find(opened(*ALL), embedder)
    assert embedder.texts == [ASKED]


def test_sentences_whose_vectors_are_not_stored_are_embedded(
    opened: Open, embedder: CountingEmbedder
) -> None:
    found = find(opened(HARVEST, embedded=0), embedder, "How was the harvest?")
    sentences = ["The harvest of the river valley was good.", "Prices fell by a third."]
    assert embedder.texts == ["How was the harvest?", *sentences]
    assert np.array_equal(found[0].vectors, HashingEmbedder(64).embed(sentences))


@pytest.mark.parametrize(("embedded", "decides"), [(1, "words"), (2, "both"), (4, "both")])
def test_vectors_have_a_say_when_half_of_the_articles_have_them(
    opened: Open, embedder: CountingEmbedder, embedded: int, decides: str
) -> None:
    # The article whose vectors are there has no word of the question but one that BM25 leaves out.
    near = article("near", "It was this and that. It was so.")
    store = opened(near, HARVEST, WIRE, TOWN, embedded=embedded)
    found = ids(find(store, embedder, "was it this and that harvest"))
    assert ("near" in found) == (decides == "both")
    assert "harvest" in found


# -- what differs is never folded away ------------------------------------------------------------

DRAW = (
    "The winning numbers of the river lottery are {}. The prize was not won this week. "
    "Tickets for the next draw are sold until Friday evening in all shops of the valley."
)
FIRST_DRAW = article("first", DRAW.format("3, 7, 12 and 41"), day=4)
NEXT_DRAW = article("next", DRAW.format("5, 19, 22 and 30"), day=5)
REPRINT = article("reprint", DRAW.format("3, 7, 12 and 41"), day=6)
LOTTERY = {"first": "first", "next": "first", "reprint": "first"}


@pytest.mark.parametrize("once_a_story", [True, False])
def test_a_template_with_other_numbers_is_a_hit_of_its_own(
    opened: Open, embedder: CountingEmbedder, *, once_a_story: bool
) -> None:
    store = opened(FIRST_DRAW, NEXT_DRAW, REPRINT, **LOTTERY)
    question = "What are the winning numbers of the river lottery?"
    found = find(store, embedder, question, once_a_story=once_a_story)
    told = {item.hit.article_id: item.hit for item in found if "numbers" in item.hit.text}
    assert told.keys() == {"first", "next"}
    assert [copy.article_id for copy in told["first"].copies] == ["reprint"]
    assert told["next"].copies == ()


@pytest.mark.parametrize("source", [WIRE.source, "Wire", "https://www.wire.example/"])
def test_an_outlet_does_not_carry_its_own_uncorrected_version(
    opened: Open, embedder: CountingEmbedder, source: str
) -> None:
    own = Article(id="own", text=BRIDGE, source=source, published=date(2021, 5, 2))
    store = opened(WIRE, own, TOWN, wire="wire", own="wire", town="wire")
    (found,) = find(store, embedder, once_a_story=True)
    assert [copy.article_id for copy in found.hit.copies] == ["town"]


def test_what_was_corrected_is_not_a_hit_beside_its_correction(
    opened: Open, embedder: CountingEmbedder
) -> None:
    text = f"{BRIDGE} The works cost 1,690 crowns."
    wrong = article("wrong", text, day=2)
    right = article("right", text.replace("1,690", "1,960"), day=3, title="CORRECTION: Bridge")
    store = opened(wrong, right, HARVEST, wrong="right", right="right")
    for once_a_story in (True, False):
        found = find(store, embedder, "What did the works cost?", once_a_story=once_a_story)
        assert "wrong" not in ids(found)
        assert all(item.hit.copies == () for item in found if "1,960" in item.hit.text)


def test_a_reprint_that_was_cut_before_a_passage_does_not_carry_it(
    opened: Open, embedder: CountingEmbedder
) -> None:
    store = opened(WIRE, TOWN, CUT, wire="wire", town="wire", cut="wire")
    found = {item.hit.start: item for item in find(store, embedder)}
    first, last = found[0], found[max(found)]
    assert [copy.article_id for copy in first.hit.copies] == ["town", "cut"]
    assert [copy.article_id for copy in last.hit.copies] == ["town"]
    assert [reprint.id for reprint in last.reprints] == ["town"]


# -- what was replaced since ----------------------------------------------------------------------

DENIED = (
    "The minister denied that the old dam was unsafe. It was built in the valley of the Orn. "
    "Two towns lie below it, and the larger one has a school and a mill by the river."
)
ADMITTED = DENIED.replace("denied", "admitted")


def changed(name: str = "changed") -> Article:
    before = article(name, DENIED, day=2)
    after = replace(before, text=ADMITTED, updated=date(2021, 5, 9))
    return replace(after, versions=(before.as_version(),))


def test_a_copy_of_the_earlier_wording_does_not_carry_the_later_one(
    opened: Open, embedder: CountingEmbedder
) -> None:
    late = article("late", f"{ADMITTED} So it was said.", day=9)
    early = article("early", f"{DENIED} So it was said.", day=3)
    store = opened(changed(), early, late, changed="changed", early="changed", late="changed")
    found = find(store, embedder, "Did the minister say that the dam was unsafe?")
    (told,) = [item for item in found if "admitted" in item.hit.text]
    assert [copy.article_id for copy in told.hit.copies] == ["late"]
    assert told.hit.note == ""
    assert not any("denied" in item.hit.text for item in found)


def test_an_earlier_wording_that_is_found_alone_says_that_it_was_replaced(
    opened: Open, embedder: CountingEmbedder
) -> None:
    early = article("early", f"{DENIED} So it was said.", day=3)
    store = opened(changed(), early, changed="changed", early="changed")
    where = SearchFilter(sources=(early.source,))
    (found, *_) = find(store, embedder, "Did the minister deny it?", where=where)
    assert found.hit.article_id == "early"
    assert found.hit.note.startswith("Corrected or updated since: ")
    assert found.hit.note.endswith("has replaced this wording on 9 May 2021")
