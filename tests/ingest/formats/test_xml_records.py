import io

import pytest

from ingest.formats import detect, xml_records
from ingest.formats.xml_records import read
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

TEXT = "The ferry sailed.\n\nCrowds came."
BODY = "&lt;p&gt;The ferry sailed.&lt;/p&gt;&lt;p&gt;Crowds came.&lt;/p&gt;"
MESSAGE = f"""<?xml version="1.0"?><RBNews xmlns="http://tide.example/">
 <headline>Ferry sails</headline>
 <content>{BODY}</content><PublishDate>2021-03-02T10:00:00</PublishDate><NewsID>7</NewsID>
 <version>2</version></RBNews>"""
CORPUS = """<?xml version="1.0"?><newsitem itemid="7" date="2021-03-02" xml:lang="en">
 <title>x</title><headline>Ferry sails</headline><byline>Ann Tide</byline>
 <dateline>SALTBY</dateline>
 <text><p>The ferry sailed.</p><p>Crowds came.</p></text><copyright>(c) TideWire</copyright>
 </newsitem>"""


def items(content: str) -> list[FoundRecord | Skip]:
    return list(read(Input(name="a.xml", opener=lambda: io.BytesIO(content.encode()))))


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        ('<?xml version="1.0"?><urlset><url/></urlset>', ""),
        (
            "<mediawiki><page><title>x</title><revision><text>x</text></revision></page></mediawiki>",
            ".xml",
        ),
        ("<newsitem itemid='1'><text><p>It rained.</p></text></newsitem>", ".xml"),
    ],
)
def test_xml_that_is_no_news_format_is_named_and_not_taken_for_a_text(
    content: str, suffix: str
) -> None:
    assert detect(content.encode(), suffix) is xml_records
    (skip,) = items(content)
    assert isinstance(skip, Skip)
    assert skip.reason == Reason.NOT_TEXT
    assert "its root is '" in skip.detail


def test_a_message_is_read_by_the_usual_names_of_its_elements() -> None:
    (item,) = items(MESSAGE)
    assert isinstance(item, FoundRecord)
    assert item.fields == {
        "id": "7",
        "title": "Ferry sails",
        "published": "2021-03-02T10:00:00",
        "version": "2",
        "text": TEXT,
    }


def test_attributes_are_fields_too() -> None:
    (item,) = items(CORPUS)
    assert isinstance(item, FoundRecord)
    assert item.fields["published"] == "2021-03-02"
    assert item.fields["text"] == TEXT
    assert item.fields["rights"] == "(c) TideWire"
    assert item.fields["language"] == "en"
    assert item.fields["dateline"] == "SALTBY"


def test_an_export_gives_all_its_articles() -> None:
    one = (
        f"<article id='1'><title>Ferry</title><date>2021-03-02</date><body>{BODY}</body></article>"
    )
    found = items(f"<export><date>2021</date><articles>{one}{one}</articles></export>")
    assert [(item.line, isinstance(item, FoundRecord)) for item in found] == [(1, True), (2, True)]
    assert isinstance(found[0], FoundRecord)
    assert found[0].fields["text"] == TEXT


def test_items_of_known_formats_inside_other_elements_are_read() -> None:
    nitf = "<nitf><body><body.content><p>The ferry sailed.</p></body.content></body></nitf>"
    item = "<newsItem><contentSet><inlineXML><p>It rained.</p></inlineXML></contentSet></newsItem>"
    found = items(f"<feed><entry>{nitf}</entry><entry>{item}</entry></feed>")
    texts = [item.fields["text"] for item in found if isinstance(item, FoundRecord)]
    assert texts == ["The ferry sailed.", "It rained."]


def test_a_list_of_headlines_says_that_the_texts_are_elsewhere() -> None:
    one = (
        "<result><id>7</id><headline>Ferry sails</headline><dateCreated>2021</dateCreated></result>"
    )
    (item,) = items(f"<results>{one}{one}</results>")
    assert isinstance(item, Skip)
    assert item.reason == Reason.NO_TEXT
    assert "2 headlines without their texts" in item.detail


def test_a_release_has_its_own_title_the_name_of_its_outlet_and_its_lead() -> None:
    (item,) = items(
        """<release id="7"><title>Ferry sails</title><leadtext>A boat is back.</leadtext>
 <body>&lt;p&gt;The ferry sailed.&lt;/p&gt;</body><publicationDate>2021-03-02</publicationDate>
 <language id="16"><label>en</label></language><publisher id="2"><name>Tide Line</name>
 <address>1 Quay</address><description>Tide Line sails boats.</description></publisher>
 </release>"""
    )
    assert isinstance(item, FoundRecord)
    assert item.fields["title"] == "Ferry sails"
    assert item.fields["source"] == "Tide Line"
    assert item.fields["language"] == "en"
    assert item.fields["published"] == "2021-03-02"
    assert item.fields["text"] == "A boat is back.\n\nThe ferry sailed."


def test_a_yes_or_no_is_no_date_and_the_day_of_creation_is_noted() -> None:
    (item,) = items(
        f"""<Publish><ContentItem><Headline>Ferry sails</Headline><Language>1</Language>
 <ContentText>{BODY}</ContentText><Published>false</Published>
 <CreatedDateTime>2021-03-02T10:00:00</CreatedDateTime></ContentItem></Publish>"""
    )
    assert isinstance(item, FoundRecord)
    assert item.fields["published"] == "2021-03-02T10:00:00"
    assert item.notes == (
        "it does not say when it was published; the day it was created was taken",
    )
    assert "language" not in item.fields
    assert item.fields["text"] == TEXT


def test_an_entry_of_a_calendar_is_no_article() -> None:
    (item,) = items(
        """<document><title>Harbour day</title><timeStart>2021-03-02T09:00:00</timeStart>
 <timeEnd>2021-03-02T16:00:00</timeEnd><content>Boats can be seen.</content></document>"""
    )
    assert isinstance(item, Skip)
    assert item.detail == "it is not a news text but an event"
