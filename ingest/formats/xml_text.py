"""Parse news XML, and turn it into paragraphs of plain text. Nothing is fetched or expanded.

Here an element ends a paragraph unless it is known to stand in a line: these formats are many.
"""

import html
import re
from collections import Counter
from html.entities import name2codepoint
from typing import Any

from lxml import etree

from ingest.formats.markup import STRUCK, html_tree, local_name, tree_paragraphs, without_tags
from ingest.found import Reason, Skip

_INLINE = frozenset(
    # HTML
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output "
    "q rb rp rt ruby s samp small span strike strong sub sup time tt u var wbr "
    # NITF
    "alt-code byttl care.of chron city classifier copyrite copyrite.holder copyrite.year country "
    "county delivery.office delivery.point event frac frac-den frac-num frac-sep function lang "
    "location money name.family name.given num object.title org person postcode pronounce region "
    "state story.date sublocation virtloc".split()
)
_DROPPED = frozenset(
    "audio button canvas embed figure form head iframe img map media noscript object picture "
    "script select style svg template textarea title video".split()
)
_HTML_NAMES = frozenset(
    "html body article blockquote br div h1 h2 h3 h4 h5 h6 main ol p pre section table ul".split()
)
# Blocks of NITF and of NewsML that do not stand in a line, whatever text is near them.
_BLOCKS = _HTML_NAMES | frozenset(
    "abstract address article aside block body.content body.end body.head bq byline caption center "
    "dateline datasource dd dl dt footer form h6 header headline hedline hl1 hl2 hr lead li ml nav "
    "nitf-table note para paragraph section subheadline tagline tbody td text tfoot th thead "
    "title tr".split()
)
_XHTML = "http://www.w3.org/1999/xhtml"
_PROLOG = re.compile(
    r"""\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[>"']|"[^"]*"|'[^']*')*(?:\[.*?\]\s*)?>""",
    re.DOTALL | re.IGNORECASE,
)
_DECLARED = re.compile(rb"""^(\s*<\?xml[^>]*encoding\s*=\s*["'])([\w.:-]+)""", re.I)
_NAMED_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,7});")
_XML_ENTITIES = ("amp", "lt", "gt", "quot", "apos")
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_TAG = re.compile(
    r"</(?:a|b|div|em|h[1-6]|i|li|p|section|span|strong|table|u|ul)\s*>|<(?:br|p)\s*/?>", re.I
)
_ONLY_TAGS = re.compile(r"(?:<[/!]?[A-Za-z][^<>]*>\s*)+")
# An element of an agency's own that was written into a text as text.
_WRITTEN_OUT = re.compile(r"<([a-z]{3,20})>([^<>]{0,40})</\1>")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SENTENCE_END = re.compile(r"""[.!?:…]["'”’»)\]]*$""")
# Words and figures that spaces set apart, and not as behind a sentence.
_COLUMNS = re.compile(r"[^\s.!?:]\s{2,}\S|^\d+\.\d+\s|\d\s+\S+\s+\d\s*$")
_LISTED_LINES = 3
# Wires wrap lines at 60 to 80 characters; a longer line is a whole paragraph.
_WRAPPED_CHARACTERS = 120

_ENCODING_ERRORS = (
    etree.ErrorTypes.ERR_INVALID_ENCODING,
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING,
    etree.ErrorTypes.ERR_UNKNOWN_ENCODING,
    etree.ErrorTypes.ERR_INVALID_CHAR,
)
_NO_NAMESPACE = etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE


def root_name(head: bytes) -> str:
    """Return the name of the first element without its prefix, empty if the head has none."""
    text = head.decode("utf-8-sig", "replace")
    start = 0
    while found := _PROLOG.match(text, start):
        start = found.end()
    root = _ROOT.match(text, start)
    return root[1] if root else ""


def parse_xml(data: bytes, path: str) -> Any:
    """Return the root element, or a Skip that says where the XML is broken.

    External files are not read, entities of the document not expanded; nesting, attributes and
    texts are bounded by libxml2's own limits.
    """
    data = numbered_entities(declared_as_utf8(data))
    try:
        return etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        if error.code == _NO_NAMESPACE and (root := _without_namespaces(data)) is not None:
            return root
        wrong = error.code in _ENCODING_ERRORS
        step = "convert it to UTF-8" if wrong else "ask the sender for a well-formed file"
        detail = f"the XML cannot be read: {error.msg or 'it has no content'}; {step}"
        reason = Reason.ENCODING if wrong else Reason.BROKEN
        return Skip(reason=reason, detail=detail, path=path)


