"""Writes an evidence pack as one HTML page that loads and runs nothing, and can be printed."""

import re
from collections.abc import Iterable, Iterator
from html import escape as escape_html

from rag.export.citing.entries import in_one_line, safe_address
from rag.export.facts import (
    Fact,
    facts_of_answer,
    facts_of_quote,
    rows_of_reports,
    rows_of_values,
    say_certainty,
    source_line,
)
from rag.export.packs import EvidencePack
from rag.records import Citation, Hit

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MOST_NEAREST = 5
# White space and what HTML forbids in a text.
_SPACES = re.compile("[\\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
# Even if a text could break out, the page may load and run nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
body { font: 1rem/1.5 Georgia, "Times New Roman", serif; color: #1a1a1a; background: #fff;
  max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin-top: 2.2rem; }
h3 { font-size: 1rem; margin: 0 0 .4rem; }
.short { font-size: 1.3rem; font-weight: bold; }
figure { margin: 1.4rem 0; padding: .9rem 1.1rem; border: 1px solid #ccc; border-radius: 4px; }
blockquote { margin: 0 0 .5rem; padding-left: .9rem; border-left: 3px solid #8a6d1f; }
mark { background: #fbeeb8; color: inherit; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .6rem 0 0;
  font: .82rem/1.45 system-ui, sans-serif; color: #444; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font: .9rem/1.4 system-ui, sans-serif; }
th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #ddd; }
a { color: #14507a; overflow-wrap: anywhere; }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } a { color: inherit; }
  figure, tr { break-inside: avoid; } h2, h3 { break-after: avoid; } }
"""


def write_html(pack: EvidencePack) -> str:
    """Return a pack as a whole HTML page."""
    answer = pack.answer
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{_text(answer.question)}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            *_body(pack),
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _body(pack: EvidencePack) -> Iterator[str]:
    answer = pack.answer
    yield f'<h1 dir="auto">{_text(answer.question)}</h1>'
    if answer.short:
        yield f'<p class="short" dir="auto">{_text(answer.short)}</p>'
    if certainty := say_certainty(answer):
        yield f"<p>{_text(certainty)}</p>"
    if any(sentence.supported for sentence in answer.sentences):
        yield "<p><em>A language model wrote this text; each sentence was checked.</em></p>"
    yield from (f'<p dir="auto">{_text(line)}</p>' for line in answer.text.split("\n"))
    if rows := rows_of_values(answer):
        yield "<h2>What was reported, newest first</h2>"
        yield from _table(("Value", "Reported", "Sources", "Quotes"), rows)
    if answer.sources:
        yield "<h2>Quotes</h2>"
        for citation in answer.sources:
            yield from _figure(citation, pack)
    elif answer.nearest:
        yield "<h2>Nearest, but not an answer</h2>"
        yield "<ul>"
        yield from map(_nearest, answer.nearest[:_MOST_NEAREST])
        yield "</ul>"
    if reports := rows_of_reports(answer):
        yield "<h2>Reports that are not quoted above</h2>"
        yield from _table(("Value", "Reported by", "Quote", "Place and hash"), reports)
    yield "<h2>How this was made</h2>"
    yield from _facts(facts_of_answer(answer))


def _figure(citation: Citation, pack: EvidencePack) -> Iterator[str]:
    yield f'<figure id="quote-{citation.number}">'
    title = _text(citation.title or citation.article_id)
    yield f"<h3>[{citation.number}] <bdi>{title}</bdi></h3>"
    yield f'<blockquote{_language(citation)} dir="auto"><p>“{_marked(citation)}”</p></blockquote>'
    yield f"<figcaption><bdi>{_text(source_line(citation))}</bdi>"
    if address := safe_address(citation.link or citation.url):
        plain = safe_address(citation.url) or address
        yield (
            f'<br><a href="{escape_html(address)}" rel="noopener noreferrer nofollow">'
            f"{escape_html(plain)}</a>"
        )
    yield "</figcaption>"
    yield from _facts(facts_of_quote(citation, pack))
    yield "</figure>"


def _marked(citation: Citation) -> str:
    """Return a quote with the short answer marked in it."""
    start, end = citation.highlight or (0, 0)
    before, inside, after = (
        escape_html(_SPACES.sub(" ", part))
        for part in (citation.quote[:start], citation.quote[start:end], citation.quote[end:])
    )
    return f"{before}<mark>{inside}</mark>{after}" if inside else f"{before}{after}"


def _language(citation: Citation) -> str:
    """Return the attribute of the quote's language, which a screen reader needs to read it."""
    return f' lang="{citation.language}"' if _LANGUAGE.fullmatch(citation.language) else ""


def _facts(facts: Iterable[Fact]) -> Iterator[str]:
    yield "<dl>"
    yield from (
        f"<dt>{_text(name)}</dt><dd><bdi>{_text(value)}</bdi></dd>" for name, value in facts
    )
    yield "</dl>"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield "<table><thead><tr>"
    yield "".join(f'<th scope="col">{name}</th>' for name in head)
    yield "</tr></thead><tbody>"
    for row in rows:
        yield f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>"
    yield "</tbody></table>"


def _nearest(hit: Hit) -> str:
    return f"<li><bdi>{_text(hit.byline)}</bdi>: <q>{_text(hit.text)}</q></li>"


def _text(text: str) -> str:
    return escape_html(in_one_line(text))
