import base64
import io

import pytest

from ingest.formats import detect, newsml1
from ingest.formats.newsml1 import read
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

IDENTITY = """<Identification><NewsIdentifier><ProviderId>tide.example</ProviderId>
 <DateId>20210302T090000Z</DateId><NewsItemId>ferry</NewsItemId>
 <RevisionId PreviousRevision="1" Update="N">2</RevisionId>
 <PublicIdentifier>urn:newsml:tide.example:20210302T090000Z:ferry:2N</PublicIdentifier>
 </NewsIdentifier></Identification>
 <NewsManagement><NewsItemType FormalName="News"/>
 <FirstCreated>20210302T100000+0100</FirstCreated>
 <ThisRevisionCreated>20210302T113000+0100</ThisRevisionCreated>
 <Status FormalName="Usable"/></NewsManagement>"""
META = """<NewsLines><HeadLine>Ferry sails</HeadLine><ByLine>By Ann Tide</ByLine>
 <DateLine>SALTBY (TideWire)</DateLine><CopyrightLine>(c) TideWire</CopyrightLine></NewsLines>
 <AdministrativeMetadata><Provider><Party FormalName="TideWire"/></Provider>
 <Source><Party FormalName="Coast News"/></Source></AdministrativeMetadata>
 <DescriptiveMetadata><Language FormalName="en"/><Location HowPresent="Origin">
 <Property FormalName="City" Value="Saltby"/></Location></DescriptiveMetadata>"""
NITF = """<nitf><head><title>x</title></head><body><body.content><p>The ferry sailed.</p>
 <p>Crowds came.</p></body.content></body></nitf>"""
TEXT = "The ferry sailed.\n\nCrowds came."
CAPTION = """<NewsComponent><Role FormalName="Picture"/><NewsLines><HeadLine>A boat</HeadLine>
 </NewsLines><NewsComponent><Role FormalName="Caption"/>
 <ContentItem><DataContent>A boat in the harbour.</DataContent></ContentItem></NewsComponent>
 <ContentItem Href="a.jpg"><MediaType FormalName="Photo"/></ContentItem></NewsComponent>"""


def content(data: str, kind: str = "Text") -> str:
    media = f'<MediaType FormalName="{kind}"/>'
    return f"<ContentItem>{media}<DataContent>{data}</DataContent></ContentItem>"


def message(*components: str) -> str:
    items = "".join(f"<NewsItem>{IDENTITY}{one}</NewsItem>" for one in components)
    return f'<NewsML Version="1.2"><Catalog Href="x"/>{items}</NewsML>'


def items(document: str) -> list[FoundRecord | Skip]:
    data = document.encode()
    return list(read(Input(name="a.xml", opener=lambda: io.BytesIO(data))))


def text_of(document: str) -> object:
    (item,) = items(document)
    assert isinstance(item, FoundRecord)
    return item.fields["text"]


def test_newsml_1_is_told_from_its_second_version() -> None:
    assert detect(b'<?xml version="1.0"?><!DOCTYPE NewsML><NewsML>', ".xml") is newsml1
    assert detect(b"<newsItem>", ".xml") is not newsml1


def test_the_metadata_of_an_item_become_fields() -> None:
    (item,) = items(message(f"<NewsComponent>{META}{content(NITF)}</NewsComponent>"))
    assert isinstance(item, FoundRecord)
    assert item.line is None
    assert item.fields == {
        "id": "urn:newsml:tide.example:20210302T090000Z:ferry",
        "title": "Ferry sails",
        "published": "2021-03-02T10:00:00+01:00",
        "updated": "2021-03-02T11:30:00+01:00",
        "authors": ["Ann Tide"],
        "source": "TideWire",
        "language": "en",
        "version": "2",
        "pubstatus": "usable",
        "agency": "Coast News",
        "rights": "(c) TideWire",
        "dateline": "Saltby",
        "text": TEXT,
    }


@pytest.mark.parametrize(
    "data",
    [
        "<p>The ferry sailed.</p><p>Crowds came.</p>",
        "<![CDATA[<P>The ferry sailed.</P><P>Crowds came.</P>]]>",
        "&lt;p&gt;The ferry sailed.&lt;/p&gt;&lt;p&gt;Crowds came.&lt;/p&gt;",
        "The ferry\nsailed.\n\nCrowds came.",
        (
            "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body>"
            "<p>The <Company>ferry</Company> sailed.</p><p>Crowds came.</p></body></html>"
        ),
        (
            "<media><media-caption>A boat.</media-caption></media><p>The ferry sailed.</p>"
            "<p>Crowds came.</p>"
        ),
    ],
)
def test_a_text_is_read_in_whatever_form_it_comes(data: str) -> None:
    nested = f"<NewsComponent>{META}<NewsComponent>{content(data)}</NewsComponent></NewsComponent>"
    assert text_of(message(nested)) == TEXT


def test_a_lead_and_a_body_are_one_text_and_captions_are_none_of_it() -> None:
    parts = [
        ("Title", "Ferry sails"),
        ("Lead", "The ferry sailed."),
        ("Body", "Crowds came."),
    ]
    inner = "".join(
        f'<NewsComponent><Role FormalName="{role}"/>{content(text)}</NewsComponent>'
        for role, text in parts
    )
    assert text_of(message(f"<NewsComponent>{META}{inner}{CAPTION}</NewsComponent>")) == TEXT


