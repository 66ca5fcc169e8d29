"""Finds the sentences that belong to the story of a topic, and says how surely each one does.

A passage with the topic's words may mention the topic only in passing, and one without them may
continue the story. Three measures decide. The first is how densely the article uses the topic's
words. The others are how close the passage and the sentence are to the core, which is the mean of
the passages that are most surely on the topic. Both are relative to how close the core's own
passages are to it, because some stories need fewer words than others. `build` uses this first.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from rag.evidence.reader import Evidence
from rag.evidence.retrieval import FoundPassage
from rag.models.vectors import Vectors, mean_vector
from rag.question.asked import AskedPart
from rag.records import Article
from rag.text.terms import TermShares, known_weights, passage_terms, question_terms

# How many passages a core has at most, and how sure each must be, as a share of the surest one.
_CORE_PASSAGES = 10
_CORE_SHARE = 0.85
# News names its story within this many characters.
_LEAD_CHARACTERS = 600
# This avoids a division by zero if a passage has no words.
_LEAST_CLOSENESS = 0.05
# The BM25 weight of a word grows with its count, up to this.
_DENSEST = 2.2
# A missing word counts as much as a word of this density.
_LEAST_DENSE = 0.1
# An article with this share of the topic's weight names the topic. An article that does not name it
# may continue the story if it came out this shortly before or after an article of the core.
_NAMED_SHARE = 0.6
_SAME_STORY_DAYS = 60
# A word of the topic is bound to the one beside it if the core has their phrase this often, and if
# this share of the word's uses is in the phrase.
_FEWEST_IN_PHRASE = 5
_BOUND_SHARE = 0.8
_WORD = re.compile(r"\w+(?:['’]\w+)*")
# The weights of the article's density and of the closeness of passage and sentence. Their sum is a
# logit. They were fitted on 866 dated sentences, judged by hand, that were found for five topics in
# two archives of news and for one in the sample. All topics counted alike, and so did sentences on
# the topic and off it.
_DENSITY_WEIGHT = 5.0
_PASSAGE_WEIGHT = 2.5
_SENTENCE_WEIGHT = 3.3
_OFFSET = -6.9


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySentence:
    """A sentence, the log odds that it is of the topic's story, and its share of the topic's words.

    `coverage` is that share by the weight of the words, 0 to 1.
    """

    piece: Evidence
    relevance: float
    coverage: float


def find_story(
    topic: AskedPart, evidence: Sequence[Evidence], weights: Mapping[int, float], *, passages: int
) -> list[StorySentence]:
    """Return the sentences that likely belong to the topic's story; none if no article names it.

    `weights` are the IDFs of the topic's terms in an archive of `passages` passages.
    """
    found = list({id(piece.found): piece.found for piece in evidence}.values())
    lexicon = _Topic.of(topic.text, weights, passages)
    articles = {item.article.id: _Use.of(item.article) for item in found}
    inner = _surest(topic, found, lexicon, articles)
    lexicon = replace(lexicon, bound=bound_terms(topic.text, [item.article for item in inner]))
    if lexicon.bound:
        inner = _surest(topic, found, lexicon, articles)
    if not inner:
        return []
    core = _Core.of(inner)
    densities = {key: use.density(lexicon) for key, use in articles.items()}
    story = []
    for piece in evidence:
        key = piece.found.article.id
        relevance = core.closeness(piece) + _DENSITY_WEIGHT * densities[key]
        if relevance > 0 and (articles[key].names(lexicon) or core.is_near(piece.found)):
            coverage = lexicon.coverage(piece.text)
            story.append(StorySentence(piece=piece, relevance=relevance, coverage=coverage))
    return story


# -- the topic's words ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Topic:
    """The terms of the topic with their shares of its weight, and the phrases some are bound to."""

    terms: TermShares
    bound: Mapping[int, re.Pattern[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, topic: str, weights: Mapping[int, float], passages: int) -> "_Topic":
        known = known_weights(question_terms(topic).indices, weights, passages=passages)
        return cls(terms=TermShares.of(known))

    @property
    def shares(self) -> Mapping[int, float]:
        """The terms, with their shares of the topic's weight."""
        return self.terms.shares

    def coverage(self, text: str) -> float:
        """Return the share of the topic's weight that is in a text, 0 to 1."""
        return self.terms.coverage(set(question_terms(text).indices))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Use:
    """How much an article uses each of its words, by BM25."""

    text: str
    weights: Mapping[int, float]

    @classmethod
    def of(cls, article: Article) -> "_Use":
        text = f"{article.title}\n{article.text}"
        terms = passage_terms(text)
        return cls(text=text, weights=dict(zip(terms.indices, terms.weights, strict=True)))

    def weight(self, term: int, lexicon: _Topic) -> float:
        """Return how much it uses a term, 0 to 1; a bound term counts only if its phrase occurs."""
        phrase = lexicon.bound.get(term)
        if phrase is not None and not phrase.search(self.text):
            return 0.0
        return self.weights.get(term, 0.0) / _DENSEST

    def density(self, lexicon: _Topic) -> float:
        """Return how densely it uses the topic's words, 0 to 1.

        This is the weighted geometric mean over the words, so a missing word lowers it.
        """
        logs = {
            term: math.log(max(_LEAST_DENSE, self.weight(term, lexicon))) for term in lexicon.shares
        }
        return math.exp(sum(share * logs[term] for term, share in lexicon.shares.items()))

    def names(self, lexicon: _Topic) -> bool:
        """Say whether the article names the topic."""
        named = (share for term, share in lexicon.shares.items() if self.weight(term, lexicon))
        return sum(named) >= _NAMED_SHARE


