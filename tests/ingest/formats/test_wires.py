import io

import pytest

from ingest.formats import anpa, detect, iptc7901, zczc
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


def test_an_anpa_message_whose_lines_are_not_marked_is_read_by_its_indents() -> None:
    (item,) = items(
        anpa,
        "\x01a0105TIDE\x1fabcd-\r\nu s\x14\x12 BC-Ferry   03-02 0020\r\n\x02BC-Ferry\r\n"
        "Ferry sails again+\r\n     SALTBY, March 2 Tide - The ferry\r\nsailed.\r\n"
        "     Crowds came.\r\n==Tide\r\n\x03TWS-21:37-02-03-21\x04\r\n",
    )
    assert isinstance(item, FoundRecord)
    assert item.fields["title"] == "Ferry sails again"
    assert item.fields["source"] == "TIDE"
    assert item.fields["text"] == "SALTBY, March 2 Tide - The ferry sailed.\n\nCrowds came."


def test_a_message_may_follow_the_signs_that_start_a_teleprinter() -> None:
    (item,) = items(iptc7901, f"\x7f\x7f\r\n\x7f{IPTC}")
    assert isinstance(item, FoundRecord)
    assert item.fields["title"] == "Ferry sails again"


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("021000 GMT Dez 21", "2021-12-02T10:00:00+00:00"),
        ("021000 dec 97", "1997-12-02T10:00:00"),
        ("021000 déc 21", "2021-12-02T10:00:00"),
    ],
)
def test_the_month_below_a_message_is_in_any_language(written: str, published: str) -> None:
    (item,) = items(iptc7901, BARE.partition("TID002")[0].replace("021000 MAR 21", written))
    assert isinstance(item, FoundRecord)
    assert item.fields["published"] == published


def test_a_heading_may_have_a_long_number_and_a_blank_line_below() -> None:
    (item,) = items(
        iptc7901,
        "tid00075 3 i 510    tide 1003\n\n/coast/ferry/\n2ND LEAD\nFerry sails again\n"
        "By Ann Tide, Tide  =\n \nSaltby (tide) - The ferry\nsailed.\n\n021000 GMT Mar 21\n",
    )
    assert isinstance(item, FoundRecord)
    assert item.fields["title"] == "Ferry sails again"
    assert item.fields["text"] == "Saltby (tide) - The ferry sailed."


TELEGRAPH = (
    "ZCZC TIDE\r\n%A\r\n#Ferry_1\r\n$Ferry sails again\r\n:(SALTBY)\r\n*07000000\r\n"
    "The ferry sailed on Tuesday.\r\n\r\n   Crowds came to see it.\r\n\r\nNNNN\r\n"
)


def test_a_telegraph_message_gives_its_headline_and_text() -> None:
    (item,) = items(zczc, TELEGRAPH)
    assert isinstance(item, FoundRecord)
    assert item.fields == {
        "title": "Ferry sails again",
        "source": "TIDE",
        "text": "The ferry sailed on Tuesday.\n\nCrowds came to see it.",
    }
    assert [one.line for one in items(zczc, TELEGRAPH * 2)] == [1, 2]


def test_without_a_headline_a_line_that_stands_alone_is_the_title() -> None:
    def title(body: str) -> object:
        (item,) = items(zczc, f"ZCZC ABC000\nYY RFG TDR\n:Boats - Tuesday\n{body}\nNNNN\n")
        assert isinstance(item, FoundRecord)
        return item.fields["title"]

    story = "The ferry sailed on Tuesday. Crowds came to see it."
    assert title(f"Ferry sails again\n\n{story}") == "Ferry sails again"
    assert title(f"   SALTBY, Feb 9 (TIDE) - {story}") == "Boats - Tuesday"


def test_a_telegraph_message_of_figures_or_of_nothing_is_a_skip() -> None:
    (table,) = items(zczc, "ZCZC TIDE\n" + "1 7 (3:2-0) 4kg 57.5x 1600m\n" * 9 + "NNNN\n")
    (empty,) = items(zczc, "ZCZC TIDE\n%A\nNNNN\n")
    assert isinstance(table, Skip)
    assert table.reason == Reason.NOT_TEXT
    assert isinstance(empty, Skip)
    assert empty.reason == Reason.NO_TEXT


def test_a_telegraph_message_may_begin_with_a_sign_of_the_teleprinter_or_be_cut_off() -> None:
    (item,) = items(zczc, f"\x16\x16{TELEGRAPH}")
    assert isinstance(item, FoundRecord)
    assert item.fields["title"] == "Ferry sails again"
    (cut,) = items(zczc, "ZCZC TIDE")
    assert isinstance(cut, Skip)
    assert cut.reason == Reason.NO_TEXT


def test_a_slug_ends_with_the_number_of_words_and_pictures_are_no_title() -> None:
    (item,) = items(
        anpa,
        ANPA.replace("^BC-US--Ferry, 1st Ld-Writethru,<", "^BC-Ferry Things Today,364<").replace(
            "^Ferry sails again<", "^AP Photo XRE109<\r\n^Ferry sails again<"
        ),
    )
    assert isinstance(item, FoundRecord)
    assert item.fields["title"] == "Ferry sails again"


def test_the_headings_above_a_table_are_kept_with_it() -> None:
    (item,) = items(
        anpa,
        "\x01s0284\x1f-----\r\ns s\x14\x12 BC-Boats 03-02 0020\r\n\x02^BC-Boats--Glance<\r\n"
        "^Boats Glance=\r\n^By Tide Wire=\r\n^FIRST CLASS=\r\n\bSaltby;7;1\r\n\bQuay;5;3\r\n"
        "\x03TW-NY-03-02-21 1000GMT\r\n\x04",
    )
    assert isinstance(item, FoundRecord)
    assert item.fields["title"] == "Boats Glance"
    assert item.fields["text"] == "FIRST CLASS\n\nSaltby;7;1\n\nQuay;5;3"


def test_the_notebook_for_editors_below_a_story_is_left_out() -> None:
    story = "Saltby (tid) - The ferry\r\nsailed.\r\n   Crowds came.\r\n"
    message = IPTC.replace(story, f"{story}\r\n# Notebook\r\n\r\n## Links\r\n- [x](y)\r\n")
    (item,) = items(iptc7901, message)
    assert isinstance(item, FoundRecord)
    assert item.fields["text"] == "Saltby (tid) - The ferry sailed.\n\nCrowds came."


def test_a_title_with_the_number_of_words_behind_it_is_read_without() -> None:
    message = ANPA.replace("^BC-US--Ferry, 1st Ld-Writethru,<", "^BC-Ferry<")
    (item,) = items(anpa, message.replace("^Ferry sails again<", "^Ferry sails again,0020<"))
    assert isinstance(item, FoundRecord)
    assert item.fields["title"] == "Ferry sails again"
    assert item.fields["note"] == "UPDATES with crowds."
