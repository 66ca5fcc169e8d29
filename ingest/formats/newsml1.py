"""Read NewsML 1.0 to 1.2: the texts of each news item, which agencies nest in ways of their own.

A news item is a tree of components. Each has a role, as "Main" or "Caption", and may hold content:
NITF, XHTML, HTML written as text, or plain text. Its version 2 is another format (`newsml`).
Source: https://iptc.org/std/NewsML/1.2/
"""

from collections.abc import Iterator
from typing import Any

from ingest.formats import nitf
from ingest.formats.markup import local_name
from ingest.formats.values import base64_text, is_taken_back
from ingest.formats.xml_text import (
    content_paragraphs,
    find_text,
    is_xhtml,
    join_paragraphs,
    line_text,
    parse_xml,
    root_name,
    string_paragraphs,
)
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# Roles of components that stand beside the story, and of those that only name it.
_BESIDE = (
    *("caption", "photo", "picture", "image", "graphic", "video", "audio", "thumbnail", "preview"),
    *("title", "headline", "keyword", "slug", "sidebar", "catalog", "stylesheet", "logo"),
    "contact",
)
# A text of these roles is one, also beside the sound that it was spoken for.
_SPOKEN = ("body", "main", "script", "transcript")
_MEDIA = ("photo", "picture", "image", "graphic", "video", "audio", "animation", "binary")


