"""Runs the chat page in Streamlit, with a fake archive whose one answer has every field.

Every text that an outlet or a model could have written contains markup, which must be shown as it
is.
"""

from dataclasses import replace
from datetime import date

from rag.records import Answer, AnswerSentence, TimeWindow
from tests.ui.fake_archive import ARTICLE, FakeArchive, answered, cite, copy
from ui.page.app import show_pages

MARKUP = "<img src='http://198.51.100.7/i.png' onerror='alert(1)'> **bold** :red[x]"
QUOTE = f"🕊 It took\neffect at midnight\n{MARKUP} on Tuesday."
SHORT = f"midnight\n{MARKUP}"
STORED = replace(ARTICLE, text=f"MOSCOW — It is over.\n\n{QUOTE}\n\n" + "More of it.\n\n" * 30)


def tell(question: str) -> Answer:
    start = QUOTE.index(SHORT)
    citation = replace(
        cite(STORED, QUOTE),
        highlight=(start, start + len(SHORT)),
        copies=tuple(copy(f"wire{n}.example {MARKUP}", date(2020, 11, n)) for n in range(1, 6)),
        note=f"Correction: it was midnight. {MARKUP} " + "The hour was wrong. " * 10,
    )
    other = replace(cite(STORED, "MOSCOW — It is over.", number=2), source="city.example")
    return replace(
        answered(question),
        citations=(citation, other),
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


if __name__ == "__main__":
    show_pages(lambda: FakeArchive(tell, article=STORED))
