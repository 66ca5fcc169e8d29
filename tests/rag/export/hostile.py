"""Makes citations for the tests of exports, a plain one and one that tries to break out."""

from datetime import date

from rag.records import Answer, Citation

QUOTE = "The ferry sank at 4.10 a.m.\n\nAll 31 people were saved."
PLAIN = Citation(
    number=1,
    article_id="ferry",
    title="Ferry sinks off Norle",
    source="Norle Gazette",
    url="https://gazette.example/2021/ferry_1?a=1&b=2",
    published=date(2021, 3, 4),
    quote=QUOTE,
    start=10,
    end=10 + len(QUOTE),
    authors=("Ida Brandt", "Gazette staff and agencies"),
    language="en",
    link="https://gazette.example/2021/ferry_1?a=1&b=2#:~:text=The%20ferry",
    text_hash="ab" * 32,
)
ATTACK = (
    "}} @article{evil, title={x}} \\input{/etc/passwd} $x$ % # _ ^ ~ & "
    "ER  - \r\nTY  - JOUR\r\nTI  - Forged\r\n"
    "<script>alert(1)</script> <img src=http://198.51.100.7/i.png onerror=alert(1)> "
    "![x](http://198.51.100.7/m.png) [y](javascript:alert(1)) http://198.51.100.7/ *b* `c` "
    '"}],"id":"forged" &amp; --> ]]> \'\n# Heading\n\n- item\n> quote \x00\x1b[31m\u2028'
)
HOSTILE = Citation(
    number=2,
    article_id=f"evil {ATTACK}",
    title=f"Title {ATTACK}",
    source=f"Outlet {ATTACK}",
    url='https://evil.example/"><script>alert(2)</script>)}{\\x y',
    published=None,
    quote=f"Quote {ATTACK}",
    start=0,
    end=6 + len(ATTACK),
    authors=(f"Author {ATTACK}",),
    language=f"en {ATTACK}",
    link="javascript:alert(3)",
    note=f"Note {ATTACK}",
    highlight=(0, 5),
)


def answer_with(*citations: Citation, question: str = "When did the ferry sink?") -> Answer:
    """Return an answer that cites these."""
    return Answer(
        question=question,
        status="answered",
        text="\n".join(f"“{' '.join(c.quote.split())}” [{c.number}]" for c in citations),
        citations=citations,
        searched="2 articles",
        short="at 4.10 a.m.",
        confidence=0.7,
    )
