import io

from ingest.formats import detect, sgml
from ingest.formats.sgml import read
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

REUTERS = """<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" OLDID="1" NEWID="7">
<DATE> 2-MAR-1987 15:01:01.79</DATE>
<TOPICS><D>ship</D><D>coast</D></TOPICS><PLACES></PLACES>
<UNKNOWN>&#5;&#22;C f0704</UNKNOWN>
<TEXT>&#2;
<TITLE>FERRY &lt;FRY> SAILS</TITLE>
<DATELINE>    SALTBY, March 2 - </DATELINE><BODY>The ferry sailed
again.
    Crowds came.
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
<REUTERS TOPICS="NO" NEWID="8"><DATE>bad</DATE><TEXT TYPE="BRIEF">
<TITLE>RAIN FELL</TITLE></TEXT></REUTERS>
"""
GIGAWORD = """<DOC id="TID_ENG_20210302.0007" type="story" >
<HEADLINE>
Ferry &amp; crowds
</HEADLINE>
<DATELINE>
Saltby
</DATELINE>
<TEXT>
<P>
The ferry
sailed.
</P>
<P>
Crowds came.
</P>
</TEXT>
</DOC>
<DOC id="TID_ENG_20210302.0008" type="multi" ><TEXT><P>Briefs.</P></TEXT></DOC>
"""
TREC = """<DOC>
<DOCNO> TD20210302-0007 </DOCNO>
<HEAD>Ferry sails</HEAD>
<BYLINE>By ANN TIDE</BYLINE>
<TEXT>
   The ferry
sailed.
   Crowds came.
</TEXT>
</DOC>
"""
TEXT = "The ferry sailed.\n\nCrowds came."


def items(content: str) -> list[FoundRecord | Skip]:
    return list(read(Input(name="a.sgm", opener=lambda: io.BytesIO(content.encode()))))


def test_corpora_are_told_by_their_first_element() -> None:
    for content in (REUTERS, GIGAWORD, TREC):
        assert detect(content.encode(), "") is sgml
    assert detect(b"<document>", ".xml") is not sgml


def test_a_document_of_reuters_21578_gives_its_fields() -> None:
    story, brief = items(REUTERS)
    assert isinstance(story, FoundRecord)
    assert story.fields == {
        "id": "reuters-21578:7",
        "title": "FERRY <FRY> SAILS",
        "published": "1987-03-02T15:01:01",
        "source": "Reuters",
        "section": "ship",
        "dateline": "SALTBY, March 2",
        "text": "The ferry sailed again.\n\nCrowds came.",
    }
    assert isinstance(brief, Skip)
    assert "a headline without a body" in brief.detail


def test_a_document_of_gigaword_has_its_day_in_its_id() -> None:
    story, several = items(GIGAWORD)
    assert isinstance(story, FoundRecord)
    assert story.fields == {
        "id": "TID_ENG_20210302.0007",
        "title": "Ferry & crowds",
        "published": "2021-03-02",
        "source": "TID",
        "dateline": "Saltby",
        "text": TEXT,
    }
    assert isinstance(several, Skip)
    assert several.reason == Reason.NO_TEXT
    assert "several stories" in several.detail


def test_a_document_of_trec_has_indented_paragraphs() -> None:
    (story,) = items(TREC)
    assert isinstance(story, FoundRecord)
    assert story.fields["text"] == TEXT
    assert story.fields["published"] == "2021-03-02"
    assert story.fields["authors"] == ["ANN TIDE"]


def test_a_document_without_its_end_is_read_as_far_as_it_goes() -> None:
    found = items(TREC + TREC.replace("</DOC>", ""))
    assert [isinstance(item, FoundRecord) for item in found] == [True, True]
