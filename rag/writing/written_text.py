"""Turns the text of a language model, piece by piece, into complete sentences with quote numbers.

The model is asked for JSON and mostly gives it, perhaps inside a code fence or after a greeting.
Otherwise its text is read as plain sentences with numbers in brackets. In both cases a sentence is
given as soon as it is complete. A sentence that stops in the middle is not given, because half a
sentence may say the opposite.
"""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from rag.text.clauses import is_finished
from rag.text.plain_text import reduce_markdown
from rag.text.sentences import Span, split_sentences

_JSON = re.compile(r"\{\s*[\"}]")
_THOUGHT = re.compile(r"\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_OPEN_THOUGHT = re.compile(r"\s*<think(?:ing)?>")
# JSON whose text has quotation marks that the model forgot to escape.
_LOOSE = re.compile(r'"text"\s*:\s*"(.+)"\s*,\s*"quotes"\s*:\s*\[([\d\s,"]*)\]', re.DOTALL)
_TEXT_KEYS = ("text", "sentence", "answer", "claim")
_NUMBER_KEYS = ("quotes", "citations", "quote_numbers", "sources", "quote")

# A reference in the forms that models write: [1], [1, 2], [2-3], [quote 1], 【1】, and a link such
# as [1](address).
_REFERENCE = re.compile(
    r"[\[［【⟦]+\s*(?:(?:quotes?|sources?|citations?|refs?|nos?\.?)\s*)?\#?"
    r"(\d[\d\s,;&–-]*)(?:†[^\]】]*)?[\]］】⟧]+(?:\([^)\s]*\)?)?",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"(?:\s*(?:{_REFERENCE.pattern}))+[.,;]?\s*", re.IGNORECASE)
_OPEN_REFERENCE = re.compile(r"\s*[\[［【⟦][^\]］】⟧]*$")
_RANGE = re.compile(r"(\d+)\s*[–-]\s*(\d+)|(\d+)")
_MOST_RANGE = 20
_DAY = re.compile(r"\S\s+\d{1,2}\.$")
# The number of an item in a list, at the beginning of a line.
_ITEM = re.compile(r"(?m)^[^\S\n]*\d{1,2}[.)]\s+(?=\S)")
_GAP = re.compile(r"\[\s*(?:\.{3}|…)\s*\]")
_SQUARE = str.maketrans("[［【⟦]］】⟧", "(((())))")
_SPACE_BEFORE_STOP = re.compile(r"\s+(?=[.,;:!?](?:\s|$))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A sentence as a language model wrote it, and the numbers of the quotes that it names."""

    text: str
    citations: tuple[int, ...]


class SentenceReader:
    """Takes a text in pieces and gives each sentence as soon as it is complete.

    `numbers` are the numbers of the quotes. Any other number that the model names is dropped.
    """

    def __init__(self, numbers: Collection[int]) -> None:
        self._numbers = frozenset(numbers)
        self._objects: _ObjectReader | None = None
        self._text = ""
        # Sentences without a number wait until one with a number comes, because they may be a
        # greeting before JSON.
        self._held: list[Written] = []
        self._has_cited = False
        self.is_empty = True
        self.is_unfinished = False

    def feed(self, piece: str) -> Iterator[Written]:
        """Yield the sentences that this piece completes."""
        self.is_empty = self.is_empty and not piece.strip()
        if self._objects is None:
            piece = self._take(piece)
        if self._objects is not None:
            for found in self._objects.feed(piece):
                yield from self._from_object(found)
        elif not _OPEN_THOUGHT.match(self._text):
            yield from self._from_plain()

    def finish(self) -> Iterator[Written]:
        """Yield the sentences that the end completes, and note whether it cuts a sentence off."""
        if self._objects is not None:
            self.is_unfinished = self._objects.is_open
            return
        if _OPEN_THOUGHT.match(self._text):
            self.is_unfinished = True
            return
        yield from self._from_plain(ended=True)
        yield from self._held

    def _take(self, piece: str) -> str:
        """Add a piece to the plain text, and return any JSON that begins in it."""
        self._text = _THOUGHT.sub("", self._text + piece, count=1)
        start = _JSON.search(self._text)
        if start is None or self._has_cited or _OPEN_THOUGHT.match(self._text):
            return ""
        self._objects = _ObjectReader()
        self._held.clear()
        return self._text[start.start() :]

    def _from_object(self, found: str) -> Iterator[Written]:
        for text, numbers in _claims(found):
            for sentence in _cut(text):
                yield from self._write(sentence.text, sentence.numbers, otherwise=numbers)

    def _from_plain(self, *, ended: bool = False) -> Iterator[Written]:
        whole = self._text if ended else _OPEN_REFERENCE.sub("", self._text)
        sentences = _cut(whole)
        last = sentences[-1] if sentences else None
        if last and ended and not last.numbers:
            self.is_unfinished = not is_finished(last.text) and _has_words(last.text)
        if last and (not ended or self.is_unfinished):
            # The last sentence may not be complete yet.
            self._text = self._text[last.start :]
            sentences = sentences[:-1]
        for sentence in sentences:
            for written in self._write(sentence.text, sentence.numbers):
                self._held.append(written)
                self._has_cited = self._has_cited or bool(written.citations)
        if self._has_cited:
            yield from self._held
            self._held.clear()

    def _write(
        self, text: str, numbers: tuple[int, ...], *, otherwise: tuple[int, ...] = ()
    ) -> Iterator[Written]:
        plain = reduce_markdown(text)
        # No square bracket is left, because it would look like one of our numbers.
        plain = _GAP.sub("…", _REFERENCE.sub("", plain)).translate(_SQUARE)
        plain = _SPACE_BEFORE_STOP.sub("", " ".join(plain.split()))
        if _has_words(plain):
            yield Written(text=plain, citations=self._known(numbers) or self._known(otherwise))

    def _known(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(number for number in numbers if number in self._numbers))


def read_rewriting(text: str) -> str:
    """Return the question that a model wrote, as JSON or as it is, on one line; "" for none."""
    thought = _THOUGHT.match(text)
    rest = text[thought.end() :] if thought else text
    for found in _ObjectReader().feed(rest):
        try:
            value = json.loads(found, strict=False)
        except (ValueError, RecursionError):
            continue
        if isinstance(value.get("question"), str):
            return reduce_markdown(value["question"])
    lines = [line for line in rest.splitlines() if _has_words(line)]
    # Several lines are not a question but something else, such as an answer.
    return reduce_markdown(lines[0]).strip('"“”') if len(lines) == 1 and "{" not in rest else ""


class _ObjectReader:
    """Takes JSON in pieces and gives each object, inner ones first, as soon as it is closed."""

    def __init__(self) -> None:
        self._text = ""
        self._opened: list[int] = []
        self._in_string = False
        self._is_escaped = False

    @property
    def is_open(self) -> bool:
        return bool(self._opened)

    def feed(self, piece: str) -> Iterator[str]:
        first = len(self._text)
        self._text += piece
        for place, char in enumerate(piece, start=first):
            if self._in_string:
                self._in_string = char != '"' or self._is_escaped
                self._is_escaped = char == "\\" and not self._is_escaped
            elif char == '"':
                self._in_string = self.is_open
            elif char == "{":
                self._opened.append(place)
            elif char == "}" and self._opened:
                yield self._text[self._opened.pop() : place + 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    """A sentence of a plain text without its references, its start, and their numbers."""

    text: str
    start: int
    numbers: tuple[int, ...]


def _cut(text: str) -> list[_Sentence]:
    """Return the sentences of a text; references after a full stop belong to the one before it."""
    sentences: list[_Sentence] = []
    for start, end in _spans(text):
        first = start
        leading = _LEADING.match(text, start, end)
        if leading and sentences:
            before = sentences[-1]
            numbers = (*before.numbers, *_numbers_in(leading.group()))
            sentences[-1] = _Sentence(text=before.text, start=before.start, numbers=numbers)
            first = leading.end()
        if first < end:
            whole = text[first:end]
            words = _REFERENCE.sub(" ", whole)
            sentences.append(_Sentence(text=words, start=first, numbers=_numbers_in(whole)))
    return sentences


def _spans(text: str) -> list[Span]:
    """Return where the sentences are, without the numbers of items in a list.

    The "10." of "am 10. November" does not end one.
    """
    spans: list[Span] = []
    for span in split_sentences(text):
        item = _ITEM.match(text, span.start, span.end)
        if item:
            spans.append(Span(item.end(), span.end))
        elif spans and _DAY.search(text, spans[-1].start, spans[-1].end):
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return spans


def _has_words(text: str) -> bool:
    return any(char.isalpha() for char in text)


def _numbers_in(text: str) -> tuple[int, ...]:
    """Return the numbers of all references in a text."""
    return tuple(n for found in _REFERENCE.finditer(text) for n in _numbers(found.group(1)))


def _numbers(listed: str) -> Iterator[int]:
    """Yield the numbers that a list such as "1, 3-5" names."""
    for first, last, alone in _RANGE.findall(listed):
        if alone:
            yield int(alone[:9])
        elif 0 <= int(last[:9]) - int(first[:9]) <= _MOST_RANGE:
            yield from range(int(first[:9]), int(last[:9]) + 1)


def _claims(found: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the texts in a JSON object that are not in an inner object, with their numbers."""
    try:
        value = json.loads(found, strict=False)
    except (ValueError, RecursionError):
        loose = _LOOSE.search(found)
        if loose and found.count("{") == 1:
            yield loose.group(1), tuple(_numbers(loose.group(2)))
        return
    text = _first_of(value, _TEXT_KEYS)
    if isinstance(text, str):
        numbers = json.dumps(_first_of(value, _NUMBER_KEYS))
        yield text, tuple(_numbers(numbers))
        return
    lists = (item for item in value.values() if isinstance(item, list))
    yield from ((item, ()) for items in lists for item in items if isinstance(item, str))


def _first_of(value: dict[str, Any], keys: tuple[str, ...]) -> Any:
    return next((value[key] for key in keys if key in value), None)
