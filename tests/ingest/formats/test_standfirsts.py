import io

import pytest

from ingest.formats import markdown, nitf, plaintext
from ingest.formats.fieldnames import record_fields
from ingest.formats.standfirsts import with_standfirst
from ingest.found import FoundRecord
from ingest.inputs import Input

STORY = "The ferry of Marden sailed again on Monday. Its engine had been mended at Holm."
STANDFIRST = "Tickets cost £5 until the end of June"


def text_of(module: object, content: str) -> object:
    source = Input(name="a", opener=lambda: io.BytesIO(content.encode()))
    (found,) = module.read(source)  # type: ignore[attr-defined]
    assert isinstance(found, FoundRecord)
    return found.fields["text"]


@pytest.mark.parametrize(
    "name", ["standfirst", "Subtitle", "sub_headline", "subHeading", "deck", "dek"]
)
def test_a_standfirst_stands_before_the_text(name: str) -> None:
    record: dict[str, object] = {
        "title": "Ferry sails",
        name: f"<p>{STANDFIRST}</p>",
        "body": STORY,
    }
    fields, _ = record_fields(record, {})
    assert fields == {"title": "Ferry sails", "text": f"{STANDFIRST}\n\n{STORY}"}


@pytest.mark.parametrize("name", ["summary", "description", "excerpt"])
def test_a_summary_for_others_does_not(name: str) -> None:
    assert record_fields({name: STANDFIRST, "text": STORY}, {})[0]["text"] == STORY


@pytest.mark.parametrize(
    "standfirst",
    [
        "The Marden ferry sailed again Monday; engine mended",
        "Ferry sails",
        "Sails again: the ferry",
        "Tickets cost £5 until the…",
        "Tickets " * 100,
        "",
        None,
        5,
    ],
)
def test_what_the_text_says_too_or_is_no_standfirst_is_left_out(standfirst: object) -> None:
    fields = {"title": "Ferry sails", "text": STORY}
    assert with_standfirst(fields, standfirst) == fields


def test_a_text_that_opens_with_a_dateline_stays_as_it_is() -> None:
    fields = {"text": "HOLM (Reuters) - The ferry sailed."}
    assert with_standfirst(fields, STANDFIRST) == fields


def test_front_matter_lines_above_a_text_and_nitf_have_standfirsts() -> None:
    wanted = f"{STANDFIRST}\n\n{STORY}"
    assert text_of(markdown, f"---\ntitle: Ferry\nsubtitle: {STANDFIRST}\n---\n{STORY}") == wanted
    lines = f"Title: Ferry\nSubtitle: {STANDFIRST}\nDate: 2021-03-04\n\n{STORY}"
    assert text_of(plaintext, lines) == wanted
    head = f"<body.head><hedline><hl1>Ferry</hl1><hl2>{STANDFIRST}</hl2></hedline></body.head>"
    body = f"<body.content><p>{STORY}</p></body.content>"
    assert text_of(nitf, f"<nitf><body>{head}{body}</body></nitf>") == wanted
    other = head.replace("<hl2>", '<hl2 class="online_headline">')
    assert text_of(nitf, f"<nitf><body>{other}{body}</body></nitf>") == STORY
