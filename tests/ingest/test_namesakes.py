import csv
from functools import partial
from pathlib import Path

import pytest

from ingest.decisions import Outcome
from ingest.namesakes import have_nothing_in_common, own_id
from rag.records import Article
from rag.store.edge import EdgeBuilder
from rag.store.model import Recipe
from tests.ingest.inboxes import CountingEmbedder, articles_in, counts, run, write

RAIN = (
    "Heavy rain closed the coastal road for the third day on Tuesday, and the regional council "
    "said that two hundred families had left their homes near the river before the evening tide."
)
MATCH = (
    "The home side scored twice in the last ten minutes to win the cup final, after their keeper "
    "had saved a penalty and the visitors had lost a defender to a second yellow card."
)
LATER = RAIN.replace("two hundred", "three hundred") + " One bridge was swept away."


def export(path: Path, *texts: str) -> None:
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "text"])
        rows.writerows(enumerate(texts, start=1))


def texts_in(inbox: Path) -> list[str]:
    return sorted(article.text for article in articles_in(inbox).values())


def test_row_numbers_of_two_unlike_exports_are_two_articles(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    export(inbox / "a.csv", RAIN)
    export(inbox / "b.csv", MATCH)
    report = run(inbox, embedder)
    assert counts(report) == {"new": 2}
    assert "nothing in common; so it got an id of its own" in report.notes[0].detail
    assert articles_in(inbox).keys() == {"1", own_id("1", str(inbox / "b.csv"))}
    assert not any(article.versions for article in articles_in(inbox).values())


def test_what_got_an_id_of_its_own_keeps_it_when_it_is_mended_or_moved(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    export(inbox / "a.csv", RAIN)
    export(inbox / "b.csv", MATCH)
    run(inbox, embedder)
    export(inbox / "b.csv", MATCH.replace("twice", "three times"))
    assert counts(run(inbox, embedder)) == {"unchanged": 1, "updated": 1}
    assert len(texts_in(inbox)) == 2
    before = articles_in(inbox).keys()
    (inbox / "b.csv").rename(inbox / "c.csv")
    assert run(inbox, embedder, delete_missing=True).removed == 0
    assert articles_in(inbox).keys() == before


def test_a_new_version_in_another_file_is_a_version(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    export(inbox / "a.csv", RAIN)
    export(inbox / "b.csv", LATER)
    assert counts(run(inbox, embedder)) == {"new": 1, "earlier": 1}
    assert texts_in(inbox) == [LATER]


def test_what_one_file_gives_is_one_article_whatever_it_says(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    export(inbox / "a.csv", RAIN)
    run(inbox, embedder)
    export(inbox / "a.csv", MATCH)
    assert counts(run(inbox, embedder)) == {"updated": 1}
    assert texts_in(inbox) == [MATCH]


def test_of_two_exports_the_first_by_name_keeps_its_ids_whoever_is_read_first(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    stories = [f"{RAIN} It was report {n} of the day." for n in range(40)]
    matches = [f"{MATCH} It was match {n} of the cup." for n in range(40)]
    export(inbox / "a.csv", *stories)
    export(inbox / "b.csv", *matches)
    run(inbox, embedder, workers=2)
    articles = articles_in(inbox)
    assert len(articles) == 80
    assert all(articles[str(n)].path.endswith("a.csv") for n in range(1, 41))


def test_a_dry_run_tells_them_apart_too(inbox: Path, embedder: CountingEmbedder) -> None:
    export(inbox / "a.csv", RAIN)
    export(inbox / "b.csv", MATCH)
    assert counts(run(inbox, embedder, dry_run=True)) == {"new": 2}


def test_short_texts_are_told_apart_by_their_words_where_the_id_is_a_number(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, {"id": 1, "text": "The ferry left the harbour."})
    write(inbox, {"id": 1, "text": "Parliament passed a budget."}, name="b.jsonl")
    assert counts(run(inbox, embedder)) == {"new": 2}


SQUARE = (
    "The council of Marden voted on Friday to plant two hundred lime trees along the old market "
    "square, where the last elms were felled after a storm, and named a gardener from Orr."
)
SCHOOL = (
    "A school in Holm will open a month late because its new roof leaks, its head teacher wrote to "
    "parents, and lessons for the youngest are to be given in the fire station until November."
)


def titled(*titles: str) -> list[dict[str, str]]:
    texts = {"Rain": RAIN, "Match": MATCH, "Square": SQUARE, "School": SCHOOL}
    return [{"id": "orr", "title": title, "text": texts[title]} for title in titles]


def test_unlike_records_of_one_file_with_one_id_are_articles_of_their_own(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, *titled("Rain", "Match", "Square", "School"))
    report = run(inbox, embedder)
    assert counts(report) == {"new": 4}
    assert [note.count for note in report.notes if "another article in this file" in note.detail]
    before = articles_in(inbox)
    assert len(before) == 4
    assert not any(one.versions for one in before.values())
    write(inbox, *titled("Rain", "Match", "Square", "School"), {"id": "x", "text": "It hailed."})
    assert counts(run(inbox, embedder)) == {"unchanged": 4, "new": 1}
    (inbox / "a.jsonl").rename(inbox / "b.jsonl")
    run(inbox, embedder)
    assert articles_in(inbox).keys() == {*before, "x"}


def test_unlike_records_are_told_apart_whichever_process_reads_them_first(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    filler = [{"id": n, "text": f"It rained {n} times.", "note": "x" * 9000} for n in range(150)]
    write(inbox, *titled("Rain"), *filler, *titled("Match"), *filler[:3], *titled("Square"))
    run(inbox, embedder, workers=3)
    run(inbox, embedder, "other")
    assert articles_in(inbox).keys() == articles_in(inbox, "other").keys()
    assert articles_in(inbox)["orr"].title == "Rain"


@pytest.mark.parametrize(
    "later",
    [
        ("Match", "Rain"),
        ("Rain", "Match"),
        ("Match", "Square", "Rain"),
        ("Match", "Rain", "Square"),
    ],
)
def test_an_unlike_record_that_is_added_takes_nothing_from_the_one_before(
    inbox: Path, embedder: CountingEmbedder, later: tuple[str, ...]
) -> None:
    write(inbox, *titled("Rain"))
    run(inbox, embedder)
    write(inbox, *titled(*later))
    assert counts(run(inbox, embedder)) == {"unchanged": 1, "new": len(later) - 1}
    articles = articles_in(inbox)
    assert (len(articles), articles["orr"].title) == (len(later), "Rain")
    assert not any(one.versions for one in articles.values())
    assert counts(run(inbox, embedder)) == {"unchanged": len(later)}
    write(inbox, *titled(*reversed(later)))
    assert counts(run(inbox, embedder)) == {"unchanged": len(later)}


@pytest.mark.parametrize("days", [True, False])
def test_row_numbers_that_move_on_leave_no_stranger_as_a_version(
    inbox: Path, embedder: CountingEmbedder, days: bool
) -> None:
    def numbered(*titles: str) -> list[dict[str, object]]:
        order = ("Rain", "Match", "Square", "School")
        return [
            {
                **record,
                "id": number,
                "published": f"2021-03-0{order.index(record['title']) + 1}" if days else None,
            }
            for number, record in enumerate(titled(*titles), start=1)
        ]

    write(inbox, *numbered("Square", "Match", "Rain"))
    run(inbox, embedder)
    for later in (("School", "Square", "Match", "Rain"), ("Square", "Match", "Rain")):
        write(inbox, *numbered(*later))
        report = run(inbox, embedder)
        assert report.outcomes[Outcome.UPDATED] == 3
        assert "ids seem to be row numbers" in report.notes[0].detail
        articles = articles_in(inbox)
        assert [articles[str(n)].title for n in range(1, len(later) + 1)] == list(later)
        assert not any(one.versions for one in articles.values())


class StoppedBuilder(EdgeBuilder):
    """Is interrupted when so many batches are written."""

    def __init__(self, root: Path, recipe: Recipe, *, batches: int) -> None:
        super().__init__(root, recipe)
        self._batches = batches

    def put(self, entries):  # type: ignore[no-untyped-def]
        if not self._batches:
            raise KeyboardInterrupt
        self._batches -= bool(entries)
        super().put(entries)


@pytest.mark.parametrize("batches", range(4))
def test_a_run_that_was_stopped_tells_unlike_records_apart_as_another_does(
    inbox: Path, embedder: CountingEmbedder, batches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.intake._BATCH_ARTICLES", 1)

    def records(*titles: str) -> list[dict[str, object]]:
        moved_on = [{**record, "id": n} for n, record in enumerate(titled(*titles))]
        return [*moved_on, *titled(*titles)]

    for archive in ("stopped", "other"):
        write(inbox, *records("Rain", "Match"))
        run(inbox, embedder, archive)
        write(inbox, *records("Square", "Rain", "Match"))
        if archive == "stopped":
            with pytest.raises(KeyboardInterrupt):
                run(inbox, embedder, archive, make=partial(StoppedBuilder, batches=batches))
        run(inbox, embedder, archive)
    assert articles_in(inbox, "stopped") == articles_in(inbox, "other")
    assert len(articles_in(inbox, "other")) == 6


def test_one_address_does_not_make_one_article_of_unlike_ones_with_other_titles(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    section = [
        {"url": "https://holm.example/news", "title": one["title"], "text": one["text"]}
        for one in titled("Rain", "Match", "Square")
    ]
    write(inbox, *section)
    assert counts(run(inbox, embedder)) == {"new": 3}


@pytest.mark.parametrize(("title", "count"), [("Budget", 2), ("Ferry", 1), ("", 1)])
def test_short_texts_in_one_file_are_told_apart_by_their_titles_too(
    inbox: Path, embedder: CountingEmbedder, title: str, count: int
) -> None:
    ferry = {"id": "orr", "title": "Ferry", "text": "The ship left the harbour."}
    write(inbox, ferry, {"id": "orr", "title": title, "text": "Parliament passed a law."})
    run(inbox, embedder)
    assert len(articles_in(inbox)) == count


def test_a_short_text_is_not_taken_for_another_that_was_kept_apart(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    ferry = {"id": "orr", "title": "Ferry", "text": "The ship left the harbour."}
    write(inbox, ferry, {"id": "orr", "title": "Budget", "text": "Parliament passed a law."})
    run(inbox, embedder)
    school = {"id": "orr", "title": "School", "text": "Holm will teach again soon."}
    write(inbox, ferry, school)
    run(inbox, embedder)
    assert len(articles_in(inbox)) == 3


def test_what_got_an_id_of_its_own_keeps_it_under_another_title(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, *titled("Rain", "Match"))
    run(inbox, embedder)
    before = articles_in(inbox).keys()
    write(inbox, *titled("Rain"), {**titled("Match")[0], "title": "Cup"})
    run(inbox, embedder)
    assert articles_in(inbox).keys() == before


def test_numbered_versions_are_versions_whatever_they_say(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    first, second = titled("Rain", "Match")
    write(inbox, {**first, "version": 1}, {**second, "version": 2})
    run(inbox, embedder)
    (only,) = articles_in(inbox).values()
    assert (only.title, [one.title for one in only.versions]) == ("Match", ["Rain"])


def test_a_record_that_lost_its_text_keeps_what_got_an_id_of_its_own(
    inbox: Path, embedder: CountingEmbedder
) -> None:
    write(inbox, *titled("Rain", "Match"))
    run(inbox, embedder)
    write(inbox, *titled("Rain"), {**titled("Match")[0], "text": ""})
    assert run(inbox, embedder, delete_missing=True).removed == 0


def article(text: str, article_id: str = "1", **fields: str) -> Article:
    return Article(id=article_id, text=text, **fields)  # type: ignore[arg-type]


def test_one_address_or_one_title_makes_one_article() -> None:
    assert have_nothing_in_common(article(RAIN), article(MATCH))
    for same in ({"url": "https://a.example/1"}, {"title": "Tuesday"}):
        assert not have_nothing_in_common(article(RAIN, **same), article(MATCH, **same))


def test_short_texts_under_an_id_that_means_something_are_versions() -> None:
    flash, full = article("President resigns", "urn:1"), article(MATCH, "urn:1")
    assert not have_nothing_in_common(flash, full)
