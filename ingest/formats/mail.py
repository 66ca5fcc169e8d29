"""Read e-mail: a message, a mailbox (mbox), or a saved page (MHTML), with one record for each.

Newsletters and wire services come by mail. The text is the plain part of a message, or its HTML
if that has far more; attachments are not read, but a message that was forwarded as one is. The
messages of a digest are an article each; a newsletter that only its layout parts is one.
Source: RFC 5322, RFC 2045 to 2049, RFC 1153 (digests), RFC 4155 (mbox), RFC 2557 (MHTML).
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr

from ingest.formats import html
from ingest.formats.decoding import decode
from ingest.formats.kinds import markup_kind, not_an_article
from ingest.formats.markup import fragment_text, plain_text
from ingest.formats.name_lines import leading_values
from ingest.formats.values import is_address, iso_date
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import ARTICLE_BYTES, WHOLE_BYTES, Input

_HEADER = re.compile(rb"([!-9;-~]+):[ \t]?([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)\r?\n")
# Headers of which a message has at least two; a text that begins with "Note:" has none.
_USUAL = frozenset(
    b"bcc cc content-transfer-encoding content-type date delivered-to from in-reply-to list-id "
    b"message-id mime-version received references reply-to return-path sender subject to "
    b"x-mailer snapshot-content-location".split()
)
_ENOUGH = 2
_MBOX = re.compile(rb"From \S+ +[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d\d:\d\d[^\n]*\d{4}")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.M)
# Under it stands the signature; above the text of a newsletter, how to read it elsewhere.
_SIGNATURE = re.compile(r"^-- ?\n.*", re.M | re.S)
# Newsletters say in their plain part that mail cannot be read without HTML.
_MUCH_MORE = 2
# The line below the preamble of a digest; its messages are parted by shorter ones.
_DIGEST = f"\n{'-' * 70}\n"
_SEVERAL = 2
# What the library raises on headers that break its own grammar.
_ERRORS = (MessageError, LookupError, ValueError, AttributeError, OverflowError, TypeError)
# The line above a message that somebody passed on. Outlook writes the second one in replies too.
_FORWARDED = re.compile(
    r"^[>\s-]*(?:(?:begin\s+)?forwarded\s+message|(?P<original>original\s+message))[\s:-]*$",
    re.I | re.M,
)
_FORWARDING = re.compile(r"\s*(fwd?|wg|tr|rv)\s*:", re.I)
_PASSED_ON = frozenset("from date sent subject to cc bcc reply-to".split())
_QUOTED = re.compile(r"^> ?", re.M)
# Who passes a message on writes a few words above it.
_WORDS_ABOVE = 60
_PREFIX = re.compile(r"^((re|fwd?|aw|wg|tr|rv)\s*:\s*)+", re.I)


@dataclass(frozen=True, slots=True)
class _Text:
    """The text of a message, with the headers of the one that it passes on, if it does."""

    text: str = ""
    notes: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def matches(head: bytes, suffix: str) -> bool:
    """Say whether an input is mail: it begins with headers of a message, or with mbox's line."""
    head = head.lstrip()
    if _MBOX.match(head):
        return True
    names = set()
    start = 0
    while (found := _HEADER.match(head, start)) is not None:
        names.add(found[1].lower())
        start = found.end()
    known = len(names & _USUAL)
    return known >= _ENOUGH or (suffix in (".eml", ".mht", ".mhtml") and known > 0)


def read(source: Input) -> Iterator[FoundRecord | Skip]:
    """Yield the message, or every message of a mailbox; a skip for what is damaged or empty."""
    if not _MBOX.match(source.head().lstrip()):
        yield from _records(source.read_whole(), source.name, None)
        return
    for number, data in enumerate(_messages(source), start=1):
        if data is None:
            most = f"more than {WHOLE_BYTES >> 20} MB, which is the limit"
            detail = f"the message has {most}; save it without its attachments"
            yield Skip(reason=Reason.TOO_LARGE, detail=detail, path=source.name, line=number)
        else:
            yield from _records(data, source.name, number)


