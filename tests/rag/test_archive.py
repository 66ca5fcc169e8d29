from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rag.archive import Archive
from rag.errors import ArchiveNotFound, QuestionError
from rag.question.filters import Filters
from rag.records import TimeWindow
from tests.fakes import HashingEmbedder, open_small
from tests.rag.conftest import ARTICLES

QUESTION = "When did the northern truce take effect?"


def test_a_search_returns_hits_that_stand_in_their_articles(archive: Archive) -> None:
    hits = archive.search(QUESTION, limit=3)
    assert hits[0].article_id in ("truce", "truce-copy")
    for hit in hits:
        assert archive.article(hit.article_id).text[hit.start : hit.end] == hit.text
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


def test_a_reranked_search_gives_the_best_answers_first(archive: Archive) -> None:
    hits = archive.search(QUESTION, limit=3, rerank=True)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert "The northern truce took effect" in hits[0].text
    assert archive.search(QUESTION, limit=1, rerank=True) == hits[:1]
    assert archive.search(QUESTION, limit=3, since="2030-01-01", rerank=True) == []


def test_a_misspelt_word_is_mended_and_the_answer_says_so(archive: Archive) -> None:
    answer = archive.ask("When did the notrhern truce take effect?", read_time=False)
    assert answer.question == "When did the notrhern truce take effect?"
    assert answer.understood == QUESTION
    assert answer.citations == archive.ask(QUESTION, read_time=False).citations
    assert archive.search("notrhern truce", limit=1) == archive.search("northern truce", limit=1)


def test_capitals_that_a_question_lacks_are_nothing_to_tell(archive: Archive) -> None:
    typed = QUESTION.lower()
    answer = archive.ask(typed, read_time=False)
    assert (answer.question, answer.understood) == (typed, "")
    assert answer.citations == archive.ask(QUESTION, read_time=False).citations


def test_limits_and_filters_are_obeyed(archive: Archive) -> None:
    assert len(archive.search("truce", limit=1)) == 1
    since = {h.article_id for h in archive.search("truce", since="2021-01-01")}
    assert since == {"southern"}
    assert {h.source for h in archive.search("truce", sources=["post.example"])} == {"post.example"}
    assert archive.search("truce", until=date(2020, 11, 10), sources=["wire.example"])


def test_filters_fail_closed_and_the_answer_says_what_was_searched(archive: Archive) -> None:
    assert archive.search("truce", since="2030-01-01") == []
    assert archive.search("truce", sources=[]) == []
    answer = archive.ask(QUESTION, since="2030-01-01", sources=["wire.example"])
    assert (answer.status, answer.nearest) == ("not_in_archive", ())
    assert answer.searched == "0 of 4 articles, published since 2030-01-01, from wire.example"
    assert "Nothing there matches." in answer.text


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (Filters(), 4),
        (Filters(since="2021-01-01"), 1),
        (Filters(since="2030-01-01", sources=["wire.example"]), 0),
        (Filters(sources=["POST.example"]), 2),
        (Filters(sources=[]), 0),
    ],
)
def test_the_articles_under_filters_are_counted_as_an_answer_counts_them(
    archive: Archive, filters: Filters, count: int
) -> None:
    assert archive.count(**filters) == count
    told = "4 articles" if count == 4 else f"{count} of 4 articles"
    assert archive.ask(QUESTION, **filters).searched.startswith(told)


def test_what_an_answer_counts_has_events_on_the_days_that_the_question_names(
    archive: Archive,
) -> None:
    answer = archive.ask("When in November 2020 did the truce take effect?", now="2022-01-01")
    assert {hit.article_id for hit in answer.nearest} == {"truce", "truce-copy"}
    assert answer.searched.startswith("2 of 4 articles, for what happened 2020-11-01")


def test_an_unknown_filter_counts_nothing(archive: Archive) -> None:
    with pytest.raises(TypeError, match="there is no filter outlet"):
        archive.count(outlet="wire.example")  # type: ignore[call-arg]


