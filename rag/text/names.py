"""Finds the names in a text: the runs of capitalised words.

A word that is capitalised only because a sentence starts with it is no name.
"""

import re
from collections.abc import Iterator, Sequence

from rag.text.calendar import MONTHS, WEEKDAYS
from rag.text.numerals import NUMERALS, ORDINALS
from rag.text.places import place_at
from rag.text.words import Word, is_inside, plain, words_of

# Ranks and forms of address. Only the name after them counts.
TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady president vice prime minister premier "
    "chancellor king queen prince princess pope sen senator rep representative congressman "
    "congresswoman gov governor mayor gen general lt lieutenant col colonel maj major capt captain "
    "sgt sergeant adm admiral brig brigadier cmdr commander chief justice judge secretary "
    "ambassador envoy speaker foreign defence defense interior health finance state deputy first "
    "rev reverend st saint jr".split()
)
TIME_WORDS = frozenset(
    (
        *MONTHS,
        *WEEKDAYS,
        *NUMERALS,
        *ORDINALS,
        *"am pm gmt utc est edt cst pst bst cet cest".split(),
        *"i c tv time christmas easter eve day".split(),
    )
)
# Words that start sentences and have a verb after them, but are not names.
_OPENERS = frozenset(
    "police fighting violence traffic parliament inflation congress government officials "
    "authorities people rescuers witnesses critics experts polls voting heavy talks negotiations "
    "work word news rain snow fire smoke nobody everyone everything nothing something anyone "
    "someone both each either neither none several many most some few half however meanwhile "
    "moreover also later earlier today yesterday then there here thus instead overall separately "
    "additionally".split()
)
_VERB = re.compile(
    r"\W*(?:(?:also|later|first|then|now|never|still)\s+)?"
    r"(?:is|was|are|were|has|had|have|will|would|did|does|do|can|could|may|might|must|says?|said|won|lost"
    r"|led|met|made|took|gave|went|came|became|beat|told|began|held|left|kept|put|ran|saw|set|spoke"
    r"|signed|wrote|fell|rose|\w+ed|[A-Z]\w+)\b"
)
_OPENING_MARKS = " \t\"'“‘«([*•-"
_LAST_WORD = re.compile(r"([\w.]*\w)\.$")


def find_names(sentence: str, skipped: Sequence[tuple[int, int]] = ()) -> Iterator[list[Word]]:
    """Yield the runs of capitalised words with only a space or a dot between them."""
    run: list[Word] = []
    for word in words_of(sentence):
        is_name = _is_capital(word.text) and not is_inside(word.start, skipped)
        if run and not (is_name and _goes_on(sentence, run[-1], word)):
            yield run
            run = []
        if is_name and not _opens(sentence, word):
            run = [*run, word]
    if run:
        yield run


def _is_capital(text: str) -> bool:
    return any(part[:1].isupper() for part in re.split(r"[-–]", text)) and len(text) > 1


def _goes_on(sentence: str, last: Word, word: Word) -> bool:
    """Say whether a word comes right after another, or after its full stop: "Gen. Muradov"."""
    gap = sentence[last.end : word.start]
    return gap == " " or (gap == ". " and _is_short_form(last.text))


def _is_short_form(text: str) -> bool:
    return plain(text) in TITLES or plain(text) in MONTHS or "." in text


def _starts_sentence(sentence: str, word: Word) -> bool:
    before = sentence[: word.start].rstrip(_OPENING_MARKS)
    if not before or before[-1] not in ".!?:\n":
        return not before
    last = _LAST_WORD.search(before)
    return before[-1] != "." or last is None or not _is_short_form(last[1])


def _opens(sentence: str, word: Word) -> bool:
    """Say whether a word is capitalised only because a sentence starts with it.

    After a name comes another capitalised word or, if it is one word, a verb.
    """
    if not _starts_sentence(sentence, word):
        return False
    text = word.text.lower()
    if word.stem is None or text in _OPENERS or text.endswith(("ly", "ing")):
        return True
    if word.text[1:] != text[1:] or re.search(r"[’']s$", word.text):
        return False
    if text in NUMERALS or text in ORDINALS or place_at([plain(text)], 0):
        return text in NUMERALS or text in ORDINALS
    is_plural = text.endswith("s") and not text.endswith(("ss", "us", "is"))
    after = sentence[word.end :]
    if is_plural and not after[1:2].isupper():
        return True
    return _VERB.match(after) is None
