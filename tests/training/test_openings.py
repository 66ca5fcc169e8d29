"""What the reader sees above a passage: the headline, and how the article opens."""

from rag.records import Article
from training.openings import heading

_TEXT = (
    "The Lindmoor brewery will close its bottling hall in May, its owners said on Monday. Eighty "
    "people work there.\n\nThe company blamed the price of glass."
)


def _article(text: str, title: str = "Brewery closes hall") -> Article:
    return Article(id="a", title=title, text=text)


def test_first_sentence_stands_above_a_later_passage() -> None:
    above = heading(_article(_TEXT), _TEXT.index("The company"))
    opening = "The Lindmoor brewery will close its bottling hall in May, its owners said on Monday."
    assert above == f"Brewery closes hall\n{opening}"


def test_passage_that_opens_the_article_has_the_headline_alone() -> None:
    assert heading(_article(_TEXT), 0) == "Brewery closes hall"


def test_passage_that_begins_inside_the_first_sentence_has_the_headline_alone() -> None:
    assert heading(_article(_TEXT), 20) == "Brewery closes hall"


def test_article_without_a_headline_has_its_opening() -> None:
    above = heading(_article(_TEXT, title=""), _TEXT.index("The company"))
    assert above.startswith("The Lindmoor brewery")


def test_short_first_line_brings_the_sentence_after_it() -> None:
    text = "Live.\n\nThe ferry to Orrin Sound has run aground off Calder Point.\n\nNobody is hurt."
    above = heading(_article(text), text.index("Nobody"))
    assert above.endswith("Live. The ferry to Orrin Sound has run aground off Calder Point.")


def test_long_opening_is_cut_at_a_word() -> None:
    text = "The council " + "again and again " * 30 + "met.\n\nIt rained."
    opening = heading(_article(text, title=""), text.index("It rained"))
    assert len(opening) <= 220
    assert text.startswith(f"{opening} ")
