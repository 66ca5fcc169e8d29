"""Tests that what only a headline tells is evidence, and that it is cited with the text below."""

from dataclasses import replace
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.errors import QuoteError
from rag.evidence.citations import cite
from rag.evidence.headlines import Headline, below_headline, headlines_of, tells_alone
from rag.evidence.reader import Evidence
from rag.evidence.retrieval import FoundPassage
from rag.evidence.signals import shares_of
from rag.models.embedding import load_embedder
from rag.models.reading import load_reading_model
from rag.question.asked import read_part
from rag.settings import load_settings
from rag.text.sentences import Span
from tests.fakes import open_small
from tests.rag.stories import EMBEDDER, found, story

TITLE = "Harbour master Ada Quill resigns over crane contract"
TEXT = "The contract had been criticised for months. A successor is sought."
RESIGNED = story(TEXT, name="resigned", title=TITLE)
TOLD_BELOW = story("The ferry was late again on Monday.", name="late", title="Ferry late again")


def read_headlines(question: str, *passages: FoundPassage) -> list[Headline]:
    part = read_part(question, EMBEDDER)
    return headlines_of(part, passages, shares_of(part, {}, passages=2), EMBEDDER)


def evidence() -> Evidence:
    (headline,) = read_headlines("Who resigns over the contract?", found(RESIGNED))
    return Evidence(
        found=headline,
        span=headline.hit.sentences[0],
        vector=headline.vectors[0],
        score=1.0,
        confidence=0.7,
        signals={},
        answer=Span(15, 24),
    )


def test_a_headline_is_read_if_it_has_words_that_its_text_has_not() -> None:
    passages = found(TOLD_BELOW), found(RESIGNED), found(RESIGNED)
    (headline,) = read_headlines("Who resigns over the contract?", *passages)
    assert [headline.hit.text[s.start : s.end] for s in headline.hit.sentences] == [TITLE]
    assert headline.article.text == f"{TITLE}\n{TEXT}"
    assert headline.vectors.shape == (1, EMBEDDER.dimension)
    assert read_headlines("Who is late again?", found(TOLD_BELOW)) == []


def test_a_headline_does_not_stand_alone_if_its_text_says_that_it_was_to_somebody_else() -> None:
    text = "Mayor Oskar Tarn apologised to Brigit Hale in the council."
    passage = found(story(text, title="Mayor Tarn says sorry"))
    headline = Headline(
        hit=passage.hit,
        article=passage.article,
        vectors=passage.vectors,
        original=passage,
        stands_alone=True,
    )
    piece = replace(evidence(), found=headline)
    assert tells_alone(piece, read_part("Who apologised to Hale?", EMBEDDER))
    assert not tells_alone(piece, read_part("Who apologised to Tarn?", EMBEDDER))


def named(title: str, marked: str) -> Evidence:
    """Return a headline as evidence, with the words that the reader marked."""
    passage = found(story(TEXT, title=title))
    (headline,) = headlines_of(
        part := read_part(title, EMBEDDER), [passage], shares_of(part, {}, passages=2), EMBEDDER
    )
    start = title.index(marked)
    span = headline.hit.sentences[0]
    return replace(evidence(), found=headline, span=span, answer=Span(start, start + len(marked)))


@pytest.mark.parametrize(
    ("title", "marked", "question", "expected"),
    [
        ("Vote shock as Holm loses", "shock", "Why was there a vote in Holm?", False),
        ("Orr quits over a parking row", "parking row", "Why did Orr quit?", True),
        ("Orr quits over a parking row", "over a parking row", "Why did Orr quit?", True),
        ("Orr raises bid for mill to £5m", "£5m", "Did Orr buy the mill?", False),
        ("Orr buys mill for £5m", "£5m", "Did Orr buy the mill?", True),
        ("Orr raises bid for mill to £5m", "£5m", "What did Orr bid for the mill?", True),
    ],
)
def test_a_headline_gives_a_reason_or_a_yes_or_no_where_it_is_asked_for(
    title: str, marked: str, question: str, *, expected: bool
) -> None:
    assert tells_alone(named(title, marked), read_part(question, EMBEDDER)) is expected


def test_a_sentence_of_the_text_is_quoted_for_a_headline() -> None:
    quoted = below_headline(evidence())
    assert quoted.text == "The contract had been criticised for months."
    assert not isinstance(quoted.found, Headline)
    assert below_headline(quoted) is quoted


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    root: Path = tmp_path_factory.mktemp("headlines") / "archive"
    settings = load_settings()
    small = open_small(
        root,
        RESIGNED,
        TOLD_BELOW,
        embedder=load_embedder(settings),
        threshold=settings.answer_threshold,
    )
    return Archive(replace(small._answering, reader=load_reading_model(settings)))


def test_a_headline_answers_where_no_text_does(archive: Archive) -> None:
    answer = archive.ask("Who resigned over the crane contract?")
    (citation,) = answer.citations
    assert citation.is_headline
    assert archive.article(citation.article_id).text[citation.start : citation.end] == (
        citation.quote
    )
    assert answer.text == (
        f"The headline says: “{TITLE}”. "
        "Below it: “The contract had been criticised for months.” [1]"
    )
    assert answer.short == "Ada Quill"


def test_a_text_that_answers_comes_before_headlines(archive: Archive) -> None:
    (citation,) = archive.ask("What was criticised for months?").citations
    assert not citation.is_headline


def test_a_headline_must_name_what_the_question_names(archive: Archive) -> None:
    assert archive.ask("Why did Joan Pell resign over the crane contract?").citations == ()


@pytest.mark.parametrize(
    ("question", "is_enough"),
    [
        ("Why did the harbour master resign?", True),
        ("Why did the harbour master of Skerrin resign?", False),
        ("How much did the ferry company pay the harbour master for winter berths?", False),
    ],
)
def test_a_headline_must_have_enough_of_the_question(question: str, *, is_enough: bool) -> None:
    assert bool(read_headlines(question, found(RESIGNED))) is is_enough


def test_no_headline_says_when(archive: Archive) -> None:
    assert archive.ask("When did Ada Quill resign?").status == "not_in_archive"


def test_a_headline_that_changed_is_never_cited(archive: Archive) -> None:
    piece = evidence()
    assert isinstance(piece.found, Headline)
    original = piece.found.original
    other = replace(original.hit, title="Harbour master stays")
    altered = replace(piece, found=replace(piece.found, original=replace(original, hit=other)))
    with pytest.raises(QuoteError, match="rests on the headline 'Harbour master stays'"):
        cite([altered], archive._answering.store)
