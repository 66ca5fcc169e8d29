"""Splits a news article into sentences and says where each one starts and ends.

Every quote depends on these offsets, so Dateline has its own splitter, which works on the stored
text as it is. Nothing is normalised, no character is dropped, and every span is exactly
`text[start:end]`.
"""

import re
from functools import cache
from typing import NamedTuple

from rag.text.calendar import MONTH, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAY
from rag.text.clauses import CLOSING_MARKS, SENTENCE_MARKS, WIDE_MARKS
from rag.text.patterns import any_of
from rag.text.speech import speech_verbs

# Raise this number when sentences end elsewhere than before. The next ingest then cuts the stored
# articles again, and embeds those whose sentences changed.
SPLITTER = 4
# A model of the size of MiniLM reads 256 tokens, about 1,000 characters of English. Longer
# "sentences" are tables, lists and transcripts. They are cut at the best break before this length.
MAX_SENTENCE_CHARACTERS = 1000

# These never end a sentence, because a name always follows. American, British and Indian news.
_TITLES = frozenset(
    "mr mrs ms dr drs prof profs gen gens brig lt lts col cols maj capt cmdr cdr adm sgt cpl pvt "
    "sen sens rep reps gov govs pres rev revd fr hon rt supt insp dist atty asst addl dy jt messrs "
    "mme mlle smt shri sri cllr retd mt dept spc pfc pte ald amb const msgr sra".split()
)
# Nor do these, with a small letter too.
_LINKS = frozenset("v vs approx a.k.a f.k.a".split())
# These end a sentence only if the text after them starts like a sentence.
_ABBREVIATIONS = frozenset(
    "u.s u.n u.k e.u d.c u.s.a u.s.s.r n.y l.a ph.d m.d b.a inc ltd co corp bros jr sr etc ave "
    "blvd rd st ft sq govt gov't det i.e e.g viz cf al".split()
)
# So do these, and with a small letter they are words like others.
_STATES = frozenset(
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb "
    "nev okla ore pa tenn tex va vt wash wis wyo".split()
)
_HOURS = frozenset("a.m p.m am pm".split())
# Before a number, these never end a sentence: "Nov. 10", "No. 3", "Rs. 500", "Art. IV". "A" and
# "I" are words: "no. I".
_BEFORE_NUMBER = frozenset(
    "no nos vol p pp fig figs art sec ch ste rs para cl hwy rte apt".split()
).union(SHORT_MONTHS, SHORT_WEEKDAYS)
_NUMBER = re.compile(r"[#$£€₹]?\d|[IVXLC]{2,}\b|[B-HJ-Z]\b")
# After an hour: "7 a.m. Tuesday", "7 a.m. ET", "7 a.m. Moscow time".
_AFTER_HOUR = re.compile(
    rf"\s+(?:(?i:{WEEKDAY}|{MONTH})s?\b|[A-Z]{{2,4}}\b(?!-)|(?:Eastern|Central|Mountain|Pacific)\b"
    rf"|(?:[A-Z]\w+\s+){{1,2}}[Tt]ime\b|\d{{1,2}}\s(?i:{MONTH})\b)"
)
# "(b. 1990)", "c. 1850": only in small letters.
_BEFORE_YEAR = frozenset("b c d".split())
# "Am 3. Oktober": German writes an ordinal with a full stop.
_GERMAN_MONTH = re.compile(r"(?:Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember)\b")
# "Yahoo! Inc", "Hello! magazine": the mark belongs to a name.
_FIRMS = frozenset("inc corp ltd plc co brands magazine group holdings".split())
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
# Words that often start an English news sentence and are rarely the next word of a name.
OPENERS = frozenset(
    "a after all although an and another any as at because before both but by despite during each "
    "earlier even every few following for from he her his however i if in instead it its last "
    "later many meanwhile more most moreover my no nor not now of officials on once one only or "
    "other others our over police she similarly since so some soon still such that the their "
    "then there these they this those though through thus to under until we what when where "
    "whether which while who why with without yet you your".split()
)

