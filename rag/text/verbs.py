"""Knows the forms of English verbs: which word is a past form, and of which verb.

No other module has lists of verb forms. They are in the file `verb_forms.txt`, which names its
sources in its first lines. `training/verb_forms.py` makes it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# The "won" of "won't" is not a word here.
_WORD = re.compile(r"\b[A-Za-z]{3,}\b(?![’']t\b)")
_SHORTEST_PAST = 4
# Forms of these verbs help other verbs, also in questions: "what did they write?"
_AUXILIARIES = frozenset({"do", "have"})


@dataclass(frozen=True, slots=True)
class _Verbs:
    """The words of the data file, in lower case.

    `irregular` has the irregular forms, each with its verb. Those in `ambiguous` are usually
    another word: "ground". The words in `no_past` end in -ed and are not past forms: "hundred".
    When words are counted, the verbs in `replaced` replace their forms.
    """

    irregular: dict[str, str]
    ambiguous: frozenset[str]
    no_past: frozenset[str]
    bases: frozenset[str]
    replaced: dict[str, str]


def is_past_form(word: str) -> bool:
    """Say whether a word can be a past tense or a past participle: "signed", "took", "put"."""
    lower, verbs = word.lower(), _verbs()
    if lower in verbs.irregular:
        return True
    is_regular = lower.endswith("ed") and len(lower) >= _SHORTEST_PAST and lower.isalpha()
    return is_regular and lower not in verbs.no_past


def has_past_verb(text: str) -> bool:
    """Say whether a text has a past form of a verb that is not an auxiliary: "wrote", not "did"."""
    words = (word[0] for word in _WORD.finditer(text))
    return any(is_past_form(word) and base_form(word) not in _AUXILIARIES for word in words)


def is_same_in_the_past(word: str) -> bool:
    """Say whether a word is a past form and the base of the same verb: "put", "read"."""
    lower = word.lower()
    return _verbs().irregular.get(lower) == lower


def base_form(word: str) -> str:
    """Return the verb of a past form, a participle or an -s form; else the word itself.

    The result is in lower case: "took" gives "take", "Merged" gives "merge", "hundred" stays. A
    form that is usually another word stays too: "ground", which is also the past of "grind".
    """
    lower, verbs = word.lower(), _verbs()
    if lower in verbs.irregular:
        return lower if lower in verbs.ambiguous else verbs.irregular[lower]
    if lower in verbs.bases or lower in verbs.no_past:
        return lower
    return next((base for base in _stripped(lower) if base in verbs.bases), lower)


def is_base(word: str) -> bool:
    """Say whether a word can be the base form of a verb: "open", "meet"."""
    return word.lower() in _verbs().bases


def is_s_form(word: str) -> bool:
    """Say whether a word can be the -s form of a verb: "opens", "goes". It may be a noun too."""
    lower = word.lower()
    is_other = not lower.endswith("s") or lower.endswith("ss") or lower in _verbs().bases
    return not is_other and base_form(lower) in _verbs().bases


def is_verb(word: str) -> bool:
    """Say whether a word can be a verb in any of its forms."""
    lower, verbs = word.lower(), _verbs()
    return lower in verbs.bases or lower in verbs.irregular or base_form(lower) in verbs.bases


def with_base_forms(text: str) -> str:
    """Return a text with its irregular past forms replaced by their verbs, for counting words.

    A question asks "did it *take* effect", and articles say that it *took* effect. A stemmer
    handles regular forms. Auxiliaries stay.
    """
    return _WORD.sub(
        lambda match: _verbs().replaced.get(match.group().lower(), match.group()), text
    )


def _stripped(word: str) -> Iterator[str]:
    """Yield the verbs that a word may be a regular form of, likeliest first: "merge", "merg"."""
    if word.endswith("ying"):
        yield f"{word.removesuffix('ying')}ie"
    for ending in ("ed", "ing", "es", "s"):
        stem = word.removesuffix(ending)
        if stem != word:
            yield f"{stem}e"
            yield stem
            if stem.endswith("i"):
                yield f"{stem[:-1]}y"
            # This is for "stopped" and "panicked".
            if stem[-1:] == stem[-2:-1] or stem.endswith("ck"):
                yield stem[:-1]


@cache
def _verbs() -> _Verbs:
    text = (files("rag.text") / "verb_forms.txt").read_text(encoding="utf-8")
    parts = [part.partition("]\n")[2].split("\n") for part in text.split("\n[")[1:]]
    usual, ambiguous, no_past, bases = ([line for line in part if line] for part in parts)
    irregular = dict(line.split() for line in usual + ambiguous)
    replaced = dict(line.split() for line in usual)
    return _Verbs(
        irregular=irregular,
        ambiguous=frozenset(irregular.keys() - replaced.keys()),
        no_past=frozenset(no_past),
        bases=frozenset(bases),
        replaced={form: verb for form, verb in replaced.items() if verb not in _AUXILIARIES},
    )