def bound_terms(topic: str, articles: Sequence[Article]) -> dict[int, re.Pattern[str]]:
    """Return the topic's terms that its story uses only in a phrase of the topic, with the phrase.

    In the topic "affirmative action", "affirmative" is such a term. A story about "gender-affirming
    care" uses it differently.
    """
    text = "\n".join(f"{article.title}\n{article.text}" for article in articles)
    bound: dict[int, list[str]] = {}
    for pair in pairwise(_WORD.findall(topic)):
        phrase = r"\b{}\W{{1,3}}{}\b".format(*map(re.escape, pair))
        times = len(re.findall(phrase, text, re.IGNORECASE))
        for word in pair:
            alone = len(re.findall(rf"\b{re.escape(word)}\b", text, re.IGNORECASE))
            if times >= max(_FEWEST_IN_PHRASE, _BOUND_SHARE * alone):
                for term in question_terms(word).indices:
                    bound.setdefault(term, []).append(phrase)
    return {term: re.compile("|".join(phrases), re.IGNORECASE) for term, phrases in bound.items()}


# -- the core of the story --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Core:
    """The mean of a story `(dim,)`, how close its passages are to it, and when they came out."""

    centre: Vectors
    of_passages: float
    of_sentences: float
    published: frozenset[date]

    @classmethod
    def of(cls, inner: Sequence[FoundPassage]) -> "_Core":
        passages = np.stack([mean_vector(item.vectors) for item in inner])
        sentences = np.concatenate([item.vectors for item in inner])
        centre = mean_vector(passages)
        return cls(
            centre=centre,
            of_passages=max(_LEAST_CLOSENESS, float(np.mean(passages @ centre))),
            of_sentences=max(_LEAST_CLOSENESS, float(np.mean(sentences @ centre))),
            published=frozenset(i.article.published for i in inner if i.article.published),
        )

    def closeness(self, piece: Evidence) -> float:
        """Return the log odds from how close a passage and its sentence are to the core."""
        passage = float(mean_vector(piece.found.vectors) @ self.centre) / self.of_passages
        sentence = float(piece.vector @ self.centre) / self.of_sentences
        return _PASSAGE_WEIGHT * passage + _SENTENCE_WEIGHT * sentence + _OFFSET

    def is_near(self, found: FoundPassage) -> bool:
        """Say whether an article came out at about the same time as one of the core."""
        published = found.article.published
        return published is not None and any(
            abs(published - day) <= timedelta(days=_SAME_STORY_DAYS) for day in self.published
        )


def _surest(
    topic: AskedPart, found: Sequence[FoundPassage], lexicon: _Topic, articles: Mapping[str, _Use]
) -> list[FoundPassage]:
    """Return the passages that are by themselves most surely on the topic."""
    sureness: dict[int, float] = {}
    for i, item in enumerate(found):
        use = articles[item.article.id]
        if use.names(lexicon):
            sureness[i] = _sureness(topic, item, lexicon) + use.density(lexicon)
    best = sorted(sureness, key=lambda i: -sureness[i])[:_CORE_PASSAGES]
    return [found[i] for i in best if sureness[i] >= _CORE_SHARE * sureness[best[0]]]


def _sureness(topic: AskedPart, found: FoundPassage, lexicon: _Topic) -> float:
    """Return how surely a passage is on the topic, by its words, its top and its best sentence."""
    title = found.article.title
    words = lexicon.coverage(f"{title}\n{found.hit.text}")
    lead = lexicon.coverage(f"{title}\n{found.article.text[:_LEAD_CHARACTERS]}")
    return words + lead + float(np.max(found.vectors @ topic.vector))
