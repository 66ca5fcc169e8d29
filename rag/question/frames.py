"""Takes off the polite words around a question: "Can you tell me …", "…, do you know?".

The reader was trained on questions as reporters put them, and is less sure of all others. The words
taken off say nothing of what is asked. What a user sees is the question as it was put.
"""

import re

_ME = r"(?:\s+(?:me|us))?"
_KNOW = (
    r"(?:know|learn|see|hear|understand|find(?:\s+out)?|establish|check|confirm|discover|work\s+out"
    r"|pin\s+down|get\s+hold\s+of|identify|verify)"
)
_HEAD = re.compile(
    rf"""^\W*(?:(?:hi|hello|hey|so|ok|okay|well|and|please)\b[\s,!.]*)*
    (?:
      (?:can|could|would|will)\s+(?:you|anyone|anybody|somebody|someone)\s+(?:please\s+|kindly\s+)?
        (?:(?:tell|remind|inform|show){_ME}|say|explain|check|confirm|look\s+up|find(?:\s+out)?)
        (?:\s+(?:for\s+(?:me|us)|about))?
    | (?:do|does)\s+(?:you|anyone|anybody|the\s+archive)\s+(?:happen\s+to\s+)?(?:know|remember|say)
    | (?:please\s+)?(?:tell|remind|inform){_ME}
    | (?:I|we)(?:['’](?:m|re)|\s+am|\s+are)?\s+(?:just\s+|also\s+)?
        (?:want(?:ed)?|wish|need|(?:would|['’]d)\s+like|trying|have|hop(?:e|ing))\s+to\s+{_KNOW}
    | (?:I|we)(?:['’]d|\s+would)\s+like\s+to\s+{_KNOW}
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
    | thanks|thank\s+you
    )[\s?!.]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKS = re.compile(
    r"(?:(?:in|on|at|by|for|from|to|of|since|until|with)\s+)?"
    r"(?:who|whom|whose|what|which|when|where|why|how)\b",
    re.IGNORECASE,
)
# "The exact day that they voted", which "what was" makes a question of.
_NAMES_A_THING = re.compile(
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


def without_frame(question: str) -> str:
    """Return what is asked without the polite words around it; the question itself if it has none.

    What is left begins with a question word, or else names what is wanted: "the day they voted".
    """
    ended = _TAIL.sub("", question)
    head = _HEAD.match(ended)
    asked = ended[head.end() :] if head else ended
    # "Can you tell me if …" and "Will you confirm it?" ask yes or no, and stay as they are.
    is_asking = _ASKS.match(asked) or (head and _NAMES_A_THING.match(asked))
    if not is_asking or (head is None and ended == question):
        return question
    return _asking(asked) if head else f"{asked.rstrip(' .?!,;')}?"


def _asking(words: str) -> str:
    """Return words as a question."""
    words = words.rstrip(" .?!,;")
    if not _ASKS.match(words):
        words = f"what was {words}"
    elif clause := _CLAUSE.match(words):
        words = f"{clause['asks']} was it that {words[clause.end() :]}"
    return f"{words[:1].upper()}{words[1:]}?"
