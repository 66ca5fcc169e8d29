"""Turns records into the payloads of points and back, the same for both backends.

To store one more field of articles, change this module.
"""

import base64
import dataclasses
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from rag.dates.entry_days import dated_entries
from rag.records import Article, Copy, EventTime, Passage, Version
from rag.store.cells import cells_of
from rag.store.model import (
    ARTICLE,
    FILE,
    PASSAGE,
    WITHDRAWN,
    ArticleFacts,
    ArticleHead,
    FileMark,
    IndexedArticle,
    seniority,
)
from rag.store.stamps import day_stamp, instant_stamp, instant_text, is_long, read_day, read_instant
from rag.text.retractions import is_correction
from rag.text.sentences import Span

Payload = dict[str, Any]
# The value of a flag that is set. It is a word, since the embedded engine takes a filter's True for
# the number 1.
YES = "yes"
# The flag of an article that is being written or removed. Some of its passages may be missing.
WRITING = "writing"
# The words of a passage's days, by which an index finds those that share a day.
CELLS = "cells"


def article_payload(entry: IndexedArticle) -> Payload:
    """Return the payload of an article point."""
    article = entry.article
    payload = dataclasses.asdict(article) | {
        "kind": ARTICLE,
        "content_hash": article.content_hash,
        "rank": article.rank,
        "authors": list(article.authors),
        "published": day_stamp(article.published),
        "updated": day_stamp(article.updated),
        "paths": list(entry.paths or (article.path,)),
        "known": _known(article),
        "signature": base64.b64encode(entry.signature).decode("ascii"),
        "versions": [_version_payload(version) for version in article.versions],
        "history": [[version.rank, version.content_hash] for version in article.versions],
        "gone": entry.gone,
        "path": None,
    }
    for name in _INSTANTS:
        payload[name] = instant_text(getattr(article, name))
    payload |= _visibility(article)
    return {key: value for key, value in payload.items() if value not in (None, "", [])}


def passage_payload(passage: Passage, article: Article) -> Payload:
    """Return the payload of a passage point: offsets and the fields of filters, never text."""
    payload: Payload = {
        "kind": PASSAGE,
        "article_id": article.id,
        "start": passage.start,
        "end": passage.end,
        "sentences": [offset for span in passage.sentences for offset in span],
        "published": day_stamp(article.published),
        "source": article.source,
        "section": article.section,
        "language": article.language,
        "cluster": article.cluster,
        "known": _known(article),
    }
    payload |= times_payload(passage) | _visibility(article)
    return {key: value for key, value in payload.items() if value not in (None, "", [])}


def _known(article: Article) -> str | None:
    """Return the day on which an article got its present text.

    It is that of publication or of the last change, or of the last entry of a live blog.
    """
    entries = (entry.day for entry in dated_entries(article))
    days = (article.published, article.updated, *entries)
    return day_stamp(max(filter(None, days), default=None))


def times_payload(passage: Passage) -> Payload:
    """Return the times in the payload of a passage point; filters look at its days and cells."""
    return {
        "times": [
            [t.start, t.end, t.type, t.value, t.rule, _iso_day(t.first), _iso_day(t.last)]
            for t in passage.times
        ],
        "days": [
            {"first": day_stamp(first), "last": day_stamp(last)}
            | ({"long": YES} if is_long(first, last) else {})
            for first, last in passage.days
        ],
        CELLS: cells_of(passage.days),
    }


def with_cells(payload: Payload) -> Payload:
    """Return the payload of a point with the cells of its days, which earlier releases left out."""
    if "days" not in payload:
        return payload
    days = [(read_day(span["first"]), read_day(span["last"])) for span in payload["days"]]
    return payload | {CELLS: cells_of(days)}


def withdrawn_payload(head: ArticleHead) -> Payload:
    """Return the payload of the point that remembers a withdrawn article."""
    return {
        "kind": WITHDRAWN,
        "id": head.id,
        "content_hash": head.content_hash,
        "rank": head.rank,
        "paths": list(head.paths),
        "withdrawn": head.withdrawn,
    }


def file_payload(mark: FileMark) -> Payload:
    """Return the payload of a file's mark."""
    gave = json.dumps(mark.gave, ensure_ascii=False)
    return {"kind": FILE, "path": mark.path, "state": mark.state, "gave": gave}


def read_article(payload: Payload) -> Article:
    """Return the article of an article point's payload."""
    plain = {name: payload.get(name, "") for name in _PLAIN}
    instants = {name: read_instant(payload.get(name)) for name in _INSTANTS}
    return Article(
        id=payload["id"],
        text=payload["text"],
        path=next(iter(payload.get("paths", ())), ""),
        authors=tuple(payload.get("authors", ())),
        published=read_day(payload.get("published")),
        updated=read_day(payload.get("updated")),
        versions=tuple(_read_version(version) for version in payload.get("versions", ())),
        **plain,
        **instants,  # type: ignore[arg-type]  # their names are those of the fields
    )


