import base64
import io
from pathlib import Path

import pytest

from ingest.formats.newsml import matches, read
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "formats" / "newsml-g2"
FERRY = """<?xml version="1.0"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:tide.example:ferry"
  version="4" xml:lang="en">
 <rightsInfo><copyrightNotice>Copyright TideWire</copyrightNotice>
  <usageTerms>Not for<br/>broadcast</usageTerms></rightsInfo>
 <itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:TideWire"/>
  <versionCreated>2021-03-02T10:00:00+01:00 </versionCreated>
  <firstCreated>2021-03-01T09:00:00+01:00</firstCreated>
  <embargoed>2021-03-02T12:00:00Z</embargoed><pubStatus qcode="stat:usable"/>
  <edNote>Corrects the name.</edNote></itemMeta>
 <contentMeta><urgency>3</urgency><contentCreated>2021</contentCreated>
  <located><name>Saltby</name></located>
  <creator><name>TideWire Ltd</name></creator>
  <infoSource role="isrole:interviewee"><name>A Sailor</name></infoSource>
  <infoSource qcode="is:X"><name>Coast News</name></infoSource>
  <by>By Harbour desk</by><creditline>Coast/TideWire</creditline>
  <language tag="en-GB"/><headline>Ferry
   sails again</headline></contentMeta>
 <contentSet><remoteContent contenttype="image/jpeg" href="https://tide.example/a.jpg"/>
  <inlineXML contenttype="application/xhtml+xml">
   <html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>
    <h1>Ferry sails again</h1><div>The <b>ferry</b> sailed.<p>Crowds<br/>came.</p>At last.</div>
    <figure><figcaption>A ferry.</figcaption></figure></body></html></inlineXML></contentSet>
</newsItem>"""
NITF = """<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/" baselang="fr"><body>
 <body.head><hedline><hl1>Inner</hl1></hedline><byline>By Hill desk</byline></body.head>
 <body.content><p>One.</p><p>Two.</p></body.content></body></nitf>"""


def items(content: str) -> list[FoundRecord | Skip]:
    return list(read(Input(name="a.xml", opener=lambda: io.BytesIO(content.encode()))))


def item(content: str, *, kind: str = "text", meta: str = "") -> FoundRecord | Skip:
    (found,) = items(
        f'<newsItem guid="g"><itemMeta><itemClass qcode="ninat:{kind}"/></itemMeta>'
        f"<contentMeta>{meta}</contentMeta>{content}</newsItem>"
    )
    return found


def test_newsml_is_told_by_its_first_element() -> None:
    assert matches(FERRY.encode(), ".xml")
    assert matches(b"<n:newsMessage>", "")
    assert not matches(b"<rss>", ".xml")


def test_the_metadata_of_an_item_become_fields() -> None:
    (found,) = items(FERRY)
    assert isinstance(found, FoundRecord)
    assert found.line is None
    assert found.fields == {
        "id": "urn:newsml:tide.example:ferry",
        "title": "Ferry sails again",
        "published": "2021-03-01T09:00:00+01:00",
        "updated": "2021-03-02T10:00:00+01:00",
        "authors": ["Harbour desk"],
        "source": "TideWire",
        "language": "en-GB",
        "version": "4",
        "pubstatus": "usable",
        "embargoed": "2021-03-02T12:00:00Z",
        "agency": "Coast News",
        "rights": "Copyright TideWire Not for broadcast",
        "dateline": "Saltby",
        "note": "Corrects the name.",
        "text": "The ferry sailed.\n\nCrowds came.\n\nAt last.",
    }


def test_nitf_inside_an_item_gives_the_text_and_what_the_item_does_not_say() -> None:
    found = item(f"<contentSet><inlineXML>{NITF}</inlineXML></contentSet>")
    assert isinstance(found, FoundRecord)
    assert found.fields["text"] == "One.\n\nTwo."
    assert found.fields["title"] == "Inner"
    assert found.fields["authors"] == ["Hill desk"]
    assert found.fields["language"] == "fr"
    assert found.fields["id"] == "g"


