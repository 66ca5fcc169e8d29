"""Format answers, hits, articles and outlets for a terminal, or as JSON.

To show a new field of an answer in the terminal, change `answer_lines`; for one of an article,
change `_facts`. JSON shows all fields.
"""

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rag.groups import first_by
from rag.interchange import write_json
from rag.records import Answer, Article, Citation, Hit, Version
from rag.text.calendar import day_in_words
from rag.text.genres import Genre
from ui.certainty import say_certainty
from ui.screen import WIDTH
from ui.support_table import support_lines
from ui.understood import say_understood

_SAYS_WHAT_IT_IS = re.compile(
    r"\W*(?:corrected|correction|withdrawn|editor|entry of)", re.IGNORECASE
)
_GENRES: dict[Genre, str] = {
    "opinion": "an opinion piece",
    "analysis": "an analysis",
    "satire": "satire",
}
# A hit shows this many lines of its passage, and an earlier version of its text.
_MOST_LINES = 3
_MOST_COPIES = 5
# Of a passage with words that the question has in quotes, so much is shown before the first.
_BEFORE_A_MARK = 100
# Article text may hold terminal escapes; a quote must not move the cursor or clear the screen.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSource:
    """An outlet, how many articles in the archive are from it, and how many no search finds."""

    source: str
    articles: int
    hidden: int = 0


def answer_lines(answer: Answer, *, width: int = WIDTH) -> str:
    """Return an answer as a person reads it: text, then each source with its quote's place.

    What was added to the question from earlier ones comes first.
    """
    understood = say_understood(answer)
    lines = [*(_wrapped(line, width) for line in understood.split("\n")), ""] if understood else []
    lines += [_wrapped(line, width) for line in answer.text.split("\n")]
    is_written = any(sentence.supported for sentence in answer.sentences)
    unsupported = [sentence for sentence in answer.sentences if not sentence.supported]
    if unsupported:
        lines += ["", "Written, but not supported by the quotes:"]
        lines += [
            _wrapped(
                f"  {sentence.text} "
                f"({'; '.join(sentence.problems) or 'it has too little in common with them'})",
                width,
            )
            for sentence in unsupported
        ]
    if table := support_lines(
        answer.support, quoted=[citation.source for citation in answer.citations], width=width
    ):
        lines += ["", *table]
    if answer.sources:
        lines += ["", *(_source(c, width, with_quote=is_written) for c in answer.sources)]
        lines += ["", _wrapped(say_certainty(answer), width), f"Searched: {answer.searched}."]
    elif answer.nearest:
        lines += ["", "These passages are the nearest, but they do not answer:"]
        lines += [f"  {hit.byline}" for hit in _one_per_article(answer.nearest)[:3]]
    return clean("\n".join(lines))


def hit_lines(hits: list[Hit], *, width: int = WIDTH) -> str:
    """Return hits as a person reads them, best first, each in a few lines."""
    blocks = [
        "\n".join(
            [
                f"{number}. {hit.byline}",
                _shortened(_marked(hit), width),
                *(f"   {line}" for line in _around(hit)),
                f"   id: {hit.article_id}",
            ]
        )
        for number, hit in enumerate(hits, start=1)
    ]
    return clean("\n\n".join(blocks) or "Nothing was found.")


def article_lines(article: Article, *, width: int = WIDTH) -> str:
    """Return an article as a person reads it: its facts, its text, and its earlier versions."""
    facts = [(name, " ".join(value.split())) for name, value in _facts(article) if value]
    column = max(len(name) for name, _ in facts) + 2
    lines = [_wrapped(article.title, width), ""] if article.title else []
    lines += [
        textwrap.fill(
            f"{name + ':':{column}}{value}",
            width,
            subsequent_indent=" " * column,
            break_on_hyphens=False,
            break_long_words=False,
        )
        for name, value in facts
    ]
    lines += ["", *(_wrapped(line, width) for line in article.text.split("\n"))]
    if article.versions:
        lines += ["", "Earlier versions, oldest first; --json has their whole texts:"]
        for number, version in enumerate(article.versions, start=1):
            lines += [f"{number}. {_described_version(version)}", _shortened(version.text, width)]
            lines += [f"   Editor's note: {version.note}"] if version.note else []
    return clean("\n".join(lines))


