"""Defines questions and answers with their judgements, for tests of the judge and its tables."""

from typing import Any

from bench.judged import Judged
from rag.records import Answer, Citation

HOW_MANY = {
    "kind": "how many, superseded",
    "expected_answer": ["38 people"],
    "expected_article_ids": ["a"],
    "answerable": True,
    "expected_date": None,
    "stale_answers": ["28 people"],
}
WHEN = {**HOW_MANY, "kind": "when", "expected_answer": ["Friday"], "expected_date": "2022-04-01"}
NEAR_MISS = {**HOW_MANY, "kind": "unanswerable who", "expected_answer": [], "answerable": False}


def answer(quote: str, *, article_id: str = "a", **given: Any) -> Answer:
    citation = Citation(
        number=1,
        article_id=article_id,
        title="",
        source="",
        url="",
        published=None,
        quote=quote,
        start=0,
        end=len(quote),
    )
    return Answer(
        question="?", status="answered", text=quote, citations=(citation,), confidence=0.3, **given
    )


REFUSED = Answer(question="?", status="not_in_archive", text="The archive does not say.")


def judged(
    given: Answer, question: dict[str, Any] = HOW_MANY, *, unrefused: Answer | None = None
) -> Judged:
    return Judged(place=1, question=question, answer=given, unrefused=unrefused or given, rank=None)