def test_the_item_s_own_headline_goes_before_that_of_the_nitf_inside() -> None:
    content = f"<contentSet><inlineXML>{NITF}</inlineXML></contentSet>"
    found = item(content, meta="<headline>Outer</headline>")
    assert isinstance(found, FoundRecord)
    assert found.fields["title"] == "Outer"


def test_inline_data_is_read_as_plain_text_or_html() -> None:
    plain = item("<contentSet><inlineData>One\nline.\n\nTwo.</inlineData></contentSet>")
    page = "&lt;p&gt;One.&lt;/p&gt;Two."
    html = item(f"<contentSet><inlineData contenttype='text/html'>{page}</inlineData></contentSet>")
    assert isinstance(plain, FoundRecord)
    assert plain.fields["text"] == "One line.\n\nTwo."
    assert isinstance(html, FoundRecord)
    assert html.fields["text"] == "One.\n\nTwo."


def test_the_items_of_a_message_are_numbered() -> None:
    body = "<contentSet><inlineXML><p>Rain.</p></inlineXML></contentSet>"
    found = items(
        "<newsMessage><header/><itemSet><packageItem/><!-- x -->"
        f"<newsItem guid='a'>{body}</newsItem><newsItem guid='b'>{body}</newsItem>"
        "</itemSet></newsMessage>"
    )
    assert [(one.line, isinstance(one, FoundRecord)) for one in found] == [
        (1, False),
        (2, True),
        (3, True),
    ]


def test_an_embargo_without_a_date_is_handed_on() -> None:
    (found,) = items(
        "<newsItem><itemMeta><embargoed/></itemMeta><contentSet><inlineXML><p>Rain.</p>"
        "</inlineXML></contentSet></newsItem>"
    )
    assert isinstance(found, FoundRecord)
    assert found.fields["embargoed"] == ""


def test_a_text_item_without_a_body_gives_its_description_and_says_so() -> None:
    found = item("<contentSet/>", meta="<description>A flash.</description>")
    assert isinstance(found, FoundRecord)
    assert found.fields["text"] == "A flash."
    assert found.notes == ("it has no body; the text is its description",)


@pytest.mark.parametrize("kind", ["picture", "video", "audio", "graphic"])
def test_media_are_skipped_with_their_class(kind: str) -> None:
    found = item("<contentSet/>", kind=kind, meta="<description>A boat.</description>")
    assert isinstance(found, Skip)
    assert found.reason is Reason.NO_TEXT
    assert f"'{kind}'" in found.detail


@pytest.mark.parametrize("name", ["conceptItem", "knowledgeItem", "planningItem", "packageItem"])
def test_items_that_are_no_news_are_skipped(name: str) -> None:
    (found,) = items(f"<{name} guid='g'><concept><name>Tide</name></concept></{name}>")
    assert isinstance(found, Skip)
    assert found.reason is Reason.NO_TEXT


def test_a_skip_says_what_there_is_instead_of_a_text() -> None:
    sports = item("<contentSet><inlineXML><sports-content/></inlineXML></contentSet>")
    remote = item("<contentSet><remoteContent contenttype='text/html' href='x'/></contentSet>")
    assert "'sports-content'" in str(sports)
    assert "text/html" in str(remote)


def test_a_message_that_breaks_off_is_a_skip() -> None:
    (found,) = items("<newsMessage><itemSet><newsItem guid='a'>")
    assert isinstance(found, Skip)
    assert found.reason is Reason.BROKEN


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="needs ../shared/data/formats/newsml-g2")
def test_every_sample_is_read_or_skipped_for_a_reason() -> None:
    texts = 0
    for path in sorted(SAMPLES.glob("*.xml")):
        assert matches(Input.of_file(path).head(), ".xml"), path.name
        for found in read(Input.of_file(path)):
            if isinstance(found, Skip):
                assert found.reason is Reason.NO_TEXT, found
                continue
            texts += 1
            assert "  " not in str(found.fields["text"])
            assert "title" in found.fields or "facet" in path.name
            assert "published" in found.fields or "LISTING_25" in path.name
    assert texts >= 6


