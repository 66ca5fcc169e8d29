"""Tests where a text comes from: word for word, altered, stitched together, or not there."""

import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from rag.archive import Archive
from rag.errors import QuestionError
from rag.locating import Difference, Located
from rag.locating.aligning import align, words_of
from rag.records import Article
from rag.text.sentences import Span
from tests.fakes import HashingEmbedder, open_small

BRIDGE = (
    "The Quillmere bridge opened on Tuesday after nine months of repairs. "
    "“We said 14 million crowns, and we kept to it,” the mayor, Marta Osterholt, told reporters. "
    "About 5,200 people walked across before noon. Cars may use it from Thursday."
)
FERRY = (
    "The last ferry from Alder left at six on Monday evening with eleven passengers aboard. "
    "Its captain had steered the boat for thirty-one years and rang the bell three times. "
    "The council sold the vessel to a museum for a single crown."
)
WINTER = (
    "In Marden it fell to -12 degrees on Friday night, the coldest of the year. "
    "The council paid £40 million for salt and sand, and prices rose by 5 % within a week. "
    "Ada Orr was re-elected mayor of the town in May."
)
ARTICLES = (
    Article(
        id="bridge",
        title="Bridge opens",
        source="wire.example",
        url="https://wire.example/bridge",
        published=date(2021, 5, 4),
        text=BRIDGE,
        cluster="bridge",
    ),
    Article(
        id="a-reprint",
        title="Bridge is open",
        source="post.example",
        published=date(2021, 5, 3),  # misdated: the original comes first all the same
        text=BRIDGE,
        cluster="bridge",
    ),
    Article(id="ferry", title="Last ferry", published=date(2021, 6, 8), text=FERRY),
    Article(
        id="winter",
        title="Mayor Orr: Cold night in Marden",
        published=date(2021, 1, 9),
        text=WINTER,
    ),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    embedder = HashingEmbedder(dimension=16)
    root: Path = tmp_path_factory.mktemp("located") / "archive"
    with open_small(root, *ARTICLES, embedder=embedder) as opened:
        yield opened


def first(archive: Archive, excerpt: str) -> Located:
    places = archive.locate(excerpt)
    for place in places:
        assert archive.article(place.article_id).text[place.start : place.end] == place.text
    return places[0]


@pytest.mark.parametrize(
    "excerpt",
    [
        "About 5,200 people walked across before noon.",
        "people walked across before noon",  # a part of a sentence
        '"We said 14 million crowns,\nand we kept to it," the mayor',  # other marks, a new line
        "…nine months of repairs. “We said 14 million",  # over the end of a sentence
        "About 5,2\u200b00 people walked across before noon",  # a sign that nobody sees
        "  „About 5,200 people walked across before noon. Cars may use it from Thursday.“ ",
    ],
)
def test_a_text_that_stands_there_is_verbatim(archive: Archive, excerpt: str) -> None:
    place = first(archive, excerpt)
    assert (place.article_id, place.verbatim, place.likeness) == ("bridge", True, 1.0)
    assert place.differences == ()
    assert not place.stitched


def test_the_original_comes_before_its_copies_which_it_names(archive: Archive) -> None:
    places = archive.locate("Cars may use it from Thursday.")
    assert [place.article_id for place in places] == ["bridge", "a-reprint"]
    assert [copy.article_id for copy in places[0].copies] == ["a-reprint"]


@pytest.mark.parametrize(
    ("excerpt", "given", "original"),
    [
        ("About 5,300 people walked across before noon.", "5,300", "5,200"),
        ("About 5,200 people rode across before noon.", "rode", "walked"),
        ("The Quillmere bridge opened after nine months of repairs.", "", "on Tuesday"),
        ("5,300 people walked across before noon. Cars may use it", "5,300", "5,200"),
        ("About 5,200 people walked across before dusk", "dusk", "noon"),
        ("The Quillmere bridge opened late on Tuesday after nine months", "late", ""),
    ],
)
def test_what_was_changed_is_said(
    archive: Archive, excerpt: str, given: str, original: str
) -> None:
    place = first(archive, excerpt)
    assert (place.article_id, place.verbatim, place.stitched) == ("bridge", False, False)
    (difference,) = place.differences
    assert (difference.given, difference.original) == (given, original)
    assert excerpt[difference.start : difference.end] == given
    assert BRIDGE[difference.original_start : difference.original_end] == original


@pytest.mark.parametrize(
    ("excerpt", "given", "original"),
    [
        ("The council paid $40 million for salt and sand", "$40", "£40"),
        ("$40 million for salt and sand", "$40", "£40"),
        ("In Marden it fell to 12 degrees on Friday night", "12", "-12"),
        ("12 degrees on Friday night, the coldest of the year", "12", "-12"),
        ("and prices rose by 5 within a week", "5", "5 %"),
        ("for salt and sand, and prices rose by 5", "5", "5 %"),
        ("elected mayor of the town in May", "elected", "re-elected"),
    ],
)
def test_another_sign_or_a_part_of_a_word_is_a_change(
    archive: Archive, excerpt: str, given: str, original: str
) -> None:
    place = first(archive, excerpt)
    assert (place.article_id, place.verbatim) == ("winter", False)
    assert [(d.given, d.original) for d in place.differences] == [(given, original)]
    assert original in place.text
    assert place.likeness < 1.0
    (difference,) = place.differences
    assert WINTER[difference.original_start : difference.original_end] == original


@pytest.mark.parametrize(
    "excerpt",
    ["IT FELL TO −12 DEGREES ON FRIDAY", "Paid 40 £ million for salt", "Prices rose by 5% within"],
)
def test_another_form_of_a_sign_is_no_change(archive: Archive, excerpt: str) -> None:
    place = first(archive, excerpt)
    assert (place.article_id, place.likeness, place.differences) == ("winter", 1.0, ())


def test_a_text_of_two_articles_gives_both_in_its_order(archive: Archive) -> None:
    excerpt = (
        "About 5,200 people walked across before noon. "
        "The council sold the vessel to a museum for a single crown."
    )
    places = archive.locate(excerpt)
    assert [(p.article_id, p.stitched) for p in places] == [("bridge", True), ("ferry", True)]
    parts = [excerpt[slice(*place.part)] for place in places]
    assert parts[0].startswith("About 5,200")
    assert parts[1].endswith("single crown")


def test_sentences_from_both_ends_of_an_article_are_stitched_or_altered(archive: Archive) -> None:
    excerpt = (
        "The last ferry from Alder left at six on Monday evening with eleven passengers aboard. "
        "The council sold the vessel to a museum for a single crown."
    )
    places = archive.locate(excerpt)
    assert {place.article_id for place in places} == {"ferry"}
    assert not any(place.verbatim and not place.stitched for place in places)


LEFT = "The last ferry from Alder left at six on Monday evening with eleven passengers aboard."
PAID = "The council paid £40 million for salt and sand, and prices rose by 5 % within a week."


@pytest.mark.parametrize(
    ("sentences", "articles"),
    [
        (
            (
                "Cars may use it from Thursday.",
                "Ada Orr was re-elected mayor of the town in May.",
                "The council sold the vessel to a museum for a single crown.",
            ),
            ["bridge", "winter", "ferry"],
        ),
        (
            (LEFT, "The Quillmere bridge opened on Tuesday after nine months of repairs.", PAID),
            ["ferry", "bridge", "winter"],
        ),
        (
            ("Cars may use it from Thursday.", "Ada Orr was re-elected mayor of the town in May."),
            ["bridge", "winter"],
        ),
    ],
)
def test_a_text_of_sentences_of_several_articles_gives_each_word_for_word(
    archive: Archive, sentences: tuple[str, ...], articles: list[str]
) -> None:
    excerpt = " ".join(sentences)
    places = archive.locate(excerpt)
    assert [place.article_id for place in places] == articles
    assert all(p.stitched and p.verbatim and not p.partial for p in places)
    assert [excerpt[slice(*p.part)] for p in places] == [s.rstrip(".") for s in sentences]


COMMENT = (
    "Nobody whom I know believes a word of this, and whoever does should look at how their own "
    "streets have been cared for."
)


@pytest.mark.parametrize("comment", [COMMENT, "Nobody whom I know believes a word of this."])
@pytest.mark.parametrize("is_before", [True, False])
def test_of_a_quote_with_a_comment_the_part_that_is_there_is_told(
    archive: Archive, comment: str, is_before: bool
) -> None:
    excerpt = f"{comment} {LEFT}" if is_before else f"{LEFT} {comment}"
    place = first(archive, excerpt)
    assert (place.article_id, place.partial, place.verbatim) == ("ferry", True, False)
    assert place.text == LEFT.rstrip(".")
    assert [(d.given, d.original) for d in place.differences] == [(comment.rstrip("."), "")]
    assert place.likeness < 0.7


def test_of_two_quotes_with_a_comment_both_are_told(archive: Archive) -> None:
    places = archive.locate(f"{LEFT} {COMMENT} {COMMENT} {PAID}")
    assert [place.article_id for place in places] == ["ferry", "winter"]
    assert all(place.stitched and place.partial for place in places)


def test_a_few_words_in_a_row_among_others_are_chance(archive: Archive) -> None:
    assert archive.locate(f"With eleven passengers aboard. {COMMENT}") == []


@pytest.mark.parametrize(
    ("excerpt", "is_verbatim"),
    [
        ("Cold night in Marden", True),
        ("“Mayor Orr: Cold night in Marden”", True),
        ("COLD NIGHT IN MARDEN", False),
    ],
)
def test_a_headline_is_found_as_one(archive: Archive, excerpt: str, is_verbatim: bool) -> None:
    (place,) = archive.locate(excerpt)
    assert (place.article_id, place.in_headline) == ("winter", True)
    assert (place.verbatim, place.text, place.differences) == (is_verbatim, "", ())
    assert archive.article("winter").text[place.start : place.end] == place.text


def test_an_altered_headline_is_not_found(archive: Archive) -> None:
    assert archive.locate("Mayor Orr: Cold month in Marden") == []


def test_what_stands_in_a_text_comes_before_what_stands_in_a_headline(tmp_path: Path) -> None:
    headline = Article(id="a", title="Orr resigns as mayor", text="He went on Monday, he said.")
    told = Article(id="b", title="Holm news", text="We read: Orr resigns as mayor of the town.")
    embedder = HashingEmbedder(dimension=16)
    with open_small(tmp_path / "archive", headline, told, embedder=embedder) as opened:
        places = opened.locate("Orr resigns as mayor")
    assert [(place.article_id, place.in_headline) for place in places] == [
        ("b", False),
        ("a", True),
    ]


@pytest.mark.parametrize(
    "excerpt",
    ["Ada Orr won with 86 votes", "Ada Orr won with 86 votes in the second round on Friday."],
)
def test_a_reprint_with_another_figure_is_no_copy_that_has_the_text(
    tmp_path: Path, excerpt: str
) -> None:
    text = (
        "The council of Holm voted for three hours. Ada Orr won with 88 votes in the second round "
        "on Friday. She takes office in June."
    )
    outlets = {"wire": text, "post": text, "herald": text.replace("88", "86")}
    articles = [
        Article(id=name, title="Orr wins", source=f"{name}.example", text=words, cluster="wire")
        for name, words in outlets.items()
    ]
    embedder = HashingEmbedder(dimension=16)
    with open_small(tmp_path / "archive", *articles, embedder=embedder) as opened:
        (one,) = opened.locate(excerpt)
        wire, post = opened.locate(excerpt.replace("86", "88"))
        (same, *_) = opened.locate("She takes office in June.")
    assert (one.article_id, one.copies) == ("herald", ())
    assert [copy.article_id for copy in wire.copies] == ["post"]
    assert [copy.article_id for copy in post.copies] == ["wire"]
    assert [copy.article_id for copy in same.copies] == ["herald", "post"]


@pytest.mark.parametrize(
    "excerpt",
    [
        "The harbour master resigned on Friday over unpaid fees.",
        "The bridge over the Alder will close for nine weeks, the council said on Monday.",
        "Zwölf Boote verließen den Hafen",
        "It was not so, and then it was",  # only words that no search uses
    ],
)
def test_a_text_that_no_article_has_is_nowhere(archive: Archive, excerpt: str) -> None:
    assert archive.locate(excerpt) == []


def test_a_text_of_a_few_usual_words_is_found_among_many_passages_with_these(
    tmp_path: Path,
) -> None:
    many = [
        Article(id=f"n{n}", title="Plans", text=f"She plans to go. No plans, she said, number {n}.")
        for n in range(60)
    ]
    wanted = "He has no plans to go."
    where = Article(
        id="wanted",
        title="The ferry's captain and the sea",
        text=f"The captain is old, and his boat is older still. {wanted}",
    )
    embedder = HashingEmbedder(dimension=16)
    with open_small(tmp_path / "archive", *many, where, embedder=embedder) as opened:
        (place,) = opened.locate(wanted)
    assert (place.article_id, place.verbatim) == ("wanted", True)


def test_words_that_stand_here_and_there_are_no_part_of_what_a_text_is_from() -> None:
    elsewhere = (
        "Officials said that the harbour police and the customs service were working with divers, "
        "and hoped to say more by the end of a long and difficult week."
    )
    ferry = FERRY.split(". ", maxsplit=1)[0]
    excerpt = f"{elsewhere} {ferry}."
    text = f"Visitors come to see the boats and the gulls, as most who travel here do. {FERRY}"
    found = align(excerpt, words_of(excerpt), text, Span(0, len(text)))
    assert found is not None
    assert excerpt[slice(*found.part)] == ferry
    assert found.likeness == 1.0


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_text_with_accents_written_otherwise_is_found_at_its_own_places(
    tmp_path: Path, form: Literal["NFC", "NFD"]
) -> None:
    text = "The café Müller in Århus sold ﬁve cakes on Friday, Zoë Orr said. It shut at noon."
    stored = text.replace("ﬁ", "fi")
    cafe = Article(id="cafe", title="Café shut", text=stored)
    given = unicodedata.normalize(form, text)
    with open_small(tmp_path / "a", cafe, embedder=HashingEmbedder(dimension=16)) as opened:
        (whole,) = opened.locate(given)
        (part,) = opened.locate(f"“{given[4:]}”")
        (altered,) = opened.locate(unicodedata.normalize(form, text.replace("Zoë", "Chloé")))
    assert (whole.verbatim, whole.text) == (True, stored.rstrip("."))
    assert given[slice(*whole.part)] == given.rstrip(".")
    assert part.verbatim
    assert f"“{given[4:]}”"[slice(*part.part)] == given[4:].rstrip(".")
    (difference,) = altered.differences
    assert difference.given == unicodedata.normalize(form, "Chloé")
    assert difference.original == "Zoë"


PRINTED = (
    "The coun-\ncil paid £40 mil-\nlion for salt and sand, and prices rose by 5 % with-\nin a "
    "week. Ada Orr was re-\nelected mayor of the town in May."
)


@pytest.mark.parametrize(
    ("excerpt", "changes"),
    [
        (PRINTED, []),
        (PRINTED.replace("salt", "ashes"), [("ashes", "salt")]),
        (PRINTED.replace("mil-\n", "bil-\n"), [("bil-\nlion", "million")]),
        ("The coun-\ncil paid", []),
    ],
)
def test_a_text_whose_words_are_divided_at_the_ends_of_lines_is_found(
    archive: Archive, excerpt: str, changes: list[tuple[str, str]]
) -> None:
    place = first(archive, excerpt)
    assert (place.article_id, place.verbatim) == ("winter", not changes)
    assert [(d.given, d.original) for d in place.differences] == changes
    assert excerpt[slice(*place.part)].startswith("The ")


def test_filters_and_limits_hold(archive: Archive) -> None:
    excerpt = "Cars may use it from Thursday."
    assert [p.article_id for p in archive.locate(excerpt, sources=["post.example"])] == [
        "a-reprint"
    ]
    assert len(archive.locate(excerpt, limit=1)) == 1


@pytest.mark.parametrize(
    ("excerpt", "limit", "problem"),
    [
        ("", 1, "at least three words"),
        ("two words", 1, "at least three words"),
        ("word " * 5000, 1, "25,000 characters"),
        ("one two three", 0, "limit is 0"),
    ],
)
def test_what_makes_no_sense_is_told(
    archive: Archive, excerpt: str, limit: int, problem: str
) -> None:
    with pytest.raises(QuestionError, match=problem):
        archive.locate(excerpt, limit=limit)


def test_a_place_is_written_as_json_and_read_back(archive: Archive) -> None:
    place = first(archive, "About 5,300 people walked across before noon.")
    assert Located.from_json(place.to_json()) == place
    assert isinstance(place.differences[0], Difference)


def test_no_text_makes_the_pattern_slow_or_fail(archive: Archive) -> None:
    odd = ("a (b [c {d *e +f ?g", "- x - y - z -" * 40, "\\d \\w+ ((((x y z", "x ... " * 500)
    assert [archive.locate(excerpt) for excerpt in odd] == [[], [], [], []]


def test_other_punctuation_and_capitals_are_not_word_for_word(archive: Archive) -> None:
    place = first(archive, "ABOUT 5,200 people, walked across before noon!")
    assert (place.verbatim, place.likeness, place.differences) == (False, 1.0, ())