def _parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
    )


def _without_namespaces(data: bytes) -> Any:
    """Return the root of XML that only lacks the declaration of a prefix; None if more is wrong."""
    parser = _parser(recover=True)
    root = etree.fromstring(data, parser)
    return root if all(error.type == _NO_NAMESPACE for error in parser.error_log) else None


def declared_as_utf8(data: bytes) -> bytes:
    """Return XML that is UTF-8 and says otherwise as saying what it is.

    UTF-16 was made UTF-8 when it was opened. Latin-1 is never valid UTF-8 beyond ASCII, and was
    declared by a program that did not look.
    """
    declared = _DECLARED.match(data)
    name = declared[2].lower() if declared else b"utf-8"
    if name == b"utf-8" or not (name.startswith((b"utf-16", b"utf16")) or _is_beyond_ascii(data)):
        return data
    return _DECLARED.sub(rb"\1utf-8", data, count=1)


def _is_beyond_ascii(data: bytes) -> bool:
    """Say whether bytes are valid UTF-8 and not ASCII alone."""
    try:
        return not data.isascii() and bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def numbered_entities(data: bytes) -> bytes:
    """Return XML with the entities of HTML as numbers: their names are in a DTD, which is not read.

    An undefined one would end the reading, or with a DTD named would be left out of its word.
    """
    return _NAMED_ENTITY.sub(_numbered, data)


def _numbered(found: re.Match[bytes]) -> bytes:
    name = found[1].decode("ascii")
    known = name2codepoint.get(name) if name not in _XML_ENTITIES else None
    return found[0] if known is None else b"&#%d;" % known


def is_xhtml(element: Any) -> bool:
    """Say whether an XML element is a piece of a page, with or without the namespace."""
    named = isinstance(element.tag, str) and element.tag.startswith(f"{{{_XHTML}}}")
    return named or local_name(element).lower() in _HTML_NAMES


def string_paragraphs(text: str, hint: str = "") -> list[str]:
    """Return the paragraphs of a string that is HTML or plain text, none if it is other markup.

    `hint` is what its format calls it, such as "text/html"; the string itself decides otherwise.
    """
    root = root_name(text[:4096].encode("utf-8", "replace"))
    page = "html" in hint.lower() or root.lower() in _HTML_NAMES | _INLINE | _DROPPED
    if not page and root and f"</{root}>" in text:
        return []
    if not page and not _TAG.search(text):
        escaped = _REFERENCE.sub(lambda found: html.unescape(found[0]), text)
        return _html_paragraphs(escaped) if _TAG.search(escaped) else plain_paragraphs(text)
    return _html_paragraphs(text)


def _html_paragraphs(text: str) -> list[str]:
    tree = html_tree(text)
    return plain_paragraphs(without_tags(text)) if tree is None else paragraphs(tree)


def plain_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of plain text: by blank lines, indents, or unwrapped long lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if _is_listing([line.strip() for line in lines if line.strip()]):
        return [block for block in map(_clean, lines) if block]
    # Where every line after the first is indented the indent says nothing.
    indents = any(line.strip() and not line[0].isspace() for line in lines[1:])
    unwrapped = any(len(line.strip()) > _WRAPPED_CHARACTERS for line in lines)
    blocks: list[list[str]] = [[]]
    for line in lines:
        if not line.strip() or unwrapped or (indents and line.startswith(("  ", "\t"))):
            blocks.append([])
        blocks[-1].append(line)
    return [block for block in (_clean(" ".join(lines)) for lines in blocks) if block]