def test_an_answer_quotes_verbatim_and_copies_count_once(archive: Archive) -> None:
    answer = archive.ask(QUESTION)
    assert answer.status == "answered"
    quotes = [c.quote for c in [*answer.citations, *answer.also_found]]
    assert quotes[0] == "The northern truce took effect at midnight on 10 November."
    assert quotes.count(quotes[0]) == 1


def test_another_event_that_fits_is_found_apart(archive: Archive) -> None:
    answer = archive.with_threshold(0.01).ask("When did the truce take effect?")
    given = {c.article_id for c in answer.citations}
    others = {c.article_id for c in answer.also_found}
    assert given <= {"truce", "truce-copy"} or given == {"southern"}
    assert others.isdisjoint(given)
    assert "southern" in given | others


def test_a_high_threshold_refuses_and_shows_the_nearest(archive: Archive) -> None:
    answer = archive.with_threshold(1.0).ask(QUESTION)
    assert answer.status == "not_in_archive"
    assert answer.nearest[0].article_id in ("truce", "truce-copy")
    assert 0 < answer.confidence < 1


def test_articles_stream_in_the_order_of_publication_undated_last(archive: Archive) -> None:
    assert [a.id for a in archive.articles()] == ["truce", "truce-copy", "southern", "undated"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"question": " "}, "the question is empty"),
        ({"question": "x", "since": "10/11/2020"}, "since is '10/11/2020'"),
        ({"question": "x", "since": "2021-01-02", "until": "2021-01-01"}, "after until"),
        ({"question": "x", "sources": "wire.example"}, "give a list"),
        ({"question": "x", "limit": 0}, "at least one"),
    ],
)
def test_a_question_that_makes_no_sense_says_why(
    archive: Archive, arguments: dict[str, object], message: str
) -> None:
    with pytest.raises(QuestionError, match=message):
        archive.search(**arguments)  # type: ignore[arg-type]


def test_a_question_of_stop_words_alone_is_no_error(archive: Archive) -> None:
    assert archive.ask("Who is it?").status in ("answered", "not_in_archive")


def test_what_is_not_there_is_named_with_the_next_step(tmp_path: object) -> None:
    with pytest.raises(ArchiveNotFound, match="dateline ingest"):
        Archive.open(f"{tmp_path}/nothing")


def test_an_unknown_article_is_a_key_error(archive: Archive) -> None:
    with pytest.raises(KeyError):
        archive.article("nobody")


def test_a_sound_archive_has_no_damage(archive: Archive) -> None:
    assert archive.damage() == []


# -- time -----------------------------------------------------------------------------------------


def test_a_time_in_the_question_restricts_it_to_what_happened_then(archive: Archive) -> None:
    question = "When in November 2020 did the truce take effect?"
    answer = archive.ask(question, now="2022-01-01")
    assert answer.time_window == TimeWindow(since=date(2020, 11, 1), until=date(2020, 11, 30))
    assert "for what happened 2020-11-01 to 2020-11-30" in answer.searched
    assert "southern" not in {hit.article_id for hit in answer.nearest}
    everything = archive.ask(question, now="2022-01-01", read_time=False)
    assert "southern" in {hit.article_id for hit in everything.nearest}
    overridden = archive.ask(question, since="2021-01-01", now="2022-01-01")
    assert overridden.time_window == TimeWindow(since=date(2021, 1, 1))


def test_a_month_that_today_does_not_find_counts_from_the_last_day_of_the_archive(
    archive: Archive,
) -> None:
    question = "Which truce took effect in November?"
    answer = archive.ask(question)
    assert answer.time_window == TimeWindow(since=date(2020, 11, 1), until=date(2020, 11, 30))
    assert "counted from 21 May 2021, the archive's last day" in answer.searched
    assert archive.search(question, limit=1)[0].published == date(2020, 11, 10)
    from_post = archive.search(question, sources=iter(["post.example"]))
    assert [hit.article_id for hit in from_post] == ["truce-copy"]


@pytest.mark.parametrize("time", ["last year", "in autumn last year", "last autumn"])
def test_a_year_that_is_counted_from_today_counts_from_the_last_day_if_it_finds_nothing(
    archive: Archive, time: str
) -> None:
    question = f"Which truce took effect {time}?"
    answer = archive.ask(question)
    assert answer.time_window is not None
    assert answer.time_window.since is not None
    assert answer.time_window.since.year == 2020
    assert "counted from 21 May 2021, the archive's last day" in answer.searched
    assert "last day" not in archive.ask(question, now="2021-06-01").searched


