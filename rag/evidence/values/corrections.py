"""Finds which articles were corrected or withdrawn, by whom, and which of their values are wrong.

A correction names what it corrects by its day, its headline or its topic, never by an id. So it is
linked by the outlet, the days between, and the words and numbers that both have.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from typing import Self

from rag.evidence.reader import Evidence
from rag.evidence.retrieval import FoundPassage
from rag.evidence.values.told import Told, amounts_agree
from rag.records import Article
from rag.text.calendar import day_in_words
from rag.text.figures import Figure, find_figures
from rag.text.outlets import credited, outlet_name
from rag.text.retractions import Retraction, find_retractions, is_column, is_correction, is_kill
from rag.text.rounding import same_unit
from rag.text.sentences import Span
from rag.text.words import stems_of, words_of

# A correction follows its article within this time.
_LONGEST_WAIT = timedelta(days=92)
# Other outlets print what was withdrawn until so long after.
_PRINTED_LATE = timedelta(days=1)
# It has this share of the words of a headline if it names it, and otherwise at least so many of its
# own words are in the article: its topic.
_HEADLINE_SHARE = 0.7
_HEADLINE_WORDS = 3
_TOPIC_SHARE = 0.4
_TOPIC_WORDS = 3
# An amount with a unit, in a correction, is of what another one is of that has so many of the words
# around it.
_WORDS_BESIDE = 2
_LONGEST_NOTE = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One item that takes something back: its article, and its parts in `text`.

    `text` is that of the article, or its editors' note. `is_own` says that it stands in the article
    that it corrects, and `kills` that it withdraws another article as a whole.
    """

    article: Article
    text: str
    item: Span
    wrong: tuple[Span, ...] = ()
    right: tuple[Span, ...] = ()
    is_own: bool = False
    kills: bool = False

    @property
    def is_in_text(self) -> bool:
        """Whether its parts are places in the article's text, which can be quoted."""
        return self.text is self.article.text

    def words(self, parts: Iterable[Span]) -> str:
        """Return the words of some parts."""
        return "\n".join(self.text[part.start : part.end] for part in parts)

    def concerns(self, article: Article) -> bool:
        """Say whether this takes back something of an article."""
        if self.is_own or article.id == self.article.id:
            return self.is_own and article.id == self.article.id
        if not _is_one_outlet(article, self.article) or is_correction(
            article.title, article.section
        ):
            return False
        first, last = article.published, self.article.published
        if first and last and not first <= last <= first + _LONGEST_WAIT:
            return False
        item = self.words([self.item])
        return _names_headline(article, item) or (not self.kills and self._is_about(article, item))

    def withdraws(self, told: Told) -> bool:
        """Say whether this takes back the value that a sentence tells.

        The sentence stands beside this in one article, or in an article that this concerns.
        """
        piece = told.piece
        is_here = piece.found.article.id == self.article.id and self.is_in_text
        if is_here and self.item.start <= piece.span.start < self.item.end:
            # The day of "in Monday's report" is that of the report.
            place = piece.span.end - 1 if told.days else told.span.start
            return any(part.start <= place < part.end for part in self.wrong)
        if self.kills:
            return True
        if is_here and not self.is_own:
            return False
        wrong, right = self.words(self.wrong), self.words(self._only_right)
        if told.figure:
            is_wrong = _holds(wrong, told.figure) or self._gives_otherwise(told)
            return is_wrong and not _holds(right, told.figure)
        return bool(told.name) and _is_name_wrong(told, wrong, right)

    def says_instead(self, told: Told) -> bool:
        """Say whether this gives an amount as the right one."""
        return told.figure is not None and _holds(self.words(self._only_right), told.figure)

    def _gives_otherwise(self, told: Told) -> bool:
        """Say whether this names no amount as wrong, and gives one of the same thing."""
        figure = told.figure
        if figure is None or self.is_own or find_figures(self.words(self.wrong)):
            return False
        if _alike(figure, told.piece.found.article) > 1:
            # The tower has 40 floors, and the hotel 45: which is meant is not known.
            return False
        for part in self._only_right:
            words = self.words([part])
            is_near = len(_stems(words) & told.beside) >= _WORDS_BESIDE
            for other in find_figures(words):
                is_counted = other.noun is not None and other.noun == figure.noun
                is_alike = same_unit(other.measure[0], figure.measure[0]) and not other.is_soft
                if is_alike and (is_counted or (other.unit and is_near)):
                    return True
        return False

    @property
    def amounts_taken_back(self) -> list[Figure]:
        """The amounts that this names as wrong, and not as right too."""
        right = self.words(self._only_right)
        wrong = find_figures(self.words(self.wrong))
        return [amount for amount in wrong if not _holds(right, amount)]

    @property
    def note(self) -> str:
        """What a citation of the corrected article says about it."""
        words = " ".join(self.words([self.item]).split())
        short = words if len(words) <= _LONGEST_NOTE else f"{words[:_LONGEST_NOTE].rstrip()}…"
        if self.is_own:
            return short
        day = f" on {day_in_words(self.article.published)}" if self.article.published else ""
        return f"{'Withdrawn' if self.kills else 'Corrected'}{day}: {short}"

    @property
    def _only_right(self) -> list[Span]:
        """The right parts without what they deny: "290 people" of "290 people, not 340"."""
        kept = []
        for part in self.right:
            denied = [w.start for w in self.wrong if part.start <= w.start < part.end]
            kept.append(Span(part.start, min(denied, default=part.end)))
        return kept

    def _is_about(self, article: Article, item: str) -> bool:
        """Say whether an article tells what is taken back, and is on the same topic."""
        text = f"{article.title}\n{article.text}"
        topic = stems_of(item)
        shared = topic & _stems(text)
        if len(shared) < max(_TOPIC_WORDS, _TOPIC_SHARE * len(topic)):
            return False
        wrong = self.words(self.wrong)
        amounts = [figure for figure in find_figures(wrong) if not figure.is_soft]
        if any(amounts_agree(one, other) for one in amounts for other in _amounts(text)):
            return True
        return bool((_names(wrong) - _names(self.words(self._only_right))) & _names(text))


