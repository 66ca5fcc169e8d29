"""Find the part of a page's JSON-LD that describes its article, and read what it says.

Pages write it in every way: one node, an array, a `@graph`, an article inside a `WebPage`, JSON
with line breaks in strings or trailing commas. What still cannot be read is left out; the caller
has the page's other metadata.
Source: schema.org/Article; https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.formats.values import (
    is_address,
    iso_date,
    language_code,
    names_in,
    publication_status,
    strings_in,
)

Node = Mapping[str, Any]

# Where an article may be wrapped; other links (related articles, comments) are not this page's.
_WRAPPERS = ("@graph", "mainEntity", "mainEntityOfPage", "article")
_ARTICLE = re.compile(r"(article|posting|report|review|pagearticle)$", re.I)
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_WRAPPED = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?://\s*\]\]>|\]\]>|-->)\s*;?\s*$"
)
_LIVE_BLOG = "LiveBlogPosting"
_DEPTH = 6
_WORD = re.compile(r"\w+")
# More than the small words that any two headlines share.
_LIKE = 0.5
_CREDITED = ("sourceOrganization", "provider")
# Keys that can be found in broken JSON; the others would be guesses.
_SALVAGED = ("headline", "datePublished", "dateModified")


@dataclass(frozen=True, slots=True)
class ArticleNode:
    """What a page's JSON-LD says of an article; `is_own` unless it seems to be of another one."""

    node: Node
    is_own: bool


def article_node(
    scripts: Iterable[str], address: str = "", names: Sequence[str] = ()
) -> ArticleNode:
    """Return the node of the page's article, empty if there is none.

    Of several, the one whose address is the page's, else the one whose headline is most like what
    the page calls itself (`names`), else the first with a headline, else the first. Where none is
    like that, the node may be of a related story.
    """
    nodes = [node for script in scripts for node in _articles(_parse(script))]
    if not nodes:
        return ArticleNode({}, is_own=True)
    likeness = [
        max((_likeness(_text(node), name) for name in names), default=0.0) for node in nodes
    ]
    best, like = min(
        zip(nodes, likeness, strict=True),
        key=lambda pair: (address not in _addresses(pair[0]), -pair[1], not _text(pair[0])),
    )
    is_one_story = len({_text(node) for node in nodes}) == 1
    is_told = is_one_story or not _text(best) or not any(names) or like > _LIKE
    return ArticleNode(best, is_own=is_told or address in _addresses(best))


def tells_of_article(script: str) -> bool:
    """Say whether a script of JSON-LD describes an article."""
    return next(_articles(_parse(script)), None) is not None


def _likeness(headline: str, name: str) -> float:
    """Return the share of a headline's words that another name for the story has."""
    words = set(_WORD.findall(headline.casefold()))
    return len(words.intersection(_WORD.findall(name.casefold()))) / len(words) if words else 0.0


def live_blog_node(scripts: Iterable[str]) -> Node | None:
    """Return the node of a live blog, None if there is none."""
    nodes = (node for script in scripts for node in _articles(_parse(script)))
    return next((n for n in nodes if _LIVE_BLOG in strings_in(n.get("@type"))), None)


def live_updates(node: Node) -> list[Node]:
    """Return the entries that the node of a live blog holds."""
    updates = node.get("liveBlogUpdate")
    listed = updates if isinstance(updates, list) else [updates]
    return [update for update in listed if isinstance(update, dict)]


def node_fields(node: Node) -> dict[str, object]:
    """Return what an article's node says, named as a found record's fields."""
    address = next((url for url in _addresses(node) if is_address(url)), "")
    fields: dict[str, object] = {
        "title": _text(node),
        "url": address,
        "published": iso_date(_first(node.get("datePublished"))),
        "updated": iso_date(_first(node.get("dateModified"))),
        "authors": list(dict.fromkeys(_names(node.get("author")))),
        "publisher": next(_names(node.get("publisher")), ""),
        "section": _plain(_first(node.get("articleSection"))),
        "language": language_code(_first(node.get("inLanguage"))),
        "version": version if isinstance(version := node.get("version"), (str, int)) else "",
        "agency": _agency(node),
        "dateline": _plain(_first(node.get("dateline"))),
        "rights": _plain(node.get("copyrightNotice"))
        or next(_names(node.get("copyrightHolder")), ""),
        "pubstatus": _status(node),
        "expires": iso_date(_first(node.get("expires"))),
        "note": " ".join(_plain(text) for text in names_in(node.get("correction"))),
        "body": body if isinstance(body := node.get("articleBody"), str) else "",
    }
    return {name: value for name, value in fields.items() if value}


def _parse(script: str) -> object:
    """Return the data of a script, mended where it is broken in the usual ways."""
    script = _WRAPPED.sub("", script.strip())
    for text in (script, _TRAILING_COMMA.sub(r"\1", script), html.unescape(script)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return _salvage(script)


def _salvage(script: str) -> object:
    """Return an article with the few values that can be read out of broken JSON."""
    if not re.search(r'"@type"\s*:\s*\[?\s*"\w*(Article|Posting)"', script):
        return None
    node = {"@type": "Article"}
    for key in _SALVAGED:
        if found := re.search(rf'"{key}"\s*:\s*"((?:[^"\\\n]|\\.)*)"', script):
            node[key] = found[1].replace('\\"', '"').replace("\\/", "/")
    return node


def _articles(data: object, depth: int = 0) -> Iterator[Node]:
    if depth > _DEPTH:
        return
    if isinstance(data, list):
        for item in data:
            yield from _articles(item, depth + 1)
    elif isinstance(data, dict):
        if any(_ARTICLE.search(kind) for kind in strings_in(data.get("@type"))):
            yield data
        for key in _WRAPPERS:
            yield from _articles(data.get(key), depth + 1)


def _addresses(node: Node) -> list[str]:
    page = node.get("mainEntityOfPage")
    named = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    return [url for value in (node.get("url"), named, node.get("@id")) for url in strings_in(value)]


def _names(value: object) -> Iterator[str]:
    """Yield the names of persons or organisations, given as strings, nodes, or lists of them."""
    for item in value if isinstance(value, list) else [value]:
        names = item.get("name") if isinstance(item, dict) else item
        for name in strings_in(names):
            for part in html.unescape(name).split(";"):
                cleaned = re.sub(r"^by\s+", "", part.strip(), flags=re.I)
                if cleaned and not is_address(cleaned):
                    yield cleaned


def _agency(node: Node) -> str:
    """Return whom the article is credited to, empty if that is its own publisher."""
    own = {name.casefold() for name in _names(node.get("publisher"))}
    credited = (name for key in _CREDITED for name in _names(node.get(key)))
    return next((name for name in credited if name.casefold() not in own), "")


def _status(node: Node) -> str:
    """Return a status under which an article may not be shown; others ("Published") say nothing."""
    stated = (publication_status(text) for text in names_in(node.get("creativeWorkStatus")))
    return next((status for status in stated if status not in ("", "usable")), "")


def _text(node: Node) -> str:
    return _plain(_first(node.get("headline"))) or _plain(_first(node.get("name")))


def _plain(value: object) -> str:
    text = value if isinstance(value, str) else ""
    return " ".join(re.sub(r"</?[a-zA-Z][^<>]*>", "", html.unescape(text)).split())


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value