def _messages(source: Input) -> Iterator[bytes | None]:
    """Yield the messages of a mailbox, None for one that is too large to be held."""
    with source.open() as stream:
        lines: list[bytes] = []
        size, begun, blank = 0, False, True
        while line := stream.readline(ARTICLE_BYTES):
            if blank and _MBOX.match(line):
                if begun:
                    yield b"".join(lines) if size <= WHOLE_BYTES else None
                lines, size, begun = [], 0, True
            else:
                size += len(line)
                if size <= WHOLE_BYTES:
                    lines.append(_QUOTED_FROM.sub(rb"\1", line))
            blank = not line.strip()
        if begun:
            yield b"".join(lines) if size <= WHOLE_BYTES else None


def _records(data: bytes, path: str, line: int | None) -> Iterator[FoundRecord | Skip]:
    """Yield the message, or each message of a digest; those of a mailbox have its line."""
    try:
        message = message_from_bytes(data.lstrip(), policy=policy.default)
        assert isinstance(message, EmailMessage)
        inner = _digested(message)
    except _ERRORS as error:
        yield _unreadable(error, path, line)
        return
    if len(inner) < _SEVERAL:
        yield _record(message, path, line)
        return
    for number, one in enumerate(inner, start=1):
        if "Date" not in one and (day := _header(message, "Date")):
            with suppress(*_ERRORS):
                one["Date"] = day
        yield _record(one, path, line or number)


def _digested(message: EmailMessage) -> list[EmailMessage]:
    """Return the messages of a digest, in parts of their own or below lines of hyphens."""
    digest = next((p for p in message.walk() if p.get_content_type() == "multipart/digest"), None)
    if digest is not None:
        enclosed = [part.get_payload(0) for part in digest.iter_parts() if part.is_multipart()]
        return [one for one in enclosed if isinstance(one, EmailMessage)]
    text = next((p for p in _parts(message) if p.get_content_type() == "text/plain"), None)
    plain = "" if text is None else _decoded(text)[0].replace("\r\n", "\n")
    _, preamble, rest = plain.partition(_DIGEST)
    pieces = re.split(r"^-{30}$", rest, flags=re.M) if preamble else []
    pieces = [piece.strip("\n") for piece in pieces]
    headed = [piece.encode() + b"\n" for piece in pieces if matches(piece.encode() + b"\n", "")]
    found = [message_from_bytes(piece, policy=policy.default) for piece in headed]
    return [one for one in found if isinstance(one, EmailMessage)]


def _unreadable(error: Exception, path: str, line: int | None) -> Skip:
    detail = f"the message cannot be read ({error}); save it again"
    return Skip(reason=Reason.BROKEN, detail=detail, path=path, line=line)


def _record(message: EmailMessage, path: str, line: int | None) -> FoundRecord | Skip:
    try:
        if page := _saved_page(message):
            return _page(page, path, line)
        fields, notes = _fields(message)
    except _ERRORS as error:
        return _unreadable(error, path, line)
    if not fields.get("text"):
        kind = message.get_content_type()
        detail = f"the message has no text (it is {kind}); attachments are not read"
        return Skip(reason=Reason.NO_TEXT, detail=detail, path=path, line=line)
    if kind := markup_kind(str(fields["text"])):
        detail = not_an_article(f"a message whose text is {kind}")
        return Skip(reason=Reason.NOT_TEXT, detail=detail, path=path, line=line)
    return FoundRecord(fields=fields, path=path, line=line, notes=notes)


def _saved_page(message: EmailMessage) -> EmailMessage | None:
    """Return the page of an MHTML file, None for a message that somebody sent."""
    if not (
        _header(message, "Snapshot-Content-Location") or "Saved by" in _header(message, "From")
    ):
        return None
    return next((one for one in _parts(message) if one.get_content_type() == "text/html"), None)


def _page(part: EmailMessage, path: str, line: int | None) -> FoundRecord | Skip:
    address = _header(part, "Content-Location").strip()
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    url = address if is_address(address) else ""
    charset = part.get_content_charset() or ""
    return html.read_page(data, name=path, url=url, line=line, charset=charset)


