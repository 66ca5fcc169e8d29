"""Says whether a sentence states what a question of yes or no asks, or states the contrary.

A sentence states it if it has all the words of the question close together, and who does what is in
the same order (`rag.text.roles`). One denial, or one opposite in a word's place, makes it the
contrary. What is only possible, planned, claimed or asked states nothing.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Literal

from rag.text.names import TIME_WORDS
from rag.text.numerals import NUMERALS
from rag.text.opposites import opposed_stems
from rag.text.polarity import Denial, denied_words
from rag.text.roles import (
    asides,
    is_itself_before,
    is_itself_behind,
    is_of_now,
    is_of_time,
    tells_of_others,
)
from rag.text.statements import Statement, link_before
from rag.text.verbs import is_past_form, is_s_form
from rag.text.words import Word, is_inside, plain, stems_of, words_of

Sign = Literal["yes", "no"]

# Whoever does the one does the other. Those who were arrested need not have been sentenced.
_SAME_DEEDS = (
    "approve adopt pass endorse",
    "reject veto",
    "begin start launch",
    "end stop halt cease",
    "rise increase grow climb",
    "fall drop decline decrease",
    "raise increase lift",
    "cut lower reduce",
    "arrest detain",
    "free release",
    "allow permit",
    "ban forbid prohibit outlaw",
    "close shut",
    "buy purchase acquire",
    "confirm admit acknowledge",
    "resign quit",
    "win beat defeat",
)

# These ask what is so now. Those with "has" ask that too, but of what happened before.
_OF_NOW = frozenset("is are am do does".split())
_OF_TODAY = _OF_NOW | {"has", "have"}
# What makes a sentence say less than that something is so.
_HEDGE = re.compile(
    r"\b(?:(?-i:may)|might|can|could|would|should|if|whether|unless|until|perhaps|possibly|probably|likely"
    r"|unlikely|reportedly|alleg\w+|accus\w+|suspect\w*|claim\w*|rumou?r\w*|false\w*|untrue"
    r"|mistaken\w*|myth|hoax|expect\w*|plan(?:s|ned|ning)?\s+(?:to|for)|hop(?:e|es|ed|ing)"
    r"|fear\w*|want\w*|propos\w*|consider\w*|attempt\w*|tr(?:y|ies|ied|ying)\s+to|almost|nearly"
    r"|seem\w*|appear(?:s|ed)?\s+to|believ\w+|thought|predict\w*|demand\w*|urg(?:e|es|ed|ing)"
    r"|call(?:s|ed|ing)?\s+(?:for|on)|instead\s+of|rather\s+than|as\s+if|partly|hardly|barely"
    r"|few|some|only|by\s+the\s+time|in\s+case|once|as\s+soon\s+as|used\s+to|anything\s+but|never\s+mind|not\s+(?:only|just|yet\s+clear)|doubt\w*|question\w*"
    # What one side of a case says.
    r"|(?:prosecut(?:ors?|ion)|plaintiffs?|lawyers?|attorneys?|lawsuit|complaint|indictment|charge\s+sheet)"
    r"\s+(?:say|says|said|argue[sd]?|told|states?|stated))\b|\?",
    re.IGNORECASE,
)
# "Had the council approved the plan, work would have begun" tells what did not happen.
_HAD_IT = re.compile(
    r"(?:^\W*|[“\"‘,:;—–]\s*)(?i:had)\s+(?:the|an?|its|his|her|their|it|he|she|they|we|[A-Z]\w*)\b"
)
# On this depends what will be so, also if it stands at the end.
_CONDITION = re.compile(
    r"\b(?:(?<!even\s)if|unless|should|would|provided|assuming|in\s+case|depend(?:s|ing)\s+on"
    r"|(?:as|so)\s+long\s+as|subject\s+to|on\s+condition)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:(?-i:will)|shall|going\s+to|'ll|’ll)\b", re.IGNORECASE)
_BE = re.compile(r"\b(?:is|are|was|were|been|be|being|got|gets)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_HELPED = re.compile(
    r"\b(?:did|does|do|will|shall|\w+n[’']t)\s+(?:not\s+|never\s+)?(?:\w+ly\s+)?$", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"[’']s?$")
_OBJECT = re.compile(r"\s+(?:the|an?|its|their|his|her|another|new|more)\b", re.IGNORECASE)
_BREAK = re.compile(r"[;:—]|--")
# "The deputy minister was arrested" does not say so of the minister, nor "half the fine" of it.
_OF_LESS = re.compile(
    r"\b(?:half|part|former|ex|deputy|vice|acting|youth)(?:\s+|-)(?:of\s+)?(?:(?:the|its|their|his|her)\s+)?$",
    re.IGNORECASE,
)
_WHO = re.compile(r"\b(?:who|which)\s+(?P<verb>\w+)\s+(?:(?:Mr|Mrs|Ms|Dr)\.?\s+)?$")
# "Orr did not say why she resigned" denies no resignation.
_NOT_SAID = re.compile(
    r"\b(?:not|n[’']t)\s+(?:\w+ly\s+)?(?:say|explain|know|comment|confirm|reveal|disclose)\b",
    re.IGNORECASE,
)
# "Began on Monday before ending on Friday" tells both.
_BEFORE = re.compile(r"\bbefore\s+(?:\w+ly\s+)?$", re.IGNORECASE)
# What follows is told of the same subject: "and began again", "before it reopened".
_AND_THEN = re.compile(
    r"\b(?:(?:and|but|then)|before(?:\s+(?:it|he|she|they))?)\s+"
    r"(?:(?:has|have|had|was|were|is|are|been|being|then|later|soon|again|now|since|\w+ly)\s+)*$",
    re.IGNORECASE,
)
_TO = re.compile(r"\bto\s+(?:\w+ly\s+)?$", re.IGNORECASE)
# So many other content words may stand among those of the question.
_LOOSE = 3
_MOST_PLACES = 200


def sign_in(statement: Statement, sentence: str) -> Sign | None:
    """Return whether a sentence says that a statement is so, or is not; None if it says neither."""
    words, denials = words_of(sentence), _denials_in(sentence, statement)
    match = _match(statement, sentence, words, {denial.cue.start for denial in denials})
    if match is None:
        return None
    chosen = [words[place.at] for place in match]
    first, last = min(word.start for word in chosen), max(word.end for word in chosen)
    own = {word.start for word in chosen}
    denials = tuple(denial for denial in denials if denial.cue.start not in own)
    turning = [denial for denial in denials if own & {word.start for word in denial.words}]
    # "Has the school closed?" is not denied by "the school opened a new library".
    is_of_another = match[-1].is_opposed and _OBJECT.match(sentence, chosen[-1].end) is not None
    if is_of_another or any(first <= d.cue.start < last for d in denials if d not in turning):
        return None
    turns = len(turning) + sum(place.is_opposed for place in match)
    if turns == 0:
        return None if _is_undone(statement, words, last, sentence, denials) else "yes"
    return "no" if turns == 1 else None


def _denials_in(sentence: str, statement: Statement) -> tuple[Denial, ...]:
    """Return what a sentence denies, without cues that tell the opposite of a statement.

    "Rejected in May before it was approved" does not deny the approval; "refused to approve" does.
    """
    opposed = {
        stem
        for word in statement.words
        if word.stem is not None
        for stem in opposed_stems(word.stem)
    }
    return tuple(
        denial
        for denial in denied_words(sentence)
        if denial.cue.stem not in opposed or sentence.startswith(" to ", denial.cue.end)
    )


def _match(
    statement: Statement, sentence: str, words: Sequence[Word], cues: Set[int]
) -> Sequence["_Place"] | None:
    """Return where a sentence tells what a statement is about, be it affirmed or denied."""
    places = [
        _without_opposites(list(_places(word, words)), words, sentence, may_be_verb=may_be_verb)
        for word, may_be_verb in statement.with_kinds()
    ]
    match = _closest(places) if all(places) else None
    if match is None or _is_of_more(words, match, sentence):
        return None
    if not _are_together(words, match, cues):
        return None
    chosen = [words[place.at] for place in match]
    first, last = min(word.start for word in chosen), max(word.end for word in chosen)
    apart = _BREAK.search(sentence, first, last) or _NOT_SAID.search(sentence, first, last)
    is_less = _is_hedged(statement, sentence, chosen) or _is_of_less(sentence, chosen)
    if apart or is_less or tells_of_others(sentence, words, chosen):
        return None
    return match if _is_of_same_deed(statement, chosen, sentence) else None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence has a word of the statement, or an opposite of it."""

    at: int
    is_opposed: bool


