"""Puts the steps together: corrections first, then news before opinion, then the values."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.evidence.carriers import is_corrected
from rag.evidence.choosing import newest_first
from rag.evidence.reader import Evidence, best_of_each_article, unweighed
from rag.evidence.retrieval import FoundPassage
from rag.evidence.values.affirming import decide_signs
from rag.evidence.values.corrections import Corrections
from rag.evidence.values.deciding import Decided, decide
from rag.evidence.values.opinions import news_first
from rag.evidence.values.restating import restate
from rag.question.asked import AskedPart
from rag.text.replacing import may_replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The evidence after what was taken back is out of it, best first, and the values in it.

    `killed` are the ids of the articles that were withdrawn as a whole.
    """

    evidence: list[Evidence]
    decided: Decided
    killed: frozenset[str] = frozenset()

    @property
    def confidence(self) -> float:
        """The confidence in what answers first."""
        told = self.decided.confidence
        return self.evidence[0].confidence if told is None else told


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is looked at beside the sentences that may answer.

    `notices` are passages that may correct them and tell nothing else, because the filter of the
    search leaves them out. Those in `alike` may be worded like the best one, or correct it. The
    `further` sentences do not answer, but they may tell other values, and in `reports` may be
    counts of the same story.
    """

    notices: Sequence[FoundPassage] = ()
    alike: Sequence[FoundPassage] = ()
    further: Sequence[Evidence] = ()
    reports: Sequence[FoundPassage] = ()


def weigh_values(
    part: AskedPart,
    sentences: Sequence[Evidence],
    found: Sequence[FoundPassage],
    beside: Beside,
    *,
    threshold: float,
    wants_present: bool = False,
) -> Weighed:
    """Return which evidence answers and which values there are.

    `sentences` are those that were weighed, best first, of some of the passages `found`.
    """
    telling = [*found, *beside.alike]
    every = [*telling, *beside.notices]
    corrections = Corrections.of(every)
    noted = corrections.noted(sentences)
    restated = restate(part, noted, corrections, every)
    evidence = news_first(part, best_of_each_article(restated.sentences), threshold=threshold)
    is_yes_or_no = part.wanted.shape == "yes-no"
    if wants_present or (is_yes_or_no and part.wanted.is_of_present):
        evidence = newest_first(evidence, threshold=threshold)
    weighed = Weighed(evidence=evidence, decided=Decided(), killed=corrections.killed)
    if not evidence or evidence[0].confidence < threshold:
        return weighed
    if is_yes_or_no:
        signs = decide_signs(
            part,
            restated.sentences,
            _uncorrected(telling, every),
            corrections,
            best=evidence[0],
            threshold=threshold,
        )
        return replace(weighed, decided=signs)
    read = {(piece.found.article.id, piece.found.hit.start) for piece in (*noted, *beside.further)}
    unread = [item for item in telling if (item.article.id, item.hit.start) not in read]
    sentences_unread = (piece for item in unread for piece in unweighed(item))
    replacing = [piece for piece in sentences_unread if may_replace(piece.text)]
    wanted = replace(part.wanted, which="newest") if wants_present else part.wanted
    decided = decide(
        replace(part, wanted=wanted),
        restated,
        corrections.noted([*beside.further, *replacing]),
        corrections,
        best=evidence[0],
        threshold=threshold,
        passages=telling,
        reports=beside.reports,
    )
    return replace(weighed, decided=decided)


def _uncorrected(
    passages: Sequence[FoundPassage], known: Sequence[FoundPassage]
) -> list[FoundPassage]:
    """Return passages without those of articles that another of their story corrects, as known."""
    articles = {item.article.id: item.article for item in known}
    notices = [article for article in articles.values() if article.corrects]
    return [
        item
        for item in passages
        if not any(is_corrected(item.article, notice) for notice in notices)
    ]
