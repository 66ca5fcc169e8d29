import io

import pytest

from ingest.formats import anpa, detect, iptc7901
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

ANPA = (
    "\x16\x16\x01a0007\x1fabcde-\r\n"
    "r f\x13\x11 bc-us-ferry 03-02 0020\r\n"
    "\x02^BC-US--Ferry, 1st Ld-Writethru,<\r\n^Ferry sails again<\r\n"
    "^Eds: UPDATES with crowds.<\r\n^By ANN TIDE=\r\n^TideWire Writer=\r\n"
    "\tSALTBY (TW) _ The ferry\r\nsailed.\r\n\tCrowds came.\r\n^___<\r\n"
    "\x03TW-NY-03-02-21 1000GMT\r\n\x04"
)
IPTC = (
    "\x01tid007 3 GEN 20 Coast\r\nFERRY/ISLAND/\r\n"
    "\x02Coast news =\r\nFerry sails again\r\nBy Ann Tide, TideWire =\r\n\r\n"
    "Saltby (tid) - The ferry\r\nsailed.\r\n   Crowds came.\r\n"
    "  The following information is not intended for publication\r\nCall the desk.\r\n"
    "\x03\r\n021000 MAR 21\r\n\x04"
)
BARE = (
    "TID001 3 GEN 0020 F TID-0001\nFERRY/ISLAND/\nFerry sails again\n\n"
    "   SALTBY 02/03 (TID) = The ferry\nsailed.\n   Crowds came.\n./.ANN\n021000 MAR 21\n"
    "TID002 3 GEN 0009 F TID-0002\nRAIN/\nRain falls\n\n   It rained.\n./.\n021100 MAR 97\n"
)


def items(form: object, content: str) -> list[FoundRecord | Skip]:
    data = content.encode("latin-1")
    assert detect(data[:4096], ".txt") is form
    return list(form.read(Input(name="a", opener=lambda: io.BytesIO(data))))  # type: ignore[attr-defined]


def test_a_message_of_anpa_1312_gives_its_fields() -> None:
    (item,) = items(anpa, ANPA)
    assert isinstance(item, FoundRecord)
    assert item.fields == {
        "id": "TW:a0007:2021-03-02",
        "title": "Ferry sails again",
        "published": "2021-03-02T10:00:00+00:00",
        "authors": ["ANN TIDE"],
        "source": "TW",
        "agency": "TW",
        "section": "f",
        "note": "UPDATES with crowds.",
        "text": "SALTBY (TW) _ The ferry sailed.\n\nCrowds came.",
    }


def test_a_message_of_iptc_7901_gives_its_fields() -> None:
    (item,) = items(iptc7901, IPTC)
    assert isinstance(item, FoundRecord)
    assert item.fields["title"] == "Ferry sails again"
    assert item.fields["published"] == "2021-03-02T10:00:00"
    assert item.fields["authors"] == ["Ann Tide, TideWire"]
    assert item.fields["source"] == "tid"
    assert item.fields["section"] == "gen"
    assert item.fields["text"] == "Saltby (tid) - The ferry sailed.\n\nCrowds came."


def test_messages_without_their_control_characters_are_read_too() -> None:
    first, second = items(iptc7901, BARE)
    assert isinstance(first, FoundRecord)
    assert first.fields["title"] == "Ferry sails again"
    assert first.fields["text"] == "SALTBY 02/03 (TID) = The ferry sailed.\n\nCrowds came."
    assert first.fields["published"] == "2021-03-02T10:00:00"
    assert isinstance(second, FoundRecord)
    assert second.fields["published"] == "1997-03-02T11:00:00"


@pytest.mark.parametrize(("form", "content"), [(anpa, ANPA), (iptc7901, IPTC)])
def test_many_messages_in_a_file_are_many_articles(form: object, content: str) -> None:
    assert [item.line for item in items(form, content + content)] == [1, 2]


@pytest.mark.parametrize(("form", "content"), [(anpa, ANPA), (iptc7901, IPTC)])
def test_a_message_without_a_text_is_a_skip(form: object, content: str) -> None:
    (skip,) = items(form, content[: content.index("\x02")] + "\x02\r\n\x03\r\n")
    assert isinstance(skip, Skip)
    assert skip.reason == Reason.NO_TEXT


def test_other_texts_are_no_wire_messages() -> None:
    for text in (b"TIDE007 sailed.\n", b"AB12 3 CD 4 is a number.\nNo keyword.\n", b"\x01\x02\x03"):
        assert detect(text, ".txt") not in (anpa, iptc7901)
