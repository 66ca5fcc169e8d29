import io

import pytest

from ingest.formats import detect, mail, plaintext
from ingest.formats.mail import read
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

HEADERS = """Return-Path: <desk@tide.example>
From: =?utf-8?q?Ann_T=C3=ADde?= <desk@tide.example>
To: readers@list.example
Subject: Fwd: =?iso-8859-1?q?F=E4hre?=
 sails
Date: Tue, 2 Mar 2021 10:00:00 +0100
Message-ID: <7@tide.example>
MIME-Version: 1.0
"""
TEXT = "The ferry sailed.\n\nCrowds came."
PLAIN = f"Content-Type: text/plain; charset=utf-8\n\n{TEXT}\n-- \nAnn, Tide desk\n"
PAGE = (
    "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    '<p class=3D"a">The ferry sailed.</p><p>Crowds came.</p>\n'
)
ATTACHMENT = "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nNo.\n"


def parts(*each: str, kind: str = "alternative") -> str:
    joined = "".join(f"--xx\n{one}\n" for one in each)
    return f"{HEADERS}Content-Type: multipart/{kind}; boundary=xx\n\n{joined}--xx--\n"


def items(content: str | bytes) -> list[FoundRecord | Skip]:
    data = content.encode() if isinstance(content, str) else content
    return list(read(Input(name="a.eml", opener=lambda: io.BytesIO(data))))


def test_mail_is_told_by_its_headers() -> None:
    assert detect((HEADERS + PLAIN).encode(), "") is mail
    assert detect(b"From - Tue Mar 02 10:00:00 2021\nX: y\n", "") is mail
    assert detect(b"Subject: ferry\n\nIt sailed.", ".eml") is mail
    assert detect(b"Note: the ferry sailed.\nDate: Tuesday.\n", ".txt") is plaintext
    assert detect(b"From Saltby the ferry sailed at 10:00 in 2021.", ".txt") is plaintext


def test_a_message_gives_its_fields() -> None:
    (item,) = items(HEADERS + PLAIN)
    assert isinstance(item, FoundRecord)
    assert item.fields == {
        "id": "7@tide.example",
        "title": "Fähre sails",
        "published": "2021-03-02T10:00:00+01:00",
        "authors": ["Ann Tíde"],
        "source": "tide.example",
        "text": TEXT,
    }


@pytest.mark.parametrize(
    "message",
    [
        parts(PLAIN, PAGE),
        parts(PAGE),
        parts("Content-Type: text/plain\n\nUse HTML.\n", PAGE),
        parts(ATTACHMENT, PLAIN, kind="mixed"),
        parts(f"Content-Type: message/rfc822\n\n{HEADERS}{PLAIN}", kind="mixed"),
        HEADERS + "Content-Type: text/plain; charset=latin-9-x\n\n" + TEXT,
    ],
)
def test_the_text_is_the_plain_part_or_the_html_that_has_more(message: str) -> None:
    (item,) = items(message)
    assert isinstance(item, FoundRecord)
    assert item.fields["text"] == TEXT


def test_a_wrong_charset_is_noted() -> None:
    content = (HEADERS + "Content-Type: text/plain; charset=ascii\n\n").encode()
    content += "Die Fähre fuhr.".encode("cp1252")
    (item,) = items(content)
    assert isinstance(item, FoundRecord)
    assert item.fields["text"] == "Die Fähre fuhr."
    assert item.notes == ("not UTF-8; read as cp1252",)


def test_a_mailbox_gives_every_message() -> None:
    line = "From ann@tide.example Tue Mar  2 10:00:00 2021\n"
    quoted = HEADERS + "Content-Type: text/plain\n\n>From Saltby it sailed.\n\n"
    found = items(f"{line}{HEADERS}{PLAIN}\n{line}{quoted}{line}{HEADERS}\n")
    assert [item.line for item in found] == [1, 2, 3]
    assert isinstance(found[1], FoundRecord)
    assert found[1].fields["text"] == "From Saltby it sailed."
    assert isinstance(found[2], Skip)
    assert found[2].reason == Reason.NO_TEXT