# One or more marks with what closes the sentence, or ". . .". Without white space after it, a mark
# ends a sentence only between words that are plainly of two: "was said.They left".
_END = re.compile(
    rf"(?:\.(?:[^\S\n]\.)+|[{SENTENCE_MARKS}]+)[{CLOSING_MARKS}]*(?=\s)|[{WIDE_MARKS}]"
    rf"|(?<=[a-z][a-z][a-z])[.!?][”\"]?(?=[“\"]?[A-Z][a-z]+\s)"
)
_WHOLE_WORD_BEFORE = re.compile(r"(?:^|[\s“\"(—–-])([A-Za-z][a-z]+)$")
# The number of an item at the beginning of a line: "3. Buy bread".
_ITEM = re.compile(r"\s*\(?\d{1,3}$")
_WORD_BEFORE = re.compile(r"([^\s(\[\"“‘'—–-]+)$")
_WORD_AFTER = re.compile(r"\s*[\"'“‘«(\[]*(\S+)")
# The first word of an item of a list, each on a line of its own.
_LISTED = re.compile(r"\s*(?:[•·▪◦*–—-]\s|\(?\d{1,3}[.)]\s|[A-Z][\w ]{1,24}:\s)")
_FIRST_WORD = re.compile(r"\s*\S+")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"[^\n]+")
# Somebody may have changed a line of a wrapped text by hand.
_MOST_ROOMY = 0.2


class Span(NamedTuple):
    """Character offsets into a text, end exclusive."""

    start: int
    end: int


def split_sentences(text: str) -> list[Span]:
    """Return the sentence spans of `text`, in order, without overlaps and without blank spans.

    Every character that is not white space is in exactly one span, and no span starts or ends with
    white space. A blank line always ends a sentence. A single line break does too, unless the lines
    are wrapped like those of a plain text file.
    """
    sentences: list[Span] = []
    for block in _blocks(text):
        sentences.extend(_split_block(text, block))
    return sentences