def matches(head: bytes, suffix: str) -> bool:  # noqa: ARG001  one signature for all formats
    """Say whether an input is NewsML 1: its first element is `NewsML`, or one of its items."""
    return root_name(head) in ("NewsML", "NewsItem")


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the articles of every news item, and a skip for one that has no text."""
    root = parse_xml(source.read_whole(), source.name)
    if isinstance(root, Skip):
        yield root
        return
    found = list(records_in(root, source.name))
    if not found:
        detail = "it has no news item; is it a catalogue of topics?"
        yield Skip(reason=Reason.NO_TEXT, detail=detail, path=source.name)
    yield from found


def records_in(root: Any, path: str) -> Iterator[FoundRecord | Skip]:
    """Yield what each news item in a tree of XML gives."""
    items = [root] if local_name(root) == "NewsItem" else list(root.iter("{*}NewsItem"))
    envelope = root.find("{*}NewsEnvelope")
    number = 0
    for item in items:
        stories = _stories(item)
        for story in stories:
            number += 1
            line = None if len(items) == len(stories) == 1 else number
            yield _record(item, story, envelope, path=path, line=line, alone=len(stories) == 1)


def _stories(item: Any) -> list[Any]:
    """Return the components that are articles: those with a headline and a text of their own.

    Some items hold one story in two languages, or several stories. Mostly it is one, and then all
    of the item is given, as its parts may lie anywhere in it.
    """
    headed = [
        component
        for component in item.iter("{*}NewsComponent")
        if _own_lines(component, "HeadLine") and not _is_beside(component)
    ]
    own = [
        component
        for component in headed
        if any(
            next((outer for outer in _outer(content) if outer in headed), None) is component
            for content in component.iter("{*}ContentItem")
            if not _is_beside(content) and _text(content)
        )
    ]
    return own if len(own) > 1 else [item]


def _record(
    item: Any, story: Any, envelope: Any, *, path: str, line: int | None, alone: bool
) -> FoundRecord | Skip:
    texts: list[str] = []
    inner: dict[str, object] = {}
    for content in _contents(story):
        found, fields = _text(content), _nitf_fields(content)
        # Several renditions of one text: the same words again are left out.
        texts += [text for text in found if text not in texts]
        inner = {**fields, **inner}
    fields = {**inner, **_metadata(item, story, envelope)}
    if not alone:
        part = story.get("Euid") or story.get("Duid") or str(line)
        fields["id"] = f"{fields.get('id', '')}#{part}"
    text = join_paragraphs(texts, str(fields.get("title", "")))
    kept = {name: value for name, value in {**fields, "text": text}.items() if value}
    if text or is_taken_back(kept):
        return FoundRecord(fields=kept, path=path, line=line)
    detail = f"the news item has no text: {_instead(item)}"
    return Skip(reason=Reason.NO_TEXT, detail=detail, path=path, line=line)


def _contents(story: Any) -> list[Any]:
    """Return the contents of a story in their order, without what stands beside it.

    Of components that are equivalent, as the same text in several formats, the first one counts.
    """
    contents = [one for one in story.iter("{*}ContentItem") if not _is_beside(one)]
    passed: list[Any] = []
    for component in story.iter("{*}NewsComponent"):
        if (component.get("EquivalentsList") or "").lower() == "yes":
            with_text = [
                child
                for child in component
                if any(_text(content) for content in child.iter("{*}ContentItem"))
            ]
            passed += with_text[1:]
    return [one for one in contents if one not in passed and not _stands_in(one, passed)]


def _stands_in(element: Any, others: list[Any]) -> bool:
    return any(outer in others for outer in element.iterancestors())


def _outer(element: Any) -> Iterator[Any]:
    """Yield the components around an element, the nearest first, up to its item."""
    for outer in element.iterancestors():
        name = local_name(outer)
        if name == "NewsItem":
            return
        if name == "NewsComponent":
            yield outer


def _is_beside(element: Any) -> bool:
    """Say whether an element is a picture, its caption, a title or the like, or inside of one."""
    media = _named(element, "{*}MediaType")
    kind = (_named(element, "{*}MimeType") or _named(element, "{*}Format")).partition("/")[0]
    if media.startswith(_MEDIA) or kind in ("image", "video", "audio"):
        return True
    if kind == "text" and _named(element, "{*}MimeType").endswith("css"):
        return True
    components = [element] if local_name(element) == "NewsComponent" else []
    roles = [_named(one, "{*}Role") for one in (*components, *_outer(element))]
    roles = [role for role in roles if role]
    if roles and roles[0].startswith(_SPOKEN):
        roles = [role for role in roles if not role.startswith(("audio", "sound"))]
    return any(role.startswith(_BESIDE) for role in roles)


def _text(content: Any) -> list[str]:
    """Return the paragraphs of a content, none if it is elsewhere or encoded."""
    data = content.find("{*}DataContent")
    if data is None:
        encoding = content.find("{*}Encoding")
        # "none" says that it is not encoded.
        notation = "" if encoding is None else (encoding.get("Notation") or "none").lower()
        data = encoding.find("{*}DataContent") if notation in ("none", "base64") else None
        if data is not None and notation == "base64":
            kind = _named(content, "{*}MimeType")
            is_text = kind.startswith("text") or not kind
            return string_paragraphs(base64_text(line_text(data)), kind) if is_text else []
    if data is None:
        return []
    document = next(data.iter("{*}nitf"), None)
    if document is not None:
        text = str(nitf.read_fields(document)["text"]) or nitf.abstract_text(document)
        return text.split("\n\n") if text else []
    children = [child for child in data if local_name(child)]
    loose = (data.text or "").strip() or any((child.tail or "").strip() for child in children)
    is_page = (
        any(is_xhtml(child) for child in children) or next(data.iter("{*}p"), None) is not None
    )
    # Other XML, such as a catalogue or the results of a match, is no text.
    known = not children or bool(loose) or is_page
    return content_paragraphs(data, _named(content, "{*}MimeType")) if known else []


def _nitf_fields(content: Any) -> dict[str, object]:
    document = next(content.iter("{*}nitf"), None)
    if document is None:
        return {}
    fields = nitf.read_fields(document)
    return {name: value for name, value in fields.items() if value and name not in ("id", "text")}


def _metadata(item: Any, story: Any, envelope: Any) -> dict[str, object]:
    """Return the fields of a news item; those of the story's own component go first."""
    identifier = item.find("{*}Identification/{*}NewsIdentifier")
    management = item.find("{*}NewsManagement")
    provider = _party(story, "Provider") or _party(item, "Provider")
    origin = _party(story, "Source") or _party(item, "Source")
    credit = _line(story, "CreditLine")
    sender = "" if envelope is None else _party(envelope, "SentFrom")
    created, revised = _date(management, "FirstCreated"), _date(management, "ThisRevisionCreated")
    dated = nitf.extended_date(find_text(identifier, "{*}DateId"))
    site = find_text(identifier, "{*}ProviderId")
    rights = _line(story, "CopyrightLine"), _line(story, "RightsLine")
    status = _named(management, "{*}Status")
    fields: dict[str, object] = {
        "id": _id(identifier),
        "title": _line(story, "HeadLine"),
        "published": created or revised or dated,
        "updated": revised,
        "authors": [by for by in map(nitf.strip_by, _lines(story, "ByLine")) if by],
        "source": provider or origin or credit or sender or site,
        "language": _language(item, story),
        "version": find_text(identifier, "{*}RevisionId"),
        "pubstatus": status,
        "embargoed": _embargo(management) if status == "embargoed" else "",
        "agency": origin or credit,
        "rights": " ".join(filter(None, rights)),
        "dateline": _place(item, story),
    }
    return {name: value for name, value in fields.items() if value}