def _places(wanted: Word, words: Sequence[Word]) -> Iterator[_Place]:
    assert wanted.stem is not None
    same = _same_deeds().get(wanted.stem, frozenset())
    opposed = opposed_stems(wanted.stem)
    for at, word in enumerate(words):
        if word.stem is None:
            continue
        if word.stem == wanted.stem or word.stem in same or _is_same_number(word, wanted):
            yield _Place(at, is_opposed=False)
        elif word.stem in opposed:
            yield _Place(at, is_opposed=True)


def _without_opposites(
    places: Sequence[_Place], words: Sequence[Word], sentence: str, *, may_be_verb: bool
) -> Sequence[_Place]:
    """Return the places of a word, without its opposites where the word itself is told beside them.

    "The drug was rejected in May and approved in June" does not deny that it was approved. Who
    tells the word only in an aside, and the opposite in the main clause, may mean either.
    """
    same = [
        place
        for place in places
        if not place.is_opposed and (not may_be_verb or _is_told_at_all(words[place.at], sentence))
    ]
    beside = asides(sentence)
    if any(not is_inside(words[place.at].start, beside) for place in same):
        return [place for place in places if not place.is_opposed]
    if same:
        return [p for p in places if not (p.is_opposed and is_inside(words[p.at].start, beside))]
    return places


