"""Read a Markdown file: its front matter, its first heading, and its text in plain paragraphs."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.formats.decoding import decode
from ingest.formats.fieldnames import ALIASES, map_names, settled
from ingest.formats.markup import fragment_text
from ingest.formats.standfirsts import with_standfirst
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
# The parser is slow, a megabyte takes seconds; no article is larger.
_PAGE_BYTES = 10 * 1024 * 1024
_NESTING = 50
_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(.*?\n)?(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.S)
_FRONT_LINE = re.compile(r"([A-Za-z][\w -]*?)[^\S\n]*:(?:[^\S\n]+(.*))?")
_COMMENT = re.compile(r"(?:^|\s+)#\s.*")
_FIELDS_OF_FRONT = ALIASES.keys() - {"text"}


def matches(head: bytes, suffix: str) -> bool:
    """Say whether this is named as Markdown, or begins with front matter."""
    text = head.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if "\0" in text or (suffix not in _SUFFIXES and not text.startswith("---")):
        return False
    front, _ = _split_front(text)
    return suffix in _SUFFIXES or bool(_FIELDS_OF_FRONT & map_names(front).keys())


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the file as one record, or the reason why it is none."""
    text, note = decode(source.read_whole(_PAGE_BYTES))
    if text is None:
        detail = "its encoding is not recognised; convert it to UTF-8"
        yield Skip(reason=Reason.ENCODING, detail=detail, path=source.name)
        return
    front, body = _split_front(text.replace("\r\n", "\n").replace("\r", "\n"))
    standfirst, fields = _front_fields(front)
    try:
        title, fields["text"] = _title_and_text(body, str(fields.get("title", "")))
    except RecursionError:
        detail = "its lists or quotes are nested too deep; flatten them"
        yield Skip(reason=Reason.BROKEN, detail=detail, path=source.name)
        return
    if title:
        fields["title"] = title
    fields = with_standfirst(fields, standfirst)
    notes = (note,) if note else ()
    yield FoundRecord(fields=fields, path=source.name, notes=notes)


def _split_front(text: str) -> tuple[dict[str, str | list[str]], str]:
    """Return the front matter's values and what follows it.

    Only `key: value` lines and plain lists are read: YAML would make a time zone, a number or
    "no" of what is a text, and stumble over a title with a colon.
    """
    found = _FRONT_MATTER.match(text)
    lines = (found[1] or "").splitlines() if found else []
    if found is None or not any(_FRONT_LINE.fullmatch(line) for line in lines):
        return {}, text
    front: dict[str, str | list[str]] = {}
    key = ""
    for line in lines:
        named = _FRONT_LINE.fullmatch(line)
        if named:
            key = named[1]
            front[key] = _front_value(named[2] or "")
        elif key and line.strip() and not line.lstrip().startswith("#"):
            front[key] = _continued(front[key], line.strip())
    return front, text[found.end() :]


def _front_value(value: str) -> str | list[str]:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        items = re.findall(r"""\s*("[^"]*"|'[^']*'|[^,]+)""", value[1:-1])
        return [_unquoted(item) for item in items if _unquoted(item)]
    # The marks of a text in the lines that follow.
    return "" if value in (">", "|", ">-", "|-") else _unquoted(value)


def _continued(value: str | list[str], line: str) -> str | list[str]:
    """Return a value with its next line: an item of a list, or more of a text."""
    if line.startswith("- ") and (not value or isinstance(value, list)):
        return [*value, _unquoted(line[2:])]
    return f"{value} {line}".strip() if isinstance(value, str) else value


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return (
            value[1:-1].replace('\\"', '"') if value[0] == '"' else value[1:-1].replace("''", "'")
        )
    return _COMMENT.sub("", value)


def _front_fields(front: dict[str, str | list[str]]) -> tuple[object, dict[str, object]]:
    """Return the standfirst, which has to wait for the text, and the other fields."""
    fields: dict[str, object] = {}
    for field, name in map_names(front).items():
        value = front[name]
        if field in _FIELDS_OF_FRONT:
            joined = isinstance(value, list) and field != "authors"
            fields[field] = ", ".join(value) if joined else value
    return fields.pop("standfirst", None), settled(fields)


def _title_and_text(body: str, title: str) -> tuple[str, str]:
    """Return the title, by the first heading if there is none, and the text without it."""
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable("table")
    tokens = parser.parse(body)
    for token in tokens:
        _keep_numbers(token)
    at = next((i for i, t in enumerate(tokens) if t.type == "heading_open" and t.tag == "h1"), None)
    if at is not None:
        heading = fragment_text(parser.renderer.render(tokens[at : at + 3], parser.options, {}))
        title = title or heading
        # A heading further down is a part of the text, also if it gave the title.
        if at == 0 and " ".join(title.split()) == heading:
            del tokens[:3]
    return title, fragment_text(parser.renderer.render(tokens, parser.options, {}))


def _keep_numbers(token: Token) -> None:
    """Turn back into text what is markup to Markdown and most likely not to its writer.

    "1986. A good year" is not the 1986th item of a list, "5*3*2" and "M*A*S*H" have no emphasis.
    """
    if token.type == "list_item_open" and token.info:
        token.type, token.tag, token.nesting = "html_block", "", 0
        token.content = f"<li>{token.info}{token.markup} "
    written: list[bool] = []
    before = ""
    for child in token.children or []:
        if child.type in ("em_open", "strong_open"):
            written.append(before[-1:].isalnum())
        if child.type in ("em_open", "strong_open", "em_close", "strong_close"):
            kept = written.pop() if child.nesting < 0 else written[-1]
            if kept:
                child.type, child.tag, child.nesting = "text", "", 0
                child.content = child.markup
        before = child.content or before if child.type != "softbreak" else ""
