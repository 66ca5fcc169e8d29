"""Tests the questions written on news articles, and how they are split and judged."""

from collections import Counter

import pytest

from bench import asked
from bench.data import DATA

_KINDS = set("who when where howmany howmuch why how what said opinion yesno list miss".split())
_PARTS = ("train", "tune", "test")


def test_every_question_has_its_places_and_no_article_is_in_two_parts() -> None:
    parts = [asked.questions(part) for part in _PARTS]  # type: ignore[arg-type]
    every = [question for part in parts for question in part]
    for question in every:
        assert question["kind"] in _KINDS
        assert question["question"].strip() == question["question"] != ""
        is_miss = question["kind"] == asked.MISS
        assert bool(question["answers"]) != is_miss
        assert ("near" in question) == is_miss
        for start, end in question["answers"] or [question["near"]]:
            assert 0 <= start < end
    articles = Counter(a for part in parts for a in {q["article"] for q in part})
    assert set(articles.values()) == {1}
    sizes = [len(part) / len(every) for part in parts]
    assert sizes == pytest.approx([0.85, 0.075, 0.075], abs=0.01)


@pytest.mark.skipif(not (DATA / "realtimeqa").exists(), reason=f"the articles are not in {DATA}")
def test_the_places_are_in_the_articles() -> None:
    for question in asked.questions("test"):
        text = asked.articles()[question["article"]]["text"]
        for start, end in question["answers"] or [question["near"]]:
            words = text[start:end]
            assert words.strip() == words != ""