def _is_told_at_all(word: Word, sentence: str) -> bool:
    return _is_told(word, sentence) or _BEFORE.search(sentence[: word.start]) is not None


def _is_undone(
    statement: Statement, words: Sequence[Word], last: int, sentence: str, denials: Sequence[Denial]
) -> bool:
    """Say whether a question for the present is answered by what was so until its opposite came.

    "Has the strike ended?" is not affirmed by "the strike ended on Monday but began again on
    Friday". "Did the strike end?" is.
    """
    if statement.auxiliary not in _OF_TODAY:
        return False
    denied = {word.start for denial in denials for word in denial.words}
    opposed = {
        word.start: word
        for place in statement.verbs
        for at in _places(statement.words[place], words)
        if at.is_opposed and (word := words[at.at]).start > last
    }
    return any(
        _AND_THEN.search(sentence[:start])
        and start not in denied
        and not _OBJECT.match(sentence, word.end)
        for start, word in opposed.items()
    )


@cache
def _same_deeds() -> dict[int, frozenset[int]]:
    """Return, for the stem of a verb, the stems of the verbs that tell the same deed."""
    found: dict[int, frozenset[int]] = {}
    for group in map(stems_of, _SAME_DEEDS):
        for stem in group:
            found[stem] = found.get(stem, frozenset()) | group
    return found


def _is_same_number(word: Word, wanted: Word) -> bool:
    one, other = word.text.lower(), wanted.text.lower()
    return str(NUMERALS.get(one, one)) == str(NUMERALS.get(other, other))


def _closest(places: Sequence[Sequence[_Place]]) -> Sequence[_Place] | None:
    """Return one place for each word, all different, so that they are closest together."""
    count = 1
    for some in places:
        count *= len(some)
    if count > _MOST_PLACES:
        return None
    able = [chosen for chosen in product(*places) if len({p.at for p in chosen}) == len(chosen)]
    return min(able, key=_reach, default=None)


def _reach(chosen: Sequence[_Place]) -> tuple[int, int]:
    at = [place.at for place in chosen]
    return max(at) - min(at), sum(place.is_opposed for place in chosen)


def _are_together(words: Sequence[Word], match: Sequence[_Place], cues: Set[int]) -> bool:
    """Say whether few other words stand among those of the statement, and no other verb.

    A verb that denies, at one of the `cues`, is none: "refused to approve".
    """
    at = {place.at for place in match}
    among = [w for n, w in enumerate(words) if min(at) < n < max(at) and n not in at]
    others = [word for word in among if word.stem is not None]
    return len(others) <= _LOOSE and not any(
        _is_verb_of_its_own(word) and word.start not in cues for word in others
    )


def _is_verb_of_its_own(word: Word) -> bool:
    return not word.is_capitalised and is_past_form(word.text)


def _is_of_more(words: Sequence[Word], match: Sequence[_Place], sentence: str) -> bool:
    """Say whether a word only goes with another: "the bridge toll", "owners of it"."""
    at = {place.at for place in match}
    for place in at:
        word, behind = words[place], words[place + 1 : place + 3]
        if not behind or place + 1 in at or is_past_form(word.text):
            continue
        is_next = sentence[word.end : behind[0].start] in (" ", "-")
        if is_next and (_goes_on(behind[0]) or (behind[0].text == "of" and place + 2 not in at)):
            return True
    return False


def _is_of_less(sentence: str, chosen: Sequence[Word]) -> bool:
    """Say whether a word tells only of a part, or of another: "half the fine", "who sacked Orr"."""
    own = {word.start for word in chosen}
    for word in chosen:
        before = sentence[: word.start]
        less, owner = _OF_LESS.search(before), _WHO.search(before)
        if (less and less.start() not in own) or (owner and is_past_form(owner["verb"])):
            return True
    return False


