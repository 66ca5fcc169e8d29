"""Small invented articles, rebuilt after public reports of what goes wrong in such systems.

The answer to a when-question is a day here, in words that the article does not use.
"""

from bench import data
from bench.judged import Judged, judge
from bench.judged_tables import summary
from bench.tables import Table
from rag.archive import Archive
from rag.settings import load_settings

_FOLDER = data.DATA / "reported"


def measure() -> list[Table]:
    """Return how the questions are answered, and which of the reported faults are seen."""
    source = _FOLDER / "articles.jsonl"
    articles = data.read_lines(source)
    questions = [
        (place, {**question, "only_day": bool(question["expected_date"])})
        for place, question in enumerate(data.read_lines(_FOLDER / "questions.jsonl"), start=1)
    ]
    with Archive.open(data.archive_of("reported", source)) as archive:
        every = judge(archive, questions, now=data.day_after(articles))
    threshold = load_settings().answer_threshold
    table = summary(
        f"Reported faults, {len(articles)} invented articles: {len(every)} questions, "
        f"threshold {threshold}",
        {"all": every},
        first_column="archive",
    )
    table.notes.append(f"Faults seen: {', '.join(_faults(every)) or 'none'}.")
    return [table]


def _faults(every: list[Judged]) -> list[str]:
    """Return the kinds of the questions that are answered wrongly, or at all if they must not."""
    wrong = [j for j in every if (not j.is_right if j.is_answerable else j.is_given)]
    return [f"{judged.question['kind']} ({judged.place})" for judged in wrong]
