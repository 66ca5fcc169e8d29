"""Gives the names in a question that was typed without capitals the capitals that texts give them.

What tells one name from another is read from capitals. A word is taken for a name if the passages
that a search for the question finds write it so, or if neither they nor English know it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from rag.models.known_words import is_known_word
from rag.text.sentences import split_sentences
from rag.text.words import stem_of

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[’'.&-](?=[^\W_]))*")
# A shorter word that nobody knows is mostly an abbreviation of something that is no name.
_SHORTEST_UNKNOWN = 4
# A word that has no capital in this share of its places may mean what it says.
_COMMON = 0.2


def lacks_capitals(question: str) -> bool:
    """Say whether a question has no capitals, or only the first, which a phone may have set."""
    return question[1:].islower()


def restore_capitals(question: str, nearby: Iterable[str]) -> str:
    """Return a question with capitals in its names; `nearby` are texts that a search finds."""
    written = _written(nearby)
    common = {stem_of(word) for word, forms in written.items() if word in forms}

    def restored(match: re.Match[str]) -> str:
        word = match[0].lower()
        forms = written.get(word)
        if stem_of(word) is None:
            return match[0]
        if forms is None:
            is_known = is_known_word(word) or stem_of(word) in common
            is_name = len(word) >= _SHORTEST_UNKNOWN and not is_known
            return word.capitalize() if is_name else match[0]
        is_common = forms[word] >= _COMMON * forms.total()
        return match[0] if is_common else forms.most_common(1)[0][0]

    return _WORD.sub(restored, question)


def _written(texts: Iterable[str]) -> Mapping[str, Counter[str]]:
    """Return how each word is written inside sentences, where only names have capitals."""
    found: dict[str, Counter[str]] = {}
    for text in texts:
        for sentence in split_sentences(text):
            words = _WORD.findall(text[sentence.start : sentence.end])
            for word in words[1:]:
                found.setdefault(word.lower(), Counter())[word] += 1
    return found
