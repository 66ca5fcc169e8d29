"""Runs the chat page in Streamlit, with a fake archive whose answers have every field.

Every text that an outlet or a model could have written contains markup, which must be shown as it
is. A question with "tolls" has values that differ, and one with "nothing" no answer. To one with
"endless", a language model never ends its answer, and where it "breaks", it stops midway.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from threading import Event
from typing import Any

from rag.browsing import Coverage, Listing, MonthOfOutlet
from rag.records import (
    Answer,
    AnswerSentence,
    Article,
    Citation,
    Copy,
    QuotedAnswer,
    Report,
    TimeWindow,
    Value,
    Version,
)
from rag.timeline.build import TimelineEntry
from tests.ui.fake_archive import ARTICLE, HEARD, FakeArchive, answered, cite, copy, hit, silent
from ui.page.app import show_pages

# Longer than any test.
PATIENCE_SECONDS = 600
AWAY = "http://198.51.100.7"
# What runs or fetches something where a page takes text for markup: tags, handlers, addresses,
# templates, and Markdown with its directives.
CORPUS = (
    f"<script>fetch('{AWAY}/s')</script>",
    f"<img src='{AWAY}/i.png' onerror='alert(1)'>",
    "<svg onload=alert(1)>",
    f"<iframe src='{AWAY}'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    f"<style>@import '{AWAY}/x.css'</style>",
    '"><input autofocus onfocus=alert(1)>',
    "</textarea><details open ontoggle=alert(1)>",
    "{{constructor.constructor('alert(1)')()}} ${alert(1)}",
    f"![x]({AWAY}/m.png) [link](javascript:alert(1)) **bold** :red[x] $x^2$",
)
MARKUP = f"<img src='{AWAY}/i.png' onerror='alert(1)'> **bold** :red[x]"
QUOTE = f"🕊 It took\neffect at midnight\n{MARKUP} on Tuesday."
SHORT = f"midnight\n{MARKUP}"
OLD = Version(text=f"It holds. {CORPUS[1]}", content_hash="1", published=date(2020, 11, 8))
STORED = replace(
    ARTICLE,
    text=f"MOSCOW — It is over.\n\n{QUOTE}\n\n" + "More of it.\n\n" * 30,
    path="/srv/incoming/courier.jsonl",
    versions=(OLD,),
)
# A copy whose words differ in one, with all of the corpus in every field.
WIRE = Article(
    id="copy-wire1.example",
    title=" ".join(CORPUS),
    source=f"wire {CORPUS[1]}",
    url="javascript:alert(document.domain)",
    authors=(CORPUS[0],),
    published=date(2020, 11, 1),
    note=f"Correction: {CORPUS[2]}",
    section=CORPUS[9],
    text="\n\n".join([f"🕊 It took effect at noon {MARKUP} on Tuesday.", *CORPUS]),
)
# A headline that a right-to-left override would turn round, and marks stacked on a letter.
TURNED = "Toll \u202e31 of 13\u202c stands"
STACKED = "Za" + "\u0301\u0316" * 60 + "lgo"
TOLLS = Article(
    id="tolls",
    title=TURNED,
    source="city.example",
    url="https://city.example/tolls",
    published=date(2024, 6, 2),
    text="PORT ALDER — The flood killed 19 people, the mayor said on Sunday.\n\nRain goes on.",
)
EARLIER = replace(
    TOLLS,
    id="earlier",
    title=STACKED,
    source="wire.example",
    url="https://wire.example/tolls",
    published=date(2024, 6, 1),
    text="PORT ALDER — The flood killed 12 people, the police said.\n\nThe river rose at night.",
)


class Shelf(FakeArchive):
    """A fake archive of several articles, whose outlets and sections have what is hostile too."""

    def __init__(self) -> None:
        super().__init__(tell, article=STORED)
        self.shelved = {one.id: one for one in (STORED, WIRE, TOLLS, EARLIER)}
        self.outlets = {one.source: 1 for one in self.shelved.values()}
        self.named_sections = {CORPUS[9]: 1, "city": 3}
        self.total = len(self.shelved)
        self.other_copies = [Copy(**WIRE.as_source)]
        self.entries = [_happened(TOLLS, "19"), _happened(WIRE, "noon"), _happened(EARLIER, "12")]

    def article(self, article_id: str) -> Article:
        return self.shelved[article_id]

    def browse(
        self, about: str = "", *, first: int = 0, limit: int = 20, **filters: Any
    ) -> Listing:
        listed = tuple(
            replace(
                self.listed, **one.as_source, section=one.section, note=one.note, start=0, end=4
            )
            for one in self.shelved.values()
            if not filters.get("sources") or one.source in filters["sources"]
        )
        return Listing(total=len(listed), first=0, articles=listed)

    def coverage(self, **filters: Any) -> Coverage:
        return replace(
            super().coverage(),
            outlets=self.outlets,
            sections=self.named_sections,
            months=tuple(
                MonthOfOutlet(month=one.published.replace(day=1), source=one.source, articles=1)
                for one in self.shelved.values()
                if one.published
            ),
        )

    def stream(
        self, question: str, **named: Any
    ) -> Iterator[QuotedAnswer | AnswerSentence | Answer]:
        HEARD.append(question)
        for item in super().stream(question, **named):
            if isinstance(item, AnswerSentence) and HEARD.count(question) > 1:
                yield replace(item, text="It was asked anew.")
            yield item
            if "endless" in question and isinstance(item, AnswerSentence):
                Event().wait(PATIENCE_SECONDS)  # a language model that says no more


def tell(question: str) -> Answer:
    if "tolls" in question:
        return tell_tolls(question)
    if "breaks" in question:
        whole = tell("When?")
        remark = f"The answer is not complete: it broke {MARKUP}."
        return replace(whole, question=question, sentences=whole.sentences[:1], remark=remark)
    if "nothing" in question:
        near = replace(hit(WIRE.id), title=WIRE.title, source=WIRE.source, end=40, text=CORPUS[0])
        return replace(silent(question), nearest=(near,))
    start = QUOTE.index(SHORT)
    copies = (Copy(**WIRE.as_source), *(copy(f"wire{n}.example {MARKUP}") for n in range(2, 6)))
    citation = replace(
        cite(STORED, QUOTE),
        highlight=(start, start + len(SHORT)),
        copies=copies,
        note=f"Correction: it was midnight. {MARKUP} " + "The hour was wrong. " * 10,
    )
    other = replace(cite(STORED, "MOSCOW — It is over.", number=2), source="city.example")
    return replace(
        answered(question),
        citations=(citation, other),
        confidence=0.9,
        when_day="10 November 2020",
        when_follows=f"“Tuesday {MARKUP}”, published Tuesday 10 November 2020",
        short=" ".join(SHORT.split()),
        time_window=TimeWindow(since=date(2020, 1, 1), until=date(2020, 12, 31)),
        sentences=(
            AnswerSentence(
                text=f"It began at midnight {MARKUP}.",
                citations=(1, 2),
                support=0.9,
                supported=True,
            ),
            AnswerSentence(
                text=f"It held for years {MARKUP}.",
                citations=(1,),
                support=0.1,
                supported=False,
                problems=(f"“years” is in no quote {MARKUP}",),
            ),
        ),
    )


def tell_tolls(question: str) -> Answer:
    newest = _marked(TOLLS, "19", number=1)
    older = _marked(EARLIER, "12", number=2)
    return replace(
        answered(question),
        citations=(newest,),
        also_found=(older,),
        confidence=0.9,
        short="19",
        values=(
            Value(
                text="19",
                first=TOLLS.published,
                last=TOLLS.published,
                outlets=("city.example",),
                reports=(_report(newest),),
                citations=(1,),
            ),
            Value(
                text="12",
                status="superseded",
                replaced_by="19",
                outlets=("wire.example",),
                reports=(_report(older),),
                citations=(2,),
            ),
        ),
    )


def _marked(article: Article, words: str, *, number: int) -> Citation:
    quote = article.text.partition("\n")[0]
    start = quote.index(words)
    return replace(cite(article, quote, number=number), highlight=(start, start + len(words)))


def _report(citation: Citation) -> Report:
    return Report(
        **citation.fields,
        quote=citation.quote,
        start=citation.start,
        end=citation.end,
        number=citation.number,
    )


def _happened(article: Article, words: str) -> TimelineEntry:
    citation = replace(
        _marked(article, words, number=1), note=article.note, copies=(copy(CORPUS[1]),)
    )
    assert article.published is not None
    return TimelineEntry(
        first=article.published,
        last=article.published,
        value=article.published.isoformat(),
        citation=citation,
        also=(replace(citation, source=CORPUS[0], number=2),),
    )


if __name__ == "__main__":
    show_pages(Shelf)
