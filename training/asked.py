"""Read the questions that were written for Dateline on news articles (`bench.asked`)."""

from collections.abc import Iterator

from bench import asked as written
from bench.data import Record
from bench.splits import Part
from rag.models.reading import Text
from training.examples import Example, make_example
from training.news_questions import Cut, cut_with_places, spans_inside
from training.ranking import Ranking

# Other passages of the article that are kept beside the one that is asked about.
_OF_ITS_OWN = 3


def asked(part: Part) -> Iterator[Example]:
    """Yield the questions with the passage that answers or, for a near miss, that tempts."""
    questions = written.questions(part)
    wanted = {question["article"] for question in questions}
    cut: list[Text] = []
    by_article: dict[str, list[tuple[int, Cut]]] = {}
    for key, article in written.articles().items():
        if key in wanted:
            places = cut_with_places(article)
            by_article[key] = list(enumerate(places, start=len(cut)))
            cut += [passage for _, passage in places]
    ranking = Ranking([passage.joined for passage in cut])
    for question in questions:
        own = by_article[question["article"]]
        example = _example(question, own, ranking.best(question["question"], 60), cut)
        if example is not None:
            yield example


def _example(
    question: Record, own: list[tuple[int, Cut]], ranked: list[int], cut: list[Text]
) -> Example | None:
    """Return a question put to its passage; None if the words that answer are in two passages."""
    is_miss = question["kind"] == written.MISS
    first, last = question["near"] if is_miss else question["answers"][0]
    held = next(((n, at) for n, (at, t) in own if at <= first and last <= at + len(t.body)), None)
    if held is None:
        return None
    number, at = held
    passage = cut[number]
    answers = spans_inside((at, passage), question["answers"])
    places = {n for n, _ in own}
    near = [n for n in ranked if n in places and n != number][:_OF_ITS_OWN]
    far = [n for n in ranked if n not in places]
    negatives = [cut[n] for n in (*near, *far)]
    return make_example("asked", question["question"], passage, answers, negatives)
