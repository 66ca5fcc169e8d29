"""Map the names that tables, JSON and front matter use for fields to the names used here."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from ingest.formats.json_paths import has_path, value_at
from ingest.formats.markup import field_text
from ingest.formats.standfirsts import with_standfirst
from ingest.formats.values import is_address, names_in, publication_status, spelt_out_date

# For each field the names it goes by, the likeliest first; case, spaces and "_" do not count.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "text": (
        *("text", "body", "content", "article", "full_text", "article_body", "content_text"),
        *("body_text", "content_html", "body_html"),
    ),
    # Stands before the text, if it is not in it.
    "lead": ("lead", "lead_text", "ingress"),
    # Stands before both, if it says more than the beginning of the text.
    "standfirst": (
        *("standfirst", "subtitle", "subhead", "subheadline", "subheading", "deck", "dek"),
        "strapline",
    ),
    "title": ("title", "headline"),
    "published": (
        *("published", "published_at", "publish_date", "pub_date", "date_published"),
        *("publication_date", "published_date", "publish_date_time", "first_published"),
        # What names no event goes last: it may be the day of a fetch.
        "date",
    ),
    # Taken for the day of publication where there is none.
    "created": (
        *("first_created", "created", "created_at", "date_created", "create_date", "created_date"),
        *("created_date_time", "version_created", "timestamp"),
    ),
    "updated": (
        *("updated", "updated_at", "modified", "last_modified", "date_modified", "modified_at"),
        *("updated_date_time", "last_updated", "version_created"),
    ),
    "url": ("url", "link", "web_url"),
    "authors": ("authors", "author", "byline"),
    "source": ("source", "publisher", "outlet", "publication", "domain", "origin"),
    "section": ("section", "category", "desk", "article_section"),
    "language": ("language", "lang", "in_language"),
    "id": ("id", "uid", "guid", "article_id", "news_id", "item_id", "story_id"),
    "version": ("version",),
    "agency": ("agency", "news_agency", "credit", "credit_line"),
    "dateline": ("dateline", "dateline_place", "located"),
    "rights": ("rights", "copyright", "copyright_notice", "usage_terms"),
    "pubstatus": ("pubstatus", "publication_status", "status"),
    "embargoed": ("embargoed", "embargo", "embargo_until", "embargoed_until"),
    "expires": ("expires", "expiry", "expiration", "expires_at", "expiry_date"),
    "note": ("note", "ednote", "editors_note", "editor_note"),
    # Told at the end of the note.
    "correction": ("correction", "corrections", "correction_note"),
}
_NOT_LETTERS = re.compile(r"[\W_]+")
_LEAD_WORDS = 3
_YES_OR_NO = 20
# Two texts of about one length are two forms of one, and the likelier name counts.
_FAR_MORE = 2
# How services end what they cut: "…", "[...]", "[+5686 chars]", "Read more".
_CUT_OFF = re.compile(
    r"\s*[\[(]?(?:…|\.{3}|\+\d[\d,]* chars|\b(?:read|continue) (?:more|reading)\b)[\])»>→.\s]*$",
    re.I,
)
_BETWEEN_NAMES = re.compile(r"\s*;\s*|\s+and\s+", re.I)
_BY = re.compile(r"^by\s+", re.I)
# What exports write where there is no embargo or no end.
_NO = frozenset(("", "0", "-", "no", "false", "none", "null", "nil", "never", "n/a", "nan", "nat"))


def map_names(names: Iterable[str]) -> dict[str, str]:
    """Return, for each field that one of the names stands for, the likeliest of the names."""
    return {field: found[0] for field, found in all_names(tuple(names)).items()}


def record_fields(
    record: Mapping[str, object],
    columns: Mapping[str, str],
    given: Mapping[str, object] | None = None,
) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return the fields that a JSON record gives, and a note for each named key that it lacks.

    `columns` names the key of a field, or its path such as `fields.bodyText`, in the record as it
    was `given`; the other fields are told by their usual names.
    """
    given = record if given is None else given
    taken = set(columns.values())
    fields = chosen_values(record, all_names(tuple(name for name in record if name not in taken)))
    fields |= {field: value_at(given, path) for field, path in columns.items()}
    fields = {field: _untyped(value) for field, value in fields.items()}
    missing = sorted((field, path) for field, path in columns.items() if not has_path(given, path))
    notes = (f"it has no {path!r}, which --columns names for '{field}'" for field, path in missing)
    return settled(fields), (*notes, *replacement_notes(fields))


def _untyped(value: object) -> object:
    """Return a value that MongoDB's exports write with its type: `{"$date": "2021-03-02"}`."""
    while isinstance(value, dict) and len(value) == 1 and str(next(iter(value))).startswith("$"):
        value = next(iter(value.values()))
    return value


def replacement_notes(fields: Mapping[str, object]) -> tuple[str, ...]:
    """Return a note if the day of publication is to be that of creation."""
    if _is_given(fields.get("published")) or not _is_given(fields.get("created")):
        return ()
    return ("it does not say when it was published; the day it was created was taken",)