def paragraphs(element: Any, without: frozenset[str] = frozenset()) -> list[str]:
    """Return the text in an element by paragraphs, white space collapsed.

    Pictures with their captions, scripts and the elements named in `without` are left out. The
    cells of a table row stand in one paragraph. A text that a wire wrapped has its own paragraphs,
    and an element that is not known stands in a line if there is text beside it.
    """
    inline = _INLINE | _unknown_inline(element)
    struck = STRUCK - {"s"} if _marks_sentences(element) else STRUCK
    blocks = tree_paragraphs(
        element,
        ends=lambda name: name not in inline,
        # The element itself is asked for, whatever its name is.
        skipped=(_DROPPED | struck | without) - {local_name(element).lower()},
        parts=_wrapped_parts,
    )
    found: list[str] = []
    for block in filter(None, map(_clean, blocks)):
        # Some escape their HTML twice.
        found += _html_paragraphs(block) if _TAG.search(block) else [block]
    return found


def content_paragraphs(element: Any, hint: str = "") -> list[str]:
    """Return the paragraphs of an element that holds XML, or HTML written as text, or plain text.

    `hint` is what its format calls it, as for `string_paragraphs`.
    """
    if not any(local_name(child) for child in element):
        return string_paragraphs("".join(element.itertext()), hint)
    return paragraphs(element)


def _marks_sentences(element: Any) -> bool:
    """Say whether `s` is a sentence here, as in corpora: most of the text stands in such."""
    marked = sum(len("".join(one.itertext())) for one in element.iter("{*}s"))
    return marked > 0 and marked * 2 > len("".join(element.itertext()))


def _unknown_inline(element: Any) -> frozenset[str]:
    """Return the names of the elements, of those not known, that stand in a line here.

    Agencies mark up companies and people with elements of their own. Most of those of a name must
    have text before or after them, and none a block inside.
    """
    votes: Counter[str] = Counter()
    for child in element.iterdescendants():
        name = local_name(child).lower()
        if not name or name in _INLINE or name in _BLOCKS or name in _DROPPED:
            continue
        previous = child.getprevious()
        before = child.getparent().text if previous is None else previous.tail
        beside = bool((before or "").strip() or (child.tail or "").strip())
        holds_block = any(local_name(inner).lower() in _BLOCKS for inner in child.iterdescendants())
        votes[name] += 1 if beside and not holds_block else -1
    return frozenset(name for name, count in votes.items() if count > 0)


def _wrapped_parts(text: str) -> list[str]:
    """Return the paragraphs of a text between two tags, by blank lines, indents, or its lines.

    Its lines are paragraphs if each ends a sentence, or if they are a list. Where all lines are
    indented, that says nothing.
    """
    if "\n" not in text.strip():
        return [text]
    lines = text.split("\n")
    full = [line.strip() for line in lines if line.strip()]
    by_line = all(_SENTENCE_END.search(line) for line in full[:-1]) or _is_listing(full)
    indents = any(line[:1].strip() for line in lines[1:])
    parts, blank = [lines[0]], False
    for line in lines[1:]:
        starts = blank or by_line or (indents and line.startswith(("  ", "\t")))
        if line.strip() and starts and parts[-1].strip():
            parts.append(line)
        else:
            parts[-1] += f"\n{line}"
        blank = not line.strip()
    return parts


def _is_listing(lines: list[str]) -> bool:
    """Say whether lines are a list of results or prices: set in columns, or each full of numbers.

    One or two of the lines may be the headings of its parts.
    """
    listed = sum(bool(_COLUMNS.search(line)) for line in lines)
    return listed >= _LISTED_LINES and listed * 2 >= len(lines)


def line_text(element: Any, without: frozenset[str] = frozenset()) -> str:
    """Return the text in an element as one line, empty for None."""
    return "" if element is None else " ".join(paragraphs(element, without))


def find_text(parent: Any, path: str) -> str:
    """Return the text of the first element at a path as one line, empty if there is none."""
    return "" if parent is None else line_text(parent.find(path))


def join_paragraphs(found: list[str], title: str = "") -> str:
    """Return a text of paragraphs, empty if it has no word; a first one that is the title goes."""
    if title and found and found[0].casefold() == " ".join(title.split()).casefold():
        found = found[1:]
    text = "\n\n".join(found)
    return text if any(character.isalnum() for character in text) else ""


def _clean(block: str) -> str:
    """Return a paragraph as one line; one that is nothing but escaped tags is dropped."""
    text = _WRITTEN_OUT.sub(r"\2", " ".join(block.split()))
    text = " ".join(_REFERENCE.sub(lambda found: html.unescape(found[0]), text).split())
    return "" if _ONLY_TAGS.fullmatch(text) else text