@dataclass(frozen=True, slots=True)
class Corrections:
    """What the articles of some passages take back, and by article what concerns it."""

    all: tuple[Correction, ...]
    by_article: dict[str, tuple[Correction, ...]]

    @classmethod
    def of(cls, found: Sequence[FoundPassage]) -> Self:
        """Return what the articles of passages take back, of their own or of others.

        What the hits name as copies of an article may be what is withdrawn, and so its copies are.
        """
        articles = {item.article.id: item.article for item in found}
        every = tuple(c for article in articles.values() for c in _of_article(article))
        reprints = {copy.id: copy for item in found for copy in item.reprints}
        stories = {
            id(kill): _stories_killed(kill, {**reprints, **articles}.values())
            for kill in every
            if kill.kills
        }
        by_article = {
            key: tuple(
                c
                for c in every
                if c.article.id == key
                or c.concerns(article)
                or (c.kills and _is_copy_of_killed(article, c, stories[id(c)]))
            )
            for key, article in articles.items()
        }
        return cls(every, by_article)

    def touching(self, article: Article) -> tuple[Correction, ...]:
        """Return the corrections that concern an article, or stand in it."""
        return self.by_article.get(article.id, ())

    @property
    def killed(self) -> frozenset[str]:
        """The ids of the articles that are withdrawn as a whole."""
        return frozenset(
            key
            for key, found in self.by_article.items()
            if any(c.kills and c.article.id != key for c in found)
        )

    def is_of_another_matter(self, piece: Evidence, matter: Set[int], anchor: Told) -> bool:
        """Say whether a sentence corrects something else than what is asked.

        "It was 21 years" names no matter, so it is that of the whole item. `matter` are the stems
        of what is asked. What corrects the anchor's own article may use other words.
        """
        article = piece.found.article
        items = (
            c
            for c in self.all
            if c.article.id == article.id
            and c.is_in_text
            and not c.kills
            and c.item.start <= piece.span.start < c.item.end
        )
        item = next(items, None)
        if item is None or not matter or anchor.article_id == article.id:
            return False
        is_of_anchor = any(c is item for c in self.touching(anchor.piece.found.article))
        return not is_of_anchor and not matter & stems_of(item.words([item.item]))

    def withdrawing(self, told: Told) -> Correction | None:
        """Return a correction that takes back the value that a sentence tells, if one does."""
        touching = self.touching(told.piece.found.article)
        return next((c for c in touching if c.withdraws(told)), None)

    def noted(self, pieces: Iterable[Evidence]) -> list[Evidence]:
        """Return evidence whose hits say what was corrected in their articles since."""
        notes = {
            key: tuple(dict.fromkeys(c.note for c in found if c.article.id != key or c.is_own))
            for key, found in self.by_article.items()
        }
        return [_with_notes(piece, notes.get(piece.found.article.id, ())) for piece in pieces]


