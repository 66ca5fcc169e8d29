import re
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.export.links import link_to_quote
from rag.text.sentences import Span

URL = "https://paper.example/story"
LONG = (
    "The council voted on Tuesday, after a debate of nine hours, to close the eastern tunnel for "
    "the whole of the winter."
)
TEXT = f"The bridge is open. Trams run again.\n\n{LONG} Trams run again.\nThe bridge is shut."


def directive(
    quote: str, *, text: str = TEXT, url: str = URL, nth: int = 1, title: str = ""
) -> str:
    """Return the directive of the link to a quote, decoded; empty if the link has none."""
    start = [found.start() for found in re.finditer(re.escape(quote), text)][nth - 1]
    link = link_to_quote(url, text, Span(start, start + len(quote)), title=title)
    return unquote(link.removeprefix(url).removeprefix("#").removeprefix(":~:text="))


def test_a_quote_that_stands_once_is_the_whole_directive() -> None:
    assert directive("The bridge is open.") == "The bridge is open."


def test_a_long_quote_is_given_by_its_edges() -> None:
    assert directive(LONG) == "The council voted on,whole of the winter."


def test_a_quote_that_stands_twice_has_what_is_around_it() -> None:
    assert directive("Trams run again.") == "is open.-,Trams run again."
    assert directive("Trams run again.", nth=2) == "the winter.-,Trams run again."
    assert directive("Same.", text="Same. One.\nSame. Two.\nSame. Three.") == "Same.,-One."


def test_edges_that_stand_twice_grow_or_have_what_is_around_them() -> None:
    text = f"First: {LONG}\nThen: {LONG}"
    assert directive(LONG, text=text) == "First:-,The council voted on,whole of the winter."


def test_words_of_the_same_paragraph_tell_a_quote_apart_before_others_do() -> None:
    text = "It is shut.\n\nNobody was hurt. One wall fell.\n\nNobody was hurt."
    assert directive("Nobody was hurt.", text=text) == "Nobody was hurt.,-One wall"
    assert directive("Nobody was hurt.", text=text, nth=2) == "wall fell.-,Nobody was hurt."


def test_a_quote_over_two_paragraphs_has_an_end_in_the_second() -> None:
    text = "It rained for days.\n\nThe river rose at night. Nobody slept."
    quote = "rained for days.\n\nThe river rose at night."
    assert directive(quote, text=text) == "rained for days.,river rose at night."


def test_the_headline_counts_as_a_place() -> None:
    assert directive("The bridge is open.", title="The Bridge is open.") == (
        "The bridge is open.,-Trams run"
    )


@pytest.mark.parametrize("text", ["Again. " * 30, "again " * 30])
def test_a_quote_that_nothing_tells_apart_has_a_plain_link(text: str) -> None:
    place = text.casefold().index("again", len(text) // 2)
    assert link_to_quote(URL, text, Span(place, place + 5)) == URL


def test_a_part_of_a_word_has_a_plain_link() -> None:
    assert link_to_quote(URL, "The rewards came late.", Span(6, 11)) == URL


def test_what_has_a_meaning_in_a_directive_is_encoded() -> None:
    quote = "Fire-fighters, “all & sundry” #1 – 50% off"
    link = link_to_quote(URL, f"So: {quote}.", Span(4, 4 + len(quote)))
    encoded = link.partition(":~:text=")[2]
    assert not set(encoded) & set("-,&# “")
    assert unquote(encoded) == quote


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://paper.example/a#b", "https://paper.example/a#b:~:text=One%20day."),
        ("https://paper.example/?q=1", "https://paper.example/?q=1#:~:text=One%20day."),
        ("https://paper.example/#:~:text=x", "https://paper.example/#:~:text=One%20day."),
    ],
)
def test_a_fragment_of_the_address_is_kept_but_not_a_directive(url: str, wanted: str) -> None:
    assert link_to_quote(url, "One day.", Span(0, 8)) == wanted


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "urn:x:1", "http://[bad", "/story"])
def test_what_is_no_web_page_stays_as_it_is(url: str) -> None:
    assert link_to_quote(url, "One day.", Span(0, 8)) == url


def test_half_a_character_gives_a_plain_link() -> None:
    assert link_to_quote(URL, "One \ud83d day.", Span(0, 10)) == URL


@given(st.text(st.sampled_from("ab.,-&“ \n"), min_size=1, max_size=60), st.data())
def test_a_link_never_fits_another_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    link = link_to_quote(URL, text, Span(start, end))
    assert urlsplit(link).path == "/story"
    parts = re.fullmatch(
        r"(?:(?P<prefix>[^,]+)-,)?(?P<start>[^,-]+)(?:,(?P<end>[^,-]+))?(?:,-(?P<suffix>[^,]+))?",
        link.partition("text=")[2] or "none",
    )
    assert parts
    if link != URL and not parts["end"] and not parts["prefix"] and not parts["suffix"]:
        words = r"\s+".join(map(re.escape, unquote(parts["start"]).split()))
        assert len(re.findall(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE)) <= 1
