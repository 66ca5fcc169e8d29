"""Answers on the sample archive, and what a confidence threshold gives and refuses."""

from collections.abc import Iterable, Sequence

from bench import data
from bench.scores import DEFAULT_THRESHOLD
from bench.tables import Table
from rag.archive import Archive
from rag.records import Answer, Citation
from rag.settings import load_settings

# The day on which the sample's questions are asked, after all that it reports.
_NOW = "2023-01-01"
THRESHOLDS = sorted({0.05, 0.1, 0.15, 0.2, 0.25, 0.3, DEFAULT_THRESHOLD, 0.4, 0.45, 0.5, 0.6})


def measure() -> list[Table]:
    """Return the sample's results at the default threshold and the curve over thresholds."""
    with Archive.open(data.sample_archive()) as archive:
        questions = data.sample_questions()
        answers = [ask(archive, question, threshold=0.0) for question in questions]
    return [*tables(questions, answers), _curve(questions, answers)]


def tables(questions: Sequence[data.Record], answers: Sequence[Answer]) -> list[Table]:
    """Return what the answers are worth at the default threshold, and the days among them."""
    return [_summary(questions, answers), _dates(questions, answers)]


def ask(archive: Archive, question: data.Record, *, threshold: float | None = None) -> Answer:
    """Put a sample question with its filters, at the archive's threshold or another."""
    if threshold is not None:
        archive = archive.with_threshold(threshold)
    return archive.ask(question["question"], now=_NOW, **question["filters"])


def is_right(citation: Citation, question: data.Record) -> bool:
    """Say whether a citation answers the question."""
    return data.is_evidence(citation.article_id, citation.quote, question)


def _summary(questions: Sequence[data.Record], answers: Sequence[Answer]) -> Table:
    threshold = load_settings().answer_threshold
    pairs = list(zip(questions, answers, strict=True))
    answerable = [(q, a) for q, a in pairs if q["answerable"]]
    unanswerable = [a for q, a in pairs if not q["answerable"]]
    title = f"Answers, sample archive: {len(pairs)} questions, threshold {threshold}"
    table = Table(title=title, columns=["measure", "share", "of"])
    rows = {
        "answerable: first citation right": _share(
            _given(a, threshold) and is_right(a.citations[0], q) for q, a in answerable
        ),
        "answerable: a citation or also-found right": _share(
            _given(a, threshold) and any(is_right(c, q) for c in [*a.citations, *a.also_found])
            for q, a in answerable
        ),
        "answerable: wrongly refused": _share(not _given(a, threshold) for _, a in answerable),
        "unanswerable: refused": _share(not _given(a, threshold) for a in unanswerable),
    }
    for name, (share, count) in rows.items():
        table.add(name, f"{share:.3f}", str(count))
    wrong = [
        q["id"] for q, a in answerable if not (_given(a, threshold) and is_right(a.citations[0], q))
    ]
    given = [q["id"] for q, a in pairs if not q["answerable"] and _given(a, threshold)]
    table.notes.append(f"Not right at first: {', '.join(wrong) or 'none'}. ")
    table.notes.append(f"Unanswerable but answered: {', '.join(given) or 'none'}.")
    return table


def _dates(questions: Sequence[data.Record], answers: Sequence[Answer]) -> Table:
    """Return how often a when-question gets the right day, and how often a wrong one."""
    threshold = load_settings().answer_threshold
    pairs = [(q, a) for q, a in zip(questions, answers, strict=True) if "date" in q]
    given = [(q, a) for q, a in pairs if _given(a, threshold)]
    read = [(q, a) for q, a in given if is_right(a.citations[0], q)]
    table = Table(
        title=f"Dates, sample archive: {len(pairs)} when-questions, threshold {threshold}",
        columns=["measure", "share", "of"],
    )
    for name, asked in (
        ("right day", pairs),
        ("right day, of those answered", given),
        ("right day, of those with the right evidence", read),
    ):
        right = [_given(a, threshold) and _day(a) == q["date"] for q, a in asked]
        table.add(name, _shown(right), str(len(right)))
    wrong = [q["id"] for q, a in given if _day(a) != q["date"]]
    table.notes.append(f"Another day given: {', '.join(wrong) or 'none'}.")
    return table


def _day(answer: Answer) -> str:
    return str(answer.when.first) if answer.when else ""


def _curve(questions: Sequence[data.Record], answers: Sequence[Answer]) -> Table:
    table = Table(
        title="Threshold curve, sample archive",
        columns=["threshold", "given answers right", "answerable refused", "unanswerable refused"],
    )
    pairs = list(zip(questions, answers, strict=True))
    for threshold in THRESHOLDS:
        given = [(q, a) for q, a in pairs if _given(a, threshold)]
        table.add(
            f"{threshold:.2f}",
            _shown(bool(q["answerable"]) and is_right(a.citations[0], q) for q, a in given),
            _shown(not _given(a, threshold) for q, a in pairs if q["answerable"]),
            _shown(not _given(a, threshold) for q, a in pairs if not q["answerable"]),
        )
    return table


def _given(answer: Answer, threshold: float) -> bool:
    return answer.status == "answered" and answer.confidence >= threshold


def _share(flags: Iterable[bool]) -> tuple[float, int]:
    listed = list(flags)
    return (sum(listed) / len(listed) if listed else 0.0), len(listed)


def _shown(flags: Iterable[bool]) -> str:
    return f"{_share(flags)[0]:.3f}"
