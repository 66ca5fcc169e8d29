"""Read the questions that come with their passage, and the pairs of a statement and a text.

A statement is put to the text like a question: the text answers if it bears the statement out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bench.data import DATA, Record, read_lines
from bench.splits import Part, part_of
from rag.models.reading import Text
from training.examples import NEGATIVES_KEPT, Example, make_example, trimmed
from training.ranking import Ranking

GIVEN_FILES = (
    "qa/squad2.jsonl.xz",
    "qa/squadshifts-new_wiki.jsonl.xz",
    "qa/squadshifts-reddit.jsonl.xz",
    "qa/squadshifts-amazon_reviews.jsonl.xz",
    "qa-more/qamr-wikinews.jsonl.xz",
    "qa-more/qamr-wikipedia.jsonl.xz",
    "qa-more/trecqa-as2.jsonl.xz",
    "qa-more/tweetqa-spans.jsonl.xz",
    "qa-more/ester.jsonl.xz",
    "qa-more/multirc-newslike.jsonl.xz",
    "qa-more/boolq-val.jsonl.xz",
    "entailment/wikiqa_dev_test.jsonl.xz",
    "entailment/qnli.jsonl.xz",
    "entailment/rte.jsonl.xz",
    "entailment/falke_news_sentence_pairs.jsonl.xz",
    "entailment/fever_symmetric.jsonl.xz",
    "entailment/lifelong_icl_samples.jsonl.xz",
    "entailment/wice.jsonl.xz",
    "entailment/mnli.jsonl.xz",
)
# What `qamr` asks of a sentence is put to about so many words around it.
_AROUND_WORDS = 130
# How many of those who answered a question of `qamr` must agree.
_AGREED = 2
# Longer texts would be cut before the reader's end, and what is cut may be what decides.
_LONGEST_PREMISE = 800  # characters
_STATEMENTS = ("rte", "falke_news_sentence_pairs", "fever_symmetric", "wice", "mnli")
_BEARS_OUT = {"entailment", "supported"}
# Partly borne out is neither; an equal sentence is no question.
_SAYS_NOTHING = {"partially_supported"}


def squad(name: str, part: Part) -> Iterator[Example]:
    """Yield the questions of a set in the format of SQuAD, with other paragraphs beside."""
    records = read_lines(DATA / "qa" / f"{name}.jsonl.xz")
    if name == "squad2":
        records = [record for record in records if part_of(record["group"]) == part]
    else:
        tuning = part == "tune"
        records = [r for r in records if (part_of(r["context"]) == "tune") == tuning]
    for record in records:
        record["passage"] = record["context"]
    yield from _with_others(name.removeprefix("squadshifts-"), records)


def given(name: str) -> Iterator[Example]:
    """Yield the questions of a further set, all for training, with other passages beside."""
    records = [r for r in _further(name) if len(r["passage"]) <= 2 * _LONGEST_PREMISE]
    yield from _with_others(name, records)


def yes_or_no() -> Iterator[Example]:
    """Yield questions whose passage says yes or no, no words of it marked."""
    records = [r for r in _further("boolq-val") if len(r["passage"]) <= _LONGEST_PREMISE]
    for example in _with_others("boolq-val", records):
        yield replace(example, somewhere=True)


def in_context(name: str) -> Iterator[Example]:
    """Yield questions on single sentences, put to the sentences of their document around them."""
    records = [record for record in _further(name) if record["agree"] >= _AGREED]
    documents: dict[str, dict[tuple[int, int], str]] = {}
    for record in records:
        document, place = _place(record)
        documents.setdefault(document, {})[place] = record["passage"]
    moved = []
    for record in records:
        document, place = _place(record)
        first, text = _around(documents[document], place)
        answers = [{**a, "start": a["start"] + first} for a in record["answers"]]
        moved.append({**record, "passage": text, "answers": answers})
    yield from _with_others(name, moved)


def labelled_sentences() -> Iterator[Example]:
    """Yield questions with sentences that were judged to answer them or not."""
    asked: dict[str, tuple[list[Record], list[str]]] = {}
    for judged in _further("trecqa-as2"):
        right, wrong = asked.setdefault(judged["question"], ([], []))
        right += [s for s in judged["sentences"] if s["label"] == 1]
        wrong += [s["text"] for s in judged["sentences"] if s["label"] == 0]
    for pair in read_lines(DATA / "entailment" / "wikiqa_dev_test.jsonl.xz"):
        right, wrong = asked.setdefault(pair["hypothesis"], ([], []))
        if pair["label"] == "answers":
            right.append({"text": pair["premise"]})
        else:
            wrong.append(pair["premise"])
    for pair in read_lines(DATA / "entailment" / "qnli.jsonl.xz"):
        right, wrong = asked.setdefault(pair["premise"], ([], []))
        if pair["label"] == "entailment":
            right.append({"text": pair["hypothesis"]})
        else:
            wrong.append(pair["hypothesis"])
    for question, (right, wrong) in asked.items():
        negatives = tuple(Text("", text) for text in dict.fromkeys(wrong))
        for sentence in right:
            yield _of_sentence(question, sentence, negatives[:NEGATIVES_KEPT])
        if negatives and not right:
            yield Example("sentences", question, negatives[0], (), negatives[1:NEGATIVES_KEPT])


def statements() -> Iterator[Example]:
    """Yield statements with a text that bears them out or does not."""
    pairs = [
        pair
        for name in _STATEMENTS
        for pair in read_lines(DATA / "entailment" / f"{name}.jsonl.xz")
    ]
    samples = read_lines(DATA / "entailment" / "lifelong_icl_samples.jsonl.xz")
    pairs += [pair for pair in samples if pair["set"] == "vitaminc"]
    for pair in pairs:
        if len(pair["premise"]) <= _LONGEST_PREMISE and pair["label"] not in _SAYS_NOTHING:
            yield Example(
                "mnli" if pair["set"] == "mnli" else "statements",
                pair["hypothesis"],
                Text("", pair["premise"]),
                (),
                (),
                somewhere=pair["label"] in _BEARS_OUT,
            )


def _further(name: str) -> list[Record]:
    return read_lines(DATA / "qa-more" / f"{name}.jsonl.xz")


def _with_others(name: str, records: Iterable[Record]) -> Iterator[Example]:
    """Yield questions with their own passage, and with the others of the set that look like it."""
    listed = list(records)
    passages = list(dict.fromkeys(record["passage"] for record in listed))
    if not passages:
        return
    ranking = Ranking(passages)
    for record in listed:
        text = record["passage"]
        spans = {trimmed(text, a["start"], a["start"] + len(a["text"])) for a in record["answers"]}
        ranked = ranking.best(record["question"], NEGATIVES_KEPT + 1)
        negatives = [Text("", passages[n]) for n in ranked if passages[n] != text]
        yield make_example(
            name, record["question"], Text("", text), tuple(sorted(spans)), negatives
        )


def _place(record: Record) -> tuple[str, tuple[int, int]]:
    """Return the document of a sentence, and its paragraph and place in it."""
    document, paragraph, sentence = record["id"].rsplit(":", 2)
    return document, (int(paragraph), int(sentence))


def _around(sentences: dict[tuple[int, int], str], place: tuple[int, int]) -> tuple[int, str]:
    """Return the text around a sentence of a document, and where the sentence starts in it."""
    order = sorted(sentences)
    first = last = order.index(place)
    words = len(sentences[place].split())
    while words < _AROUND_WORDS and (first > 0 or last < len(order) - 1):
        # In turns before and after, so that the sentence may stand anywhere.
        if first > 0 and (
            last == len(order) - 1 or last - order.index(place) > order.index(place) - first
        ):
            first -= 1
            words += len(sentences[order[first]].split())
        else:
            last += 1
            words += len(sentences[order[last]].split())
    before = "".join(sentences[order[n]] + " " for n in range(first, order.index(place)))
    rest = " ".join(sentences[order[n]] for n in range(order.index(place), last + 1))
    return len(before), before + rest


def _of_sentence(question: str, sentence: Record, negatives: Sequence[Text]) -> Example:
    """Return an example of a sentence that answers, with its words marked if they are known."""
    text, answer = sentence["text"], sentence.get("answer")
    spans = (
        (trimmed(text, answer["start"], answer["start"] + len(answer["text"])),) if answer else ()
    )
    return Example(
        "sentences", question, Text("", text), spans, tuple(negatives), somewhere=not spans
    )
