"""Finds that an article tells of somebody or something else than the question names.

Three things show it: the article has no word of the name, it has its last word behind other first
names only, or the sentence itself has another bearer of the last word. If a question describes whom
it means ("the goalkeeper"), an article without that word does not tell of them where another
article has both.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.evidence.fitness.records import Candidate, Misfit, naming, told_by
from rag.question.premises import AskedName
from rag.text.known_names import has_name_word
from rag.text.names import TIME_WORDS, TITLES, find_names, is_initials, parts_of
from rag.text.outlets import outlet_letters
from rag.text.words import plain, stems_of, words_of

# How many words may be between a name and what describes who bears it.
_BESIDE = 4
_KIND_AND_NAME = 2
_BEFORE_THEM = re.compile(
    r"\b(?:before|until|preceded|(?:was|were|been|is)\s+(?:replaced|succeeded|followed)\s+by)\s+"
    r"(?:the\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
_AFTER_THEM = re.compile(
    r"\b(?:after|once|replac(?:ed|es)|succeed(?:ed|s)|followed|t(?:ook|akes)\s+over\s+from)\s+"
    r"(?:the\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)


def check_names(candidate: Candidate) -> Misfit | None:
    """Return a name of the question that the article or the sentence has otherwise."""
    names = candidate.premises.names
    is_list = any(name.is_joined for name in names)
    for name in names:
        # A single initial is a letter of many words.
        has = [has_name_word(candidate.told, word) for word in name.words if len(word) > 1]
        if not any(has):
            # Of several names in a list, an article may tell of one.
            is_free = is_list or name.is_kind or _is_outlet(name, candidate)
            if not is_free and not _is_of_another_time(name, candidate):
                return Misfit(kind="name", value=name.text)
            continue
        other = _other_bearer(name, candidate, is_first_known=any(has[:-1]))
        if other := other or ("" if has[-1] else _other_of_its_kind(name, candidate.text)):
            return Misfit(kind="name", value=other)
    return None


def check_descriptions(candidate: Candidate) -> Misfit | None:
    """Return the name whose description is not in the article, but with it in another one."""
    for name in candidate.premises.names:
        if not name.described or name.described <= stems_of(candidate.told):
            continue
        if any(_describes(told_by(other), name) for other in candidate.articles):
            return Misfit(kind="description", value=name.text)
    return None


def _describes(text: str, name: AskedName) -> bool:
    """Say whether a text has the description beside the last word of the name."""
    words = words_of(text)
    places = [place for place, word in enumerate(words) if plain(word.text) == name.words[-1]]
    near = (words[max(0, place - _BESIDE) : place + _BESIDE + 1] for place in places)
    return any(name.described <= {word.stem for word in some} for some in near)


def _is_outlet(name: AskedName, candidate: Candidate) -> bool:
    """Say whether a name is that of the article's outlet."""
    wanted, source = outlet_letters(name.text), outlet_letters(candidate.article.source)
    return bool(source) and (wanted in source or source in wanted)


def _is_of_another_time(name: AskedName, candidate: Candidate) -> bool:
    """Say whether an article cannot know a name: who came after whom it tells of, or before.

    "Who led it before Orr?" is answered by an article from before Orr, if a later one that was
    found names Orr.
    """
    question, published = candidate.asked.text, candidate.article.published
    if candidate.asked.kind != "who" or published is None:
        return False
    before = question[: question.find(name.text)]
    if _BEFORE_THEM.search(before):
        others = candidate.later
    elif _AFTER_THEM.search(before):
        others = [a for a in candidate.articles if a.published and a.published <= published]
    else:
        return False
    return next(naming(others, name.words), None) is not None


def _other_bearer(name: AskedName, candidate: Candidate, *, is_first_known: bool) -> str:
    """Return the name of somebody else with the same last word; empty if there is none."""
    *first, last = [part for part in parts_of(words_of(name.text)) if part not in TITLES]
    if not first:
        return ""
    texts = [candidate.text] if is_first_known else [candidate.text, candidate.told]
    for text in texts:
        bearers = _bearers(text).get(last, ())
        if bearers and not any(_may_be(first, bearer) for bearer in bearers):
            if _stands_alone(last, text):
                return ""
            return " ".join([*bearers[0], last]).replace(".", "")
    return ""


def _stands_alone(last: str, text: str) -> bool:
    """Say whether a last name also stands without a first name, as at the start of a sentence."""
    words = words_of(text)
    places = [place for place, word in enumerate(words) if plain(word.text) == last]
    return any(
        place == 0
        or not words[place - 1].is_capitalised
        or (
            text[words[place - 1].end : words[place].start].strip()
            and not is_initials(words[place - 1].text)
        )
        for place in places
    )


def _other_of_its_kind(name: AskedName, text: str) -> str:
    """Return a name that only begins as one of two words: "Storm Kasimir" for "Storm Wanda"."""
    if len(name.words) != _KIND_AND_NAME:
        return ""
    names = [[plain(word.text) for word in name] for name in find_names(text)]
    alike = [words for words in names if name.words[0] in words]
    if alike and all(words[-1] != name.words[0] for words in alike):
        return " ".join(alike[0])
    return ""


def _may_be(first: Sequence[str], bearer: Sequence[str]) -> bool:
    """Say whether first names can belong to one person; none may be anyone's.

    Two rows of as many initials must be the same: "K. V." is not "K. R.". Of a name in full and one
    in initials, as many letters must agree.
    """
    if not bearer:
        return True
    ours, theirs = first[-1], bearer[-1]
    are_initials = _is_initial(ours) and _is_initial(theirs)
    if are_initials and len(ours) == len(theirs) and ours != theirs:
        return False
    in_full = [[name for name in names if not _is_initial(name)] for names in (first, bearer)]
    if all(in_full):
        return any(one[:1] == other[:1] for one in in_full[0] for other in in_full[1])
    one, other = _letters(first), _letters(bearer)
    return one == other if len(one) == len(other) else not set(one).isdisjoint(other)


def _is_initial(part: str) -> bool:
    return part.endswith(".") or len(part) == 1


def _letters(names: Sequence[str]) -> list[str]:
    """Return the first letters of names, and all letters of initials."""
    return [
        letter
        for name in names
        for letter in (name.replace(".", "") if _is_initial(name) else name[:1])
    ]


@lru_cache(maxsize=128)
def _bearers(text: str) -> dict[str, list[tuple[str, ...]]]:
    """Return the last words of names with what stands before them, which may be nothing."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in find_names(text):
        words = parts_of(name)
        for place, word in enumerate(words):
            before = [w for w in words[:place] if w not in TITLES and w not in TIME_WORDS]
            found.setdefault(word, []).append(tuple(before))
    return found
