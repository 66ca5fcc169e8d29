"""Finds the names in a text: the runs of capitalised words.

A word that is capitalised only because a sentence starts with it is no name. Initials belong to
the name behind them: "K. V. Orr".
"""

import re
from collections.abc import Iterator, Sequence

from rag.text.calendar import MONTHS, WEEKDAYS
from rag.text.numerals import NUMERALS, ORDINALS
from rag.text.places import place_at
from rag.text.sentences import OPENERS
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
    r"|signed|wrote|fell|rose|\w+ed|[A-Z]\w+|[A-Z]\. [A-Z]\w*)\b"
)
# A letter behind one of these may be a mark, and what follows its full stop another sentence: "Plan
# B. Orr left", "got an A. Orr left".
_MARKED = frozenset(
    "a an the plan group groups class grade type category part section unit block gate vitamin "
    "hepatitis pool phase row schedule form letter".split()
)
_JOINED_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_OPENING_MARKS = " \t\"'“‘«([*•-"
_LAST_WORD = re.compile(r"([\w.]*\w)\.$")


def find_names(sentence: str, skipped: Sequence[tuple[int, int]] = ()) -> Iterator[list[Word]]:
    """Yield the runs of capitalised words with only a space or a dot between them."""
    run: list[Word] = []
    words = words_of(sentence)
    for place, word in enumerate(words):
        is_initial = _is_initial(sentence, words, place)
        is_name = (is_initial or _is_capital(word.text)) and not is_inside(word.start, skipped)
        if run and not (is_name and _goes_on(sentence, run[-1], word)):
            yield run
            run = []
        is_behind_initial = bool(run) and len(run[-1].text) == 1
        if is_name and (is_initial or is_behind_initial or not _opens(sentence, word)):
            run = [*run, word]
    if run:
        yield run


def is_initials(word: str) -> bool:
    """Say whether a word is one or more initials, without the last full stop: "K", "K.V"."""
    return _JOINED_INITIALS.fullmatch(word) is not None


def parts_of(name: Sequence[Word]) -> list[str]:
    """Return the words of a name in plain form, with initials in a row as one: "k.v.", "orr"."""
    parts: list[str] = []
    is_after_initial = False
    for word in name:
        written = f"{word.text.lower()}." if is_initials(word.text) else plain(word.text)
        if is_after_initial and is_initials(word.text):
            parts[-1] += written
        else:
            parts.append(written)
        is_after_initial = is_initials(word.text)
    return parts


def plain_parts(name: Sequence[Word]) -> list[str]:
    """Return the words of a name as `parts_of` does, without full stops: "kv", "orr"."""
    return [part.replace(".", "") for part in parts_of(name)]


def without_titles(name: Sequence[Word]) -> list[str]:
    """Return the words of a name in plain form, without its titles."""
    return [text for word in name if (text := plain(word.text)) not in TITLES]


def _is_initial(sentence: str, words: Sequence[Word], place: int) -> bool:
    """Say whether a letter with a full stop is an initial, as in "K. V. Orr" and "Ana R. Orr"."""
    first = last = place
    while _is_before_dot(sentence, words, first - 1) and len(words[first].text) == 1:
        first -= 1
    while _is_before_dot(sentence, words, last):
        last += 1
    if last == place or not _is_capital(words[last].text) or words[last].text.lower() in OPENERS:
        return False
    return last - first > 1 or _may_stand_before_initial(sentence, words[:first], words[first])


def _is_before_dot(sentence: str, words: Sequence[Word], place: int) -> bool:
    """Say whether a word is one capital letter, with a full stop between it and the next word."""
    if not 0 <= place < len(words) - 1:
        return False
    letter = words[place].text
    is_letter = len(letter) == 1 and letter.isupper()
    return is_letter and sentence[words[place].end : words[place + 1].start] == ". "


def _may_stand_before_initial(sentence: str, before: Sequence[Word], initial: Word) -> bool:
    """Say whether what is before a single letter leaves no doubt that it is an initial."""
    if not before or _starts_sentence(sentence, initial):
        # "Q." and "A." open what is asked and what is answered in an interview.
        return initial.text not in "QA"
    last = before[-1]
    if sentence[last.end : initial.start] != " ":
        return True
    is_stop_word = last.stem is None and initial.text != "I"
    is_after_letter = any(len(word.text) == 1 for word in before[-2:])
    is_free = last.text.lower() not in _MARKED and not is_after_letter
    return is_free and (last.is_capitalised or is_stop_word)


def _is_capital(text: str) -> bool:
    return any(part[:1].isupper() for part in re.split(r"[-–]", text)) and len(text) > 1


def _goes_on(sentence: str, last: Word, word: Word) -> bool:
    """Say whether a word comes right after another, or after its full stop: "Gen. Muradov"."""
    gap = sentence[last.end : word.start]
    return gap == " " or (gap == ". " and (len(last.text) == 1 or _is_short_form(last.text)))


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
