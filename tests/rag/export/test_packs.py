"""Tests the evidence packs by reading them with parsers of HTML, Markdown and JSON."""

import json
from dataclasses import replace
from typing import get_args

import pytest
from lxml import html
from markdown_it import MarkdownIt

from rag.archive import Archive
from rag.errors import InputError, QuestionError
from rag.export.formats import FORMATS, ExportFormat, format_of
from rag.export.packs import EvidencePack, read_saved_answer
from rag.records import Answer, AnswerSentence, Article, Hit, Report, Value, hash_text
from tests.rag.export.hostile import ATTACK, HOSTILE, PLAIN, QUOTE, answer_with

WITH_VALUES = replace(
    answer_with(PLAIN, HOSTILE),
    values=(
        Value(text="31", citations=(1,)),
        Value(text=f"30 {ATTACK}", status="corrected", citations=(2,)),
    ),
    sentences=(AnswerSentence(text=ATTACK, citations=(1,), support=0.9, supported=True),),
    carried=(ATTACK,),
    text=f"The ferry sank. {ATTACK}",
    short=f"at 4.10 a.m. {ATTACK}",
    question=f"When? {ATTACK}",
)
SILENT = Answer(
    question=f"Who? {ATTACK}",
    status="not_in_archive",
    text="The archive does not say.",
    searched=ATTACK,
    nearest=(
        Hit(
            article_id="a",
            title=ATTACK,
            source=ATTACK,
            url="",
            published=None,
            start=0,
            end=1,
            text=ATTACK,
            score=1.0,
        ),
    ),
)
ALLOWED_TAGS = set(
    "html head meta title style body main h1 h2 h3 p em figure figcaption blockquote mark bdi br a "
    "dl dt dd table thead tbody tr th td ul li q".split()
)
ALLOWED_ATTRIBUTES = set("lang charset http-equiv content name class dir id href rel scope".split())


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("kind", ["markdown", "html"])
def test_a_pack_says_what_a_question_follows_and_whose_articles_were_asked(
    kind: ExportFormat,
) -> None:
    asked = {"carried": ("Holm",), "follows": "Who flooded Holm?", "outlets": ("Marden Post",)}
    text = replace(answer_with(PLAIN), **asked).export(kind)
    page = text if kind == "html" else MarkdownIt().render(text)
    said = squeezed("".join(html.fromstring(page).itertext())).replace(":", "")
    assert "AskedtogetherwithHolm" in said
    assert "Readafter“WhofloodedHolm?”" in said
    assert "OnlyfromMardenPost" in said
    plain = answer_with(PLAIN).export(kind)
    assert "Read after" not in plain
    assert "Only from" not in plain


@pytest.mark.parametrize("answer", [WITH_VALUES, SILENT])
def test_nothing_in_an_article_is_markup_on_the_html_page(answer: Answer) -> None:
    page = html.document_fromstring(answer.export("html"))
    for element in page.iter():
        assert element.tag in ALLOWED_TAGS
        assert set(element.attrib) <= ALLOWED_ATTRIBUTES
    hrefs = page.xpath("//a/@href")
    assert all(href.startswith("https://") for href in hrefs)
    assert squeezed("<script>alert(1)</script>") in squeezed(page.text_content())


def test_the_html_page_can_be_read_and_loads_nothing() -> None:
    text = WITH_VALUES.export("html")
    page = html.document_fromstring(text)
    assert page.get("lang") == "en"
    assert page.xpath("//meta[@http-equiv]/@content")[0].startswith("default-src 'none'")
    assert next(h.text_content() for h in page.xpath("//h3")) == "[1] Ferry sinks off Norle"
    figure = page.get_element_by_id("quote-1")
    assert squeezed(QUOTE) in squeezed(figure.xpath("blockquote")[0].text_content())
    assert figure.xpath(".//a/@href") == [PLAIN.link]
    assert hash_text(QUOTE) in figure.text_content()
    assert page.get_element_by_id("quote-2").xpath(".//mark")[0].text == "Quote"
    # A language that is none is no attribute; the link of the hostile article gives way to its url.
    assert [b.get("lang") for b in page.xpath("//blockquote")] == ["en", None]
    assert "url(" not in text
    assert "@import" not in text


@pytest.mark.parametrize("answer", [WITH_VALUES, SILENT])
def test_nothing_in_an_article_is_markup_in_markdown(answer: Answer) -> None:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(answer.export("markdown"))
    inline = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in [*tokens, *inline]}
    assert not kinds & {"html_block", "html_inline", "image", "code_inline", "fence", "code_block"}
    assert not kinds & {"s_open", "hr"}
    hrefs = [token.attrs["href"] for token in inline if token.type == "link_open"]
    assert all(str(href).startswith("https://") for href in hrefs)
    emphasised = [n for n, token in enumerate(inline) if token.type == "strong_open"]
    assert len(emphasised) == (1 if answer.short else 0)
    shown = "".join(token.content for token in inline if token.type == "text")
    assert squeezed("![x](http://198.51.100.7/m.png)") in squeezed(shown)


def test_markdown_has_the_quotes_links_and_headings() -> None:
    lines = answer_with(PLAIN).export("markdown").splitlines()
    assert lines[0] == "# When did the ferry sink?"
    assert "**at 4.10 a.m.**" in lines
    assert f"> “{' '.join(QUOTE.split())}”" in lines
    assert f"[Open the page at the quote](<{PLAIN.link}>)" in lines
    assert f"- SHA-256 of the quote: {hash_text(QUOTE)}" in lines


