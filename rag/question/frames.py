"""Takes off the polite words around a question: "Can you tell me …", "…, do you know?".

The reader was trained on questions as reporters put them, and is less sure of all others. The words
taken off say nothing of what is asked. What a user sees is the question as it was put.
"""

import re

from rag.question.kinds import QUESTION_WORD
from rag.text.verbs import base_form, is_past_form

_ME = r"(?:\s+(?:me|us))?"
_KNOW = (
    r"(?:know|learn|see|hear|understand|find(?:\s+out)?|establish|check|confirm|discover|work\s+out"
    r"|pin\s+down|get\s+hold\s+of|identify|verify)"
)
_HEAD = re.compile(
    rf"""^\W*(?:(?:hi(?:\s+there)?|hello|hey|so|ok|okay|well|and|please)\b
      [\s,!.:]*)*
    (?:
      (?:can|could|would|will)\s+(?:you|anyone|anybody|somebody|someone)\s+(?:please\s+|kindly\s+)?
        (?:mind\s+telling{_ME}|let\s+(?:me|us)\s+know|(?:tell|remind|inform|show|give){_ME}|say|explain
          |check|confirm|look\s+up|find(?:\s+out)?)
        (?:\s+(?:for\s+(?:me|us)|about)|,\s+if\s+you\s+(?:know|can|could),)?
    | (?:do|does)\s+(?:you|anyone|anybody|the\s+archive)\s+(?:happen\s+to\s+)?(?:know|remember|say)
    | (?:please\s+)?(?:tell|remind|inform){_ME}
    | (?:I|we)(?:['’](?:m|re)|\s+am|\s+are)?\s+(?:just\s+|also\s+)?
        (?:want(?:ed)?|wish|need|(?:would|['’]d)\s+like|trying|have|hop(?:e|ing))\s+to\s+{_KNOW}
    | (?:I|we)(?:['’]d|\s+would)\s+like\s+to\s+{_KNOW}
    | (?:I|we)(?:['’]d|\s+would)\s+(?:be\s+(?:\w+\s+)?(?:grateful|glad|happy)|appreciate\s+it)
        \s+if\s+(?:you|anyone|someone)\s+(?:could|can|would)\s+
        (?:tell{_ME}|say|explain|check|find\s+out)
    | (?:I|we)(?:['’](?:m|re)|\s+am|\s+are)\s+(?:looking\s+for|after|wondering|curious)
    | (?:I|we)\s+(?:was|were)\s+(?:just\s+)?wondering
    | (?:I|we)\s+(?:wonder|need)
    | (?:any|have\s+you\s+any|do\s+you\s+have\s+any)\s+idea
    )\b[\s,:]*""",
    re.IGNORECASE | re.VERBOSE,
)
_TAIL = re.compile(
    r"""[\s,;.–—-]+(?:
      (?:can|could|would|will)\s+(?:you|anyone|anybody)\s+(?:please\s+)?
        (?:tell\s+(?:me|us)|say|help(?:\s+me)?|check|confirm|find(?:\s+(?:it|out))?)
    | (?:do|does)\s+(?:you|anyone|anybody)\s+(?:happen\s+to\s+)?(?:know|remember)
    | any\s+ideas?
    | please
    | (?:many\s+)?thanks(?:\s+in\s+advance)?|thank\s+you(?:\s+in\s+advance)?
    )[\s?!.]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKS = re.compile(
    rf"(?:(?:in|on|at|by|for|from|to|of|since|until|with)\s+)?{QUESTION_WORD}\b", re.IGNORECASE
)
_BOTH = re.compile(r"both\s+(?=wh|how\b)", re.IGNORECASE)
# "If the truce was signed", after a frame, and "Is it true that the truce was signed?".
_WHETHER = re.compile(r"(?:if|whether(?:\s+or\s+not)?|that)\s+", re.IGNORECASE)
_IS_TRUE = re.compile(
    r"^\W*(?:is|was)\s+it\s+(?:really\s+|actually\s+)?(?:true|correct|right|the\s+case|a\s+fact)\s+that\s+",
    re.IGNORECASE,
)
# A subject, and the verb that a question has before it. In "the man who was hurt is", the first
# verb is not that one, so a subject has no such words.
_RELATIVE = re.compile(r"who|whose|which|that|when|where|if", re.IGNORECASE)
_DETERMINER = re.compile(r"the|an?|this|that|his|her|its|their|our|my|no|any|all", re.IGNORECASE)
_STATED = re.compile(
    rf"(?P<subject>(?:(?!(?:{_RELATIVE.pattern})\b)[\w’'.-]+\s+){{1,7}}?)"
    r"(?P<verb>is|are|was|were|has|have|had|will|would|can|could|did)\s+(?P<rest>.+)",
    re.IGNORECASE,
)
_LONGEST_SUBJECT = 8  # words, with the verb
# "The exact day that they voted", which "what was" makes a question of.
NAMES_A_THING = re.compile(
    r"the\s+(?:[\w’'-]+\s+){0,3}?(?:dates?|days?|years?|months?|time|deadline|names?|numbers?|amounts?|sum"
    r"|total|figures?|costs?|prices?|size|length|age|percentage|share|reasons?|cause|place|location"
    r"|venue|address|result|outcome|title)\b",
    re.IGNORECASE,
)
# "When the bridge opened" asks, but reads as a clause of another sentence.
_CLAUSE = re.compile(
    r"(?P<asks>when|where|why|how|what)\s+(?=(?:the|an?|this|that|these|those|his|her|its|their|our|my"
    r"|he|she|it|they|we|you|I)\b|(?-i:[^\W\d_a-z]))",
    re.IGNORECASE,
)
# "Who the mayor is".
_ENDS_WITH_BE = re.compile(
    rf"(?P<asks>who|what|where)\s+(?P<subject>(?:{_DETERMINER.pattern})\s+.+?)\s+(?P<be>is|are|was|were)",
    re.IGNORECASE,
)


def without_frame(question: str) -> str:
    """Return what is asked without the polite words around it; the question itself if it has none.

    What is left begins with a question word, or else names what is wanted: "the day they voted".
    """
    ended = _TAIL.sub("", question)
    if claimed := _IS_TRUE.match(ended):
        return put_first(ended[claimed.end() :]) or question
    head = _HEAD.match(ended)
    asked = ended[head.end() :] if head else ended
    asked = _BOTH.sub("", asked) if head else asked
    if head and (whether := _WHETHER.match(asked)):
        return put_first(asked[whether.end() :]) or question
    # "Will you confirm it?" asks yes or no, and stays as it is.
    is_asking = _ASKS.match(asked) or (head and NAMES_A_THING.match(asked))
    if not is_asking or (head is None and ended == question):
        return question
    return _asking(asked) if head else f"{asked.rstrip(' .?!,;')}?"


def put_first(statement: str) -> str:
    """Return a statement as a question, its verb first; empty if it has no verb that can be."""
    statement = statement.rstrip(" .?!,;")
    if found := _STATED.fullmatch(statement):
        verb = found["verb"].lower()
        return f"{verb[:1].upper()}{verb[1:]} {found['subject'].strip()} {found['rest']}?"
    words = statement.split()
    for place, word in enumerate(words[1:_LONGEST_SUBJECT], start=1):
        if _RELATIVE.fullmatch(word):
            return ""
        # "The injured man left": what follows the article is no verb.
        if is_past_form(word) and not _DETERMINER.fullmatch(words[place - 1]):
            return " ".join(["Did", *words[:place], base_form(word), *words[place + 1 :]]) + "?"
    return ""


def _asking(words: str) -> str:
    """Return words as a question."""
    words = words.rstrip(" .?!,;")
    # What is to come, or is so, must not be asked for as past.
    told = any(is_past_form(word) or word in {"did", "was", "were"} for word in words.split())
    be = "was" if told else "is"
    if not _ASKS.match(words):
        words = f"what {be} {words}"
    elif ending := _ENDS_WITH_BE.fullmatch(words):
        words = f"{ending['asks']} {ending['be']} {ending['subject']}"
    elif clause := _CLAUSE.match(words):
        words = f"{clause['asks']} {be} it that {words[clause.end() :]}"
    return f"{words[:1].upper()}{words[1:]}?"
