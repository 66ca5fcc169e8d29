"""Say what an input is that is no article, so that the report can name it."""

import json
import re

from ingest.formats.prose import is_prose

_PDF_BYTES = 1024
_MARKS = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"ID3", "sound or video"),
    (b"OggS", "sound or video"),
    (b"RIFF", "a picture, sound or video"),
    (b"\x1aE\xdf\xa3", "sound or video"),
    (b"\xd0\xcf\x11\xe0", "an Office document of the old formats"),
    (b"PK\x03\x04", "an Office document or an e-book"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"7z\xbc\xaf", "a packed file of a kind that is not opened"),
    (b"Rar!", "a packed file of a kind that is not opened"),
    (b"\x28\xb5\x2f\xfd", "a packed file of a kind that is not opened"),
)
_HEADERS = re.compile(
    r"^(received|return-path|delivered-to|message-id|mime-version|content-type|from|to|subject|date"
    r"|reply-to|content-transfer-encoding):",
    re.I | re.M,
)
_HEADER_LINES = re.compile(r"(?:From \S+ .*\n)?(?:[A-Za-z][\w-]*:.*\n(?:[ \t].*\n)*){3,}")
_BEGINNINGS = (
    (re.compile(r"\{\\rtf"), "an RTF document"),
    (re.compile(r"%!PS"), "a PostScript document"),
    (re.compile(r"-----BEGIN "), "a key or certificate"),
    (re.compile(r"BEGIN:V(?:CARD|CALENDAR)"), "a calendar or an address book"),
    (re.compile(r"WEBVTT|1\r?\n\d\d:\d\d:\d\d,\d{3} -->"), "subtitles"),
    (re.compile(r"#!|<\?php|diff --git|%PDF"), "source code"),
    (re.compile(r"\\documentclass"), "a LaTeX document"),
    (re.compile(r"<!(?:doctype|element|entity)\b", re.I), "SGML of no known format"),
)
_TAG = re.compile(r"</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>")
_ROOT = re.compile(r"<([A-Za-z][\w:.-]*)(?:\s[^<>]*)?>")
_TAGS_CHARACTERS = 200
_HEAD_CHARACTERS = 4096
_LOG_LINE = re.compile(
    r"^\W?(?:\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d|\w{3} +\d{1,2} \d\d:\d\d:\d\d"
    r"|\d{1,3}(?:\.\d{1,3}){3} |\[\s*\d+\.\d+\])",
    re.M,
)
_LEAST_LOG_LINES = 3
_PROGRAMS = frozenset(
    ".awk .bash .bat .c .cc .cfg .cmake .conf .cpp .cs .css .cu .cxx .el .f90 .go .h .hpp .ini"
    " .java .js .jsx .kt .less .lua .m4 .mjs .php .pl .pm .properties .proto .ps1 .py .pyi .pyx"
    " .r .rb .rs .sass .scala .scss .sh .sql .svg .swift .tcl .toml .ts .tsx .vb .vim .vue .yaml"
    " .yml .zsh".split()
)
# A file with a program's name is one unless it is nothing but sentences.
_LEAST_OF_PROGRAMS = 0.85


def binary_kind(head: bytes) -> str:
    """Return what an input is by its first bytes, empty if they do not say."""
    if b"%PDF-" in head[:_PDF_BYTES]:
        return "a PDF"
    return next((kind for mark, kind in _MARKS if head.startswith(mark)), "")


def text_kind(text: str, suffix: str) -> str:
    """Return what a text is that is no article, empty if it is prose."""
    start = text.lstrip("\ufeff \t\r\n")
    head = start[:_HEAD_CHARACTERS]
    named = next((kind for form, kind in _BEGINNINGS if form.match(start)), "")
    if named or _is_mail(head):
        return named or "an e-mail message"
    if len(_LOG_LINE.findall(head)) >= max(_LEAST_LOG_LINES, head.count("\n") / 2):
        return "a log"
    if marked_up := markup_kind(start):
        return marked_up
    if is_prose(text, least=_LEAST_OF_PROGRAMS) if suffix in _PROGRAMS else is_prose(text):
        return ""
    if suffix in _PROGRAMS:
        return "source code or settings"
    return "JSON" if _is_json(start) else _unnamed(head)


def markup_kind(text: str) -> str:
    """Return what a text with brackets around it is, whose strings may be prose."""
    if _is_marked_up(text[:_HEAD_CHARACTERS]):
        return "XML or SGML of no known format"
    return "JSON" if text.startswith("{") and _is_json(text) else ""


def not_an_article(kind: str) -> str:
    """Return what the report says of an input of a kind."""
    return f"it is {kind}, not an article"


def _is_mail(head: str) -> bool:
    found = _HEADER_LINES.match(head.replace("\r\n", "\n"))
    return found is not None and len({name.lower() for name in _HEADERS.findall(found[0])}) >= 3


def _is_marked_up(head: str) -> bool:
    """Say whether a text begins with an element that has others in it, or is soon closed."""
    root = _ROOT.match(head)
    return root is not None and (
        f"</{root[1]}" in head or len(_TAG.findall(head)) * _TAGS_CHARACTERS > len(head)
    )


def _is_json(text: str) -> bool:
    if not text.startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except RecursionError:
        return True
    except ValueError:
        return re.match(r'[{\[]\s*(?:"[^"\n]*"\s*[:,]|[{\[])', text) is not None
    return True


def _unnamed(head: str) -> str:
    words = head.split()
    if words and len(head) / len(words) > 40 and len(words[0]) > 40:
        return "encoded bytes"
    return "code, figures or names, without sentences"
