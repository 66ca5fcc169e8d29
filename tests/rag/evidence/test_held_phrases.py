"""Articles that have the words of a question's quotes, word for word."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rag.archive import Archive
from rag.evidence import phrases
from rag.records import Article
from rag.store.model import ScoredPassage
from tests.fakes import HashingEmbedder, open_small


def article(name: str, text: str, **fields: object) -> Article:
    return Article(
        id=name,
        title=f"Report {name}",
        source=f"{name}.example",
        published=date(2024, 3, 4),
        text=text,
        **fields,  # type: ignore[arg-type]  # the fields of an article
    )


ARTICLES = (
    article(
        "exact", "The mayor of Tarn said on Monday: “No more\n boats — ever.” Few believed it."
    ),
    article("apart", "No boats came any more. The mayor said boats were no matter for Tarn."),
    article(
        "inside", "The mayor paid for no more boatswains. No boats were in the harbour of Tarn."
    ),
    *(
        article(f"n{n}", f"The mayor of Tarn counted boats. There were {n + 3} more boats.")
        for n in range(30)
    ),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    root: Path = tmp_path_factory.mktemp("phrases") / "archive"
    with open_small(root, *ARTICLES, embedder=HashingEmbedder(dimension=64)) as opened:
        yield opened


@pytest.mark.parametrize(
    "phrase", ['"no more boats"', "“NO MORE BOATS”", '"no more boats – ever"', "«more boats—ever»"]
)
def test_only_the_article_with_the_words_in_their_order_is_found(
    archive: Archive, phrase: str
) -> None:
    (hit,) = archive.search(f"{phrase} mayor of Tarn counted")
    assert hit.article_id == "exact"
    ((start, end),) = hit.marks
    assert "boats" in hit.text[start:end]
    assert hit.text[start:end].casefold().startswith(("no more", "more"))


@pytest.mark.parametrize("phrase", ['"500 people were moved"', '"partisan vote in Holm"'])
def test_a_phrase_that_begins_inside_a_number_or_a_word_is_not_there(
    tmp_path: Path, phrase: str
) -> None:
    cut = article("cut", "About 1,500 people were moved after the non-partisan vote in Holm.")
    with open_small(tmp_path / "a", cut, embedder=HashingEmbedder(dimension=16)) as opened:
        assert opened.search(phrase) == []


def test_accents_may_be_written_otherwise(tmp_path: Path) -> None:
    cafe = article("cafe", "The café Müller in Holm shut at noon on 5 May 2021.")
    phrase = unicodedata.normalize("NFD", '"café Müller"')
    with open_small(tmp_path / "a", cafe, embedder=HashingEmbedder(dimension=16)) as opened:
        assert [hit.article_id for hit in opened.search(phrase)] == ["cafe"]
        assert opened.describe_phrases(phrase) == ["1 article has “café Müller” word for word"]
        answer = opened.ask(f"When did the {phrase} shut?")
        assert opened.timeline(phrase)
    assert "1 article has “café Müller” word for word" in answer.searched
    assert answer.question == 'When did the "café Müller" shut?'


def test_words_in_two_pairs_of_quotes_must_both_be_there(archive: Archive) -> None:
    assert [h.article_id for h in archive.search('"no more boats" "few believed"')] == ["exact"]
    assert archive.search('"no more boats" "counted boats"') == []


def test_every_article_that_has_the_words_is_found(archive: Archive) -> None:
    hits = archive.search('"the mayor of Tarn counted"', limit=50)
    assert {hit.article_id for hit in hits} == {f"n{n}" for n in range(30)}
    assert len(archive.search('"the mayor of Tarn counted"', limit=4)) == 4


def test_what_only_the_words_find_has_a_score_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phrases, "_MOST_RANKED", 1)
    ferry = "The late ferry brought mail and sheep to the island of Holm. "
    articles = (
        article("long", f"{ferry * 200} The bell rang twice."),
        article("short", "In the tower of Tarn the bell rang twice."),
    )
    with open_small(tmp_path / "a", *articles, embedder=HashingEmbedder(dimension=64)) as opened:
        question = '"rang twice" which late ferry brought mail and sheep to the island of Holm'
        hits = opened.search(question, limit=2)
    scores = {hit.article_id: hit.score for hit in hits}
    assert 0 < scores["short"] < 1


def test_an_answer_says_how_many_articles_have_the_words(archive: Archive) -> None:
    answer = archive.ask('Who said "no more boats"?')
    assert "1 article has “no more boats” word for word" in answer.searched
    assert {hit.article_id for hit in answer.nearest} == {"exact"}


def test_words_that_no_article_has_find_nothing(archive: Archive) -> None:
    assert archive.search('"boats for everyone" mayor of Tarn') == []
    assert archive.describe_phrases('"boats for everyone"') == [
        "no article has “boats for everyone” word for word"
    ]


def test_if_no_article_has_the_words_others_may_answer_and_that_is_said(archive: Archive) -> None:
    answer = archive.with_threshold(0.01).ask(
        'How many "more big boats" did the mayor of Tarn count?'
    )
    assert answer.status == "answered"
    first, *rest = answer.text.split("\n")
    assert first == ("No article has “more big boats” word for word. Without the quotation marks:")
    assert rest
    assert answer.lead.split("\n")[0] == first


def test_filters_hold_for_words_in_quotes_too(archive: Archive) -> None:
    assert archive.search('"no more boats"', sources=["apart.example"]) == []


@pytest.mark.parametrize(
    ("phrase", "filters", "said"),
    [
        (
            "no more boats",
            {"sources": ["apart.example"]},
            (
                "no article of those searched (from apart.example) has “no more boats” word for "
                "word; 1 other article has it"
            ),
        ),
        (
            "the mayor of Tarn counted",
            {"until": "2024-03-03", "sections": ["port"]},
            (
                "no article of those searched (published until 2024-03-03, in port) has “the mayor "
                "of Tarn counted” word for word; 30 other articles have it"
            ),
        ),
        (
            "boats for everyone",
            {"since": "2024-03-04"},
            (
                "no article of those searched (published since 2024-03-04) has “boats for "
                "everyone” word for word"
            ),
        ),
        (
            "no more boats",
            {"sources": ["exact.example"]},
            "1 article of those searched (from exact.example) has “no more boats” word for word",
        ),
        (
            "the mayor of Tarn",
            {"sources": ["n1.example", "n2.example"]},
            (
                "2 articles of those searched (from n1.example, n2.example) have “the mayor of "
                "Tarn” word for word"
            ),
        ),
    ],
)
def test_under_filters_only_what_was_searched_is_told(
    archive: Archive, phrase: str, filters: dict[str, Any], said: str
) -> None:
    assert archive.describe_phrases(f'"{phrase}"', **filters) == [said]
    assert said in archive.ask(f'Who said "{phrase}"?', **filters).searched


def test_a_time_or_an_outlet_in_the_words_is_a_filter_too(archive: Archive) -> None:
    hits, notes = archive.search_with_notes('"no more boats" published in 2021')
    assert hits == []
    assert notes[0].startswith("no article of those searched (published 2021-01-01 to 2021-12-31)")
    assert notes[0].endswith("1 other article has it")
    hits, notes = archive.search_with_notes('"mayor of Tarn" according to n1.example')
    assert [hit.source for hit in hits] == ["n1.example"]
    assert notes[0].startswith("1 article of those searched (from n1.example) has")


def test_a_limit_on_what_is_checked_is_told(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phrases, "_MOST_CHECKED", 5)
    answer = archive.ask('Who is the "mayor of Tarn"?')
    assert "there may be more" in answer.searched
    assert archive.search('"mayor of Tarn"')


def test_what_the_archive_has_of_the_words_is_said(archive: Archive) -> None:
    assert archive.describe_phrases("Who is the mayor?") == []
    assert archive.describe_phrases('"no more boats" mayor "of Tarn') == [
        "a quotation mark without its partner was read as a letter",
        "1 article has “no more boats” word for word",
    ]


def test_a_search_and_what_it_says_of_the_words_look_them_up_once(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    look_up = phrases._candidates

    def counting(phrase: str, *rest: Any) -> list[ScoredPassage]:
        looked_up.append(phrase)
        return look_up(phrase, *rest)

    monkeypatch.setattr(phrases, "_candidates", counting)
    hits, notes = archive.search_with_notes('"no more boats" mayor')
    assert [hit.article_id for hit in hits] == ["exact"]
    assert notes == ["1 article has “no more boats” word for word"]
    assert looked_up == ["no more boats"]


HEADED = (
    replace(
        article(
            "headed",
            "He was in office for nine years. He said so himself. Ask in Holm. Ask the mayor.",
        ),
        title="“Mayor Orr resigns” after a vote",
    ),
    article("told", "The paper of Holm wrote: mayor Orr resigns. Others wrote nothing of it."),
    article("neither", "The mayor of Marden resigns. Orr has been there for nine years."),
)


@pytest.fixture(scope="module")
def headed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    root: Path = tmp_path_factory.mktemp("headed") / "archive"
    with open_small(root, *HEADED, embedder=HashingEmbedder(dimension=64)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("phrases", "articles", "note"),
    [
        (
            '"Mayor Orr resigns"',
            ["told", "headed"],
            "2 articles have “Mayor Orr resigns” word for word, 1 of them in the headline",
        ),
        (
            '"resigns after"',
            [],
            "no article has “resigns after” word for word",
        ),
        (
            '"after a vote"',
            ["headed"],
            "1 article has “after a vote” word for word in the headline",
        ),
        (
            '"after a vote" "nine years"',
            ["headed"],
            "1 article has “after a vote” and “nine years” word for word in text and headline",
        ),
    ],
)
def test_words_in_a_headline_are_found_behind_those_in_a_text(
    headed: Archive, phrases: str, articles: list[str], note: str
) -> None:
    hits, notes = headed.search_with_notes(phrases)
    assert [hit.article_id for hit in hits] == articles
    assert notes == [note]
    for hit in hits:
        assert all(hit.text[start:end] for start, end in hit.marks)


def test_a_question_about_a_headline_is_asked_of_its_article(headed: Archive) -> None:
    answer = headed.ask('What happened "after a vote"?')
    assert {hit.article_id for hit in answer.nearest} == {"headed"}
    assert "“after a vote” word for word in the headline" in answer.searched
    assert "No article" not in answer.text
