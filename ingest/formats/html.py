"""Read a saved news page: trafilatura finds the body, and the page's metadata gives the rest."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, defs

from ingest.formats.decoding import decode
from ingest.formats.live_pages import live_text, read_live_page
from ingest.formats.markup import (
    fragment_text,
    letters_of,
    looks_marked_up,
    shown_text,
    tree_paragraphs,
)
from ingest.formats.page_dates import DATE_OPTIONS, shown_day
from ingest.formats.page_facts import page_facts
from ingest.formats.page_names import guessed_names, person_names, without_site
from ingest.formats.page_notes import outside_text, page_notes
from ingest.formats.page_standfirsts import standfirst, with_standfirst
from ingest.formats.parted_bodies import PARAGRAPH_CHARACTERS, fuller_paragraphs, join_parts
from ingest.formats.table_cells import mark_empty_cells
from ingest.formats.values import host_of
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input
from ingest.web_addresses import inner_address
from rag.text.english import is_plainly_english
from rag.text.language_names import names_other_language

# A 5 MB page takes seconds; a saved news page is 50 to 500 kB.
PAGE_BYTES = 10 * 1024 * 1024
_HTML_START = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body)\b", re.I | re.S
)
# A part of a page that somebody saved; Markdown may begin so too.
_FRAGMENT_START = re.compile(
    rb"(<\?xml[^>]*>\s*)?<(article|blockquote|div|h[1-6]|main|p|section)[\s>]", re.I
)
_ELEMENT = re.compile(rb"<([a-z][a-z0-9:._]*)[\s/>]", re.I)
_ELEMENTS = frozenset(name.encode() for name in (*defs.tags, "main", "picture", "svg", "path", "g"))
_MOST_FOREIGN = 0.3
_MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
_UTF8_MARK = b"\xef\xbb\xbf"
_DECLARED_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_LANGUAGE = re.compile(rb"<html[^>]{0,500}?\slang\s*=\s*[\"']?([a-z]{2,3})", re.I)
_WESTERN = frozenset(b"ca da de en es fi fr ga is it nb nl nn no pt sv".split())
_TAGS = re.compile(rb"<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.I | re.S)
# The elements of trafilatura's tree that stand for blocks.
_BLOCKS = frozenset("ab body code div fw head item list p quote row table".split())
# Cards that a page shows over a name when pointed at, written into the middle of the sentence.
_CARDS = [
    f'//span[contains(@class, "{name}")]' for name in ("rollover-block", "hovercard", "popover")
]
# A line between two paragraphs that only leads elsewhere.
_POINTER = re.compile(
    r"(related( (story|stories|articles?|content|coverage|videos?))?|see (more|also)|also read|more"
    r"|read (more|also|next)|watch( now| also)?|don[’']t miss)\s*[:>»|]",
    re.I,
)
_POINTER_CHARACTERS = 200
_GUESS = "the page states no date of publication, so {} was taken from its address or layout"
_UNDATED = (
    "its date of publication, {!r}, is not a date or could mean two dates, so it was left out"
)
_ENGLISH = "the page says that its language is {!r}, but the text is English, so 'en' was taken"
_NOT_FIELDS = ("publisher", "body", "undated", "day")
# The declared body is taken only where the page shows much less of it (a paywall, a page drawn by
# script): it often has no paragraphs, is marked up, or is cut off. Always taken, it lowers F1 on
# the 91 pages of `bench.extraction` from .980 to .970.
_DECLARED_RATIO = 2.0
# Of a text that is shown and declared, a tenth more is a paragraph, and less a caption or a link.
_FULLER_RATIO = 1.1
_PARAGRAPHS = etree.XPath(
    "//p[not(ancestor::footer or ancestor::aside or ancestor::form or ancestor::nav)]"
)
# Where less than half of the paragraphs was found, the library is asked for more; where even that
# gives less than a tenth, it took something else for the article. F1 on the 91 pages stays .980.
_SHORT_RATIO, _LOST_RATIO, _WIDER_RATIO = 0.5, 0.1, 1.5
_WIDER = "less than half of the page's paragraphs were found at first, so it was read less strictly"
_LONGEST = "no article was found in the page, so its longest run of paragraphs was taken"
_DECLARED = "the page shows little of its text, so the text that it declares was taken"
_FULLER = "the page declares more of its text than was found in it, so that text was taken"


def matches(head: bytes, suffix: str) -> bool:
    """Say whether an input is HTML by its first bytes, or else by its suffix."""
    start = head.removeprefix(_UTF8_MARK).lstrip()
    if _HTML_START.match(start):
        return True
    named = suffix in (".html", ".htm", ".xhtml")
    fragment = suffix not in _MARKDOWN_SUFFIXES and _FRAGMENT_START.match(start) is not None
    return (named or fragment) and not _is_foreign(start)


def _is_foreign(start: bytes) -> bool:
    """Say whether markup is XML of another kind, whose elements a reader of pages would not know.

    It would take them for words in a line, and glue their texts together.
    """
    names = [name.lower() for name in _ELEMENT.findall(start)]
    foreign = sum(name not in _ELEMENTS for name in names)
    return foreign > 1 and foreign > _MOST_FOREIGN * len(names)


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the page's article, or the reason why it has none."""
    yield read_page(source.read_whole(PAGE_BYTES), name=source.name)


