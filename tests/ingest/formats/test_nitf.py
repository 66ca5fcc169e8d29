import io
from pathlib import Path

import pytest
from lxml import etree

from ingest.formats.nitf import extended_date, matches, read, read_fields, strip_by
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "formats" / "nitf"
HARBOUR = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">
<nitf baselang="en-GB" xmlns="http://iptc.org/std/NITF/2006-10-18/">
 <head><title>Slug</title>
  <docdata management-status="usable"><doc-id regsrc="TideWire" id-string="77"/>
   <date.issue norm="20201110T120000+0400"/><date.release norm="20201110T1300Z"/>
   <date.expire norm="20201210"/><doc.copyright holder="TideWire" year="2020"/>
   <du-key key="harbour" version="3"/><ed-msg info="Corrects the depth."/></docdata>
  <pubdata name="The Harbour Gazette" position.section="Local" ex-ref="https://tide.example/77"/>
 </head>
 <body><body.head><hedline><hl1>Harbour reopens</hl1><hl2>Ships return</hl2></hedline>
  <byline>By <person>Harbour desk</person>, <byttl>Port Writer</byttl></byline>
  <distributor>TideWire</distributor>
  <dateline><location>Saltby</location><story.date norm="20201110"/></dateline></body.head>
  <body.content><p>Harbour reopens</p>
   <p>The <location><city>Saltby</city></location> harbour,
     closed since <chron>May</chron>
       , reopened.</p><!-- cut -->
   <hl2>Costs</hl2><ul><li>Dredging</li><li>Buoys</li></ul>
   <table><tr><td>Depth</td><td>9 m</td></tr></table>
   <media media-type="image"><media-caption>A boat.</media-caption></media>
   <p>&lt;div class="x"&gt;&lt;/div&gt;</p><p>Fish&#160;&amp;amp; chips &eacute;.</p>
  </body.content></body></nitf>"""


def only(content: str | bytes) -> FoundRecord | Skip:
    data = content.encode() if isinstance(content, str) else content
    (item,) = read(Input(name="a.xml", opener=lambda: io.BytesIO(data)))
    return item


def skipped(content: str | bytes) -> Skip:
    item = only(content)
    assert isinstance(item, Skip)
    return item


def fields_of(content: str | bytes) -> dict[str, object]:
    item = only(content)
    assert isinstance(item, FoundRecord)
    return dict(item.fields)


def document(body: str) -> str:
    return f"<nitf><body><body.content>{body}</body.content></body></nitf>"


def test_nitf_is_told_by_its_first_element() -> None:
    assert matches(HARBOUR.encode(), ".xml")
    assert matches(b"<!-- <newsItem> --><nitf>", "")
    assert not matches(b"<newsItem><nitf>", ".nitf")


def test_the_metadata_of_a_document_become_fields() -> None:
    fields = fields_of(HARBOUR)
    del fields["text"]
    assert fields == {
        "id": "TideWire:77",
        "url": "https://tide.example/77",
        "title": "Harbour reopens",
        "published": "2020-11-10T12:00:00+04:00",
        "authors": ["Harbour desk"],
        "source": "The Harbour Gazette",
        "section": "Local",
        "language": "en-GB",
        "version": "3",
        "pubstatus": "usable",
        "embargoed": "2020-11-10T13:00:00Z",
        "expires": "2020-12-10",
        "agency": "TideWire",
        "rights": "TideWire 2020",
        "dateline": "Saltby",
        "note": "Corrects the depth.",
    }


def test_the_text_has_paragraphs_and_nothing_else() -> None:
    assert fields_of(HARBOUR)["text"].split("\n\n") == [  # type: ignore[attr-defined]
        "The Saltby harbour, closed since May, reopened.",
        "Costs",
        "Dredging",
        "Buoys",
        "Depth 9 m",
        "Fish & chips é.",
    ]


def test_paragraphs_that_a_corpus_gives_twice_are_read_once() -> None:
    lead = '<block class="lead_paragraph"><p>It rained.</p></block>'
    full = '<block class="full_text"><p>It rained.</p><p>It stopped.</p></block>'
    assert fields_of(document(lead + full))["text"] == "It rained.\n\nIt stopped."


def test_a_document_without_a_body_gives_its_abstract_and_says_so() -> None:
    head = "<body.head><abstract><p>A bridge fell.</p></abstract></body.head>"
    item = only(f"<nitf><body>{head}</body></nitf>")
    assert isinstance(item, FoundRecord)
    assert item.fields["text"] == "A bridge fell."
    assert item.notes == ("it has no body; the text is its abstract",)


@pytest.mark.parametrize(
    "beside",
    [
        '<note noteclass="editorsnote"><body.content><p>Corrects cost.</p></body.content></note>',
        "<note><body.content><hl1>Eds</hl1><p>Corrects cost.</p></body.content></note>",
    ],
)
def test_the_note_above_a_story_is_no_story(beside: str) -> None:
    head = f"<body.head>{beside}<hedline><hl1>Dam opens</hl1></hedline></body.head>"
    body = "<body.content><p>Marden dam opened.</p></body.content>"
    fields = fields_of(f"<nitf><body>{head}{body}</body></nitf>")
    assert (fields["text"], fields["title"]) == ("Marden dam opened.", "Dam opens")
    assert str(fields["note"]).endswith("Corrects cost.")


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("5<frac><frac-num>1</frac-num><frac-den>2</frac-den></frac>", "5 1/2"),
        (
            "5<frac><frac-num>1</frac-num><frac-sep>/</frac-sep><frac-den>2</frac-den></frac>",
            "5 1/2",
        ),
        ("<frac><frac-num>3</frac-num><frac-den>4</frac-den></frac>", "3/4"),
    ],
)
def test_a_fraction_is_written_in_a_line(given: str, wanted: str) -> None:
    assert fields_of(document(f"<p>It is <num>{given}</num> miles.</p>"))["text"] == (
        f"It is {wanted} miles."
    )


def test_a_document_whose_only_text_is_a_note_has_no_body() -> None:
    note = "<note><body.content><p>Corrects cost.</p></body.content></note>"
    assert skipped(f"<nitf><body><body.head>{note}</body.head></body></nitf>").reason is (
        Reason.NO_TEXT
    )


@pytest.mark.parametrize(
    ("tagline", "note"),
    [
        (
            "This article was amended on 4 March. An earlier version said Holm had 30 boats.",
            "This article was amended on 4 March. An earlier version said Holm had 30 boats.",
        ),
        ("Correction: the toll is 5 pounds.", "Correction: the toll is 5 pounds."),
        ("Jane Orr reports from Holm.", ""),
        ("Note to readers: write to the desk at Holm.", ""),
    ],
)
def test_a_correction_below_the_story_is_its_note(tagline: str, note: str) -> None:
    end = f"<body.end><tagline>{tagline}</tagline></body.end>"
    body = "<body.content><p>Holm has 13 boats.</p></body.content>"
    fields = fields_of(f"<nitf><body>{body}{end}</body></nitf>")
    assert fields["text"] == "Holm has 13 boats."
    assert fields.get("note", "") == note


def test_a_document_without_words_is_a_skip() -> None:
    assert skipped(document("<p>...</p>")).reason is Reason.NO_TEXT


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("20201110T120000+0400", "2020-11-10T12:00:00+04:00"),
        ("20201110T120000Z", "2020-11-10T12:00:00Z"),
        ("20201110T1200", "2020-11-10T12:00:00"),
        ("20201110", "2020-11-10"),
        ("20201110+0100", "2020-11-10"),
        ("2020-11-10T12:00:00", "2020-11-10T12:00:00"),
        ("yesterday", "yesterday"),
        ("", ""),
    ],
)
def test_dates_are_handed_on_in_the_extended_form(given: str, wanted: str) -> None:
    assert extended_date(given) == wanted


def test_a_byline_loses_its_by_and_nothing_of_a_name() -> None:
    assert strip_by("By Harbour desk,") == "Harbour desk"
    assert strip_by("by: Harbour desk") == "Harbour desk"
    assert strip_by("Byron desk") == "Byron desk"


def test_an_entity_is_neither_fetched_nor_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("password")
    doctype = f'<!DOCTYPE nitf [<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
    assert "password" not in str(fields_of(doctype + document("<p>See &f; here.</p>")))


def test_an_entity_bomb_ends_as_a_skip() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE nitf [<!ENTITY e0 "lol">{levels}]>'
    assert skipped(f'{doctype}<nitf baselang="&e11;"/>').reason is Reason.BROKEN


def test_nesting_without_end_and_a_cut_file_are_skips() -> None:
    assert "depth" in skipped("<nitf>" + "<block>" * 100_000).detail
    assert skipped(HARBOUR[:900]).reason is Reason.BROKEN


def test_bytes_that_are_not_what_the_document_says_are_a_skip() -> None:
    broken = '<?xml version="1.0" encoding="utf-8"?>' + document("<p>Caf\xe9</p>")
    assert skipped(broken.encode("latin-1")).reason is Reason.ENCODING


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="needs ../shared/data/formats/nitf")
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.xml")), ids=lambda path: path.name)
def test_every_sample_is_an_article_with_title_date_and_text(path: Path) -> None:
    assert matches(Input.of_file(path).head(), ".xml")
    (item,) = read(Input.of_file(path))
    assert isinstance(item, FoundRecord)
    assert {"title", "published", "source", "text"} <= set(item.fields)
    assert "<" not in str(item.fields["text"])


def test_html_entities_are_read_without_a_document_type() -> None:
    found = only(
        "<nitf><body><body.content><p>Caf&eacute; &amp; bar</p></body.content></body></nitf>"
    )
    assert isinstance(found, FoundRecord)
    assert found.fields["text"] == "Café & bar"


def test_a_prefix_changes_nothing() -> None:
    found = only(
        '<n:nitf xmlns:n="http://iptc.org/std/NITF/2006-10-18/"><n:body><n:body.head><n:hedline>'
        "<n:hl1>Ferry</n:hl1></n:hedline><n:dateline>PORT (Wire) <n:story.date "
        'norm="20120102"/></n:dateline></n:body.head><n:body.content><n:block><n:p>It sailed.</n:p>'
        "</n:block></n:body.content></n:body></n:nitf>"
    )
    assert isinstance(found, FoundRecord)
    assert found.fields == {
        "title": "Ferry",
        "published": "2012-01-02",
        "text": "It sailed.",
        "dateline": "PORT (Wire)",
    }


def test_a_killed_document_is_handed_on_without_a_text() -> None:
    docdata = '<docdata management-status="killed"><doc-id id-string="7"/></docdata>'
    found = only(f"<nitf><head>{docdata}</head><body/></nitf>")
    assert isinstance(found, FoundRecord)
    assert (found.fields["id"], found.fields["pubstatus"]) == ("7", "killed")
    assert "text" not in found.fields
    assert found.notes == ()


def test_who_owns_the_rights_is_the_source_where_no_other_is_named() -> None:
    head = "<body.head><rights><rights.owner>Tide Co</rights.owner></rights></body.head>"
    content = "<body.content><p>The ferry sailed.</p></body.content>"
    fields = read_fields(etree.fromstring(f"<nitf><body>{head}{content}</body></nitf>"))
    assert fields["source"] == "Tide Co"
