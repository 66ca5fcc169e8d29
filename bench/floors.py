"""What must not get worse: for each measure that counts, how low, or how high, it may be.

A floor is two points from what was measured when it was set: a little room, as the int8 model's
vectors differ in the third digit between processors. `python -m bench` fails where a measure
misses its floor, and the tests hold the fast ones. Raise a floor when its measure has risen for
good. Lower one only if you say in the commit what was won for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.scores import DEFAULT_THRESHOLD
from bench.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The least that a measure may be, or the most.

    `title` is how the title of its table starts, `row` the first cells of its row.
    """

    title: str
    row: tuple[str, ...]
    column: str
    least: float | None = None
    most: float | None = None

    def __post_init__(self) -> None:
        if (self.least is None) == (self.most is None):
            raise ValueError(f"{self.name} needs one of least and most")

    @property
    def name(self) -> str:
        """What is measured, in words."""
        return f"{self.title}, {', '.join(self.row)}, {self.column}"

    def is_in(self, table: Table) -> bool:
        """Say whether a table is the one that holds the measure."""
        return table.title.startswith(self.title)

    def miss(self, table: Table) -> str:
        """Return in words how a table misses the floor, empty where it does not."""
        try:
            value = table.value(self.row, self.column)
        except (LookupError, ValueError) as error:
            return f"{self.name} is not measured any more: {error}"
        if self.least is not None and value < self.least:
            return f"{self.name} is {value}; at least {self.least} is wanted"
        if self.most is not None and value > self.most:
            return f"{self.name} is {value}; at most {self.most} is wanted"
        return ""


def misses(tables: Sequence[Table]) -> list[str]:
    """Return in words which floors the tables miss; a floor of another table is no matter."""
    found = (floor.miss(table) for floor in FLOORS for table in tables if floor.is_in(table))
    return [miss for miss in found if miss]


_ALL = ("all",)
_BEATS = "Beats, six invented archives"
_DESKS = "Desks, four invented archives"
_CLOSED_DESKS = "Closed desks, four invented archives"
_WIRES = "Wires, eight invented archives"
_ASKED = f"Asked of 1165 articles of realtimeqa: 1236 questions, threshold {DEFAULT_THRESHOLD}"
_BEAT_TURNS = "Beats, conversations"
_BEAT_VALUES = "Beats, things of which sources differ"
_SUPPORT = "Values, beats where sources differ"
_CONFLICTS = "Values, beats with one value"
_ALTERED = "Values, RGB: 50 questions"
_SIGNS = "Yes or no"
_LOCATED = "Where a text comes from, realtimeqa"
_LEFT_OUT = "Calibration, six invented archives, each left out"
_CARRIED = "Carried words, TREC CAsT"
_REPORTED = "Reported faults"
_RETRIEVAL_NEWSQA = "Retrieval, NewsQA"
_RETRIEVAL_QUIZ = "Retrieval, realtimeqa"
_RETRIEVAL_ASKED = "Retrieval, asked"
_READER_NEWSQA = "Reader, NewsQA articles not trained on"
_READER_QUIZ = "Reader, realtimeqa January to April 2024 (answer string)"
_REFUSALS = "Reader, what is answered"
_TIMES = "Time expressions, 195 texts"
_CLAIMS = "Support, AttributionBench development set"
_WRITTEN = "Support, sample archive: 670 sentences written by hand"
_SAMPLE = "Answers, sample archive"
_SAMPLE_DAYS = "Dates, sample archive"
_SAMPLE_TURNS = "Conversations, sample archive: 109 turns"
_SAMPLE_CITED = "Conversations, sample archive: right article"
_LASTING = "Memory of one process"
_CROWD = "Serving, 100 askers"
_SWITCHED = "Serving, generation switched 20 times"

_PRECISION = ("precision: values listed that were reported so",)
_SEVERAL_STAND = ("answers with two or more values that stand",)
_DATELINE = ("Dateline",)
_SHIPPED = ("words + relevance + span, as shipped",)
_AT_DEFAULT = (f"{DEFAULT_THRESHOLD:.2f}",)
_TUNED = ("tuned on",)
_UNSEEN = ("not looked at",)
_HELD_BACK = ("with the embedder", "held back")
_WORDS_HELD_BACK = ("words only", "held back")
_RIGHT = ("answerable: first citation right",)
_WRONGLY = ("answerable: wrongly refused",)
_REFUSED = ("unanswerable: refused",)

