"""What a sentence denies against what its quotes deny: words with the other sign.

A cue (not, never, without, refused to, denied) turns the sign of the next few content words of its
clause. A word that the sentence has with one sign and the quotes only with the other turns what
they say around.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from rag.text.numerals import NUMERALS
from rag.writing.support.opposites import is_opposed
from rag.writing.support.words import Word, is_inside, words_of

_SCOPE_WORDS = 3
_NEAR_CHARACTERS = 30
# Words that turn the sign of what follows.
_NEGATIONS = frozenset(
    "not never no none nobody nothing neither nor without cannot nowhere".split()
)
# Of these, the ones that deny the verb behind them.
_STRICT = frozenset("not never cannot".split())
_DENIALS = frozenset(
    "deny denies denied denying refuse refuses refused refusing refusal reject rejects rejected "
    "rejecting decline declines declined dismiss dismisses dismissed refrain refrains refrained "
    "unable oppose opposes opposed disputed disputes ruled-out called-off stopped-short "
    "turned-down cancel cancels cancelled canceled abandon abandoned scrapped".split()
)
# Only with "to" behind them: "failed to agree", but "the talks failed".
_WITH_TO = frozenset("fail fails failed failing".split())
_PHRASES = re.compile(r"\b(ruled|called|stopped|turned)\s+(out|off|short|down)\b", re.IGNORECASE)
# "No" and "not" that deny nothing.
_HARMLESS = re.compile(
    r"\b(?:(?:not|\w+n[’']t) (?:only|just|merely|least|until|all|every)|whether or not|no doubt"
    r"|(?:no|not) (?:more|less|fewer) than|nothing but|no sooner|No\.? ?\d)",
    re.IGNORECASE,
)
# What says no without a cue, so that another's cue may be its paraphrase.
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
class _Scope:
    """A cue and the content words that it turns.

    If it `is_strict` it denies the first of them, "did not agree", otherwise any of them,
    "refused the whole plan".
    """

    cue: Word
    words: tuple[Word, ...]
    is_strict: bool

    def compared(self, signs: Signs) -> Word | None:
        """Return the first word that another text has too; if strict, only what is denied."""
        words = self.words[:1] if self.is_strict else self.words
        return next((word for word in words if word.stem in signs), None)


@dataclass(frozen=True, slots=True)
class _Signed:
    """A text's stems with the signs that they have in it, and what is denied there."""

    signs: Signs
    scopes: tuple[_Scope, ...]
    says_no: bool


def find_denials(sentence: str, quotes: Sequence[str]) -> Iterator[str]:
    """Yield the words with which the sentence turns what the quotes say around."""
    said = _sign(sentence)
    given = [_sign(quote) for quote in quotes]
    signs: dict[int, set[int]] = defaultdict(set)
    for quote in given:
        for stem, found in quote.signs.items():
            signs[stem] |= found
    says_no = any(quote.says_no for quote in given)
    for scope in said.scopes:
        word = scope.compared(signs)
        if word is not None and not signs[_stem(word)] & said.signs[_stem(word)]:
            yield sentence[min(scope.cue.start, word.start) : max(scope.cue.end, word.end)]
        elif word is None and not says_no and not _is_opposed(scope, quotes):
            yield scope.cue.text
    if not said.scopes:
        # Else what the quotes deny may be what the sentence denies too, in other words.
        yield from _affirmed(sentence, said, given, signs)


def _is_opposed(scope: _Scope, quotes: Sequence[str]) -> bool:
    """Say whether the quotes say the opposite of what is denied: "fell" for "did not rise"."""
    return any(is_opposed(word, quotes) for word in scope.words)


def _affirmed(
    sentence: str, said: _Signed, given: Sequence[_Signed], signs: Signs
) -> Iterator[str]:
    """Yield what the sentence affirms and the quotes only deny."""
    for scope in (scope for quote in given for scope in quote.scopes):
        word = scope.compared(said.signs)
        if word is None or signs[_stem(word)] != {-1} or said.signs[_stem(word)] != {1}:
            continue
        if not _is_paraphrased(sentence, _stem(word)):
            yield word.text


def _is_paraphrased(sentence: str, stem: int) -> bool:
    """Say whether something near a word denies it without a cue: "absent", "short of"."""
    places = [word.start for word in words_of(sentence) if word.stem == stem]
    near = [match.start() for match in _IMPLICIT.finditer(sentence)]
    return any(abs(place - other) < _NEAR_CHARACTERS for place in places for other in near)


def _sign(text: str) -> _Signed:
    # As long as before, so that places stay what they are.
    joined = _PHRASES.sub(r"\1-\2", text)
    words = words_of(joined)
    scopes = tuple(_scopes(joined, words))
    turns = Counter(word.start for scope in scopes for word in scope.words)
    signs: dict[int, set[int]] = defaultdict(set)
    for word in words:
        if word.stem is not None:
            signs[word.stem].add(-1 if turns[word.start] % 2 else 1)
    return _Signed(signs, scopes, bool(scopes) or _IMPLICIT.search(text) is not None)


def _scopes(text: str, words: Sequence[Word]) -> Iterator[_Scope]:
    harmless = [match.span() for match in _HARMLESS.finditer(text)]
    for place, word in enumerate(words):
        if _is_cue(words, place) and not is_inside(word.start, harmless):
            is_strict = word.text.lower() in _STRICT or _CONTRACTED.search(word.text) is not None
            yield _Scope(word, tuple(_turned(text, words, place)), is_strict)


def _is_cue(words: Sequence[Word], place: int) -> bool:
    text = words[place].text.lower()
    if text in _NEGATIONS or text in _DENIALS or _CONTRACTED.search(text):
        return True
    return text in _WITH_TO and place + 1 < len(words) and words[place + 1].text == "to"


def _turned(text: str, words: Sequence[Word], cue: int) -> list[Word]:
    """Return the next content words of the cue's clause."""
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
        # "..., an official denied": it stands behind what it denies.
        return [word for word in words[:cue] if _can_be_denied(word)][:_SCOPE_WORDS]
    return found


def _can_be_denied(word: Word) -> bool:
    """Say whether a word is a content word, but no name, number or adverb."""
    text = word.text
    if word.stem is None or text in NUMERALS or not (text.isalpha() and text.islower()):
        return False
    return not text.endswith("ly")


def _stem(word: Word) -> int:
    assert word.stem is not None
    return word.stem
