"""The forms of English verbs, from two open lexicons to `rag/text/verb_forms.txt`.

Run `python -m training.verb_forms` with the packages of the extra `words`. LemmInflect (MIT) holds
the SPECIALIST Lexicon of the US National Library of Medicine: every verb with its forms. It does
not say whether "rose" is more often a flower; for that simplemma (MIT) is asked, which gives the
usual base of a word.
"""

import csv
import gzip
import re
from collections.abc import Iterator, Mapping, Set
from importlib.util import find_spec
from pathlib import Path

import simplemma

_TARGET = Path(__file__).parent.parent / "rag" / "text" / "verb_forms.txt"
_WORD = re.compile(r"[a-z]+")
# Where simplemma takes a form of a verb for another word, and news does not: of their 97 places in
# TimeBank and AQUAINT 88 are annotated as events, and none of the 23 of "ground", "bit", "bound"
# and "rent".
_USUALLY_VERBS = frozenset("broke felt gone left rose saw shook shot thought won".split())
_HEADER = """\
# Forms of English verbs. Made by `python -m training.verb_forms`; do not edit.
#
# Source: the SPECIALIST Lexicon, courtesy of the US National Library of Medicine (free to use with
# this note), as packaged in LemmInflect 0.2.3 (MIT, Brad Jascob). Which word a form usually is:
# simplemma 2.0.0 (MIT, Adrien Barbaresi).
"""


def main() -> None:
    """Write the data file."""
    rows = list(_rows())
    verbs = {word for word, kind, _ in rows if kind == "verb"}
    # A few forms are listed as verbs of their own: "consisted", "seeing".
    verbs -= {word for word in verbs if re.sub(r"(?:ed|ing)$", "", word) in verbs - {word}}
    irregular: dict[str, str] = {}
    regular: set[str] = set()
    for verb, kind, forms in rows:
        for form in forms if kind == "verb" else ():
            if form in _regular_forms(verb):
                regular.add(form)
            else:
                irregular.setdefault(form, verb)
    lemmas = {word for word, kind, _ in rows if kind != "verb"} | verbs
    no_past = {
        word
        for word in lemmas
        if word.endswith("ed")
        and word not in irregular
        and (word in verbs or word not in regular or _is_itself(word))
    }
    irregular = {
        form: verb
        for form, verb in irregular.items()
        if form not in regular and not form.endswith(("ing", "es"))
    }
    usual = {form for form, verb in irregular.items() if _is_usual(form, verb, irregular, lemmas)}
    pairs = {form: f"{form} {verb}" for form, verb in sorted(irregular.items())}
    parts = {
        "irregular past forms and their verbs": [pairs[form] for form in pairs if form in usual],
        "the same, of which the form is usually another word": [
            pairs[form] for form in pairs if form not in usual
        ],
        "words in -ed that are no past form": sorted(no_past),
        "verbs": sorted(verbs),
    }
    lines = (line for title, words in parts.items() for line in ("", f"[{title}]", *words))
    _TARGET.write_text(_HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def _rows() -> Iterator[tuple[str, str, list[str]]]:
    """Yield each plain word of the lexicon with its kind and, if a verb, its past forms."""
    spec = find_spec("lemminflect")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / "resources" / "infl_lu.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for word, kind, *slots in csv.reader(file):
            if _WORD.fullmatch(word):
                past = {form for slot in slots[:2] for form in slot.split("/")}
                yield word, kind, sorted(form for form in past if _WORD.fullmatch(form))


def _regular_forms(verb: str) -> set[str]:
    return {
        f"{verb}ed",
        f"{verb}{verb[-1]}ed",
        f"{verb}ked",
        f"{verb}d" if verb.endswith("e") else "",
        f"{verb[:-1]}ied" if verb.endswith("y") else "",
    }


def _is_itself(word: str) -> bool:
    """Say whether a word is usually no form of another one: "wicked"."""
    is_known = simplemma.is_known(word, lang="en")
    return is_known and bool(simplemma.lemmatize(word, lang="en") == word)


def _is_usual(form: str, verb: str, irregular: Mapping[str, str], lemmas: Set[str]) -> bool:
    """Say whether a form is usually the past of its verb, and not a word of its own: "ground"."""
    if form == verb or form in _USUALLY_VERBS or form not in lemmas:
        return True
    # "Lay" is the past of "lie", and the base of "laid".
    return form not in irregular.values() and bool(simplemma.lemmatize(form, lang="en") == verb)


if __name__ == "__main__":
    main()
