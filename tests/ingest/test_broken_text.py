import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.articles import Made, make_article
from ingest.broken_text import read_as_utf8, with_line_ends, without_hidden_marks
from ingest.found import FoundRecord


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("har\u00adbour", "harbour"),
        ("har\u00ad\nbour", "harbour"),
        ("\ufeffMar\u200bden\u2060", "Marden"),
        ("cafe\u0301", "café"),
        ("chief \ufb01nancial o\ufb03cer", "chief financial officer"),
        ("Holm\u00ad\n\nOrr", "Holm\n\nOrr"),
        ("Holm\n\n\u200b\n\nOrr", "Holm\n\nOrr"),
        ("\u0645\u06cc\u200c\u0631\u0648\u062f", "\u0645\u06cc\u200c\u0631\u0648\u062f"),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),
        ("\u0e01\u0e32\u200b\u0e23\u0e48", "\u0e01\u0e32\u200b\u0e23\u0e48"),
    ],
)
def test_marks_that_are_not_shown_are_taken_out_but_for_those_that_a_script_needs(
    text: str, wanted: str
) -> None:
    assert without_hidden_marks(text) == wanted


MEANT = "The mayor’s plan costs £5 million. “A café, voilà – déjà vu.” Says Zoë at Ærø €."


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize(
    "text", [MEANT, "café", "£5", "Überfall in Köln", "Москва", "東京", "à la"]
)
def test_utf_8_that_was_read_as_something_else_is_read_again(text: str, encoding: str) -> None:
    mixed_up = "".join(
        bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode()
    )
    assert read_as_utf8(mixed_up) == text
    spaced = " ".join(mixed_up.split())
    wanted = text if text != "à la" else spaced
    assert read_as_utf8(spaced) == wanted


@pytest.mark.parametrize(
    "text",
    [
        MEANT,
        "AMANHÃ CHOVE",
        "MÅNEN VED Å",
        "‘VI HAR RÅ’",
        "São João",
        "“KRÅ”",
        "ÄÖÜ ß",
        "Å",
        "Ã© is written for é, and Â£ for £, says Zoë of the café.",
    ],
)
def test_letters_that_are_meant_stay(text: str) -> None:
    assert read_as_utf8(text) == text


@given(st.text(alphabet="abc äöüßéèàçñøåæœ“”‘’«»–—…£€ÄÖÜÉÅÆØ \xa0", max_size=30))
def test_what_was_mixed_up_comes_back_whole(text: str) -> None:
    mixed_up = "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode()
    )
    assert read_as_utf8(mixed_up) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"It rained.\n\nIt hailed.", "It rained.\n\nIt hailed."),
        (r"It rained.\r\nIt \"hailed\".\r\nIt stopped.", 'It rained.\nIt "hailed".\nIt stopped.'),
        (r"It is in C:\news\new, not in C:\notes.", r"It is in C:\news\new, not in C:\notes."),
        (r"A line end is written \n there.", r"A line end is written \n there."),
        ("It rained.\\n\\nIt\nhailed.", "It rained.\\n\\nIt\nhailed."),
    ],
)
def test_line_ends_that_are_written_out_are_some(text: str, wanted: str) -> None:
    assert with_line_ends(text) == wanted


def made(**fields: object) -> Made:
    result = make_article(FoundRecord(fields={"text": "It rained."} | fields, path="/in/a.csv"))
    assert isinstance(result, Made)
    return result


def test_an_article_has_the_letters_that_were_meant_and_a_note_says_so() -> None:
    result = made(title="The har\u00adbour", text=r"CafÃ© Orr.\n\nOpen.", authors="Zoe\u0308")
    article = result.article
    assert (article.title, article.text) == ("The harbour", "Café Orr.\n\nOpen.")
    assert article.authors == ("Zoë",)
    assert len(result.notes) == 2


def test_an_address_stays_as_it_is_written() -> None:
    assert made(url="https://holm.example/cafe\u0301").article.url.endswith("cafe\u0301")
