import pytest

from rag.text.datelines import dateline_end


@pytest.mark.parametrize(
    "dateline",
    [
        "YOKO, Nov. 12 (Wire) — ",
        "YOKO, Nov 12 (Wire) - ",
        "YOKO, Nov. 12 — ",
        "Yoko, Nov 12 – ",
        "YOKO − ",
        "YOKO–",
        "PORT YOKO -- ",
        "PORT-YOKO, Tolland (Wire) — ",
        "YOKO, Tolland, 12 November 2020 — ",
        "Port of Yoko, 12 May (Wire) — ",
    ],
)
def test_a_dateline_ends_where_the_story_begins(dateline: str) -> None:
    assert dateline_end(f"{dateline}The bridge was opened.") == len(dateline)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The bridge was opened on Tuesday.",
        "In 2020 the port — then a village — had a bridge.",
        "Then Ann – a diver – swam.",
        "January 6 – the day of the flood.",
        "UN-backed forces – all of them – left.",
        "PORT SALES FELL",
    ],
)
def test_other_beginnings_are_no_datelines(text: str) -> None:
    assert dateline_end(text) == 0


def test_a_long_text_in_capitals_takes_no_longer_than_it_is_long() -> None:
    assert dateline_end("YOKO, " * 20_000) == 0
    assert dateline_end("Y" * 200_000) == 0
