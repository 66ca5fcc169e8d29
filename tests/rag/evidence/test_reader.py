from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from rag.archive import Archive
from rag.evidence.choosing import says_the_same
from rag.evidence.reader import (
    Evidence,
    best_of_each_article,
    read_on,
    read_sentences,
    weigh_sentences,
)
from rag.evidence.retrieval import FoundPassage, retrieve
from rag.evidence.signals import WORD_SIGNALS
from rag.models.linear import log_odds
from rag.models.reading import PACKAGED_READER, Reading, ReadingModel, Text
from rag.question.asked import AskedPart, read_part
from rag.records import SearchFilter
from tests.fakes import HashingEmbedder

EMBEDDER = HashingEmbedder(dimension=64)


def found_for(
    archive: Archive, text: str
) -> tuple[AskedPart, list[FoundPassage], dict[int, float]]:
    store = archive._answering.store
    question = read_part(text, EMBEDDER)
    found = retrieve(question, store, EMBEDDER, where=SearchFilter(), limit=10)
    return question, found, store.term_weights(sorted(question.terms))


def read(
    question: AskedPart,
    found: Sequence[FoundPassage],
    weights: dict[int, float],
    *,
    passages: int,
    model: ReadingModel | None = None,
) -> list[Evidence]:
    return best_of_each_article(
        read_sentences(question, found, weights, passages=passages, model=model).sentences
    )


def test_every_sentence_of_every_passage_is_weighed(archive: Archive) -> None:
    question, found, weights = found_for(archive, "When did the truce take effect?")
    evidence = weigh_sentences(question, found, weights, passages=4)
    assert len(evidence) == sum(len(item.hit.sentences) for item in found)
    assert all(set(piece.signals) == set(WORD_SIGNALS) for piece in evidence)
    assert all(0 <= piece.confidence <= 1 for piece in evidence)


def test_the_best_sentence_of_each_article_is_given_best_first(archive: Archive) -> None:
    question, found, weights = found_for(archive, "When did the northern truce take effect?")
    evidence = read(question, found, weights, passages=4)
    assert len({piece.found.article.id for piece in evidence}) == len(evidence)
    assert all(one.score >= other.score for one, other in pairwise(evidence))
    assert evidence[0].text.startswith("The northern truce took effect")


def test_nothing_found_is_no_evidence(archive: Archive) -> None:
    question, _, _ = found_for(archive, "When?")
    assert read(question, [], {}, passages=4) == []


def test_a_question_about_something_else_is_less_sure(archive: Archive) -> None:
    def confidence(text: str) -> float:
        question, found, weights = found_for(archive, text)
        return read(question, found, weights, passages=4)[0].confidence

    asked = confidence("When did the northern truce take effect?")
    assert confidence("Who won the 2018 World Cup?") < 0.01 < asked
    assert confidence("When did the truce of 1856 take effect?") < asked


def test_reprinted_sentences_are_the_same_and_others_are_not(archive: Archive) -> None:
    question, found, weights = found_for(archive, "When did the truce take effect?")
    best = {p.found.article.id: p for p in read(question, found, weights, passages=4)}
    assert says_the_same(best["truce"], best["truce-copy"])
    assert not says_the_same(best["truce"], best["southern"])


class CountingModel:
    """A packaged reader by name that marks the first word of each passage, as sure as told."""

    name = PACKAGED_READER

    def __init__(self, sure: float) -> None:
        self.sure = sure
        self.read_texts: list[str] = []

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        self.read_texts += [text.body for text in texts]
        return [self._reading(text.body) for text in texts]

    def _reading(self, passage: str) -> Reading:
        scores = np.zeros(1, dtype=np.float32)
        return Reading(
            relevance=self.sure,
            answerable=self.sure,
            silence=-self.sure,
            offsets=np.array([[0, min(4, len(passage))]]),
            starts=scores,
            ends=scores,
            support=scores,
        )


def many_found(archive: Archive) -> tuple[AskedPart, list[FoundPassage], dict[int, float]]:
    question, found, weights = found_for(archive, "When did the truce take effect?")
    return question, [*found, *found, *found][:8], weights


def test_sure_of_the_first_passages_the_others_are_not_read(archive: Archive) -> None:
    question, found, weights = many_found(archive)
    model = CountingModel(sure=100.0)
    read(question, found, weights, passages=4, model=model)
    assert len(model.read_texts) == 3


def test_unsure_some_more_are_read_and_each_once(archive: Archive) -> None:
    question, found, weights = many_found(archive)
    model = CountingModel(sure=-100.0)
    read(question, found, weights, passages=4, model=model)
    assert model.read_texts == [item.hit.text for item in found[:5]]


def test_the_last_passages_are_read_when_more_is_to_be_told(archive: Archive) -> None:
    question, found, weights = many_found(archive)
    found = [replace(item) for item in found]
    model = CountingModel(sure=-100.0)
    first = read_sentences(question, found, weights, passages=4, model=model)
    others = read_on(question, found, weights, first, passages=4, model=model)
    assert model.read_texts == [item.hit.text for item in found]
    assert {id(piece.found) for piece in others} == {id(item) for item in found[5:]}


def test_a_sentence_is_less_sure_the_further_it_is_behind_the_best(archive: Archive) -> None:
    question, found, weights = found_for(archive, "When did the truce take effect?")
    model = CountingModel(sure=1.0)
    alone = {
        (piece.found.article.id, piece.span): piece
        for piece in weigh_sentences(question, found, weights, passages=4, model=model)
    }
    best, *others = read_sentences(question, found, weights, passages=4, model=model).sentences
    taken = {
        piece.score: log_odds(alone[piece.found.article.id, piece.span].confidence)
        - log_odds(piece.confidence)
        for piece in (best, *others)
        if piece.score == alone[piece.found.article.id, piece.span].score  # nothing misfits
    }
    assert len(taken) > 2
    in_order = [taken[score] for score in sorted(taken, reverse=True)]
    assert in_order == sorted(in_order)
    assert in_order[-1] > in_order[0] + 0.2


def test_a_model_of_ones_own_reranks_and_leaves_the_confidence_to_the_words(
    archive: Archive,
) -> None:
    question, found, weights = found_for(archive, "When did the truce take effect?")
    model = CountingModel(sure=1.0)
    model.name = "some/cross-encoder"
    alone = weigh_sentences(question, found, weights, passages=4)
    reread = weigh_sentences(question, found, weights, passages=4, model=model)
    assert [piece.confidence for piece in reread] == [piece.confidence for piece in alone]
