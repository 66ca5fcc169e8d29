"""Which evidence is given: one piece a source, other events apart, the newest for the present."""

from dataclasses import replace
from datetime import date

from rag.evidence.choosing import (
    BEST_HITS,
    newest_first,
    newest_hits_first,
    same_event,
    sort_evidence,
)
from rag.evidence.reader import Evidence
from tests.rag.stories import evidence, found, story

TRUCE = "The northern truce took effect at midnight on Tuesday."
LATER = "The northern truce took effect again after a week of shelling."


def pieces(**published: date) -> list[Evidence]:
    """Return one piece of evidence for each article, alike but for their days."""
    articles = [
        story(f"{TRUCE} Both {name} reporters saw it.", name=name, published=day)
        for name, day in published.items()
    ]
    found_all = [item for item in evidence(*articles) if item.text == TRUCE]
    return [
        replace(piece, confidence=0.9 - 0.1 * place, score=9.0 - place)
        for place, piece in enumerate(found_all)
    ]


def test_a_sentence_that_is_printed_again_is_given_once() -> None:
    first, second = pieces(wire=date(2020, 11, 10), post=date(2020, 11, 11))
    chosen = sort_evidence([first, second], threshold=0.1)
    assert (chosen.answer, chosen.other_events) == ([first], [])


def test_reports_of_another_time_are_of_another_event() -> None:
    first, second = pieces(wire=date(2020, 11, 10), post=date(2021, 5, 21))
    assert not same_event(first, second)
    assert same_event(first, first)


def test_what_is_not_sure_enough_is_not_given() -> None:
    (sure,) = pieces(wire=date(2020, 11, 10))
    (other,) = evidence(story(LATER, name="post", published=date(2021, 5, 21)))
    unsure = replace(other, confidence=0.1)
    assert sort_evidence([sure, unsure], threshold=0.2).other_events == []
    assert sort_evidence([sure, replace(other, confidence=0.3)], threshold=0.2).other_events


def test_the_newest_of_what_answers_well_comes_first() -> None:
    old, new = pieces(wire=date(2020, 11, 10), post=date(2020, 12, 10))
    assert newest_first([old, new], threshold=0.1) == [new, old]
    assert newest_first([old, replace(new, confidence=0.2)], threshold=0.1)[0] == old
    assert newest_first([], threshold=0.1) == []


def test_hits_behind_the_best_few_keep_their_places() -> None:
    days = [date(2020, 1, day) for day in range(1, 15)]
    hits = [found(story(TRUCE, name=f"n{day.day}", published=day)).hit for day in days]
    ordered = newest_hits_first(hits)
    assert ordered[0] == hits[BEST_HITS - 1]
    assert ordered[BEST_HITS:] == hits[BEST_HITS:]


def test_a_hit_that_is_much_worse_than_the_best_does_not_come_first_because_it_is_new() -> None:
    old, new = (found(story(TRUCE, published=date(2020, 11, day))).hit for day in (1, 9))
    for score, first in ((0.5, old), (0.7, new)):
        assert newest_hits_first([old, replace(new, score=score)])[0].published == first.published


def told(name: str, text: str, *, title: str = "") -> Evidence:
    """Return a sentence of an article of the story "wire", which answers well."""
    article = story(text, name=name, published=date(2020, 11, 10), cluster="wire")
    (piece,) = evidence(replace(article, title=title))
    return replace(piece, confidence=0.9)


def test_a_sentence_with_another_figure_is_given_too_even_from_copies() -> None:
    wire = told("wire", "Officials said 12 people were hurt in the fire.")
    later = told("post", "Officials said 14 people were hurt in the fire.")
    chosen = sort_evidence([wire, later], threshold=0.1)
    assert [*chosen.answer, *chosen.other_events] == [wire, later]


def test_a_sentence_that_denies_the_other_is_given_too() -> None:
    wire = told("wire", "The jury in Holm found the mayor guilty of fraud.")
    post = told("post", "The jury in Holm found the mayor not guilty of fraud.")
    chosen = sort_evidence([wire, post], threshold=0.1)
    assert [*chosen.answer, *chosen.other_events] == [wire, post]


def test_a_figure_that_was_corrected_is_not_given_beside_its_correction() -> None:
    wrong = told("wire", "Officials said 12 people were hurt in the fire.")
    right = told(
        "post", "Officials said 14 people were hurt in the fire.", title="CORRECTION: Fire"
    )
    chosen = sort_evidence([right, wrong], threshold=0.1)
    assert (chosen.answer, chosen.other_events) == ([right], [])