def read_page(
    data: bytes, *, name: str, url: str = "", line: int | None = None, charset: str = ""
) -> FoundRecord | Skip:
    """Return the article of a page, or the reason why it has none.

    `url` is where the page was fetched, taken if the page does not say its address; `charset` the
    encoding that its server named.
    """
    decoded, encoding_note = _decode(data, charset)
    url = inner_address(url)
    tree = trafilatura.load_html(decoded) if data.strip() else None
    if tree is None:
        return _no_article(name, line)
    mark_empty_cells(tree)
    # Before the page's dates are settled, which keeps days only.
    live = read_live_page(tree)
    facts = page_facts(tree)
    address = str(facts.get("url") or url)
    if "published" not in facts:
        day, undated = shown_day(tree, address=address, updated=str(facts.get("updated", "")))
        facts |= {"day": day}
        if undated:
            facts.setdefault("undated", undated)
    corrections, above = page_notes(tree), standfirst(tree)
    page_paragraphs = _page_paragraphs(tree)
    page = _strict_reading(tree, url)
    guessed = page.as_dict() if page is not None else {}
    sites = _sites(facts, guessed, url)
    title = without_site(str(facts.get("title") or guessed.get("title") or ""), sites)
    text = _with_other_parts(_text(None if page is None else page.body, title), decoded, title)
    text, reading_note = _better_text(text, page_paragraphs, decoded, title)
    text, declared_note = _or_declared(text, str(facts.get("body", "")))
    text = live_text(live, text, title) or with_standfirst(text, above)
    if not text:
        return _no_article(name, line)
    fields = _fields(facts, guessed, url) | {"title": title, "text": text}
    fields["authors"] = person_names(_authors(facts, guessed), sites)
    told = f"{text} {fields.get('note', '')}"
    corrected = outside_text(corrections, text=told, title=title)
    fields["note"] = " ".join(filter(None, [str(fields.get("note", "")), *corrected]))
    kept = {field: value for field, value in fields.items() if value}
    notes = [note for note in (encoding_note, declared_note or reading_note) if note]
    if "published" in kept and "published" not in facts:
        notes.append(_GUESS.format(kept["published"]))
    elif "undated" in facts:
        notes.append(_UNDATED.format(facts["undated"]))
    if names_other_language(str(kept.get("language", ""))) and is_plainly_english(text):
        notes.append(_ENGLISH.format(kept["language"]))
        kept["language"] = "en"
    return FoundRecord(fields=kept, path=name, line=line, notes=tuple(notes))


def _strict_reading(tree: HtmlElement, url: str) -> Any:
    """Return what the library takes for the article, None if it finds none."""
    return trafilatura.bare_extraction(
        tree,
        url=url or None,
        with_metadata=True,
        include_comments=False,
        # Of all options the best on the 91 pages: F1 .975, .965 without (see `bench.extraction`).
        favor_precision=True,
        prune_xpath=_CARDS,
        date_extraction_params=DATE_OPTIONS,
    )


def _no_article(name: str, line: int | None) -> Skip:
    detail = "no article was found in the page"
    return Skip(reason=Reason.NO_TEXT, detail=detail, path=name, line=line)


def _fields(
    facts: Mapping[str, object], guessed: Mapping[str, object], url: str
) -> dict[str, object]:
    """Return what the page declares, completed by the library's guesses."""
    address = _address(facts, guessed, url)
    names = facts.get("publisher") or guessed.get("hostname") or guessed.get("sitename")
    completed: dict[str, object] = {
        "url": address,
        "published": facts.get("published") or facts.get("day"),
        # By its host, so that an outlet has one name whatever its pages say of themselves.
        "source": host_of(address) or names,
        "language": facts.get("language") or guessed.get("language"),
    }
    rest = {name: value for name, value in facts.items() if name not in _NOT_FIELDS}
    return rest | completed


def _address(facts: Mapping[str, object], guessed: Mapping[str, object], url: str) -> str:
    return inner_address(str(facts.get("url") or url or guessed.get("url") or ""))


def _authors(facts: Mapping[str, object], guessed: Mapping[str, object]) -> list[str]:
    declared = facts.get("authors")
    if isinstance(declared, list):
        return declared
    names = (name.strip() for name in str(guessed.get("author") or "").split(";"))
    return guessed_names(name for name in names if name)


