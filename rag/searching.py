"""Finds what a question is asked of: passages, articles, phrases, and the outlets that it names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from rag.errors import QuestionError
from rag.evidence.phrases import Held, find_held, search_held
from rag.evidence.reader import unweighed
from rag.evidence.retrieval import MOST_CANDIDATES, FoundPassage, one_per_article, retrieve
from rag.evidence.values.notices import find_notices
from rag.models.embedding import Embedder
from rag.question.asked import AskedPart, read_part
from rag.question.capitals import lacks_capitals, restore_capitals
from rag.question.outlets import (
    NamedOutlets,
    may_name_outlets,
    read_outlets,
    resolve_outlets,
    resolve_sections,
)
from rag.question.restrictions import restrictions_of, without_restrictions
from rag.question.spelling import mend_spelling
from rag.records import SearchFilter
from rag.store.interface import Store

# A question is mended by the words of so many passages near it.
_PASSAGES_NEAR = 10
# Where too few articles are found, so many times more passages are looked for.
_DEEPER = 4


@dataclass(frozen=True, slots=True)
class Searching:
    """What is needed to search an archive: its store, and the model that embeds the question."""

    store: Store
    embedder: Embedder

    def find(
        self, part: AskedPart, where: SearchFilter, limit: int, *, once_a_story: bool = False
    ) -> list[FoundPassage]:
        """Return at most `limit` passages, best first.

        Raises:
            QuestionError: `limit` is less than one.
        """
        if limit < 1:
            raise QuestionError(f"limit is {limit}; ask for at least one hit")
        return retrieve(
            part,
            self.store,
            self.embedder,
            where=where,
            limit=limit,
            once_a_story=once_a_story,
        )

    def find_notices(
        self, part: AskedPart, found: Sequence[FoundPassage], where: SearchFilter
    ) -> list[FoundPassage]:
        """Return further passages that may correct or withdraw what was found."""
        pieces = (piece for item in found for piece in unweighed(item))
        return find_notices(part, pieces, found, self.store, self.embedder, where=where)

    def held(self, where: SearchFilter) -> Held | None:
        """Return what the archive has of the phrases of a filter, None if it has no phrases.

        If no article that a filter lets through has them, it is said how many others have.
        """
        if not where.phrases:
            return None
        held = find_held(where.phrases, self.store, where)
        searched = ", ".join(restrictions_of(where))
        if not searched:
            return held
        others = 0
        if not held.places:
            others = len(find_held(where.phrases, self.store, without_restrictions(where)).places)
        return replace(held, searched=searched, others=others)

    def list_articles(
        self, part: AskedPart, where: SearchFilter, most: int, *, held: Held | None
    ) -> list[FoundPassage]:
        """Return the best passage of at most `most` articles, one of each story, best first.

        With phrases, it is all that have them, which are those in `held`. Long articles may take up
        all places, so it looks deeper until there are enough articles.
        """
        if held is not None:
            return search_held(part, held, self.store, self.embedder, where=where, limit=None)
        limit = most
        while True:
            found = self.find(part, where, limit, once_a_story=True)
            articles = one_per_article(found)
            if len(articles) >= most or len(found) < limit or limit >= MOST_CANDIDATES:
                return articles[:most]
            limit = min(limit * _DEEPER, MOST_CANDIDATES)

    def search(
        self, part: AskedPart, where: SearchFilter, limit: int, *, held: Held | None = None
    ) -> list[FoundPassage]:
        """Return at most `limit` passages, one of each story; with phrases, those that have them.

        `held` is what the archive has of these phrases, looked up here if it is not given.

        Raises:
            QuestionError: `limit` is less than one.
        """
        if limit < 1 or not where.phrases:
            return self.find(part, where, limit, once_a_story=True)
        held = held or self.held(where)
        assert held is not None
        return search_held(part, held, self.store, self.embedder, where=where, limit=limit)

    def mend(self, question: str, where: SearchFilter) -> str:
        """Return a question with the words mended that no passage has and that look misspelt.

        If it was typed without capitals, its names get theirs. Words in quotes are wanted as they
        are, so a question with such is left alone.
        """
        if where.phrases:
            return question

        @cache
        def nearby(asked: str) -> list[str]:
            found = self.find(read_part(asked, self.embedder), where, _PASSAGES_NEAR)
            return [f"{item.article.title}\n{item.hit.text}" for item in found]

        mended = mend_spelling(question, weigh=self.store.term_weights, nearby=nearby)
        if not lacks_capitals(mended):
            return mended
        # Headlines may have a capital in each word.
        return restore_capitals(mended, [text.partition("\n")[2] for text in nearby(mended)])

    def last_day(self, now: datetime | None) -> date | None:
        """Return the last day on which an article was published that may be found at an instant."""
        newest = self.store.newest(SearchFilter(now=now), first=0, limit=1)
        return next((facts.published for facts in self.store.facts_of(newest)), None)

    def outlets_in(self, question: str, where: SearchFilter) -> NamedOutlets:
        """Return the outlets that a question names as its sources, if no filter has any."""
        if where.sources is not None or not may_name_outlets(question):
            return NamedOutlets(rest=question)
        return read_outlets(question, self.store.sources())

    def resolved(self, where: SearchFilter) -> SearchFilter:
        """Return a filter with its outlets and sections named as the archive names them."""
        if where.sources:
            sources = resolve_outlets(where.sources, self.store.sources())
            where = replace(where, sources=sources)
        if where.sections:
            sections = resolve_sections(where.sections, self.store.sections())
            where = replace(where, sections=sections)
        return where
