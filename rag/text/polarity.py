"""Compares what a sentence denies with what other texts deny, by the signs of their words.

A cue (not, never, without, refused to, denied) reverses the sign of the next few content words in
its clause. If a sentence has a word with one sign, and the quotes have it only with the other, the
sentence reverses what they say.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from rag.text.numerals import NUMERALS
from rag.text.opposites import is_opposed
from rag.text.words import Word, is_inside, words_of

_SCOPE_WORDS = 3
_NEAR_CHARACTERS = 30
# Words that reverse the sign of what follows.
_NEGATIONS = frozenset(
    "not never no none nobody nothing neither nor without cannot nowhere".split()
)
# Those of these words that deny the verb after them.
_STRICT = frozenset("not never cannot".split())
_DENIALS = frozenset(
    "deny denies denied denying refuse refuses refused refusing refusal reject rejects rejected "
    "rejecting decline declines declined dismiss dismisses dismissed refrain refrains refrained "
    "unable oppose opposes opposed disputed disputes ruled-out called-off stopped-short "
    "turned-down cancel cancels cancelled canceled abandon abandoned scrapped".split()
)
# These count only before "to": "failed to agree", but not "the talks failed".
_WITH_TO = frozenset("fail fails failed failing".split())
_PHRASES = re.compile(r"\b(ruled|called|stopped|turned)\s+(out|off|short|down)\b", re.IGNORECASE)
# Uses of "no" and "not" that deny nothing.
_HARMLESS = re.compile(
    r"\b(?:(?:not|\w+n[’']t) (?:only|just|merely|least|until|all|every)|whether or not|no doubt"
    r"|(?:no|not) (?:more|less|fewer) than|nothing but|no sooner|No\.? ?\d)",
    re.IGNORECASE,
)
# Words that deny without a cue, so that a cue in the other text may paraphrase them.
_IMPLICIT = re.compile(
    r"\b(?:absent|absence|lack\w*|miss(?:ed|ing|es)|hardly|barely|scarcely|only|rather than"
    r"|instead of|short of|far from|un(?!it|iv|iq|ti|der|cle)\w{4,}|impossible"
    r"|in(?:ability|valid|complete|sufficient)\w*|fail\w*|free of|end(?:ed|s)?|collaps\w*|broken?"
    r"|empty|alone|secret|postpon\w*|delay\w*|halt\w*|withdr[ae]w\w*|few|little|before|until"
    r"|despite|although|unless|stop\w*|ban(?:ned|s)?|block\w*)\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"[,;:()—–]|\s-\s")
_STOP_WORDS = frozenset("but while although though because when whereas which who so if".split())
_CONTRACTED = re.compile(r"n[’']t$")


Signs = Mapping[int, Set[int]]


@dataclass(frozen=True, slots=True)
class Denial:
    """A cue and the content words whose sign it reverses.

    If it `is_strict`, it denies the first of them ("did not agree"). Otherwise it denies any of
    them ("refused the whole plan").
    """

    cue: Word
    words: tuple[Word, ...]
    is_strict: bool

    def compared(self, signs: Signs) -> Word | None:
        """Return the first word that another text has too; if strict, only the denied word."""
        words = self.words[:1] if self.is_strict else self.words
        return next((word for word in words if word.stem in signs), None)


@dataclass(frozen=True, slots=True)
class _Signed:
    """A text, its stems with their signs, and what it denies.

    `paraphrased` are the stems that something near them denies without a cue: "absent", "short of".
    """

    text: str
    signs: Signs
    paraphrased: frozenset[int]
    scopes: tuple[Denial, ...]
    says_no: bool


def find_denials(sentence: str, quotes: Sequence[str]) -> Iterator[str]:
    """Yield the words with which the sentence reverses what the quotes say."""
    said, given = _sign(sentence), [_sign(quote) for quote in quotes]
    signs: dict[int, set[int]] = defaultdict(set)
    for quote in given:
        for stem, found in quote.signs.items():
            signs[stem] |= found
    says_no = any(quote.says_no for quote in given)
    for scope in said.scopes:
        word = scope.compared(signs)
        if word is not None and not signs[_stem(word)] & said.signs[_stem(word)]:
            yield said.text[min(scope.cue.start, word.start) : max(scope.cue.end, word.end)]
        elif word is None and not says_no and not _is_opposed(scope, quotes):
            yield scope.cue.text
    if not said.scopes:
        # Otherwise the sentence may deny what the quotes deny, in other words.
        yield from _affirmed(said, given, signs)


def _is_opposed(scope: Denial, quotes: Sequence[str]) -> bool:
    """Say whether the quotes have the opposite of what is denied: "fell" for "did not rise"."""
    return any(is_opposed(word, quotes) for word in scope.words)


def _affirmed(said: _Signed, given: Sequence[_Signed], signs: Signs) -> Iterator[str]:
    """Yield what the sentence affirms and the quotes only deny."""
    for scope in (scope for quote in given for scope in quote.scopes):
        word = scope.compared(said.signs)
        if word is None or signs[_stem(word)] != {-1} or said.signs[_stem(word)] != {1}:
            continue
        if _stem(word) not in said.paraphrased:
            yield word.text


def denied_words(text: str) -> tuple[Denial, ...]:
    """Return what a text denies: each cue with the words that it turns."""
    joined = _PHRASES.sub(r"\1-\2", text)
    return tuple(_scopes(joined, words_of(joined)))


def _sign(text: str) -> _Signed:
    """Return the stems of a text with their signs."""
    # The text keeps its length, so that places in it stay the same.
    joined = _PHRASES.sub(r"\1-\2", text)
    words = words_of(joined)
    scopes = tuple(_scopes(joined, words))
    turns = Counter(word.start for scope in scopes for word in scope.words)
    signs: dict[int, set[int]] = defaultdict(set)
    for word in words:
        if word.stem is not None:
            signs[word.stem].add(-1 if turns[word.start] % 2 else 1)
    implicit = [match.start() for match in _IMPLICIT.finditer(text)]
    paraphrased = frozenset(
        word.stem
        for word in words
        if word.stem is not None
        and any(abs(word.start - place) < _NEAR_CHARACTERS for place in implicit)
    )
    return _Signed(text, signs, paraphrased, scopes, bool(scopes) or bool(implicit))


def _scopes(text: str, words: Sequence[Word]) -> Iterator[Denial]:
    harmless = [match.span() for match in _HARMLESS.finditer(text)]
    for place, word in enumerate(words):
        if _is_cue(words, place) and not is_inside(word.start, harmless):
            is_strict = word.text.lower() in _STRICT or _CONTRACTED.search(word.text) is not None
            yield Denial(word, tuple(_turned(text, words, place)), is_strict)


def _is_cue(words: Sequence[Word], place: int) -> bool:
    text = words[place].text.lower()
    if text in _NEGATIONS or text in _DENIALS or _CONTRACTED.search(text):
        return True
    return text in _WITH_TO and place + 1 < len(words) and words[place + 1].text == "to"


def _turned(text: str, words: Sequence[Word], cue: int) -> list[Word]:
    """Return the next content words in the clause of the cue."""
    found: list[Word] = []
    end = words[cue].end
    for word in words[cue + 1 :]:
        is_over = word.text in _STOP_WORDS or word.text.lower() in _NEGATIONS
        if is_over or len(found) == _SCOPE_WORDS or _STOP.search(text, end, word.start):
            break
        end = word.end
        if _can_be_denied(word):
            found.append(word)
    if not found and words[cue].text.lower() in _DENIALS:
        # In "..., an official denied", the cue comes after what it denies.
        return [word for word in words[:cue] if _can_be_denied(word)][:_SCOPE_WORDS]
    return found


def _can_be_denied(word: Word) -> bool:
    """Say whether a word is a content word and not a name, number or adverb."""
    text = word.text
    if word.stem is None or text in NUMERALS or not (text.isalpha() and text.islower()):
        return False
    return not text.endswith("ly")


def _stem(word: Word) -> int:
    assert word.stem is not None
    return word.stem