def _sites(facts: Mapping[str, object], guessed: Mapping[str, object], url: str) -> list[str]:
    """Return what the page's site is called: its names, its host, and the main part of that."""
    host = host_of(_address(facts, guessed, url))
    names = [str(facts.get("publisher") or ""), str(guessed.get("sitename") or ""), host]
    names += [host.rpartition(".")[0].rpartition(".")[2], host.partition(".")[0]]
    return [name for name in names if name]


def _text(body: HtmlElement | None, title: str) -> str:
    """Return the text that a reading of the page gives, without the title and pointers."""
    shown = (
        []
        if body is None
        else tree_paragraphs(body, ends=_BLOCKS.__contains__, skipped=frozenset())
    )
    while shown and letters_of(shown[0]) == letters_of(title):
        shown.pop(0)
    return "\n\n".join(part for part in shown if not _is_pointer(part))


def _with_other_parts(text: str, decoded: str | bytes, title: str) -> str:
    """Return the text with the parts of the article that stand in other elements of its kind."""
    # The reading before took elements out of the tree.
    tree = trafilatura.load_html(decoded)
    if not text or tree is None or not join_parts(tree, text):
        return text
    mark_empty_cells(tree)
    page = _strict_reading(tree, "")
    return max(text, _text(None if page is None else page.body, title), key=len)


def _page_paragraphs(tree: HtmlElement) -> list[str]:
    """Return the paragraphs of the element that has the longest ones directly in it."""
    groups: dict[HtmlElement, list[str]] = {}
    for element in _PARAGRAPHS(tree):
        text = shown_text(element)
        if len(text) >= PARAGRAPH_CHARACTERS:
            groups.setdefault(element.getparent(), []).append(text)
    return max(groups.values(), key=lambda texts: sum(map(len, texts)), default=[])


def _better_text(
    text: str, page_paragraphs: list[str], decoded: str | bytes, title: str
) -> tuple[str, str]:
    """Return the text, and where it is far below the page's paragraphs a better one with a note."""
    there = sum(map(len, page_paragraphs))
    if len(text) >= _SHORT_RATIO * there:
        return text, ""
    again = trafilatura.load_html(decoded)
    if again is not None:
        mark_empty_cells(again)
    page = trafilatura.bare_extraction(
        again,
        include_comments=False,
        favor_recall=True,
        prune_xpath=_CARDS,
    )
    wider = _text(None if page is None else page.body, title)
    if len(wider) < _LOST_RATIO * there:
        return "\n\n".join(page_paragraphs), _LONGEST
    return (wider, _WIDER) if len(wider) > _WIDER_RATIO * len(text) else (text, "")


def _or_declared(text: str, declared: str) -> tuple[str, str]:
    """Return the text, or what the page declares if that is much more, and a note then.

    Where all that is shown is in it, it is the same text, and need not be much more.
    """
    if len(declared) <= _FULLER_RATIO * len(text):
        return text, ""
    marked = looks_marked_up(declared)
    parts = fragment_text(declared) if marked else declared.replace("\n", "\n\n")
    cleaned = [" ".join(part.split()) for part in parts.split("\n\n") if part.strip()]
    if len(declared) <= _DECLARED_RATIO * len(text):
        fuller = fuller_paragraphs(text.split("\n\n"), cleaned)
        is_more = sum(map(len, fuller)) > _FULLER_RATIO * len(text)
        return ("\n\n".join(fuller), _FULLER) if is_more else (text, "")
    return "\n\n".join(cleaned), _DECLARED if text else ""


def _is_pointer(paragraph: str) -> bool:
    return len(paragraph) < _POINTER_CHARACTERS and _POINTER.match(paragraph) is not None


def _decode(data: bytes, charset: str) -> tuple[str | bytes, str]:
    """Return the page as text, and a note if its encoding was guessed.

    It is UTF-8 if it is that, else as declared, else what it looks like; what may be of an alphabet
    that has other encodings is left for the library to tell.
    """
    declared = _DECLARED_CHARSET.search(data[:8192])
    names = ["utf-8-sig", charset, declared[1].decode("ascii", "replace") if declared else ""]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        names.insert(0, "utf-16")
    for name in filter(None, names):
        try:
            # HTML names Latin-1 and means its superset.
            latin = name.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii")
            return data.decode("cp1252" if latin else name).replace("\0", ""), ""
        except (LookupError, UnicodeDecodeError):
            continue
    language = _LANGUAGE.search(data[:8192])
    if language and language[1].lower() not in _WESTERN:
        return data, ""
    text, note = decode(data, letters=_TAGS.sub(b"", data))
    return (data, "") if text is None else (text.replace("\0", ""), note)