def read_head(payload: Payload) -> ArticleHead:
    """Return the head of an article point's payload, withdrawn or not."""
    return ArticleHead(
        id=payload["id"],
        content_hash=payload["content_hash"],
        rank=payload["rank"],
        paths=tuple(payload.get("paths", ())),
        published=read_day(payload.get("published")),
        published_at=read_instant(payload.get("published_at")),
        source=payload.get("source", ""),
        agency=payload.get("agency", ""),
        signature=base64.b64decode(payload.get("signature", "")),
        corrects=is_correction(payload.get("title", "")),
        cluster=payload.get("cluster", ""),
        versions=tuple((rank, content) for rank, content in payload.get("history", ())),
        gone=payload.get("gone", ""),
        embedded=payload.get("embedded") == YES,
        writing=payload.get("writing") == YES,
        withdrawn=payload.get("withdrawn", ""),
    )


HEAD_FIELDS = (
    "id content_hash rank paths title published published_at source agency signature cluster "
    "history gone embedded writing withdrawn"
).split()


def read_facts(payload: Payload) -> ArticleFacts:
    """Return the facts of an article point's payload; those that were not asked for are empty."""
    names = ("title", "source", "url", "section", "language", "note", "cluster")
    return ArticleFacts(
        id=payload["id"],
        published=read_day(payload.get("published")),
        updated=read_day(payload.get("updated")),
        corrects=is_correction(payload.get("title", "")),
        versions=len(payload.get("history", ())),
        **{name: payload.get(name, "") for name in names},
    )


# The facts of one article, and those by which all articles are counted.
FACT_FIELDS = "id title source url section language published updated note cluster history".split()
KIND_FIELDS = "id source section language published".split()


def read_mark(payload: Payload) -> FileMark:
    """Return the mark of a file point's payload."""
    return FileMark(path=payload["path"], state=payload["state"], gave=json.loads(payload["gave"]))


def read_copy(payload: Payload) -> Copy:
    """Return the names of a copy from the payload of an article point."""
    return Copy(
        article_id=payload["id"],
        title=payload.get("title", ""),
        source=payload.get("source", ""),
        url=payload.get("url", ""),
        published=read_day(payload.get("published")),
    )


COPY_FIELDS = "id title source url published published_at cluster".split()


def sort_copies(found: Iterable[Payload]) -> dict[str, list[Copy]]:
    """Return the articles of each cluster in the order of publication, undated ones last."""
    clusters: dict[str, list[Payload]] = {}
    for payload in found:
        clusters.setdefault(payload["cluster"], []).append(payload)
    return {
        cluster: [read_copy(payload) for payload in sorted(payloads, key=_seniority)]
        for cluster, payloads in clusters.items()
    }


def _seniority(payload: Payload) -> tuple[date, datetime, str]:
    day, at = read_day(payload.get("published")), read_instant(payload.get("published_at"))
    return seniority(day, at, payload["id"])


def read_passage(payload: Payload) -> Passage:
    """Return the passage of a passage point's payload."""
    offsets = payload["sentences"]
    return Passage(
        article_id=payload["article_id"],
        start=payload["start"],
        end=payload["end"],
        sentences=tuple(Span(s, e) for s, e in zip(offsets[::2], offsets[1::2], strict=True)),
        times=tuple(read_time(*time) for time in payload.get("times", ())),
        days=tuple(
            (date.fromisoformat(days["first"][:10]), date.fromisoformat(days["last"][:10]))
            for days in payload.get("days", ())
        ),
    )


def read_time(
    start: int, end: int, kind: str, value: str, rule: str, first: str | None, last: str | None
) -> EventTime:
    """Return a time expression of a passage point's payload, which holds its fields as a list."""
    return EventTime(
        start=start,
        end=end,
        type=kind,
        value=value,
        rule=rule,
        first=read_day(first),
        last=read_day(last),
    )


_INSTANTS = ("published_at", "updated_at", "embargoed", "expires")
_PLAIN = (
    "title source url version section language agency dateline rights pubstatus note cluster"
).split()


def _visibility(article: Article) -> Payload:
    """Return the two instants before and after which an article is hidden, for the index."""
    hidden = {"hidden_until": article.embargoed, "hidden_from": article.expires}
    return {name: instant_stamp(when) for name, when in hidden.items()}


def _version_payload(version: Version) -> Payload:
    payload = dataclasses.asdict(version) | {
        "published": day_stamp(version.published),
        "updated": day_stamp(version.updated),
        "updated_at": instant_text(version.updated_at),
    }
    return {key: value for key, value in payload.items() if value not in (None, "")}


def _read_version(payload: Payload) -> Version:
    plain = {name: payload.get(name, "") for name in ("title", "version", "note", "path")}
    return Version(
        text=payload["text"],
        content_hash=payload["content_hash"],
        published=read_day(payload.get("published")),
        updated=read_day(payload.get("updated")),
        updated_at=read_instant(payload.get("updated_at")),
        **plain,
    )


def _iso_day(day: date | None) -> str:
    return day.isoformat() if day else ""