def _id(identifier: Any) -> str:
    """Return the id that all revisions of an item have, else its public one."""
    parts = [
        find_text(identifier, f"{{*}}{name}") for name in ("ProviderId", "DateId", "NewsItemId")
    ]
    if all(parts):
        return f"urn:newsml:{':'.join(parts)}"
    return find_text(identifier, "{*}PublicIdentifier") or parts[-1]


def _date(management: Any, name: str) -> str:
    return nitf.extended_date(find_text(management, f"{{*}}{name}"))


def _embargo(management: Any) -> str:
    """Return when the status of an embargoed item will change, empty if that is not said."""
    return nitf.extended_date(find_text(management, "{*}StatusWillChange/{*}DateAndTime"))


def _named(element: Any, path: str) -> str:
    """Return the formal name of a child in lower case, such as "usable" of a status."""
    found = None if element is None else element.find(path)
    return "" if found is None else (found.get("FormalName") or line_text(found)).strip().lower()


def _lines(story: Any, name: str) -> list[str]:
    """Return the news lines of a name: those of the nearest component that has one."""
    for component in (story, *story.iter("{*}NewsComponent")):
        if component is not story and _is_beside(component):
            continue
        if found := _own_lines(component, name):
            return found
    return []


def _own_lines(component: Any, name: str) -> list[str]:
    """Return the news lines of a name that a component has itself; some write "Headline"."""
    lines = (one for holder in component.iterfind("{*}NewsLines") for one in holder)
    found = (line_text(one) for one in lines if local_name(one).lower() == name.lower())
    return [line for line in found if line]


def _line(story: Any, name: str) -> str:
    return next(iter(_lines(story, name)), "")


def _party(element: Any, name: str) -> str:
    """Return the name of a party that has a part in an item, empty if none is named."""
    for holder in element.iter(f"{{*}}{name}"):
        for party in holder.iter("{*}Party"):
            if said := (party.get("FormalName") or line_text(party)).strip():
                return str(said)
    return ""


def _language(item: Any, story: Any) -> str:
    described = next(iter(story.iter("{*}Language")), None)
    named = "" if described is None else (described.get("FormalName") or "").strip()
    own = next((e.get(_LANGUAGE) for e in story.iter() if e.get(_LANGUAGE)), "")
    return named or own or item.get(_LANGUAGE) or ""


def _place(item: Any, story: Any) -> str:
    """Return the city that a story was sent from, else the words of its dateline."""
    for location in (*story.iter("{*}Location"), *item.iter("{*}Location")):
        for one in location.iter("{*}Property"):
            if one.get("FormalName") == "City" and (one.get("Value") or "").strip():
                return str(one.get("Value")).strip()
    line = _line(story, "DateLine")
    return "" if any(character.isdigit() for character in line) else line


def _instead(item: Any) -> str:
    """Say what an item holds instead of a text."""
    contents = list(item.iter("{*}ContentItem"))
    if not contents:
        refers = next(item.iter("{*}NewsItemRef"), None) is not None
        return "it is a list of other items; ingest those" if refers else "it has no content"
    if any(_is_beside(one) and _text(one) for one in contents):
        return "its only text is the caption of a picture"
    kinds = sorted({_named(one, "{*}MediaType") or "other content" for one in contents})
    away = all(one.find(".//{*}DataContent") is None for one in contents)
    return f"it holds {' and '.join(kinds)}" + (" that lies elsewhere" if away else "")