def list_sources(
    counts: Mapping[str, int], hidden: Mapping[str, int] | None = None
) -> list[ListedSource]:
    """Return the outlets with their numbers of articles, those with most articles first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        ListedSource(source=source, articles=number, hidden=(hidden or {}).get(source, 0))
        for source, number in ordered
        if source
    ]


def source_lines(sources: list[ListedSource], *, articles: int, hidden: str = "") -> str:
    """Return outlets as a table: the number of articles, and the name; then what is `hidden`."""
    without = articles - sum(listed.articles for listed in sources)
    rows = [(listed.articles, _outlet(listed)) for listed in sources]
    rows += [(without, "(without an outlet)")] if without > 0 else []
    if not rows:
        return "The archive holds no articles."
    column = max(len(f"{number:,}") for number, _ in rows)
    lines = [f"{number:>{column},}  {name}" for number, name in rows]
    return clean("\n".join([*lines, *([hidden] if hidden else [])]))


def _outlet(listed: ListedSource) -> str:
    name = " ".join(listed.source.split())
    return f"{name} ({listed.hidden:,} hidden)" if listed.hidden else name


def to_json(value: object) -> str:
    """Return a record, or a list of records, as indented JSON in the form of `Answer.to_json`."""
    return write_json(value, indent=2)


def clean(text: str) -> str:
    """Return text without the control characters that a terminal would obey."""
    return _CONTROL.sub("\ufffd", text)


def said_of_note(line: str) -> str:
    """Return a line of a note after what it is, if it does not say that itself."""
    return line if _SAYS_WHAT_IT_IS.match(line) else f"Editor's note: {line}"


def _source(citation: Citation, width: int, *, with_quote: bool) -> str:
    """Return a source; with its quote where the text above is written and not quoted."""
    lines = [f"[{citation.number}] {citation.byline}"]
    if with_quote:
        quote = f"“{' '.join(citation.quote.split())}”"
        lines.append(textwrap.indent(_wrapped(quote, width - 4), "    "))
    if citation.url:
        lines.append(f"    {citation.url}")
    return "\n".join([*lines, *(f"    {line}" for line in _around(citation))])


def _around(item: Citation | Hit) -> list[str]:
    """Return what else there is to know of a source: its editors' note, who else carries it."""
    lines = [f"This is {_GENRES[item.genre]}."] if item.genre else []
    lines += [said_of_note(line) for line in item.note.split("\n")] if item.note else []
    if item.copies:
        shown = dict.fromkeys(copy.source or copy.article_id for copy in item.copies)
        named = ", ".join(list(shown)[:_MOST_COPIES])
        more = len(shown) - _MOST_COPIES
        lines.append(f"The same story is in: {named}{f' and {more} more' if more > 0 else ''}")
    return lines


def _marked(hit: Hit) -> str:
    """Return the text of a hit with asterisks around words in quotes, from near the first on."""
    if not hit.marks:
        return hit.text
    parts, end = [], 0
    for first, last in hit.marks:
        parts += [hit.text[max(end, 0) : first], f"**{hit.text[first:last]}**"]
        end = last
    text = "".join([*parts, hit.text[end:]])
    start = hit.marks[0][0]
    if start <= _BEFORE_A_MARK:
        return text
    return f"… {text[start - _BEFORE_A_MARK :].split(maxsplit=1)[-1]}"


def _one_per_article(hits: tuple[Hit, ...]) -> list[Hit]:
    return list(first_by(hits, lambda hit: hit.article_id).values())


def _facts(article: Article) -> list[tuple[str, str]]:
    """Return the names and the values of what is known of an article, in the order of reading."""
    return [
        ("Id", article.id),
        ("Outlet", article.source),
        ("Authors", ", ".join(article.authors)),
        ("Published", _moment(article.published_at or article.published)),
        ("Updated", _moment(article.updated_at or article.updated)),
        ("Version", article.version),
        ("Address", article.url),
        ("Section", article.section),
        ("Language", article.language),
        ("Agency", article.agency),
        ("Dateline", article.dateline),
        ("Rights", article.rights),
        ("Status", article.pubstatus),
        ("Embargo until", _moment(article.embargoed)),
        ("Expires", _moment(article.expires)),
        ("Copy of", article.cluster if article.cluster != article.id else ""),
        ("Read from", article.path),
        ("Editor's note", article.note),
    ]


def _described_version(version: Version) -> str:
    changed = _moment(version.updated_at or version.updated)
    known = [
        version.title,
        f"version {version.version}" if version.version else "",
        _moment(version.published) or "no date",
        f"updated {changed}" if changed else "",
    ]
    return " — ".join(part for part in known if part)


def _moment(when: date | datetime | None) -> str:
    """Return a day in words, with the time and its zone if they are known."""
    if when is None:
        return ""
    time = f", {when:%H:%M} {when.tzname()}" if isinstance(when, datetime) else ""
    return day_in_words(when) + time


def _shortened(text: str, width: int) -> str:
    """Return the first lines of a text, indented, and cut after a word if there is more."""
    return textwrap.fill(
        " ".join(text.split()),
        width,
        initial_indent="   ",
        subsequent_indent="   ",
        max_lines=_MOST_LINES,
        placeholder=" …",
    )


def _wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width)) or text