def _goes_on(word: Word) -> bool:
    """Say whether a word right behind a noun makes another noun of it: no verb, adverb or time."""
    text = word.text.lower()
    if word.stem is None or is_past_form(text) or plain(text) in TIME_WORDS:
        return False
    return not text.endswith(("ly", "ing"))


def _is_of_same_deed(statement: Statement, chosen: Sequence[Word], sentence: str) -> bool:
    """Say whether a sentence tells the deed of a statement, of the same time and with its roles."""
    verb = next((n for n in statement.verbs if _is_told(chosen[n], sentence)), None)
    if verb is None:
        return False
    if statement.auxiliary in _OF_NOW and not _is_of_now(chosen[verb], sentence):
        return False
    return (
        _is_in_order(statement, chosen, sentence, verb=verb)
        and _is_linked(statement, chosen, sentence, verb=verb)
        and _are_themselves(statement, chosen, sentence, verb=verb)
    )


def _is_in_order(statement: Statement, chosen: Sequence[Word], sentence: str, *, verb: int) -> bool:
    """Say whether who does it stands before the verb, and what it is done to behind it."""
    at = chosen[verb].start
    before = [word.start < at for word in chosen[:verb]]
    if statement.is_passive:
        is_passive = _BE.search(sentence[:at]) is not None
        return all(before) if is_passive else not any(before)
    if _BE.search(sentence[:at]) and is_past_form(chosen[verb].text):
        return not any(before)
    return all(before) and all(word.start > at for word in chosen[verb + 1 :])


def _is_of_now(verb: Word, sentence: str) -> bool:
    """Say whether a verb, or what denies it before "to", is in the present or present perfect."""
    before = sentence[: verb.start]
    if infinitive := _TO.search(before):
        words = words_of(before[: infinitive.start()])
        return bool(words) and is_of_now(before[: words[-1].start], words[-1].text)
    return is_of_now(before, verb.text)


def _are_themselves(
    statement: Statement, chosen: Sequence[Word], sentence: str, *, verb: int
) -> bool:
    """Say whether subject and object are the things of the statement, and not what goes with them.

    "Orr bought shares in the football club" is no purchase of a club.
    """
    bare = {
        word.start
        for place, (word, link) in enumerate(zip(chosen, statement.links, strict=True))
        if place != verb and not (link or link_before(sentence, word) or _is_when_or_how(word))
    }
    end = chosen[verb].end
    for word in sorted(chosen, key=lambda word: word.start):
        is_behind = word.start >= chosen[verb].end
        if word.start in bare and not is_behind and not is_itself_before(sentence[: word.start]):
            return False
        if is_behind:
            if word.start in bare and not is_itself_behind(sentence[end : word.start], word):
                return False
            end = word.end
    return True


def _is_told(word: Word, sentence: str) -> bool:
    """Say whether a word is a verb here that tells what is so or not, and no noun.

    Of the infinitives only those that are denied tell it: "refused to approve".
    """
    before = sentence[: word.start]
    if infinitive := _TO.search(before):
        cues = {denial.cue.end for denial in denied_words(sentence)}
        return len(before[: infinitive.start()].rstrip()) in cues
    if is_past_form(word.text) or _HELPED.search(before):
        return True
    if word.text.endswith("ing"):
        return _BE.search(before) is not None
    return is_s_form(word.text)


def _is_when_or_how(word: Word) -> bool:
    return is_of_time(word) or word.text.endswith("ly")


def _is_linked(statement: Statement, chosen: Sequence[Word], sentence: str, *, verb: int) -> bool:
    """Say whether the words of a sentence stand after the prepositions of the statement, or none.

    "The bridge's owner" is not the bridge.
    """
    for place, (link, word) in enumerate(zip(statement.links, chosen, strict=True)):
        there = link_before(sentence, word)
        if place != verb and link != there and {link, there} != {"", "by"}:
            return False
        if _POSSESSIVE.search(word.text) and not _POSSESSIVE.search(statement.words[place].text):
            return False
    return True


def _is_hedged(statement: Statement, sentence: str, chosen: Sequence[Word]) -> bool:
    last = max(word.end for word in chosen)
    own = {word.text.lower() for word in statement.words}
    hedges = (found for found in _HEDGE.finditer(sentence, 0, min(len(sentence), last + 1)))
    if sentence.rstrip().endswith("?") or _HAD_IT.search(sentence):
        return True
    is_open = statement.auxiliary in ("will", "shall") or statement.auxiliary in _OF_NOW
    if is_open and _CONDITION.search(sentence):
        return True
    if any(found[0].lower() not in own for found in hedges):
        return True
    is_ahead = _AHEAD.search(sentence, 0, last) is not None
    return is_ahead != (statement.auxiliary in ("will", "shall"))
