"""Know the records of content management systems, news APIs and extractors by their fields.

`reshape` turns such a record into one with the usual names of fields. To add a system, add a shape:
the paths that only its records have, and for each field the paths that may hold it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ingest.formats.json_paths import has_path, value_at
from ingest.formats.markup import fragment_text, looks_marked_up, plain_text
from ingest.formats.publication import PROTECTED, unpublished_state, utc_of
from ingest.formats.values import host_of, names_in

# Objects that only wrap a record: of Elasticsearch, of Superdesk and AP, of JSON:API and Strapi.
_ENVELOPES = ("_source", "item", "attributes")
_ENVELOPES_DEEP = 3
_ENVELOPE_KEYS = frozenset(_ENVELOPES)
# Parts of a page that are not its text.
_BESIDE = ("title", "byline", "author", "caption", "photo", "image", "figure", "logo")
_CUT_OFF = "it contains only the beginning of the text"
_SUMMARY = "it contains only a summary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reshaped:
    """A record under the usual names, with notes; `instead` says what it is if it is no article."""

    record: Mapping[str, object]
    is_known: bool = False
    notes: tuple[str, ...] = ()
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """How one system writes a record.

    `marks` are paths that all its records have, `fields` the paths of each field, the likeliest
    first. `summaries` hold a text where there is no other, `utc` fields are UTC without saying so.
    """

    marks: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]
    summaries: tuple[str, ...] = ()
    utc: tuple[str, ...] = ()
    lines: bool = False
    instead: Callable[[Mapping[str, object]], str] = field(default=lambda _: "")


def _wordpress_instead(record: Mapping[str, object]) -> str:
    if value_at(record, "content.protected") is True:
        return PROTECTED
    kind = str(record.get("type") or "post")
    # A type of a plugin's own, such as "article", is published for readers.
    if kind in ("attachment", "nav_menu_item", "revision", "wp_block", "wp_template"):
        return f"of the type '{kind}'"
    return unpublished_state(record.get("status"))


def _ghost_instead(record: Mapping[str, object]) -> str:
    return unpublished_state(record.get("status"))


def _digitalwires_instead(record: Mapping[str, object]) -> str:
    kind = str(record.get("type") or "composite")
    return "" if kind in ("composite", "text", "article") else f"of the type '{kind}'"


def _arc_instead(record: Mapping[str, object]) -> str:
    kind = str(record.get("type") or "story")
    return "" if kind == "story" else f"of the type '{kind}'"


_SHAPES = (
    # The Guardian: https://open-platform.theguardian.com/documentation/
    _Shape(
        marks=("webUrl", "webTitle"),
        fields={
            "url": ("webUrl",),
            "title": ("fields.headline", "webTitle"),
            "published": ("webPublicationDate", "fields.firstPublicationDate"),
            "updated": ("fields.lastModified",),
            "authors": ("fields.byline",),
            "source": ("fields.publication",),
            "section": ("sectionName", "sectionId"),
            "language": ("fields.lang",),
            "standfirst": ("fields.standfirst",),
            "text": ("fields.body", "fields.bodyText", "blocks.body.bodyHtml"),
        },
        summaries=("fields.trailText", "fields.standfirst"),
    ),
    # The New York Times: https://developer.nytimes.com/docs/articlesearch-product/1/overview
    _Shape(
        marks=("web_url", "headline.main"),
        fields={
            "id": ("_id", "uri"),
            "url": ("web_url",),
            "title": ("headline.main", "headline.print_headline"),
            "published": ("pub_date",),
            "authors": ("byline.original",),
            "section": ("section_name", "news_desk"),
            "text": ("body", "full_text"),
        },
        summaries=("lead_paragraph", "abstract", "snippet"),
    ),
    # WordPress: https://developer.wordpress.org/rest-api/reference/posts/
    _Shape(
        marks=("content.rendered",),
        fields={
            "id": ("guid.rendered", "link", "id"),
            "url": ("link",),
            "title": ("title.rendered",),
            "published": ("date_gmt", "date"),
            "updated": ("modified_gmt", "modified"),
            "authors": (
                "_embedded.author.name",
                "yoast_head_json.author",
                "author_name",
                "author_info.display_name",
            ),
            "section": ("_embedded.wp:term.0.name",),
            "text": ("content.rendered",),
            "status": (),
        },
        summaries=("excerpt.rendered",),
        utc=("date_gmt", "modified_gmt"),
        instead=_wordpress_instead,
    ),
    # Ghost: https://ghost.org/docs/content-api/
    _Shape(
        marks=("published_at", "html"),
        fields={
            "id": ("uuid", "id"),
            "url": ("canonical_url", "url"),
            "title": ("title",),
            "published": ("published_at",),
            "updated": ("updated_at",),
            "authors": ("authors.name", "primary_author.name"),
            "section": ("primary_tag.name", "tags.0.name"),
            "text": ("html", "plaintext"),
            "status": (),
        },
        summaries=("custom_excerpt", "excerpt"),
        instead=_ghost_instead,
    ),
    # dpa digitalwires: https://github.com/dpa-newslab
    _Shape(
        marks=("article_html", "urn"),
        fields={
            "id": ("urn",),
            "title": ("headline",),
            "published": ("content_created", "version_created"),
            "updated": ("version_created",),
            "authors": ("byline",),
            "source": ("creditline",),
            "rights": ("copyrightnotice",),
            "note": ("ednote",),
            "text": ("article_html",),
        },
        instead=_digitalwires_instead,
    ),
    # Arc XP: https://github.com/washingtonpost/ans-schema
    _Shape(
        marks=("content_elements", "headlines"),
        fields={
            "id": ("_id",),
            "url": ("canonical_url", "website_url"),
            "title": ("headlines.basic",),
            "published": ("first_publish_date", "publish_date", "display_date"),
            "updated": ("last_updated_date",),
            "authors": ("credits.by.name",),
            "source": ("distributor.name", "source.name"),
            "section": ("taxonomy.primary_section.name",),
            "standfirst": ("subheadlines.basic",),
            "text": ("content_elements.content",),
        },
        summaries=("description.basic",),
        instead=_arc_instead,
    ),
    # Apple News Format: https://developer.apple.com/documentation/apple_news/articledocument
    _Shape(
        marks=("components", "componentTextStyles"),
        fields={
            "id": ("identifier",),
            "url": ("metadata.canonicalURL",),
            "title": ("title",),
            "published": ("metadata.datePublished", "metadata.dateCreated"),
            "updated": ("metadata.dateModified",),
            "authors": ("metadata.authors",),
            "language": ("language",),
            "text": ("components",),
        },
        summaries=("metadata.excerpt",),
    ),
    # Drupal's JSON:API, whose `attributes` are unwrapped: https://www.drupal.org/docs/core-modules
    _Shape(
        marks=("body.processed",),
        fields={
            "url": ("path.alias",),
            "published": ("created",),
            "updated": ("changed",),
            "text": ("body.processed", "body.value"),
            "status": (),
        },
        instead=lambda record: "not published" if record.get("status") is False else "",
    ),
    # trafilatura: https://trafilatura.readthedocs.io
    _Shape(
        marks=("fingerprint", "source-hostname"),
        fields={
            "id": ("id",),
            "url": ("source",),
            "source": ("hostname", "source-hostname"),
            "published": ("date",),
            "authors": ("author",),
            "section": ("categories",),
            "text": ("text", "raw_text"),
        },
        lines=True,
    ),
    # news-please: https://github.com/fhamborg/news-please
    _Shape(
        marks=("maintext",),
        fields={
            "id": ("id",),
            "title": ("title", "title_page", "title_rss"),
            "published": ("date_publish",),
            "updated": ("date_modify",),
            "source": ("source_domain",),
            "text": ("maintext",),
        },
        summaries=("description",),
        lines=True,
    ),
    # Event Registry (newsapi.ai): https://github.com/EventRegistry/event-registry-python
    _Shape(
        marks=("body", "dateTime", "source.uri"),
        fields={
            "id": ("uri",),
            "published": ("dateTimePub", "dateTime"),
            "authors": ("authors.name",),
            "source": ("source.title", "source.uri"),
            "language": ("lang",),
            "text": ("body",),
        },
    ),
    # newsapi.org: https://newsapi.org/docs/endpoints/everything
    _Shape(
        marks=("publishedAt", "urlToImage"),
        fields={
            "published": ("publishedAt",),
            "authors": ("author",),
            "source": ("source.name",),
            "text": ("content",),
        },
        summaries=("description",),
    ),
)
# The key of each shape's first mark, or what that is inside.
_FIRST_KEYS = frozenset(shape.marks[0].partition(".")[0] for shape in _SHAPES)


def unwrapped(record: Mapping[str, object]) -> Mapping[str, object]:
    """Return the record inside its envelope, with the envelope's id if it has none itself."""
    for _ in range(_ENVELOPES_DEEP):
        if _ENVELOPE_KEYS.isdisjoint(record):
            break
        inner = next((record[name] for name in _ENVELOPES if _is_wrapped(record, name)), None)
        if not isinstance(inner, dict):
            break
        outer = record.get("_id") or record.get("id")
        record = (
            inner if outer is None or "id" in inner or "_id" in inner else {**inner, "id": outer}
        )
    return record