def _blocks(text: str) -> list[Span]:
    """Cut a text into paragraphs, and paragraphs into lines unless they are hard-wrapped."""
    blocks: list[Span] = []
    start = 0
    for gap in [*_PARAGRAPH.finditer(text), None]:
        end = gap.start() if gap else len(text)
        lines = [Span(m.start(), m.end()) for m in _LINE.finditer(text, start, end)]
        blocks.extend([Span(start, end)] if _is_wrapped(text, lines) else lines)
        start = gap.end() if gap else end
    return blocks


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Say whether lines look wrapped at a column: all but the last have nearly the same length.

    Nearly each of them has no room for the first word of the next, and none opens an item of a
    list.
    """
    if len(lines) < 2:
        return True
    lengths = [line.end - line.start for line in lines[:-1]]
    column = max(lengths)
    if not 40 <= min(lengths) <= column <= 100:
        return False
    if any(_LISTED.match(text, line.start, line.end) for line in lines[1:]):
        return False
    roomy = sum(
        length + len(_first_word(text, line)) < column
        for length, line in zip(lengths, lines[1:], strict=True)
    )
    return roomy <= len(lengths) * _MOST_ROOMY


def _first_word(text: str, line: Span) -> str:
    found = _FIRST_WORD.match(text, line.start, line.end)
    return found[0] if found else ""


def _split_block(text: str, block: Span) -> list[Span]:
    sentences: list[Span] = []
    start = block.start
    for match in _END.finditer(text, block.start, block.end):
        if _ends_sentence(text, match, block):
            sentences.extend(_cut(text, start, match.end()))
            start = match.end()
    sentences.extend(_cut(text, start, block.end))
    return sentences


def _ends_sentence(text: str, match: re.Match[str], block: Span) -> bool:
    after = _WORD_AFTER.match(text, match.end(), block.end)
    if after is None:
        return True
    following = after.group(1)
    if following[0].islower():
        return False  # "…?" he asked; "approx. ten"
    if after.start(1) == match.end() and match[0] not in WIDE_MARKS:
        return _is_run_on(text, match, following, block)
    if not match.group().startswith(".") or match.group().startswith(("..", ". ")):
        return not _goes_on(text, match, following, block)
    is_german = text[match.start() - 1].isdigit() and _GERMAN_MONTH.match(following)
    if is_german or _ITEM.fullmatch(text, block.start, match.start()):
        return False
    return not _is_abbreviation(text, match.start(), following, block)


def _goes_on(text: str, match: re.Match[str], following: str, block: Span) -> bool:
    """Say whether a "?" or "!" is inside a sentence: “Who?” Mr Orr asked; Yahoo! Inc."""
    if match[0] == "!":
        return _bare(following) in _FIRMS
    is_quoted = match[0][-1] in "”\"’'"
    return is_quoted and _speaker().match(text, match.end(), block.end) is not None


@cache
def _speaker() -> re.Pattern[str]:
    """Return a pattern of a name and a verb that says that it spoke the words before."""
    title = any_of(sorted(title.capitalize() for title in _TITLES))
    openers = any_of(sorted(word.capitalize() for word in OPENERS))
    tells = r"(?:tells|told|asked|asks)\b"
    others = any_of(speech_verbs() - {"tells", "told", "tell", "asked", "asks"})
    where = r"(?:in|at|on|during|after|before|as|when|while|to|of|with|from|\w+ly)\b"
    return re.compile(
        rf"\s+(?!{openers}\b)(?:{title}\.?\s+)?(?:[A-Z][\w’'-]+\.?\s+){{1,4}}"
        rf"(?:{tells}|{others}\b(?=\s*[.,;:!?]|\s+{where}))"
    )


def _is_run_on(text: str, match: re.Match[str], following: str, block: Span) -> bool:
    """Say whether a sentence ends without white space after it, as where a line break was lost.

    A name such as "Booking.Com" has a capital before the full stop and no opener after it.
    """
    before = _WHOLE_WORD_BEFORE.search(text, block.start, match.start())
    return before is not None and (before[1].islower() or _bare(following) in OPENERS)


def _is_abbreviation(text: str, dot: int, following: str, block: Span) -> bool:
    """Say whether the full stop at `dot` only marks an abbreviation."""
    word = _WORD_BEFORE.search(text, max(block.start, dot - 20), dot)
    if word is None:
        return False
    written = word.group(1)
    name = written.lower()
    first, _, last = name.rpartition(".")  # "Lt.Col", but not "example.gov"
    if first not in _TITLES:
        last = name
    if name in _HOURS:
        return _AFTER_HOUR.match(text, dot + 1, block.end) is not None
    is_year = written in _BEFORE_YEAR and following[0].isdigit()
    if is_year or (last in _BEFORE_NUMBER and _NUMBER.match(following)):
        return True
    if last in _LINKS or (last in _TITLES and written[0].isupper()):
        return True
    is_state = name in _STATES and written[0].isupper()
    is_initial = _is_initial(text, word.start(1), written)
    if is_initial or is_state or name in _ABBREVIATIONS:
        # News does not begin a sentence with a figure, but addresses and roads have them.
        return following[0].isdigit() or _bare(following) not in OPENERS
    return False


def _is_initial(text: str, start: int, written: str) -> bool:
    """Say whether a word is initials of a name; "I" after a small letter is a pronoun."""
    if written == "I" and text[max(0, start - 2) : start - 1].islower():
        return False
    return _INITIALS.fullmatch(written) is not None


def _bare(word: str) -> str:
    return word.strip(".,;:!?\"'“”’)").lower()


def _cut(text: str, start: int, end: int) -> list[Span]:
    """Return the part without white space at its ends, cut at the best break if it is too long."""
    pieces: list[Span] = []
    while True:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end - start <= MAX_SENTENCE_CHARACTERS:
            break
        cut = _best_break(text, start, start + MAX_SENTENCE_CHARACTERS)
        pieces.extend(_cut(text, start, cut))
        start = cut
    if start < end:
        pieces.append(Span(start, end))
    return pieces


def _best_break(text: str, start: int, limit: int) -> int:
    """Return where to cut `text[start:limit]`: after ';', or ',', or a space, or at the limit."""
    for mark in ("; ", ", ", " "):
        place = text.rfind(mark, start + (limit - start) // 2, limit)
        if place >= 0:
            return place + len(mark)
    return limit