def settled(fields: Mapping[str, object]) -> dict[str, object]:
    """Return fields as a record keeps them: what only says "none" is left out, what can be read.

    A status counts if it is one of publication, an embargo or expiry unless it is "no"; a
    correction stands at the end of the note, a lead and a standfirst before the text.
    """
    kept = {
        name: _SETTLED[name](value) if name in _SETTLED else value for name, value in fields.items()
    }
    created = kept.pop("created", None)
    if created and not _is_given(kept.get("published")):
        kept["published"] = created
    kept["text"] = _with_lead(kept.pop("lead", None), kept.get("text"))
    kept = with_standfirst(kept, kept.pop("standfirst", None))
    notes = [*names_in(kept.pop("note", None)), *names_in(kept.pop("correction", None))]
    kept["note"] = " ".join(notes)
    return {name: value for name, value in kept.items() if value not in (None, "", [])}


def _with_lead(lead: object, text: object) -> object:
    """Return a text with its lead; one of a word or two only says that this is the lead story."""
    if not isinstance(lead, str) or not isinstance(text, str) or not text.strip():
        return text
    is_told = len(lead.split()) >= _LEAD_WORDS and lead.strip() not in text
    return f"{lead.strip()}\n\n{text}" if is_told else text


def split_names(byline: str) -> list[str]:
    """Return the names in a byline; a comma does not part them, as in "Doe, Jane"."""
    names = _BETWEEN_NAMES.split(_BY.sub("", byline.strip(), count=1))
    return [name for name in names if name]


def _authors(value: object) -> list[str]:
    return split_names(value) if isinstance(value, str) else list(names_in(value))


def _name(value: object) -> object:
    """Return the first name of an object or of a list, another value as it is."""
    return next(names_in(value), "") if isinstance(value, (dict, list)) else value


def _source(value: object) -> object:
    """Return the name of a source; agencies sign between slashes."""
    name = _name(value)
    return name.strip().strip("/") if isinstance(name, str) else name


def _language(value: object) -> object:
    """Return a language; a number stands for one in a list that only its system has."""
    return None if isinstance(value, str) and value.strip().isdigit() else value


def _limit(value: object) -> object:
    return None if str(value).strip().casefold() in _NO else spelt_out_date(value)


def _plain(value: object) -> object:
    return field_text(value) if isinstance(value, str) else value


_SETTLED: Mapping[str, Callable[[object], object]] = {
    "text": _plain,
    "title": _plain,
    "note": _plain,
    "authors": _authors,
    "lead": _plain,
    "standfirst": _plain,
    "source": _source,
    "agency": _name,
    "section": _name,
    "published": spelt_out_date,
    "created": spelt_out_date,
    "language": _language,
    "updated": spelt_out_date,
    "embargoed": _limit,
    "expires": _limit,
    "pubstatus": publication_status,
}


@lru_cache(maxsize=256)
def all_names(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return, for each field, the names that stand for it, the likeliest first."""
    given: dict[str, str] = {}
    for name in names:
        given.setdefault(_bare(name), name)
    if given.keys().isdisjoint(_ANY_ALIAS):
        return {}
    found = {
        field: tuple(given[alias] for alias in aliases if alias in given)
        for field, aliases in _BARE_ALIASES.items()
    }
    return {field: candidates for field, candidates in found.items() if candidates}


def chosen_values(
    record: Mapping[str, object], names: Mapping[str, tuple[str, ...]]
) -> dict[str, object]:
    """Return the value of each field that has several names: the first one that says something.

    Of several texts the fullest counts.
    """
    return {
        field: _fullest(record, given) if field == "text" else _first_given(record, given)
        for field, given in names.items()
    }


def _fullest(record: Mapping[str, object], names: tuple[str, ...]) -> object:
    """Return the first text, or one behind it if the first is an address or a piece of that one.

    Services give a teaser as "content" and the story under a name that says that it is all.
    """
    first = _first_given(record, names)
    if len(names) == 1:
        return first
    given = (record.get(name) for name in names)
    texts = [value for value in given if isinstance(value, str) and _is_given(value)]
    texts = [text for text in texts if not is_address(text)]
    best = texts[0] if texts else first
    for text in texts[1:]:
        if isinstance(best, str) and _is_piece(best, text):
            best = text
    return best


def _is_piece(text: str, other: str) -> bool:
    """Say whether a text is only a part of another one: cut off, or its beginning, or far less."""
    shown, whole = (" ".join(field_text(one).split()) for one in (text, other))
    begun = _CUT_OFF.sub("", shown)
    if len(whole) <= len(begun) or _CUT_OFF.search(whole):
        return False
    return begun != shown or whole.startswith(shown) or len(whole) > _FAR_MORE * len(shown)


def _first_given(record: Mapping[str, object], names: tuple[str, ...]) -> object:
    """Return the first value that says something, else the first, so that it can be told."""
    values = [record.get(name) for name in names]
    return next((value for value in values if _is_given(value)), values[0])


def _is_given(value: object) -> bool:
    """Say whether a value says more than yes or no: "published" may do only that."""
    if isinstance(value, str):
        # A text is long.
        return len(value) > _YES_OR_NO or value.strip().casefold() not in ("", "true", "false")
    return not isinstance(value, bool) and value not in (None, [], {})


def _bare(name: str) -> str:
    return _NOT_LETTERS.sub("", name.casefold())


_BARE_ALIASES = {field: tuple(map(_bare, aliases)) for field, aliases in ALIASES.items()}
_ANY_ALIAS = frozenset(alias for aliases in _BARE_ALIASES.values() for alias in aliases)