def reshape(record: Mapping[str, object]) -> Reshaped:
    """Return a record of a known shape under the usual names, any other as it is."""
    # Most records are of no shape, and this is done for each.
    shape = None
    if not _FIRST_KEYS.isdisjoint(record):
        shape = next((one for one in _SHAPES if _has_marks(record, one)), None)
    if shape is None:
        return Reshaped(record=record)
    if instead := shape.instead(record):
        return Reshaped(record={}, is_known=True, instead=instead)
    fields: dict[str, object] = {
        name: value
        for name, paths in shape.fields.items()
        if (value := _first(record, paths, shape.utc)) not in (None, "", [])
    }
    notes = []
    text = _text(fields.pop("text", None), lines=shape.lines)
    if not text and (text := _text(_first(record, shape.summaries, ()), lines=False)):
        notes.append(_SUMMARY)
    fields = {name: _plain_value(name, value) for name, value in fields.items()}
    if text:
        fields["text"] = text
        if _is_cut(text):
            notes.append(_CUT_OFF)
    taken = {path.partition(".")[0] for paths in shape.fields.values() for path in paths}
    rest = {key: item for key, item in record.items() if key not in taken | shape.fields.keys()}
    if not fields.get("source") and not rest.get("source") and "source" not in record:
        fields["source"] = host_of(str(fields.get("url") or rest.get("url") or ""))
    return Reshaped(record={**rest, **fields}, is_known=True, notes=tuple(notes))