def _with_notes(piece: Evidence, notes: Sequence[str]) -> Evidence:
    hit = piece.found.hit
    new = [note for note in notes if note not in hit.note]
    if not new:
        return piece
    note = "\n".join(filter(None, [hit.note, *new]))
    return replace(piece, found=replace(piece.found, hit=replace(hit, note=note)))


def _of_article(article: Article) -> list[Correction]:
    if is_kill(article.title, article.text):
        whole = Span(0, len(article.text))
        return [Correction(article=article, text=article.text, item=whole, kills=True)]
    is_notice = is_correction(article.title, article.section)
    found = [
        _correction(article, article.text, retraction, is_own=not is_notice)
        for retraction in find_retractions(
            article.text, all_items=is_column(article.title, article.section)
        )
    ]
    notes = find_retractions(article.note, all_items=True) if article.note else []
    return found + [_correction(article, article.note, note, is_own=True) for note in notes]


def _correction(article: Article, text: str, retraction: Retraction, *, is_own: bool) -> Correction:
    return Correction(
        article=article,
        text=text,
        item=retraction.item,
        wrong=retraction.wrong,
        right=retraction.right,
        is_own=is_own,
    )


def _stories_killed(kill: Correction, articles: Iterable[Article]) -> frozenset[str]:
    """Return the clusters of the articles that are withdrawn as a whole."""
    return frozenset(a.cluster for a in articles if a.cluster and kill.concerns(a))


def _is_copy_of_killed(article: Article, kill: Correction, stories: frozenset[str]) -> bool:
    """Say whether an article is another outlet's copy of one that was withdrawn.

    The outlet that withdraws its report may send another one of the story, and so it is asked for
    the headline of each. What others print long after is no copy of what was withdrawn.
    """
    if article.cluster not in stories or outlet_name(article.source) == outlet_name(
        kill.article.source
    ):
        return False
    printed, killed = article.published, kill.article.published
    return not (printed and killed) or printed <= killed + _PRINTED_LATE


def _is_one_outlet(article: Article, notice: Article) -> bool:
    """Say whether an outlet corrects its own article, or an agency that which it was taken from."""
    own = {outlet_name(article.source), *credited(article.agency)} - {""}
    theirs = outlet_name(notice.source)
    is_one_story = article.cluster != "" and article.cluster == notice.cluster
    return is_one_story or theirs in own or not (own or theirs)


def _names_headline(article: Article, item: str) -> bool:
    headline = stems_of(article.title)
    shared = headline & stems_of(item)
    return len(headline) >= _HEADLINE_WORDS and len(shared) >= _HEADLINE_SHARE * len(headline)


# The few articles of a story are compared with each correction.
@lru_cache(maxsize=64)
def _stems(text: str) -> frozenset[int]:
    return frozenset(stems_of(text))


@lru_cache(maxsize=64)
def _amounts(text: str) -> tuple[Figure, ...]:
    return tuple(find_figures(text))


def _alike(figure: Figure, article: Article) -> int:
    """Return how many different amounts of the same thing and unit an article has."""
    same = [
        other
        for other in _amounts(article.text)
        if same_unit(other.measure[0], figure.measure[0]) and other.noun == figure.noun
    ]
    return len({other.low for other in same})


def _holds(words: str, amount: Figure) -> bool:
    return any(amounts_agree(amount, figure) for figure in find_figures(words))


def _is_name_wrong(told: Told, wrong: str, right: str) -> bool:
    """Say whether words that are wrong, and not those that are right, have a name.

    "It began at a playgroup in Holm, not at a nursery" takes back a nursery in Holm.
    """
    if told.name <= _names(wrong):
        return not told.name <= _names(right)
    text = told.piece.found.article.text
    own = stems_of(text[told.span.start : told.span.end]) - stems_of(right)
    return bool(own) and own <= stems_of(wrong)


def _names(text: str) -> set[int]:
    """Return the stems of the words with a capital, also of those that begin a sentence."""
    return {w.stem for w in words_of(text) if w.is_capitalised and w.stem is not None}