def test_a_message_with_an_attachment_only_says_so() -> None:
    (item,) = items(parts("Content-Type: application/pdf\n\nxx\n", kind="mixed"))
    assert isinstance(item, Skip)
    assert "attachments are not read" in item.detail


def test_a_saved_page_is_read_as_a_page() -> None:
    page = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://tide.example/ferry\n"
        "Subject: Ferry\nDate: Tue, 2 Mar 2021 10:00:00 -0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary=xx\n\n--xx\n'
        "Content-Type: text/html\nContent-Location: https://tide.example/ferry\n\n"
        "<html><head><title>Ferry</title></head><body><article><h1>Ferry sails</h1>"
        f"<p>{'The ferry sailed to the island on Tuesday. ' * 8}</p></article></body></html>\n"
        "--xx\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\naaaa\n--xx--\n"
    )
    (item,) = items(page)
    assert isinstance(item, FoundRecord)
    assert item.fields["url"] == "https://tide.example/ferry"
    assert str(item.fields["text"]).startswith("The ferry sailed")


def test_a_header_that_breaks_the_grammar_costs_its_message_at_most() -> None:
    for header in (
        "From: =?utf-8?b?!!?= <",
        "Date: x",
        'Content-Type: text/plain; charset="',
        "From: @",
    ):
        found = items(f"{header}\nSubject: x\nTo: y\n\nThe ferry sailed.\n")
        assert len(found) == 1


def test_spaces_may_stand_above_the_headers() -> None:
    content = f"    \n{HEADERS}{PLAIN}"
    assert detect(content.encode(), ".txt") is mail
    (item,) = items(content)
    assert isinstance(item, FoundRecord)
    assert item.fields["text"] == TEXT


def test_a_subject_in_utf_8_that_says_otherwise_is_mended() -> None:
    subject = "Subject: =?windows-1252?Q?F=C3=A4hre=E2=80=99s?=\n"
    start, end = HEADERS.index("Subject"), HEADERS.index("Date")
    (item,) = items(f"{HEADERS[:start]}{subject}{HEADERS[end:]}{PLAIN}")
    assert isinstance(item, FoundRecord)
    assert item.fields["title"] == "Fähre’s"


def test_a_message_of_a_program_to_a_program_is_no_article() -> None:
    (item,) = items(f'{HEADERS}Content-Type: text/plain\n\n{{"story": ["{TEXT!r}"]}}\n')
    assert isinstance(item, Skip)
    assert item.reason == Reason.NOT_TEXT
    assert "a message whose text is JSON" in item.detail


def story(subject: str, text: str) -> str:
    return (
        f"From: Ann <ann@tide.example>\nSubject: {subject}\nMessage-ID: <{subject}@t>\n\n{text}\n"
    )


@pytest.mark.parametrize("form", ["parts", "hyphens"])
def test_the_messages_of_a_digest_are_an_article_each(form: str) -> None:
    stories = [story("Ferry", "The ferry sailed."), story("Rain", "It rained.")]
    enclosed = (f"Content-Type: message/rfc822\n\n{one}" for one in stories)
    hyphens = f"Today's stories:\n\n{'-' * 70}\n\n" + f"\n{'-' * 30}\n\n".join(
        [*stories, "End of Tide Digest\n"]
    )
    plain = f"{HEADERS}Content-Type: text/plain\n\n{hyphens}"
    found = items(parts(*enclosed, kind="digest") if form == "parts" else plain)
    fields = [item.fields for item in found if isinstance(item, FoundRecord)]
    assert [item.line for item in found] == [1, 2]
    assert [one["title"] for one in fields] == ["Ferry", "Rain"]
    assert [one["text"] for one in fields] == ["The ferry sailed.", "It rained."]
    assert {one["published"] for one in fields} == {"2021-03-02T10:00:00+01:00"}