def _has_marks(record: Mapping[str, object], shape: _Shape) -> bool:
    return all(has_path(record, mark) for mark in shape.marks)


def _is_wrapped(record: Mapping[str, object], name: str) -> bool:
    """Say whether a record holds another one under a name, and no text beside it."""
    inner = record.get(name)
    beside = any(isinstance(record.get(key), str) for key in ("text", "body", "content"))
    return isinstance(inner, dict) and not beside


def _first(record: Mapping[str, object], paths: tuple[str, ...], utc: tuple[str, ...]) -> object:
    """Return the first value at one of the paths that says something."""
    for path in paths:
        value = value_at(record, path)
        if path in utc:
            value = utc_of(value)
        if value not in (None, "", [], {}):
            return value
    return None


def _text(value: object, *, lines: bool) -> str:
    """Return the paragraphs of a text, or of a list; `lines` says that each of its lines is one."""
    if isinstance(value, list):
        return "\n\n".join(filter(None, (_text(part, lines=lines) for part in value)))
    if isinstance(value, dict):
        # A part of a page, or a box around several.
        beside = str(value.get("role") or "") in _BESIDE
        return "" if beside else _text(value.get("components") or value.get("text"), lines=lines)
    if not isinstance(value, str):
        return ""
    if looks_marked_up(value):
        return fragment_text(value)
    return plain_text(value.replace("\n", "\n\n") if lines else value)


def _plain_value(name: str, value: object) -> object:
    """Return a field as it is kept: a title without markup, the first of several sections."""
    if name == "authors":
        names = list(names_in(value))
        return names[0] if len(names) == 1 else names
    if isinstance(value, list) and name == "section":
        return next(names_in(value), "")
    if name == "title" and isinstance(value, str) and looks_marked_up(value):
        return " ".join(fragment_text(value).split())
    return value


def _is_cut(text: str) -> bool:
    """Say whether a text ends as newsapi.org cuts it: "… [+5686 chars]"."""
    return text.endswith("chars]") and "[+" in text[-20:]