def _fields(message: EmailMessage) -> tuple[dict[str, object], tuple[str, ...]]:
    name, address = parseaddr(_header(message, "From"))
    listed = parseaddr(_header(message, "List-Id"))[0]
    archived = next(iter(re.findall(r"https?://[^\s<>]+", _header(message, "Archived-At"))), "")
    subject = " ".join(_header(message, "Subject").split())
    found = _text(message, is_passed_on=_FORWARDING.match(subject) is not None)
    fields: dict[str, object] = {
        "id": _header(message, "Message-ID").strip().strip("<>"),
        "url": archived,
        "title": _PREFIX.sub("", _as_utf8(subject)),
        "published": iso_date(_header(message, "Date")),
        "authors": [name] if name and name != listed else [],
        "source": listed or address.rpartition("@")[2].lower(),
        "language": _header(message, "Content-Language").partition(",")[0].strip(),
        "text": found.text,
        **_passed_on(found.headers),
    }
    return {name: value for name, value in fields.items() if value}, found.notes


def _passed_on(headers: Mapping[str, str]) -> dict[str, object]:
    """Return the fields of a message that somebody passed on: not who did, and when."""
    if not headers:
        return {}
    name, address = parseaddr(headers["from"].replace("[mailto:", "<").replace("]", ">"))
    day = headers.get("date") or headers.get("sent") or ""
    fields: dict[str, object] = {
        "published": iso_date(day) or day,
        "authors": [name] if name else [],
        "source": address.rpartition("@")[2].lower(),
    }
    title = _PREFIX.sub("", headers.get("subject", ""))
    return {**fields, "title": title} if title else fields


def _header(message: EmailMessage, name: str) -> str:
    """Return a header, empty if there is none; as it was sent if the library fails at it."""
    try:
        return str(message[name] or "")
    except _ERRORS:
        sent = (value for key, value in message.raw_items() if key.lower() == name.lower())
        return str(next(sent, ""))


def _as_utf8(line: str) -> str:
    """Return a header whose bytes are UTF-8 and were called Windows-1252 as it was meant."""
    try:
        return line.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return line


def _text(message: EmailMessage, *, is_passed_on: bool) -> _Text:
    """Return the text of the first plain part, or of the first HTML one if that has far more."""
    found: dict[str, _Text] = {}
    for part in _parts(message):
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and kind not in found and not part.is_attachment():
            text, note = _decoded(part)
            is_page = kind == "text/html"
            lines = fragment_text(text) if is_page else text.replace("\r\n", "\n")
            headers, text = _split_passed_on(lines, by_title=is_passed_on)
            text = text if is_page else _plain(text, part)
            if text:
                found[kind] = _Text(text, (note,) if note else (), headers)
    plain, page = found.get("text/plain", _Text()), found.get("text/html", _Text())
    return page if len(page.text) > _MUCH_MORE * len(plain.text) else plain


def _split_passed_on(text: str, *, by_title: bool) -> tuple[dict[str, str], str]:
    """Return the headers of a message that a text passes on with its text; none if it does not."""
    found = _FORWARDED.search(text)
    if found is None or (found["original"] and not by_title):
        return {}, text
    below = text[found.end() :].strip("\n")
    below = _QUOTED.sub("", below) if below.startswith(">") else below
    # The lines of a page are paragraphs.
    parted = "\n\n" if below.partition("\n")[2].startswith("\n") else "\n"
    lines = below.split(parted)
    headers, number = leading_values(lines, _PASSED_ON.__contains__)
    is_message = "from" in headers and len(headers) > 1
    if not is_message or len(text[: found.start()].split()) > _WORDS_ABOVE:
        return {}, text
    return headers, parted.join(lines[number:]).strip("\n")


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in message.walk():
        if isinstance(part, EmailMessage) and not part.is_multipart():
            yield part


def _decoded(part: EmailMessage) -> tuple[str, str]:
    """Return the text of a part, and a note if its encoding is not the one that it names."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset() or "utf-8"), ""
    except (LookupError, UnicodeDecodeError):
        text, note = decode(data)
        return text or "", note


def _plain(text: str, part: EmailMessage) -> str:
    """Return the paragraphs of a plain text, without its signature; lines that flow are joined."""
    if part.get_param("format") == "flowed":
        text = re.sub(r"(?<=\S) \n", " ", text)
    return plain_text(_SIGNATURE.sub("", text))