def test_a_newsletter_with_lines_between_its_parts_is_one_article() -> None:
    text = f"First item.\n\n{'-' * 30}\n\nSecond item."
    (item,) = items(f"{HEADERS}Content-Type: text/plain\n\n{text}\n")
    assert isinstance(item, FoundRecord)


@pytest.mark.parametrize(
    "date",
    ["Tue, 2 Mar 2021 10:00:99999999999999999999 +0100", "Tue, 2 Mar 2021 10:00:00 +99999999"],
)
def test_a_date_at_which_the_library_fails_costs_the_date_and_not_the_message(date: str) -> None:
    (item,) = items(HEADERS.replace("Tue, 2 Mar 2021 10:00:00 +0100", date) + PLAIN)
    assert isinstance(item, FoundRecord)
    assert item.fields["text"] == TEXT
    assert item.fields["title"] == "Fähre sails"


GMAIL = """See below.

--
Ann

---------- Forwarded message ---------
From: Jane Orr <jane@holm.example>
Date: Mon, Mar 1, 2021 at 9:00 AM
Subject: Dam opens
To: <ann@tide.example>


The dam opened.

Crowds came.
"""


def test_a_message_that_was_passed_on_has_its_own_sender_and_day() -> None:
    # A signature above the message that is passed on does not end the text.
    body = GMAIL.replace("--\nAnn", "-- \nAnn")
    (item,) = items(f"{HEADERS}Content-Type: text/plain\n\n{body}")
    assert isinstance(item, FoundRecord)
    assert item.fields == {
        "id": "7@tide.example",
        "title": "Dam opens",
        "published": "2021-03-01T09:00:00",
        "authors": ["Jane Orr"],
        "source": "holm.example",
        "text": "The dam opened.\n\nCrowds came.",
    }


APPLE = """Content-Type: text/plain

Begin forwarded message:

> From: Jane Orr <j@holm.example>
> Subject: Dam opens
> Date: 1 March 2021
>
> The dam opened.
"""
OUTLOOK = """Content-Type: text/plain

-----Original Message-----
From: Jane Orr [mailto:j@holm.example]
Sent: 1 March 2021
Subject: Dam opens

The dam opened.
"""
PAGE_OF_GMAIL = """Content-Type: text/html

<div>---------- Forwarded message ---------<br>From: <b>Jane Orr</b> &lt;j@holm.example&gt;<br>
Date: 1 March 2021<br>Subject: Dam opens<br>To: Ann<br></div><p>The dam opened.</p>
"""


@pytest.mark.parametrize("body", [APPLE, OUTLOOK, PAGE_OF_GMAIL])
def test_programs_write_a_message_that_is_passed_on_in_ways_of_their_own(body: str) -> None:
    (item,) = items(HEADERS + body)
    assert isinstance(item, FoundRecord)
    names = ("title", "published", "authors", "source", "text")
    assert [item.fields[name] for name in names] == [
        "Dam opens",
        "2021-03-01",
        ["Jane Orr"],
        "holm.example",
        "The dam opened.",
    ]


@pytest.mark.parametrize(
    "body",
    [
        f"{'Word ' * 100}\n\n{GMAIL.partition('Ann')[2].strip()}",
        "We ask for a\n\nForwarded message\n\nto be sent.",
    ],
)
def test_a_message_that_only_holds_another_one_is_its_sender_s(body: str) -> None:
    (item,) = items(f"{HEADERS}Content-Type: text/plain\n\n{body}")
    assert isinstance(item, FoundRecord)
    assert (item.fields["source"], item.fields["title"]) == ("tide.example", "Fähre sails")


def test_a_reply_is_that_of_its_sender() -> None:
    reply = "Yes.\n\n-----Original Message-----\nFrom: Jane Orr\nSubject: Dam\n\nIs it open?\n"
    headers = HEADERS.replace("Fwd:", "Re:")
    (item,) = items(f"{headers}Content-Type: text/plain\n\n{reply}")
    assert isinstance(item, FoundRecord)
    assert item.fields["authors"] == ["Ann Tíde"]
    assert str(item.fields["text"]).startswith("Yes.")
