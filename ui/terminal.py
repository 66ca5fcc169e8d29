"""Format answers and hits for a terminal, or as JSON.

To show a new field of an answer in the terminal, change `answer_lines`. JSON shows all fields.
"""

import dataclasses
import json
import re
import textwrap
from datetime import date
from typing import Any

from rag.dates.wording import day_in_words
from rag.records import Answer, Citation, Hit
from ui.understood import say_understood

_WIDTH = 96
_MOST_COPIES = 5
# Article text may hold terminal escapes; a quote must not move the cursor or clear the screen.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_UPPER_CONTROL = re.compile(r"[\x7f-\x9f]")


def answer_lines(answer: Answer) -> str:
    """Return an answer as a person reads it: text, then each source with its quote's place.

    What was added to the question from earlier ones comes first.
    """
    understood = say_understood(answer)
    lines = [_wrapped(understood), ""] if understood else []
    lines += [_wrapped(line) for line in answer.text.split("\n")]
    every = [*answer.citations, *answer.also_found]
    sources = sorted(every, key=lambda citation: citation.number)
    is_written = any(sentence.supported for sentence in answer.sentences)
    unsupported = [sentence for sentence in answer.sentences if not sentence.supported]
    if unsupported:
        lines += ["", "Written, but not supported by the quotes:"]
        lines += [
            _wrapped(
                f"  {sentence.text} "
                f"({'; '.join(sentence.problems) or 'it has too little in common with them'})"
            )
            for sentence in unsupported
        ]
    if sources:
        lines += ["", *(_source(citation, with_quote=is_written) for citation in sources)]
        lines += ["", f"Searched: {answer.searched}."]
    elif answer.nearest:
        lines += ["", "These passages are the nearest, but they do not answer:"]
        lines += [f"  {_described(hit)}" for hit in _one_per_article(answer.nearest)[:3]]
    return clean("\n".join(lines))


def hit_lines(hits: list[Hit]) -> str:
    """Return hits as a person reads them, best first."""
    blocks = [
        "\n".join(
            [
                f"{number}. {_described(hit)}",
                textwrap.indent(_wrapped(_shortened(hit.text)), "   "),
                *(f"   {line}" for line in _around(hit)),
            ]
        )
        for number, hit in enumerate(hits, start=1)
    ]
    return clean("\n\n".join(blocks) or "Nothing was found.")


def to_json(value: object) -> str:
    """Return a record, or a list of records, as indented JSON; dates in ISO 8601."""
    text = json.dumps(_plain(value), ensure_ascii=False, indent=2)
    # JSON escapes the lower ones by itself; the value stays, only its spelling changes.
    return _UPPER_CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def clean(text: str) -> str:
    """Return text without the control characters that a terminal would obey."""
    return _CONTROL.sub("\ufffd", text)


def _plain(value: object) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {field.name: _plain(getattr(value, field.name)) for field in fields}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _source(citation: Citation, *, with_quote: bool) -> str:
    """Return a source; with its quote where the text above is written and not quoted."""
    lines = [f"[{citation.number}] {_described(citation)}"]
    if with_quote:
        quote = f"“{' '.join(citation.quote.split())}”"
        lines.append(textwrap.indent(_wrapped(quote), "    "))
    if citation.url:
        lines.append(f"    {citation.url}")
    return "\n".join([*lines, *(f"    {line}" for line in _around(citation))])


def _around(item: Citation | Hit) -> list[str]:
    """Return what else there is to know of a source: its editors' note, who else carries it."""
    lines = [f"Editor's note: {item.note}"] if item.note else []
    if item.copies:
        shown = dict.fromkeys(copy.source or copy.article_id for copy in item.copies)
        named = ", ".join(list(shown)[:_MOST_COPIES])
        more = len(shown) - _MOST_COPIES
        lines.append(f"The same story is in: {named}{f' and {more} more' if more > 0 else ''}")
    return lines


def _described(item: Citation | Hit) -> str:
    published = day_in_words(item.published) if item.published else "no date"
    known = [item.title or item.article_id, item.source, published]
    return " — ".join(part for part in known if part)


def _one_per_article(hits: tuple[Hit, ...]) -> list[Hit]:
    return list({hit.article_id: hit for hit in reversed(hits)}.values())[::-1]


def _shortened(text: str) -> str:
    return textwrap.shorten(text, 300, placeholder=" …")


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.wrap(text, _WIDTH)) or text