FLOORS = (
    Floor(title=_BEATS, row=_ALL, column="first right", least=0.596),
    Floor(title=_BEATS, row=_ALL, column="first right, nothing refused", least=0.724),
    Floor(title=_BEATS, row=_ALL, column="wrongly refused", most=0.276),
    Floor(title=_BEATS, row=_ALL, column="short right", least=0.787),
    Floor(title=_BEATS, row=_ALL, column="right day", least=0.780),
    Floor(title=_BEATS, row=_ALL, column="near misses refused", least=0.925),
    Floor(title=_BEATS, row=_ALL, column="stale given", most=0.061),
    Floor(title=_BEATS, row=_ALL, column="hit @1", least=0.652),
    Floor(title=_BEATS, row=_ALL, column="hit @10", least=0.972),
    Floor(title=_DESKS, row=_ALL, column="first right", least=0.563),
    Floor(title=_DESKS, row=_ALL, column="near misses refused", least=0.869),
    Floor(title=_DESKS, row=_ALL, column="stale given", most=0.054),
    Floor(title=_WIRES, row=_ALL, column="first right", least=0.665),
    Floor(title=_WIRES, row=_ALL, column="first right, nothing refused", least=0.766),
    Floor(title=_WIRES, row=_ALL, column="wrongly refused", most=0.228),
    Floor(title=_WIRES, row=_ALL, column="near misses refused", least=0.855),
    Floor(title=_WIRES, row=_ALL, column="stale given", most=0.120),
    Floor(title=_CLOSED_DESKS, row=_ALL, column="first right", least=0.444),
    Floor(title=_CLOSED_DESKS, row=_ALL, column="near misses refused", least=0.869),
    Floor(title=_ASKED, row=_ALL, column="first right", least=0.521),
    Floor(title=_ASKED, row=_ALL, column="first right, nothing refused", least=0.611),
    Floor(title=_ASKED, row=_ALL, column="wrongly refused", most=0.347),
    Floor(title=_ASKED, row=_ALL, column="short right", least=0.707),
    Floor(title=_ASKED, row=_ALL, column="near misses refused", least=0.739),
    Floor(title=_BEAT_VALUES, row=_ALL, column="shown", least=0.764),
    Floor(title=_SUPPORT, row=_ALL, column="listed", least=0.764),
    Floor(title=_SUPPORT, row=_ALL, column="listed and rightly standing or not", least=0.683),
    Floor(title=_SUPPORT, row=_PRECISION, column="listed", least=0.869),
    Floor(title=_CONFLICTS, row=_SEVERAL_STAND, column="share", most=0.040),
    Floor(title=_ALTERED, row=("right and altered documents",), column="all", least=0.700),
    Floor(title=_ALTERED, row=("with other documents",), column="all", least=0.580),
    Floor(title=_SIGNS, row=_ALL, column="not looked at", least=0.914),
    Floor(
        title=_LOCATED,
        row=("all in the archive",),
        column="right article or its copy first",
        least=0.977,
    ),
    Floor(
        title=_LOCATED,
        row=("all in the archive",),
        column="verbatim or not told right",
        least=0.977,
    ),
    Floor(
        title=_LOCATED,
        row=("all absent",),
        column="right article or its copy first",
        least=0.950,
    ),
    Floor(title=_BEAT_TURNS, row=_ALL, column="follow-ups right", least=0.647),
    Floor(title=_BEAT_TURNS, row=_ALL, column="later turns left alone", least=0.980),
    Floor(title=_LEFT_OUT, row=_AT_DEFAULT, column="first right", least=0.556),
    Floor(title=_LEFT_OUT, row=_AT_DEFAULT, column="answerable refused", most=0.316),
    Floor(title=_LEFT_OUT, row=_AT_DEFAULT, column="near misses refused", least=0.871),
    Floor(title=_LEFT_OUT, row=_AT_DEFAULT, column="outside refused", least=0.930),
    Floor(title=_CARRIED, row=_DATELINE, column="F1", least=0.623),
    Floor(title=_CARRIED, row=_DATELINE, column="left alone", least=0.950),
    Floor(title=_REPORTED, row=_ALL, column="first right", least=0.918),
    Floor(title=_REPORTED, row=_ALL, column="wrongly refused", most=0.083),
    Floor(title=_REPORTED, row=_ALL, column="right day", least=0.837),
    Floor(title=_RETRIEVAL_NEWSQA, row=_DATELINE, column="@1", least=0.615),
    Floor(title=_RETRIEVAL_NEWSQA, row=_DATELINE, column="@10", least=0.876),
    Floor(title=_RETRIEVAL_QUIZ, row=_DATELINE, column="@1", least=0.417),
    Floor(title=_RETRIEVAL_QUIZ, row=_DATELINE, column="@10", least=0.806),
    Floor(title=_RETRIEVAL_ASKED, row=_DATELINE, column="@1", least=0.476),
    Floor(title=_RETRIEVAL_ASKED, row=_DATELINE, column="@10", least=0.857),
    Floor(title=_READER_NEWSQA, row=_SHIPPED, column="passage @1", least=0.667),
    Floor(title=_READER_NEWSQA, row=_SHIPPED, column="sentence @1", least=0.511),
    Floor(title=_READER_QUIZ, row=_SHIPPED, column="passage @1", least=0.506),
    Floor(title=_READER_QUIZ, row=_SHIPPED, column="sentence @1", least=0.395),
    Floor(title=_REFUSALS, row=("outside",), column="answered", most=0.080),
    Floor(title=_REFUSALS, row=("newsqa without its article",), column="answered", most=0.242),
    Floor(title=_TIMES, row=_TUNED, column="strict F1", least=87.8),
    Floor(title=_TIMES, row=_TUNED, column="relaxed F1", least=94.3),
    Floor(title=_TIMES, row=_TUNED, column="value F1", least=81.6),
    Floor(title=_TIMES, row=_UNSEEN, column="strict F1", least=86.3),
    Floor(title=_TIMES, row=_UNSEEN, column="relaxed F1", least=92.0),
    Floor(title=_TIMES, row=_UNSEEN, column="value F1", least=77.8),
    Floor(title=_CLAIMS, row=_HELD_BACK, column="score F1", least=0.679),
    Floor(title=_CLAIMS, row=_HELD_BACK, column="supported F1", least=0.637),
    Floor(title=_CLAIMS, row=_WORDS_HELD_BACK, column="score F1", least=0.676),
    Floor(title=_CLAIMS, row=_WORDS_HELD_BACK, column="supported F1", least=0.630),
    Floor(title=_WRITTEN, row=("faithful",), column="held back", least=0.916),
    Floor(title=_WRITTEN, row=("date",), column="held back", least=0.953),
    Floor(title=_WRITTEN, row=("negation",), column="held back", least=0.865),
    Floor(title=_WRITTEN, row=("outlet",), column="held back", least=0.980),
    Floor(title=_WRITTEN, row=("number",), column="held back", least=0.980),
    Floor(title=_WRITTEN, row=("name",), column="held back", least=0.980),
    Floor(title=_WRITTEN, row=("quote",), column="held back", least=0.980),
    Floor(title=_SAMPLE, row=_RIGHT, column="share", least=0.763),
    Floor(title=_SAMPLE, row=_WRONGLY, column="share", most=0.136),
    Floor(title=_SAMPLE, row=_REFUSED, column="share", least=0.847),
    Floor(title=_SAMPLE_DAYS, row=("right day",), column="share", least=0.632),
    Floor(title=_SAMPLE_TURNS, row=_ALL, column="follow-ups right", least=0.680),
    Floor(title=_SAMPLE_TURNS, row=_ALL, column="left alone", least=0.980),
    Floor(title=_SAMPLE_CITED, row=_ALL, column="as understood", least=0.862),
    # What a server promises, however fast its machine is.
    Floor(title=_LASTING, row=("5000",), column="of the first", most=1.02),
    Floor(title=_CROWD, row=("errors",), column="Dateline", most=0),
    Floor(title=_CROWD, row=("p99 / p50",), column="Dateline", most=5),
    Floor(title=_SWITCHED, row=("errors",), column="value", most=0),
    Floor(
        title=_SWITCHED,
        row=("of an older generation than allowed, 1 s after the next was served",),
        column="value",
        most=0,
    ),
    Floor(
        title=_SWITCHED,
        row=("with a number of another generation, or none",),
        column="value",
        most=0,
    ),
)
