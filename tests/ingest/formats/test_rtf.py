import io

from ingest.formats import detect, rtf
from ingest.formats.rtf import read
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

HEAD = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0 "


def items(body: bytes) -> list[FoundRecord | Skip]:
    data = HEAD + body + b"}"
    return list(read(Input(name="a.rtf", opener=lambda: io.BytesIO(data))))


def test_rtf_is_told_by_its_first_bytes() -> None:
    assert detect(HEAD, "") is rtf
    assert detect(HEAD + b"\0", ".rtf") is rtf


def test_a_document_gives_its_title_and_its_paragraphs() -> None:
    (item,) = items(
        rb"\b Ferry sails again\b0\par The f\'e4hre \u8222?sailed\u8220?.\par Crowds came.\par "
    )
    assert isinstance(item, FoundRecord)
    assert item.fields["title"] == "Ferry sails again"
    assert item.fields["text"] == "The fähre „sailed“.\n\nCrowds came."


def test_an_export_of_a_database_gives_its_articles() -> None:
    one = (
        rb"Ferry sails again\par 20 words\par 2 March 2021\par The Gazette\par English\par "
        rb"Copyright 2021\par It sailed.\par Document SALTGZ0020210302eh3200001\par "
    )
    found = items(one + one)
    assert len(found) == 2
    assert isinstance(found[1], FoundRecord)
    assert found[1].fields["text"] == "It sailed."
    assert found[1].fields["source"] == "The Gazette"


def test_a_document_without_text_says_so() -> None:
    (item,) = items(b"")
    assert isinstance(item, Skip)
    assert item.reason == Reason.NO_TEXT
