"""Read feeds (RSS 0.9x to 2.0, RSS 1.0 and Atom), with one record for each entry.

JSON Feed is read by `ingest.formats.jsonfeed`, which `read` hands over to. The longest text that an
entry carries is taken; a feed that is broken gives the entries before the damage and a skip.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from xml.sax import SAXException

import feedparser  # type: ignore[import-untyped]  # it has no types

from ingest.formats import jsonfeed
from ingest.formats.decoding import decode
from ingest.formats.markup import fragment_text, looks_marked_up, plain_text
from ingest.formats.values import host_of, is_address, iso_date, language_code, qualified_id
from ingest.formats.xml_text import declared_as_utf8, numbered_entities
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

# Up to the root element: marks, declarations, instructions, comments, a document type.
_PROLOGUE = re.compile(
    r"\ufeff?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!doctype[^>\[]*(?:\[.*?\]\s*)?>\s*)*", re.I | re.S
)
_DECLARED = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)""", re.I)
_MEDIA_PREFIX = re.compile(
    rb"""\sxmlns:([\w.-]+)\s*=\s*["']http://search\.yahoo\.com/mrss/?["']""", re.I
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|feed|rdf)\b", re.I)
# Also where somebody saved it inside a page.
_ATOM = re.compile(r"<feed\s[^<>]*xmlns=[\"']http://www\.w3\.org/2005/Atom", re.I)
_RSS_1 = re.compile(r"purl\.org/rss/|netscape\.com/rdf|purl\.org/net/rss", re.I)
# The parser keeps all and is slow: 2 MB a second.
_FEED_BYTES = 32 * 1024 * 1024
# A description of fewer paragraphs is what its specification says, a synopsis.
_FULL_PARAGRAPHS = 3
# Hosts that links of feeds lead through; the outlet is the feed's own site then.
_COUNTERS = (
    "feeds.feedburner.com",
    "feedproxy.google.com",
    "rss.feedsportal.com",
    "news.google.com",
)
_SUMMARY_NOTE = "the feed contains only a summary"
_UPDATED_NOTE = "the entry has no date of publication, so the date of its last change was used"

Entry = Mapping[str, Any]


def matches(head: bytes, suffix: str) -> bool:
    """Say whether an input is a feed, by its root element or by JSON Feed's version."""
    if jsonfeed.matches(head, suffix):
        return True
    text = head.decode("utf-8", "ignore")
    start = _PROLOGUE.match(text)
    root = _ROOT.match(text, start.end() if start else 0)
    if root is None:
        return _ATOM.search(text) is not None
    return root[1].lower() != "rdf" or _RSS_1.search(text) is not None


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield every entry that has text, a skip for each that has none, and one for the damage."""
    if jsonfeed.matches(source.head(), source.suffix):
        yield from jsonfeed.read(source)
        return
    data, encoding_note = _mended(declared_as_utf8(source.read_whole(_FEED_BYTES).lstrip()))
    data = numbered_entities(data)
    try:
        parsed = _parsed(data)
    except (RecursionError, ValueError, LookupError) as error:
        yield _broken(
            source.name, f"the feed cannot be read ({error}); download it from its outlet again"
        )
        return
    damage = _damage(parsed)
    if damage and ("amplification" in damage or not parsed.entries):
        yield _broken(
            source.name, f"the feed cannot be read ({damage}); download it from its outlet again"
        )
        return
    if not parsed.get("version"):
        detail = "it is not an RSS or Atom feed; give the whole feed, not a part of it"
        yield _broken(source.name, detail)
        return
    for number, entry in enumerate(parsed.entries, start=1):
        item = _record(entry, parsed, name=source.name, number=number)
        if encoding_note and isinstance(item, FoundRecord):
            item = replace(item, notes=(*item.notes, encoding_note))
        yield item
    if damage:
        detail = f"the feed is damaged ({damage}); {len(parsed.entries)} entries were read"
        yield _broken(source.name, detail)
    elif not parsed.entries:
        yield Skip(reason=Reason.NO_TEXT, detail="the feed has no entries", path=source.name)


def _parsed(data: bytes) -> Any:
    """Return a feed as the library reads it, without what it says of pictures and films.

    The library would take their descriptions for those of the entry; an entry that has no other
    text keeps them.
    """
    bare = _without_media_texts(data)
    # Only ever a stream: bytes or a string that name a file or an address would be opened.
    parsed = feedparser.parse(io.BytesIO(bare))
    if bare != data and not all(_has_text(entry, parsed) for entry in parsed.entries):
        whole = feedparser.parse(io.BytesIO(data))
        pairs = zip(parsed.entries, whole.entries, strict=False)
        parsed["entries"] = [one if _has_text(one, parsed) else other for one, other in pairs]
    return parsed


def _without_media_texts(data: bytes) -> bytes:
    for prefix in set(_MEDIA_PREFIX.findall(data)):
        name = re.escape(prefix) + rb":description"
        data = re.sub(rb"<%b\b[^>]*(?<!/)>.*?</%b\s*>" % (name, name), b"", data, flags=re.S)
    return data


def _has_text(entry: Entry, parsed: Entry) -> bool:
    return bool(_text(entry, parsed)[0])


def _mended(data: bytes) -> tuple[bytes, str]:
    """Return a feed that is not in the encoding it names as UTF-8, and a note that says so.

    The library would guess, and take one broken byte for another encoding of all the others.
    """
    declared = _DECLARED.match(data[:200])
    try:
        data.decode(declared[1].decode("ascii") if declared else "utf-8")
    except (LookupError, UnicodeDecodeError):
        text, note = decode(data)
        if text is not None:
            undeclared = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
            return undeclared.encode("utf-8", "replace"), note
    return data, ""


def _record(entry: Entry, parsed: Entry, *, name: str, number: int) -> FoundRecord | Skip:
    text, is_summary = _text(entry, parsed)
    if not text:
        detail = "the entry has no text; save the page that it links to"
        return Skip(reason=Reason.NO_TEXT, detail=detail, path=name, line=number)
    notes = [_SUMMARY_NOTE] if is_summary else []
    fields = _fields(entry, parsed) | {"text": text}
    if fields["updated"] and not fields["published"]:
        fields["published"] = fields["updated"]
        if not _is_rss(parsed):  # there it is dc:date, the date of the entry
            notes.append(_UPDATED_NOTE)
    kept = {key: value for key, value in fields.items() if value}
    return FoundRecord(fields=kept, path=name, line=number, notes=tuple(notes))


def _fields(entry: Entry, parsed: Entry) -> dict[str, object]:
    feed = parsed["feed"]
    url = entry.get("feedburner_origlink") or entry.get("link") or ""
    outlet = _outlet(entry, url) or host_of(feed.get("link", "")) or _title(feed)
    language = next((c.get("language") for c in entry.get("content", ())), None)
    return {
        "id": qualified_id(entry.get("id"), outlet),
        "url": url if is_address(url) else "",
        "title": _title(entry),
        "published": _date(entry, "published"),
        "updated": _date(entry, "updated"),
        "authors": _authors(entry) or ([] if _is_rss(parsed) else _authors(feed)),
        "source": outlet,
        "section": _section(entry),
        "language": language_code(language) or language_code(feed.get("language")),
        "expires": _date(entry, "expired"),
        "rights": plain_text(entry.get("rights") or feed.get("rights") or ""),
    }


def _outlet(entry: Entry, url: str) -> str:
    """Return the host of an entry's origin or link, empty if that is a counter of visits."""
    origin = entry.get("source") or {}
    host = host_of(origin.get("href") or origin.get("link") or "") or host_of(url)
    return "" if host in _COUNTERS else host