def test_a_month_may_be_that_of_an_earlier_year_if_the_last_one_does_not_answer(
    archive: Archive,
) -> None:
    question = "Which truce took effect in November?"
    answer = archive.ask(question, now="2024-06-01")
    assert answer.status == "answered"
    assert answer.time_window == TimeWindow(since=date(2020, 11, 1), until=date(2020, 11, 30))
    assert "counted from 1 June 2021" in answer.searched
    assert answer.question == question
    assert "last day" not in answer.searched
    assert archive.ask(question, as_of="2024-06-01").status == "not_in_archive"
    ahead = archive.ask("Which truce will take effect in November?", now="2024-06-01")
    assert ahead.status == "not_in_archive"


@pytest.mark.parametrize("question", ["And in November?", "And on the Tuesday?"])
def test_a_follow_up_that_is_read_again_keeps_what_was_carried_once(
    archive: Archive, question: str
) -> None:
    history = [("Which northern truce took effect?", "")]
    carried = ["northern truce", "took effect"]
    answer = archive.ask(question, history=history, carried=carried, now="2024-06-01")
    assert answer.status == "answered"
    assert answer.understood == f"northern truce, took effect: {question}"
    assert answer.carried == tuple(carried)


@pytest.mark.parametrize(
    ("question", "now"),
    [
        ("Which truce took effect last November?", None),
        ("Which truce took effect on Monday?", "2021-06-01"),
        ("Which truce took effect in August?", None),
    ],
)
def test_a_given_day_a_counted_time_and_a_lasting_nothing_stay_as_they_are(
    archive: Archive, question: str, now: str | None
) -> None:
    answer = archive.ask(question, now=now)
    assert answer.status == "not_in_archive"
    assert "counted from" not in answer.searched


def test_the_weekday_of_a_story_that_finds_nothing_does_not_restrict(archive: Archive) -> None:
    answer = archive.ask("Which truce took effect on the Tuesday?", now="2021-06-01")
    assert answer.status == "answered"
    assert answer.time_window is None
    assert "“on the Tuesday” did not restrict it" in answer.searched
    question = "Which truce took effect on the Tuesday?"
    assert archive.ask(question, as_of="2021-06-01").status == "not_in_archive"


@pytest.mark.parametrize(
    ("now", "window"),
    [
        ("2024-06-01", TimeWindow(since=date(2020, 11, 1), until=date(2020, 11, 30))),
        ("2021-06-01", None),  # November 2021 may be told of soon
    ],
)
def test_what_is_ahead_is_of_the_year_that_an_old_archive_announced(
    tmp_path: Path, now: str, window: TimeWindow | None
) -> None:
    text = "The northern truce will take effect on 20 November."
    announced = replace(ARTICLES[0], id="plan", published=date(2020, 10, 9), text=text)
    folder, embedder = tmp_path / "archive", HashingEmbedder(dimension=64)
    with open_small(folder, announced, *ARTICLES[1:], embedder=embedder) as small:
        answer = small.ask("Which truce will take effect in November?", now=now)
        assert answer.status == ("answered" if window else "not_in_archive")
        assert not window or answer.time_window == window


def test_words_about_publication_restrict_to_that(archive: Archive) -> None:
    hits = archive.search("articles from May 2021 about a truce", now="2022-01-01")
    assert {hit.article_id for hit in hits} == {"southern"}


def test_as_of_a_day_only_what_was_published_by_then_is_known(archive: Archive) -> None:
    hits = archive.search("truce at dawn", as_of="2020-12-31")
    assert hits
    assert all(hit.published and hit.published <= date(2020, 12, 31) for hit in hits)
    answer = archive.ask("When did the southern truce take effect?", as_of="2020-12-31")
    assert "as they were published by 2020-12-31" in answer.searched