def test_the_table_of_values_keeps_its_columns() -> None:
    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse(WITH_VALUES.export("markdown"))
    assert sum(token.type == "tr_open" for token in tokens) == 3
    assert sum(token.type == "td_open" for token in tokens) == 8
    page = html.document_fromstring(WITH_VALUES.export("html"))
    assert [len(row) for row in page.xpath("//tr")] == [4, 4, 4]


def test_a_value_names_its_outlets_and_what_replaced_it() -> None:
    values = (
        Value(text="31", sources=2, outlets=("Norle Gazette", "Coast Wire")),
        Value(text="30", status="corrected", replaced_by="31"),
    )
    lines = replace(answer_with(PLAIN), values=values).export("markdown").splitlines()
    assert "| 31 | no date | 2 sources: Norle Gazette, Coast Wire |  |" in lines
    assert "| 30 (corrected since to 31) | no date | 1 source |  |" in lines


REPORT = Report(
    article_id="b",
    title="Ferry down",
    source="Coast Wire",
    url="",
    published=None,
    quote=f"Only 30 were saved. {ATTACK}",
    start=3,
    end=22,
    text_hash=hash_text("the article"),
)
WITH_REPORT = replace(
    WITH_VALUES, values=(replace(WITH_VALUES.values[0], reports=(REPORT,)), *WITH_VALUES.values[1:])
)


def test_a_report_that_is_not_cited_is_listed_with_its_words_and_their_hash() -> None:
    page = html.document_fromstring(WITH_REPORT.export("html"))
    shown = squeezed(page.xpath("//table")[-1].text_content())
    assert squeezed("Only 30 were saved. }} @article{evil") in shown
    assert hash_text(REPORT.quote) in shown
    assert {element.tag for element in page.iter()} <= ALLOWED_TAGS
    lines = WITH_REPORT.export("markdown").splitlines()
    assert "## Reports that are not quoted above" in lines
    assert [line.count(hash_text(REPORT.quote)) for line in lines if "Only 30" in line] == [1]
    assert "## Reports that are not quoted above" not in WITH_VALUES.export("markdown")


def test_a_pack_with_other_words_in_a_report_that_is_not_cited_is_refused() -> None:
    text = WITH_REPORT.export("json")
    assert read_saved_answer(text) == WITH_REPORT
    with pytest.raises(InputError, match="somebody has changed it"):
        read_saved_answer(text.replace("Only 30 were", "Only 13 were"))


def test_a_pack_of_before_reports_were_hashed_is_read() -> None:
    pack = json.loads(WITH_REPORT.export("json"))
    del pack["reports"]
    for value in pack["answer"]["values"]:
        for report in value["reports"]:
            del report["text_hash"], report["note"]
    answer = read_saved_answer(json.dumps(pack))
    assert answer.values[0].reports[0].quote == REPORT.quote
    assert answer.uncited == []


def test_a_pack_is_read_back_with_its_hashes(archive: Archive) -> None:
    answer = archive.ask("When did the northern truce take effect?", sources=["wire.example"])
    text = answer.export("json")
    pack = json.loads(text)
    assert (pack["schema_version"], pack["kind"]) == (1, "evidence pack")
    article: Article = archive.article(answer.citations[0].article_id)
    assert pack["quotes"][0]["text_hash"] == hash_text(article.text)
    made = pack["answer"]["provenance"]
    assert made["generation"] == "00000001"
    assert made["embedding_model"] == "hashing-64"
    assert made["searched"]["sources"] == ["wire.example"]
    assert EvidencePack.from_json(text) == EvidencePack.of(answer)
    assert read_saved_answer(text) == read_saved_answer(answer.to_json()) == answer
    assert read_saved_answer(text).provenance == answer.provenance


def test_a_pack_names_the_words_that_filtered(archive: Archive) -> None:
    answer = archive.ask('When did the "northern truce" take effect?', sources=["wire.example"])
    filters = [line for line in answer.export("markdown").splitlines() if "Filter:" in line]
    assert filters == ["- Filter: outlets: wire.example; with the words “northern truce”"]


def test_a_pack_with_another_quote_is_refused() -> None:
    text = answer_with(PLAIN).export("json")
    with pytest.raises(InputError, match="somebody has changed it"):
        read_saved_answer(text.replace("All 31 people", "All 13 people"))


@pytest.mark.parametrize("text", ["", "[]", "{}", "nonsense", '{"kind": "evidence pack"}', b"\xff"])
def test_what_is_no_saved_answer_is_told(text: str | bytes) -> None:
    with pytest.raises(InputError):
        read_saved_answer(text)


def test_every_format_writes_every_answer() -> None:
    assert set(FORMATS) == set(get_args(ExportFormat))
    for name in FORMATS:
        for answer in (WITH_VALUES, SILENT, answer_with(PLAIN)):
            assert isinstance(answer.export(name), str)
    with pytest.raises(QuestionError, match="the formats are markdown, html"):
        SILENT.export("docx")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("a.csl.json", "csl-json"), ("a.json", "json"), ("A.MD", "markdown"), ("x/y.bib", "bibtex")],
)
def test_the_name_of_a_file_says_its_format(name: str, wanted: str) -> None:
    assert format_of(name) == wanted


def test_a_name_that_says_no_format_is_told() -> None:
    with pytest.raises(QuestionError, match=r"\.csl\.json"):
        format_of("proof.pdf")