def _text(entry: Entry, parsed: Entry) -> tuple[str, bool]:
    """Return the longest text that an entry carries, and whether it is only a summary."""
    rss = _is_rss(parsed)
    bodies = [(part, rss and part.get("type") == "text/plain") for part in entry.get("content", ())]
    # Where a picture is described too, the detail's value is that of the picture.
    summary = {**entry.get("summary_detail", {}), "value": entry.get("summary") or ""}
    choices = [(_part_text(part, rss=rss), short) for part, short in bodies]
    if all(part.get("value") != summary["value"] for part, _ in bodies):
        described = _part_text(summary, rss=rss)
        choices.append((described, described.count("\n\n") + 1 < _FULL_PARAGRAPHS))
    return max(choices, key=lambda choice: len(choice[0]))


def _part_text(part: Entry, *, rss: bool) -> str:
    value, kind = part.get("value") or "", part.get("type") or ""
    if "html" in kind or ((rss or not kind) and looks_marked_up(value)):
        return fragment_text(value)
    # What has another type (a PDF, a picture) is no text, whatever it holds.
    return plain_text(value, escaped=rss) if kind in ("text/plain", "text", "") else ""


def _title(node: Entry) -> str:
    title = node.get("title") or ""
    return " ".join((fragment_text(title) if looks_marked_up(title) else title).split())


def _authors(node: Entry) -> list[str]:
    names = [author.get("name") for author in node.get("authors", ())]
    cleaned = [" ".join(name.split()) for name in names if name]
    return list(dict.fromkeys(cleaned or [name for name in [node.get("author")] if name]))


def _section(entry: Entry) -> str:
    labels = (tag.get("label") or tag.get("term") or "" for tag in entry.get("tags", ()))
    return next((label for label in labels if label and not is_address(label)), "")


def _date(entry: Entry, name: str) -> str:
    # Not `entry.get`: feedparser answers "updated" with "published".
    given = dict.get(entry, name) if isinstance(entry, dict) else None
    return iso_date(given) or (given or "")


def _is_rss(parsed: Entry) -> bool:
    return str(parsed.get("version")).startswith("rss")


def _damage(parsed: Entry) -> str:
    """Return what is wrong with the XML, empty if it is well formed."""
    error = parsed.get("bozo_exception")
    if not parsed.get("bozo") or not isinstance(error, SAXException):
        return ""
    line = getattr(error, "getLineNumber", lambda: None)()
    return f"line {line}: {error.getMessage()}" if line else error.getMessage()


def _broken(name: str, detail: str) -> Skip:
    return Skip(reason=Reason.BROKEN, detail=detail, path=name)