def test_the_main_headline_is_the_title_wherever_it_stands() -> None:
    meta = '<headline role="hl:sub">Below</headline><headline role="hl:main">Ferry</headline>'
    found = item("<contentSet><inlineData>It sailed.</inlineData></contentSet>", meta=meta)
    assert isinstance(found, FoundRecord)
    assert found.fields["title"] == "Ferry"


def test_html_written_as_a_string_in_inline_xml_is_html() -> None:
    content = "<![CDATA[<p>It sailed.</p><p>Caf&eacute; closed.</p>]]>"
    found = item(f"<contentSet><inlineXML>{content}</inlineXML></contentSet>")
    assert isinstance(found, FoundRecord)
    assert found.fields["text"] == "It sailed.\n\nCafé closed."


def test_the_items_beside_a_package_in_a_message_are_read() -> None:
    package = '<packageItem guid="p"><groupSet><group><itemRef residref="a"/></group></groupSet>'
    text = "<contentSet><inlineData>It sailed.</inlineData></contentSet>"
    message = (
        f"<newsMessage><header/><itemSet>{package}</packageItem>"
        f'<newsItem guid="a">{text}</newsItem></itemSet></newsMessage>'
    )
    skip, found = items(message)
    assert isinstance(skip, Skip)
    assert "a package" in skip.detail
    assert isinstance(found, FoundRecord)
    assert (found.line, found.fields["text"]) == (2, "It sailed.")


def test_a_canceled_item_is_handed_on_without_a_text() -> None:
    (found,) = items(
        '<newsItem guid="g" version="2"><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta>'
        "<contentSet/></newsItem>"
    )
    assert isinstance(found, FoundRecord)
    assert found.fields == {"id": "g", "version": "2", "pubstatus": "canceled"}


def test_what_an_agency_writes_above_and_below_the_story_is_no_text() -> None:
    page = (
        "<html xmlns='http://www.w3.org/1999/xhtml'><body><header><time>2.3.2021</time>"
        "<h1>Ferry sails</h1></header><section class='main'><p>The ferry sailed.</p></section>"
        "<footer><p>Contact the desk.</p></footer></body></html>"
    )
    found = item(f"<contentSet><inlineXML>{page}</inlineXML></contentSet>")
    assert isinstance(found, FoundRecord)
    assert found.fields["text"] == "The ferry sailed."
    assert found.fields["title"] == "Ferry sails"


def test_a_correction_in_the_footer_is_a_note_behind_that_of_the_item() -> None:
    said = "This article was amended on 4 March. An earlier version said Holm had 30 boats."
    page = (
        "<html xmlns='http://www.w3.org/1999/xhtml'><body><section><p>Holm has 13 boats.</p>"
        f"</section><footer><p>Contact the desk.</p><p>{said}</p></footer></body></html>"
    )
    found = item(f"<contentSet><inlineXML>{page}</inlineXML></contentSet>")
    assert isinstance(found, FoundRecord)
    assert found.fields["text"] == "Holm has 13 boats."
    assert found.fields["note"] == said
    edited = (
        f"<newsItem><itemMeta><edNote>Recasts.</edNote></itemMeta><contentSet><inlineXML>{page}"
    )
    (found,) = items(f"{edited}</inlineXML></contentSet></newsItem>")
    assert isinstance(found, FoundRecord)
    assert found.fields["note"] == f"Recasts. {said}"


def test_inline_xml_of_an_editor_s_own_kind_is_read_if_it_has_paragraphs() -> None:
    idf = "<idf><group type='body'><p>The ferry sailed.</p></group></idf>"
    found = item(f"<contentSet><inlineXML>{idf}</inlineXML></contentSet>")
    assert isinstance(found, FoundRecord)
    assert found.fields["text"] == "The ferry sailed."


def test_inline_data_in_base64_is_a_text() -> None:
    encoded = base64.b64encode(b"One\nline.\n\nTwo.").decode()
    found = item(f"<contentSet><inlineData encoding='base64'>{encoded}</inlineData></contentSet>")
    assert isinstance(found, FoundRecord)
    assert found.fields["text"] == "One line.\n\nTwo."
    picture = f"<inlineData contenttype='image/png' encoding='base64'>{encoded}</inlineData>"
    assert isinstance(item(f"<contentSet>{picture}</contentSet>"), Skip)
