"""Tells whether a text is clearly in another language than some reference texts.

A model that gets an English question and English quotes, and answers in German, has not understood
its task. Its sentences cannot be compared word by word. Scripts tell most languages apart, and
py3langid tells apart those of one script. It takes half a second and 100 MB to load. So it loads
only with the first sentence that a language model writes. If in doubt, the language is the same.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence, Set
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_WORD = re.compile(r"[^\W\d_]+")
_LEAST_LETTERS = 8
# Shorter texts are as often names and figures as they are sentences.
_LEAST_WORDS = 4
# By how much a language must be likelier than the expected ones, 0 to 1. With this margin, one of
# 8,242 sentences of NewsQA is called foreign. By the likeliest language alone, 101 are.
_MARGIN = 0.2
# The languages that most news is written in. With all 139 languages, which include Nigerian Pidgin
# and other relatives of English, 144 of those sentences are called foreign.
_LANGUAGES = (
    "ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka "
    "kk ko lt lv mk ms nl nn no pl pt ro ru sk sl sq sr sv sw ta th tr uk ur uz vi zh"
).split()


def is_foreign(text: str, references: Sequence[str]) -> bool:
    """Say whether a text is clearly in a language that no reference is in."""
    script, scripts = _main_script(text), {_main_script(other) for other in references} - {""}
    if script and scripts and script not in scripts:
        return True
    ours = {_languages(other)[0][0] for other in references if _is_long_enough(other)}
    if not ours or not _is_long_enough(text):
        return False
    # English news is full of foreign names, so the other words must be in another language too.
    others = " ".join(word for word in _WORD.findall(text) if not word[0].isupper())
    return bool(others) and _lead(text, ours) > _MARGIN and _lead(others, ours) > 0


def _lead(text: str, ours: Set[str]) -> float:
    """Return by how much a text is likelier in another language than in one of `ours`, 0 to 1."""
    ranked = _languages(text)
    return ranked[0][1] - max(likely for name, likely in ranked if name in ours)


def _is_long_enough(text: str) -> bool:
    return len(_WORD.findall(text)) >= _LEAST_WORDS


def _languages(text: str) -> list[tuple[str, float]]:
    """Return the languages that a text may be in, with their probabilities, likeliest first."""
    ranked: list[tuple[str, float]] = _identifier().rank(text)
    return ranked


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_LANGUAGES)
    return identifier


def _main_script(text: str) -> str:
    """Return the script of most letters, such as LATIN; "" if there are too few letters."""
    letters = [char for char in text if char.isalpha()]
    if len(letters) < _LEAST_LETTERS:
        return ""
    return Counter(_script(char) for char in letters).most_common(1)[0][0]


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "").split(" ")[0]
    # Japanese mixes three scripts in one sentence, and shares one with Chinese.
    return "CJK" if name in ("HIRAGANA", "KATAKANA", "HANGUL") else name
