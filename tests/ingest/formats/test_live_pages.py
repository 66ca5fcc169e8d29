"""Tests that the entries of a live blog keep their times when a page is read."""

import json

import pytest

from ingest.formats.html import read_page
from ingest.found import FoundRecord
from rag.text.live_entries import find_live_entries

TITLE = "Lorne flood: live updates"
LEAD = "Heavy rain has swollen the river Lorne in Marlow since the weekend, and more is on the way."
ENTRIES = (
    ("2024-04-02T18:40:00+01:00", "Bridge reopens", "The bridge has reopened, the council says."),
    (
        "2024-04-02T09:15:00+01:00",
        "Water falls",
        "The water has fallen by half a metre since yesterday, the agency says.",
    ),
    (
        "2024-04-01T16:05:00+01:00",
        "More people moved",
        "About 60 people have now been moved to the school on Mill Lane, the mayor says.",
    ),
    (
        "2024-04-01T11:10:00+01:00",
        "People moved",
        "Police say that 25 people have been moved to the school on Mill Lane.",
    ),
)
TIMES = ["2 April 2024, 18:40", "09:15", "1 April 2024, 16:05", "11:10"]


def page(body: str, *, head: str = "", title: str = TITLE) -> bytes:
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>"
        '<meta property="article:published_time" content="2024-04-01T08:00:00+01:00">'
        f"{head}</head><body><main><h1>{title}</h1>{body}</main></body></html>"
    ).encode()


def text_of(data: bytes) -> str:
    record = read_page(data, name="page.html")
    assert isinstance(record, FoundRecord)
    return str(record.fields["text"])


def heads(text: str, title: str = TITLE) -> list[str]:
    return [text[slice(*entry.head)] for entry in find_live_entries(text, title)]


def shown(form: str) -> str:
    return "".join(
        form.format(at=at, clock=at[11:16], headline=headline, body=body)
        for at, headline, body in ENTRIES
    )


def declared(kind: str = "LiveBlogPosting") -> str:
    updates = [
        {"@type": "BlogPosting", "headline": headline, "datePublished": at, "articleBody": body}
        for at, headline, body in ENTRIES
    ]
    node = {
        "@context": "https://schema.org",
        "@type": kind,
        "headline": TITLE,
        "datePublished": "2024-04-01T08:00:00+01:00",
        "liveBlogUpdate": updates,
    }
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def test_the_entries_that_a_page_declares_keep_their_times() -> None:
    body = f"<p>{LEAD}</p>" + shown("<div><h2>{headline}</h2><p>{body}</p></div>")
    text = text_of(page(body, head=declared()))
    assert heads(text) == TIMES
    assert text.startswith(LEAD)
    assert "\n\n09:15\n\nWater falls\n\nThe water has fallen" in text


def test_a_page_drawn_by_script_has_the_entries_that_it_declares() -> None:
    assert heads(text_of(page("<div></div>", head=declared()))) == TIMES


@pytest.mark.parametrize(
    "form",
    [
        "<article><time datetime='{at}'>{clock}</time><p>{body}</p></article>",
        (
            "<article><header><time datetime='{at}'>{clock} BST</time><h3>{headline}</h3></header>"
            "<p>{body}</p></article>"
        ),
        "<h3><time datetime='{at}'>2 hours ago</time> {headline}</h3><p>{body}</p>",
        "<p><time datetime='{at}'>{clock}</time> – {body}</p>",
        "<time datetime='{at}'>{clock}</time><p>{body}</p>",
    ],
)
def test_the_entries_that_a_page_shows_keep_their_times(form: str) -> None:
    body = f"<p>{LEAD}</p><div class='live-blog'>{shown(form)}</div>"
    text = text_of(page(body))
    assert heads(text) == TIMES
    assert all(told in text for _, _, told in ENTRIES)
    assert text.startswith(LEAD)
    assert "18:40 –" not in text


def test_microdata_or_a_heading_mark_a_live_blog_too() -> None:
    form = "<div><time datetime='{at}'>{clock}</time><p>{body}</p></div>"
    marked = f"<div itemscope itemtype='https://schema.org/LiveBlogPosting'>{shown(form)}</div>"
    assert heads(text_of(page(marked, title="Lorne flood"))) == TIMES
    assert heads(text_of(page(f"<div>{shown(form)}</div>"))) == TIMES


def test_the_clock_that_a_page_shows_counts_and_not_that_of_another_zone() -> None:
    form = "<article><time datetime='{at}'>{clock}</time><p>{body}</p></article>"
    utc = shown(form).replace("T18:40:00+01:00", "T17:40:00Z")
    assert heads(text_of(page(f"<div class='liveblog'>{utc}</div>"))) == TIMES


def test_times_of_other_pages_are_left_out() -> None:
    form = "<article><time datetime='{at}'>{clock}</time><p>{body}</p></article>"
    text = text_of(page(f"<div class='stories'>{shown(form)}</div>", title="News of Marlow"))
    assert "18:40" not in text


def test_a_time_in_a_sentence_stays_there() -> None:
    form = "<article><time datetime='{at}'>{clock}</time><p>{body}</p></article>"
    entries = shown(form).replace("yesterday", "<time datetime='2024-04-01'>yesterday</time>")
    text = text_of(page(f"<div class='live-updates'>{entries}</div>"))
    assert "half a metre since yesterday, the agency" in text
