"""Says whether quotes support a sentence that cites them, and what in it they do not support."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.models.embedding import Embedder
from rag.records import Citation
from rag.text.words import Word
from rag.timex import TimeExpression, find_times
from rag.writing.support.dates import check_dates
from rag.writing.support.exchanges import find_exchanges
from rag.writing.support.meaning import SIGNALS, Model, longest_unheard, weigh
from rag.writing.support.names import check_names
from rag.writing.support.numbers import check_numbers
from rag.writing.support.opposites import find_opposites
from rag.writing.support.polarity import find_denials
from rag.writing.support.problems import Problem, Support
from rag.writing.support.quoted import check_quoted

# The weights, in the order of SIGNALS. `bench/fit_support.py` fitted them on half of
# AttributionBench's development set and the written sentences that are not held back. Without an
# embedder, similarity does not count.
_MODEL = Model((0.56, 0.74, 1.00, -1.15, 1.00, -1.32, -0.14, -0.37), -1.27)
_WORDS_MODEL = Model((0.63, 0.82, 1.15, -1.15, 0.0, -1.30, -0.15, -0.38), -0.73)
# This threshold has the best F1 on that half of the claims. The curve is in `bench/results.md`.
SUPPORT_THRESHOLD = 0.34
# This many words in a row that are in no quote, title or question were made up. None of the 86
# faithful sentences used for tuning has three. Of the 22 with an addition, 19 have four or are
# found in another way.
_INVENTED_WORDS = 4
# The numbers of citations in a sentence: "[1]", "[1, 2]".
_MARKERS = re.compile(r"\s*\[\d+(?:\s*[,;–-]\s*\d+)*\]")


def check_sentence(
    sentence: str,
    quotes: Sequence[Citation],
    *,
    embedder: Embedder | None,
    question: str = "",
    threshold: float = SUPPORT_THRESHOLD,
) -> Support:
    """Return whether the quotes that a sentence cites support it.

    Every number, date, quoted word and name in the sentence must be in the quotes. Nothing may
    reverse what they say, and no longer part may have only words that they lack. After that, the
    words and the meaning that sentence and quotes share decide. Names may also be in the quotes'
    titles, or in `question`, which the sentence answers.
    """
    if not quotes:
        return Support(score=0.0, supported=False, problems=(Problem(kind="citation", value=""),))
    checked = _check(sentence, quotes, question)
    signals = _signals(checked, quotes, embedder)
    score = (_MODEL if embedder else _WORDS_MODEL).probability(signals)
    problems = list(checked.problems)
    if score < threshold:
        problems.append(Problem(kind="overlap", value=""))
    elif len(checked.unheard) >= _INVENTED_WORDS:
        words = checked.sentence[checked.unheard[0].start : checked.unheard[-1].end]
        problems.append(Problem(kind="overlap", value=words))
    return Support(score=score, supported=not problems, problems=tuple(problems))


def signals_of(
    sentence: str, quotes: Sequence[Citation], *, embedder: Embedder | None, question: str = ""
) -> dict[str, float]:
    """Return the signals of the score by name, which the fitting needs."""
    signals = _signals(_check(sentence, quotes, question), quotes, embedder)
    return dict(zip(SIGNALS, signals, strict=True))


@dataclass(frozen=True, slots=True)
class _Checked:
    """A sentence without its markers, its times, and what the quotes lack of it."""

    sentence: str
    times: Sequence[TimeExpression]
    problems: tuple[Problem, ...]
    unheard: Sequence[Word]


def _check(sentence: str, quotes: Sequence[Citation], question: str) -> _Checked:
    sentence = _MARKERS.sub("", sentence).strip()
    times = find_times(sentence)
    problems = _find_problems(sentence, times, quotes, question)
    return _Checked(sentence, times, problems, longest_unheard(sentence, times, quotes, question))


def _signals(
    checked: _Checked, quotes: Sequence[Citation], embedder: Embedder | None
) -> list[float]:
    return weigh(
        checked.sentence,
        checked.times,
        quotes,
        checked.problems,
        unheard=len(checked.unheard),
        embedder=embedder,
    )


def _find_problems(
    sentence: str, times: Sequence[TimeExpression], quotes: Sequence[Citation], question: str
) -> tuple[Problem, ...]:
    """Return what in a sentence its quotes do not support, each thing once."""
    texts = [quote.quote for quote in quotes]
    titles = "\n".join([*(quote.title for quote in quotes), question])
    turned = [
        *find_denials(sentence, texts),
        *find_opposites(sentence, texts),
        *find_exchanges(sentence, texts),
    ]
    found = [
        *check_numbers(sentence, times, texts, titles),
        *check_dates(sentence, times, quotes, question),
        *check_quoted(sentence, texts),
        *check_names(sentence, quotes, question),
        *(Problem(kind="negation", value=words) for words in turned),
    ]
    return tuple(dict.fromkeys(found))