def test_an_answer_as_of_a_day_says_what_was_changed_since(tmp_path: Path) -> None:
    embedder = HashingEmbedder(dimension=64)
    changed = replace(ARTICLES[0], updated=date(2021, 2, 1))
    changed = replace(changed, versions=(ARTICLES[0].as_version(),))
    with open_small(tmp_path / "archive", changed, *ARTICLES[1:], embedder=embedder) as archive:
        answer = archive.ask(QUESTION, as_of="2020-12-31")
        assert answer.searched.endswith(
            "; 1 article published by then was changed since, so it was not searched"
        )
        assert all(citation.article_id != "truce" for citation in answer.citations)
        assert "changed since" not in archive.ask(QUESTION, as_of="2021-02-01").searched
        assert "changed" not in archive.ask(QUESTION, as_of="2020-12-31", sources=["x"]).searched
        assert archive.article("truce", as_of="2020-12-31").updated is None
        with pytest.raises(QuestionError, match="was not published before 10 November 2020"):
            archive.article("truce", as_of="2020-11-09")


def test_the_newest_comes_first_only_where_the_present_is_asked_for(archive: Archive) -> None:
    now = [hit.published for hit in archive.search("What is the latest truce?", now="2022-01-01")]
    dated = [day for day in now if day]
    assert dated == sorted(dated, reverse=True)
    assert archive.search("northern truce")[0].article_id != "southern"


def test_a_when_question_is_answered_with_a_date(archive: Archive) -> None:
    answer = archive.ask("When did the southern truce take effect?")
    assert answer.when is not None
    assert answer.when.first == date(2021, 5, 21)
    assert answer.when_day.startswith("21 May 2021")
    assert "published Friday 21 May 2021" in answer.when_follows
    assert f"{answer.when_day} ({answer.when_follows})" in answer.text
    assert answer.citations[0].times


@pytest.mark.parametrize("name", ["source", "authors"])
def test_a_filter_that_does_not_exist_is_told(archive: Archive, name: str) -> None:
    wrong: dict[str, Any] = {name: ["nobody.example"]}
    for ask in (archive.ask, archive.search, archive.as_retriever):
        with pytest.raises(TypeError, match=f"no filter {name}.*sources"):
            ask("Who held the truce?", **wrong) if ask != archive.as_retriever else ask(**wrong)


def test_a_question_of_any_length_is_answered_or_refused(archive: Archive) -> None:
    assert archive.ask("Who held the northern truce " + "and why " * 2000 + "?").status


def test_the_order_of_the_newest_does_not_depend_on_how_many_are_asked_for(
    archive: Archive,
) -> None:
    question = "What is the latest on the truce?"
    every = archive.search(question, limit=10)
    for limit in (1, 2, 3):
        assert archive.search(question, limit=limit) == every[:limit]


def test_a_part_that_is_not_answered_is_told_apart(archive: Archive) -> None:
    answer = archive.with_threshold(0.1).ask(
        "When did the northern truce take effect, and who won the 1998 World Cup in Paris?"
    )
    assert [part.status for part in answer.parts] == ["answered", "not_in_archive"]
    assert answer.parts[0].citations == tuple(c.number for c in answer.citations)
    assert archive.ask("When did the northern truce take effect?").parts == ()


def test_an_archive_says_when_it_was_ingested(archive: Archive) -> None:
    assert archive.ingested is not None
    assert timedelta(0) <= datetime.now(UTC) - archive.ingested < timedelta(hours=12)


def test_a_search_says_to_which_days_it_kept(archive: Archive) -> None:
    _, notes = archive.search_with_notes("truce in May 2021")
    assert notes == [
        "“in May 2021” restricted the search to what happened 2021-05-01 to 2021-05-31"
    ]
    assert archive.search_with_notes("truce in May 2021", read_time=False)[1] == []
    assert archive.search_with_notes("truce in May 2021", since="2020-01-01")[1] == []
    assert archive.search_with_notes("What is the truce now?")[1] == []


def test_a_month_that_is_counted_from_the_last_day_says_so(archive: Archive) -> None:
    _, notes = archive.search_with_notes("truce published in May")
    assert notes == [
        (
            "“in May” restricted the search to articles published 2021-05-01 to 2021-05-31, "
            "counted from 21 May 2021, the archive's last day"
        )
    ]
