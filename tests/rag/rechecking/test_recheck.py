"""Tests what is said of the quotes of a saved answer after the archive has gone on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rag.answering import Answering
from rag.archive import Archive
from rag.export.packs import EvidencePack
from rag.rechecking import Recheck, RecheckedQuote
from rag.records import Answer, Article, Citation, Report, Value
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.model import Recipe
from tests.fakes import HashingEmbedder, write

EMBEDDER = HashingEmbedder(dimension=64)
RECIPE = Recipe(model=EMBEDDER.name, dimension=EMBEDDER.dimension, passage_words=150)
QUOTE = "The flood in Mirrow killed 14 people and cut the road to Lenz."
BEFORE = datetime(2001, 1, 1, tzinfo=UTC)
LATER = datetime(2190, 1, 1, tzinfo=UTC)


def flood(
    name: str, text: str = f"Rain fell. {QUOTE} Schools stay shut.", **more: object
) -> Article:
    article = Article(
        id=name,
        text=text,
        title=f"Flood in Mirrow, says {name}",
        source=f"{name}.example",
        published=date(2024, 5, 6),
    )
    return replace(article, **more)  # type: ignore[arg-type]


def cite(article: Article, number: int) -> Citation:
    start = article.text.index(QUOTE)
    mark = QUOTE.index("14")
    return Citation(
        **article.as_source,
        number=number,
        quote=QUOTE,
        start=start,
        end=start + len(QUOTE),
        highlight=(mark, mark + 2),
        text_hash=article.text_hash,
        note=article.note,
    )


# What each article is now, None if its outlet withdrew it; "removed" is not there any more.
NOW: dict[str, Article | None] = {
    "there": flood("there"),
    "moved": flood("moved", f"It rained for three days. {QUOTE}", updated=date(2024, 5, 7)),
    "altered": flood(
        "altered",
        f"Rain fell. {QUOTE.replace('14', '41')} Schools stay shut.",
        updated=date(2024, 5, 8),
    ),
    "corrected": flood(
        "corrected",
        f"Rain fell. {QUOTE.replace('14', '12')} Schools stay shut.",
        note="Correction: an earlier version of this article said that 14 people were killed.",
    ),
    "cut": flood("cut", "Rain fell. Nothing else is known of the weather in the valley."),
    "noted": flood("noted", note="Editors' note: the picture showed another river."),
    "withdrawn": None,
    "expired": flood("expired", expires=BEFORE),
    "embargoed": flood("embargoed", embargoed=LATER),
}
# The words of these are as they were, and something about their articles is not.
RETOLD: dict[str, Article] = {
    "reflowed": flood(
        "reflowed",
        f"Rain fell. {QUOTE.replace(' and ', chr(10) + 'and ')} Schools stay shut.",
        updated=date(2024, 5, 8),
    ),
    "retitled": flood("retitled", title="Water rises in Mirrow"),
    "restyled": flood("restyled", title="FLOOD IN MIRROW,  SAYS RESTYLED"),
    "labelled": flood("labelled", title="CORRECTED: Flood in Mirrow, says labelled"),
    "retracted": flood("retracted", title="Flood in Mirrow, says retracted [Retracted]"),
    "redated": flood("redated", published=date(2024, 5, 13)),
}
NOTICE = Article(
    id="notice",
    title="Corrections and clarifications",
    source="told.example",
    published=date(2024, 5, 9),
    text=(
        "An article on the flood in Mirrow, which cut the road to Lenz, said on 6 May that 14 "
        "people were killed. The number of people killed is 11."
    ),
)
NAMES = [*NOW, "told", "removed"]


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Recheck, Archive]]:
    """The recheck of an answer from the first generation, in an archive that serves the second."""
    root: Path = tmp_path_factory.mktemp("recheck") / "archive"
    first = [flood(name) for name in NAMES]
    _publish(root, *first)
    builder = EdgeBuilder(root, RECIPE)
    write(builder, *(a for a in NOW.values() if a), NOTICE, embedder=EMBEDDER)
    heads = {head.id: head for head in builder.heads()}
    builder.withdraw([replace(heads["withdrawn"], withdrawn="canceled")])
    builder.remove(["removed"])
    builder.publish()
    builder.close()
    saved = Answer(
        question="How many people did the flood in Mirrow kill?",
        status="answered",
        text="14",
        citations=tuple(cite(article, n) for n, article in enumerate(first, start=1)),
    )
    with Archive(Answering(store=EdgeStore(root), embedder=EMBEDDER, threshold=0.05)) as archive:
        result = archive.recheck(saved)
        assert archive.recheck(EvidencePack.of(saved)).quotes == result.quotes
        yield result, archive


@pytest.fixture(scope="module")
def retold(tmp_path_factory: pytest.TempPathFactory) -> tuple[Recheck, Archive]:
    """The recheck of an answer whose articles have the same words and are told of otherwise."""
    root = tmp_path_factory.mktemp("retold") / "archive"
    _publish(root, *RETOLD.values())
    saved = Answer(
        question="How many people did the flood in Mirrow kill?",
        status="answered",
        text="14",
        citations=tuple(cite(flood(name), n) for n, name in enumerate(RETOLD, start=1)),
    )
    with Archive(Answering(store=EdgeStore(root), embedder=EMBEDDER, threshold=0.05)) as archive:
        return archive.recheck(saved), archive


def _publish(root: Path, *articles: Article) -> None:
    builder = EdgeBuilder(root, RECIPE)
    write(builder, *articles, embedder=EMBEDDER)
    builder.publish()
    builder.close()


def of(checked: tuple[Recheck, Archive], name: str) -> RecheckedQuote:
    return next(quote for quote in checked[0].quotes if quote.article_id == name)


@pytest.mark.parametrize(
    ("name", "status", "stands"),
    [
        ("there", "there", True),
        ("moved", "moved", True),
        ("altered", "altered", False),
        ("cut", "altered", False),
        ("corrected", "corrected", False),
        ("told", "corrected", False),
        ("noted", "there", False),
        ("withdrawn", "withdrawn", False),
        ("expired", "expired", False),
        ("embargoed", "embargoed", False),
        ("removed", "removed", False),
    ],
)
def test_each_quote_says_what_has_become_of_it(
    checked: tuple[Recheck, Archive], name: str, status: str, stands: bool
) -> None:
    quote = of(checked, name)
    assert (quote.status, quote.stands) == (status, stands)


def test_what_stands_now_is_in_the_article(checked: tuple[Recheck, Archive]) -> None:
    recheck, archive = checked
    for quote in recheck.quotes:
        if quote.now:
            text = archive.article(quote.article_id).text
            assert text[quote.now_start : quote.now_end] == quote.now
    assert of(checked, "moved").now_start != of(checked, "moved").start
    assert of(checked, "cut").now == ""


def test_an_altered_quote_names_what_was_changed_and_when(
    checked: tuple[Recheck, Archive],
) -> None:
    altered = of(checked, "altered")
    assert [(d.given, d.original) for d in altered.differences] == [("14", "41")]
    assert altered.now == QUOTE.replace("14", "41")
    assert (altered.changed, altered.note) == (date(2024, 5, 8), "")


def test_a_correction_is_told_whether_it_stands_in_the_article_or_in_another(
    checked: tuple[Recheck, Archive],
) -> None:
    assert "an earlier version of this article" in of(checked, "corrected").note
    assert of(checked, "told").note.startswith("Corrected on 9 May 2024: An article on the flood")
    assert of(checked, "there").note == ""
    assert "picture" in of(checked, "noted").note


@pytest.mark.parametrize(
    ("name", "status", "stands"),
    [
        ("reflowed", "there", True),
        ("retitled", "there", False),
        ("restyled", "there", True),
        ("labelled", "corrected", False),
        ("retracted", "withdrawn", False),
        ("redated", "there", False),
    ],
)
def test_what_is_told_otherwise_about_an_article_counts(
    retold: tuple[Recheck, Archive], name: str, status: str, stands: bool
) -> None:
    quote = of(retold, name)
    assert (quote.status, quote.stands) == (status, stands)


def test_another_headline_or_day_of_publication_is_a_note(retold: tuple[Recheck, Archive]) -> None:
    assert of(retold, "retitled").note == (
        "Its headline was “Flood in Mirrow, says retitled” and is “Water rises in Mirrow” now."
    )
    assert of(retold, "redated").note.startswith("Its day of publication was 6 May 2024")
    assert of(retold, "restyled").note == ""


def test_what_is_only_set_otherwise_stands_and_is_remarked(
    retold: tuple[Recheck, Archive],
) -> None:
    reflowed = of(retold, "reflowed")
    assert reflowed.remark == "only spaces, quotation marks or dashes differ"
    assert (reflowed.changed, reflowed.differences) == (None, ())
    assert of(retold, "restyled").remark == ""


def test_a_withdrawal_has_its_status_and_a_removed_quote_another_article_that_has_it(
    checked: tuple[Recheck, Archive],
) -> None:
    assert of(checked, "withdrawn").note == "canceled"
    assert of(checked, "removed").found_in in NOW


def test_a_recheck_names_both_states_and_is_read_back(checked: tuple[Recheck, Archive]) -> None:
    recheck, archive = checked
    assert (recheck.now, recheck.generation, recheck.stands) == ("00000002", "", False)
    assert Recheck.from_json(recheck.to_json()) == recheck
    answer = archive.ask("How many people did the flood in Mirrow kill?")
    again = archive.recheck(answer)
    assert again.generation == again.now
    assert again.asked == answer.provenance.asked  # type: ignore[union-attr]


def test_an_answer_that_was_made_elsewhere_says_where(
    checked: tuple[Recheck, Archive],
) -> None:
    archive = checked[1]
    made = archive.ask("How many people did the flood in Mirrow kill?")
    assert archive.recheck(made).archive == ""
    assert made.provenance is not None
    beside = replace(made.provenance, archive=f"{archive.location}/../archive/")
    assert archive.recheck(replace(made, provenance=beside)).archive == ""
    away = replace(made, provenance=replace(made.provenance, archive="demo"))
    assert archive.recheck(away).archive == "demo"
    assert not archive.recheck(away).lacks_all
    strange = Answer(
        question="Who?", status="answered", text="", citations=(cite(flood("strange"), 1),)
    )
    assert archive.recheck(strange).lacks_all
    assert not archive.recheck(Answer(question="Who?", status="not_in_archive", text="")).lacks_all


def test_a_note_that_the_citation_has_already_is_not_new(
    checked: tuple[Recheck, Archive],
) -> None:
    _, archive = checked
    noted = archive.article("noted")
    saved = Answer(question="Who?", status="answered", text="", citations=(cite(noted, 1),))
    assert archive.recheck(saved).stands


def test_a_report_that_is_listed_and_not_cited_is_checked_too(
    checked: tuple[Recheck, Archive],
) -> None:
    _, archive = checked
    cited = flood("there")
    reports = [_report(flood(name)) for name in ("moved", "altered", "told")]
    saved = Answer(
        question="How many people did the flood in Mirrow kill?",
        status="answered",
        text="14",
        citations=(cite(cited, 1),),
        values=(Value(text="14", reports=(_report(cited, number=1), *reports)),),
    )
    found = archive.recheck(saved)
    assert [quote.status for quote in found.quotes] == ["there"]
    assert [(quote.number, quote.status) for quote in found.reports] == [
        (2, "moved"),
        (3, "altered"),
        (4, "corrected"),
    ]
    assert not found.stands


def _report(article: Article, number: int = 0) -> Report:
    quoted = cite(article, number)
    return Report(
        **article.as_source,
        quote=quoted.quote,
        start=quoted.start,
        end=quoted.end,
        number=number,
        text_hash=article.text_hash,
    )


def test_an_answer_without_quotes_stands(checked: tuple[Recheck, Archive]) -> None:
    silent = Answer(question="Who?", status="not_in_archive", text="")
    assert checked[1].recheck(silent).stands
