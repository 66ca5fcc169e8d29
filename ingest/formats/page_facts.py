"""Read what a page says about itself, in JSON-LD first, then in its meta elements.

Nothing is guessed here; `ingest.formats.html` fills what is missing with its library's guesses.
Source: https://ogp.me, and the meta names that the 91 pages of `bench/extraction.py` use.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml.html import HtmlElement

from ingest.formats.linked_data import article_node, node_fields
from ingest.formats.markup import shown_text
from ingest.formats.page_names import choose_title
from ingest.formats.values import host_of, is_address, iso_date, language_code
from ingest.web_addresses import inner_address

_PUBLISHED = (
    "article:published_time og:published_time datepublished parsely-pub-date sailthru.date "
    "article.published cxenseparse:recs:publishtime publish-date publish_date publication_date "
    "pubdate dcterms.created dcterms.date dc.date.issued dc.date date"
).split()
_UPDATED = (
    "article:modified_time og:updated_time datemodified article.updated lastmod last-modified "
    "dcterms.modified dc.date.modified"
).split()
_AUTHORS = "author parsely-author sailthru.author article:author dc.creator byl".split()
_SECTIONS = "article:section articlesection parsely-section section".split()
# Whom a page names as the origin of its story, by name or by the address there.
_AGENCIES = "sourceorganization agency syndication-source original-source".split()
_RIGHTS = "copyright rights dcterms.rights dc.rights".split()
_TITLES = "og:title twitter:title parsely-title dc.title".split()

# What JSON-LD that may be of another story says in the place of a meta element that is missing.
_FILLED = frozenset("published updated authors publisher section language rights".split())

_NAMING = ("property", "name", "itemprop")
_NUMERIC = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?!\d)")

Metas = Mapping[str, list[str]]


def page_facts(tree: HtmlElement) -> dict[str, object]:
    """Return the fields that a page declares, and "publisher", "body" where JSON-LD has them.

    "undated" is what it says in the place of its date and is none, or may be either of two days.
    """
    undated = _settle_dates(tree)
    _settle_headlines(tree)
    metas = _metas(tree)
    address = _address(tree, metas)
    facts: dict[str, object] = {
        "title": _title(metas),
        "published": _date(metas, _PUBLISHED),
        "updated": _date(metas, _UPDATED),
        "authors": _authors(metas),
        "publisher": _first(metas, ["og:site_name"]),
        "section": next((s for s in _values(metas, _SECTIONS) if not is_address(s)), ""),
        "agency": _agency(metas, address),
        "rights": _first(metas, _RIGHTS),
        "language": language_code(tree.get("lang") or tree.get("xml:lang")),
    }
    stated = {name: value for name, value in facts.items() if value}
    names = [*_values(metas, _TITLES), *_shown(tree, "h1"), *_shown(tree, "title")]
    found = article_node(linked_data_scripts(tree), address, names)
    declared = node_fields(found.node)
    titles = [str(declared.get("title", "")), _title(metas)]
    if found.is_own:
        facts = stated | declared
    else:
        # Perhaps of another story: the meta elements are of this one.
        facts = {name: declared[name] for name in _FILLED & declared.keys()} | stated
    if any(titles):
        facts["title"] = choose_title(titles, _shown(tree, "h1"), next(_shown(tree, "title"), ""))
    if undated and "published" not in facts:
        facts["undated"] = undated
    # The page's own address before one in JSON-LD, which is often that of the front page.
    if address:
        facts["url"] = address
    return facts


def _shown(tree: HtmlElement, name: str) -> Iterator[str]:
    """Yield the texts of elements that have one."""
    texts = (shown_text(element) for element in tree.iter(name))
    return (text for text in texts if text)


def _settle_dates(tree: HtmlElement) -> str:
    """Write dates that are not ISO 8601 as the day that they are, and empty those that are none.

    The library that guesses would make the first of February of its thirtieth, and of an impossible
    zone an exception. Returns the first date of publication that is none.
    """
    undated = ""
    for element in tree.iter("meta", "time"):
        attribute = "datetime" if element.tag == "time" else "content"
        value = (element.get(attribute) or "").strip()
        names = {(element.get(name) or "").strip().lower() for name in _NAMING}
        dated = element.tag == "time" or not names.isdisjoint((*_PUBLISHED, *_UPDATED))
        written = _NUMERIC.match(value) if dated else None
        day = iso_date(value) or (iso_date(written[0]) if written else "")
        if dated and (day or written):
            element.set(attribute, day)
        if written and not day and not names.isdisjoint(_PUBLISHED):
            undated = undated or value
    return undated


def _settle_headlines(tree: HtmlElement) -> None:
    """Put a space between the lines of a headline that only a style sheet sets apart."""
    for headline in tree.iter("h1"):
        for span in headline.iter("span"):
            if not span.tail and _are_lines(span, span.getnext()):
                span.tail = " "
        for line_break in headline.iter("br"):
            line_break.tail = f" {line_break.tail or ''}"


def _are_lines(element: HtmlElement, following: HtmlElement | None) -> bool:
    """Say whether two spans are lines, and not parts of a word, as one letter that is large."""
    if following is None or following.tag != "span":
        return False
    lines = [" ".join(line.text_content().split()) for line in (element, following)]
    return any(" " in line for line in lines) and all(len(line) > 1 for line in lines)


def linked_data_scripts(tree: HtmlElement) -> Iterator[str]:
    """Yield the texts of a page's JSON-LD."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            yield script.text or ""


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    """Return the contents of meta elements and of microdata dates by name, in lower case."""
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta", "time"):
        content = " ".join((element.get("content") or element.get("datetime") or "").split())
        for attribute in _NAMING:
            if content and (name := element.get(attribute)):
                metas.setdefault(name.strip().lower(), []).append(content)
    return metas