def test_the_same_text_in_several_formats_counts_once() -> None:
    inner = "".join(f"<NewsComponent>{content(one)}</NewsComponent>" for one in (NITF, "Plain."))
    outer = f'<NewsComponent EquivalentsList="yes">{META}{inner}</NewsComponent>'
    assert text_of(message(outer)) == TEXT


def test_several_stories_in_an_item_are_several_articles() -> None:
    inner = "".join(
        f'<NewsComponent Duid="{n}" xml:lang="{n}"><NewsLines><HeadLine>Title {n}</HeadLine>'
        f"</NewsLines>{content(f'Text {n}.')}</NewsComponent>"
        for n in ("fr", "nl")
    )
    found = items(message(f"<NewsComponent>{inner}</NewsComponent>"))
    fields = [item.fields for item in found if isinstance(item, FoundRecord)]
    assert [(one["title"], one["text"]) for one in fields] == [
        ("Title fr", "Text fr."),
        ("Title nl", "Text nl."),
    ]
    assert fields[0]["id"] != fields[1]["id"]


def test_several_items_are_numbered() -> None:
    one = f"<NewsComponent>{META}{content(NITF)}</NewsComponent>"
    assert [item.line for item in items(message(one, one))] == [1, 2]


def test_a_picture_with_its_caption_is_no_news_text() -> None:
    (item,) = items(message(f"<NewsComponent>{CAPTION}</NewsComponent>"))
    assert isinstance(item, Skip)
    assert item.reason == Reason.NO_TEXT
    assert "the caption of a picture" in item.detail


def test_what_is_neither_text_nor_picture_is_no_news_text() -> None:
    other = content("<Catalog><Resource><Urn>urn:x</Urn></Resource></Catalog>")
    package = "<NewsComponent><NewsItemRef NewsItem='x.xml'/></NewsComponent>"
    for document, word in ((f"<NewsComponent>{other}</NewsComponent>", "text"), (package, "list")):
        (item,) = items(message(document))
        assert isinstance(item, Skip)
        assert word in item.detail


def test_a_canceled_item_is_handed_on_without_a_text() -> None:
    document = message("<NewsComponent/>").replace('"Usable"', '"Canceled"')
    (item,) = items(document)
    assert isinstance(item, FoundRecord)
    assert item.fields["pubstatus"] == "canceled"


def test_a_message_without_items_says_so() -> None:
    (item,) = items("<NewsML><TopicSet/></NewsML>")
    assert isinstance(item, Skip)
    assert item.reason == Reason.NO_TEXT


def test_a_style_sheet_a_logo_and_whom_to_call_are_no_text() -> None:
    def part(role: str, text: str, mime: str = "text/plain") -> str:
        kind = f'<MimeType FormalName="{mime}"/><DataContent>{text}</DataContent>'
        return (
            f'<NewsComponent><Role FormalName="{role}"/><ContentItem>{kind}</ContentItem>'
            "</NewsComponent>"
        )

    parts = (
        part("StyleSheet", ".a { color: red }", "text/css"),
        part("Other", ".b { color: red }", "text/css"),
        part("Logo", "A wave"),
        part("Contact", "Call Ann Tide"),
        part("Body", "The ferry sailed."),
    )
    assert text_of(message(f"<NewsComponent>{META}{''.join(parts)}</NewsComponent>")) == (
        "The ferry sailed."
    )


def test_the_text_of_a_sound_is_read_and_that_of_a_picture_is_not() -> None:
    body = f'<NewsComponent><Role FormalName="Body"/>{content("The ferry sailed.")}</NewsComponent>'
    heard = f"<NewsComponent><Role FormalName='Audio'/>{META}{body}</NewsComponent>"
    seen = f"<NewsComponent><Role FormalName='Picture'/>{META}{body}</NewsComponent>"
    assert text_of(message(f"<NewsComponent>{heard}</NewsComponent>")) == "The ferry sailed."
    (skip,) = items(message(f"<NewsComponent>{seen}</NewsComponent>"))
    assert isinstance(skip, Skip)


def test_a_headline_is_found_however_its_name_is_written() -> None:
    lines = "<NewsLines><Headline>Ferry sails</Headline></NewsLines>"
    (item,) = items(message(f"<NewsComponent>{lines}{content(NITF)}</NewsComponent>"))
    assert isinstance(item, FoundRecord)
    assert item.fields["title"] == "Ferry sails"


def test_a_text_in_base64_is_read_and_a_picture_is_not() -> None:
    encoded = base64.b64encode(TEXT.encode()).decode()
    inner = f'<Encoding Notation="Base64"><DataContent>{encoded}</DataContent></Encoding>'

    def one(mime: str) -> str:
        kind = f'<MimeType FormalName="{mime}"/>'
        return message(
            f"<NewsComponent>{META}<ContentItem>{kind}{inner}</ContentItem></NewsComponent>"
        )

    assert text_of(one("text/plain")) == TEXT
    (skip,) = items(one("application/octet-stream"))
    assert isinstance(skip, Skip)
