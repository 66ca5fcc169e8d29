"""Yes or no: whether a sentence states a claim, or its contrary, on sets of claims and sentences.

A claim stands for a question of yes or no. The claims are cut into halves by a hash: the rules were
made while one was looked at. Of RTE, and of summaries, it is not known if a sentence that does not
support a claim denies it.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bench import data
from bench.tables import Table
from rag.text.sentences import split_sentences
from rag.text.statements import Statement, is_clear, statement_of
from rag.text.stating import Sign, sign_in
from rag.text.verbs import base_form, is_past_form
from rag.text.words import words_of

_AUXILIARY = re.compile(r"\b(is|are|was|were|do|does|did|has|have|had|will)\b")
# The file, which of its sets, and the name to print.
_SETS = (
    ("fever_symmetric", "fever_symmetric", "FEVER symmetric"),
    ("lifelong_icl_samples", "vitaminc", "VitaminC"),
    ("rte", "rte", "RTE, news"),
    ("mnli", "mnli", "MNLI"),
    ("qags_news", "qags", "QAGS, summaries of news"),
    ("falke_news_sentence_pairs", "falke_sentence_pairs", "Falke, cut summaries of news"),
)
_SIGNS: dict[str, tuple[Sign, ...]] = {
    "supported": ("yes",),
    "entailment": ("yes",),
    "contradiction": ("no",),
    "not_entailment": ("no",),
    "unsupported": ("no",),
}


@dataclass(frozen=True, slots=True)
class _Judged:
    """A sign that was read in a sentence, and whether it is right."""

    sign: Sign
    is_right: bool
    is_looked_at: bool


def measure() -> list[Table]:
    """Return how often what a sentence states of a claim is right."""
    table = Table(
        title="Yes or no: what a sentence states of a claim is right",
        columns=["set", "looked at", "of", "not looked at", "of", "yes", "of", "no", "of"],
    )
    every: list[_Judged] = []
    for file, part, name in _SETS:
        judged = list(_judged(file, part))
        every += judged
        table.add(name, *_cells(judged))
    table.add("all", *_cells(every))
    table.notes.append("The last four columns are of the claims that were not looked at.")
    return [table]


def _cells(judged: list[_Judged]) -> Iterator[str]:
    unseen = [one for one in judged if not one.is_looked_at]
    groups = [
        [one for one in judged if one.is_looked_at],
        unseen,
        [one for one in unseen if one.sign == "yes"],
        [one for one in unseen if one.sign == "no"],
    ]
    for group in groups:
        yield f"{sum(one.is_right for one in group) / len(group):.3f}" if group else ""
        yield str(len(group))


def _judged(file: str, part: str) -> Iterator[_Judged]:
    for record in data.read_lines(data.DATA / "entailment" / f"{file}.jsonl.xz"):
        claim, text = record["hypothesis"], record["premise"]
        statement = _read_claim(claim) if record["set"] == part else None
        if statement is None:
            continue
        is_looked_at = int(hashlib.sha256(claim[:40].encode()).hexdigest()[:8], 16) % 2 == 0
        for span in split_sentences(text):
            sign = sign_in(statement, text[span.start : span.end])
            if sign is not None:
                is_right = sign in _SIGNS.get(record["label"], ())
                yield _Judged(sign, is_right, is_looked_at)


def _read_claim(claim: str) -> Statement | None:
    """Return what a claim says, in the form of a question: "did approve" for "approved"."""
    if not is_clear(claim):
        return None
    auxiliary = _AUXILIARY.search(claim)
    if auxiliary:
        return statement_of(claim, auxiliary[1])
    verb = next((w for w in words_of(claim)[1:] if w.text.islower() and is_past_form(w.text)), None)
    if verb is None:
        return None
    return statement_of(claim[: verb.start] + base_form(verb.text) + claim[verb.end :], "did")