def _address(tree: HtmlElement, metas: Metas) -> str:
    """Return the page's canonical address; one without a path is that of the whole site."""
    links = [link.get("href") or "" for link in tree.iter("link") if _is_canonical(link)]
    for url in (*links, *_values(metas, ["og:url", "twitter:url"])):
        if is_address(url) and re.search(r"//[^/]+/[^/?#]|//[^/]+/?\?", url):
            return inner_address(url.strip())
    return ""


def _is_canonical(link: HtmlElement) -> bool:
    return "canonical" in (link.get("rel") or "").lower().split()


def _title(metas: Metas) -> str:
    """Return the declared title without the site's name behind it."""
    title, site = _first(metas, _TITLES), _first(metas, ["og:site_name"])
    if site:
        title = re.sub(rf"\s+[|\-–—:»·]\s+{re.escape(site)}$", "", title, flags=re.I)
    return title


def _date(metas: Metas, names: Iterable[str]) -> str:
    return next((iso for value in _values(metas, names) if (iso := iso_date(value))), "")


def _authors(metas: Metas) -> list[str]:
    for name in _AUTHORS:
        values = [re.sub(r"^by\s+", "", value, flags=re.I) for value in metas.get(name, ())]
        names = [part.strip() for value in values for part in value.split(";")]
        if kept := [part for part in names if part and not is_address(part)]:
            return list(dict.fromkeys(kept))
    return []


def _agency(metas: Metas, address: str) -> str:
    """Return a name or a host that is not the page's own, which many pages put there."""
    own = {host_of(address), *(name.casefold() for name in metas.get("og:site_name", ()))}
    names = (host_of(value) if is_address(value) else value for value in _values(metas, _AGENCIES))
    return next((name for name in names if name.casefold() not in own), "")


def _values(metas: Metas, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from metas.get(name, ())


def _first(metas: Metas, names: Iterable[str]) -> str:
    return next(_values(metas, names), "")
