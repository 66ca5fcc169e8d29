"""The author of an opinion piece is read with its headline, if the question names the author."""

from dataclasses import replace

import pytest

from rag.evidence.bylines import author_asked, with_byline
from rag.evidence.signals import take_signals
from rag.question.asked import read_part
from tests.rag.stories import EMBEDDER, found, story

TITLE = "Why the mill should shut"
TEXT = "The mill has lost money for years."


@pytest.mark.parametrize(
    ("section", "question", "title"),
    [
        ("Opinion", "What does Ann Orr think of the mill?", f"Ann Orr: {TITLE}"),
        ("Opinion", "What does Orr think of the mill?", f"Ann Orr: {TITLE}"),
        ("Opinion", "What does Eva Orr think of the mill?", TITLE),
        ("Opinion", "Why should the mill shut?", TITLE),
        ("News", "What does Ann Orr think of the mill?", TITLE),
    ],
)
def test_who_wrote_an_opinion_stands_before_its_headline(
    section: str, question: str, title: str
) -> None:
    article = replace(story(TEXT, title=TITLE, section=section), authors=("Ann Orr",))
    passage, asked = found(article), read_part(question, EMBEDDER)
    assert with_byline(passage, asked) == title
    assert bool(author_asked(passage, asked)) is title.startswith("Ann Orr")


@pytest.mark.parametrize(("section", "missing"), [("Opinion", 0), ("News", 1)])
def test_the_author_of_an_opinion_is_no_missing_name(section: str, missing: float) -> None:
    article = replace(story(TEXT, title=TITLE, section=section), authors=("Ann Orr",))
    asked = read_part("What does Ann Orr think of the mill?", EMBEDDER)
    (sentence,) = take_signals(asked, [found(article)], {}, passages=2)
    assert sentence.signals["names_missing"] == missing
