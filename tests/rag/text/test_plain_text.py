import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.plain_text import one_line, readable, reduce_markdown, strip_hidden

# Pieces that make links, images, HTML and their look-alikes when they meet.
PIECES = st.sampled_from(
    "[ ] ( ) ! < > img src= href= http s:// // evil.example /x?q=1 www. data: javascript: mailto: "
    '&lt; &#91; &amp; ` * _ \\ " word 7 # | \u200b \u202e \U000e0041 \ufe0f'.split(" ")
)
HOSTILE = st.lists(PIECES | st.sampled_from(" \n"), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\u202eright to left\u202c \u2066isolated\u2069", "right to left isolated"),
        ("tags\U000e0041\U000e0042", "tags"),
        ("\x1b[31mred\x00", "[31mred"),
        ("filler\u3164\u2800\ufe0f\U000e0100", "filler"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_what_no_reader_sees_is_removed(hidden: str, shown: str) -> None:
    assert strip_hidden(hidden) == shown


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("cafe\u0301 Mu\u0308ller", "café Müller"),
        ("\ufb01nancial o\ufb03cer", "financial officer"),
        ("a \udcff byte", "a ? byte"),
        ("Orr", "Orr"),
    ],
)
def test_a_text_that_is_readable_is_written_as_articles_are(text: str, stored: str) -> None:
    assert readable(text) == stored


def test_tabs_line_ends_and_accents_stay() -> None:
    text = "a\tb\nŞuşa, Ağdam — “café” 北京 🕊"
    assert strip_hidden(text) == text


def test_a_joiner_that_spells_a_persian_word_stays() -> None:
    assert strip_hidden("می\u200cرود") == "می\u200cرود"
    assert strip_hidden("a\u200cb") == "ab"


def test_one_line_is_no_longer_than_it_may_be() -> None:
    assert one_line(" two \n\n lines ", most=20) == "two lines"
    assert one_line("word " * 10, most=12) == "word word w…"


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("**The truce** _held_.", "The truce held."),
        ("It [held](https://evil.example/x?q=1) there.", "It held there."),
        ("![beacon](https://evil.example/a.png) It held.", "It held."),
        ('It <img src="https://evil.example/a.png"> held.', "It held."),
        ("It <b>held</b> <script", "It held"),
        (
            "It held, see https://evil.example/a?b=c or www.evil.example now.",
            "It held, see or now.",
        ),
        ("It held, evil.example/collect?d=1 said.", "It held, said."),
        ("It &lt;img src=x onerror=alert(1)&gt; held.", "It held."),
        ("# Truce\n- it held", "Truce it held"),
        ("`code` and ~~strike~~", "code and ~~strike~~"),
        ("\\[kept\\] *kept*", "[kept] kept"),
    ],
)
def test_markdown_is_reduced_to_the_words_it_shows(markdown: str, plain: str) -> None:
    assert reduce_markdown(markdown) == plain


@pytest.mark.parametrize(
    "text",
    [
        "tass.com reported 5 < 6 and 7 > 3.",
        "The U.S./U.K. deal and/or St. Pierre/Miquelon.",
        "AT&T fell 3.5 % to $41.20, according to data: see No. 3.",
        "A snake_case_name; a ratio of 3:4.",
    ],
)
def test_ordinary_sentences_stay_as_they_are(text: str) -> None:
    assert reduce_markdown(text) == text


@given(HOSTILE)
def test_nothing_that_could_be_a_link_is_left(text: str) -> None:
    plain = reduce_markdown(text)
    assert not re.search(r"//|\]\(|<[a-z/!]|\bwww\.|\bjavascript:\S", plain)
    assert plain.isprintable()


@given(HOSTILE)
def test_a_line_is_one_line_without_hidden_characters(text: str) -> None:
    line = one_line(text, most=50)
    assert "\n" not in line
    assert len(line) <= 50
    assert line.isprintable()
