"""What asks for an amount of money: "how much did it cost", "what rent", "what did they pay"."""

_AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|has|have|had|will|would|should|can|could|must)(?:n['’]t)?"
)
# "How much did it cost", but not "how much time did she spend": there something else is meant.
_HOW_MUCH = (
    rf"\bhow\s+much\s+(?:(?:more|less|extra|money|cash|compensation|tax|rent|in\s+\w+)\s+)?(?:{_AUXILIARY}"
    r"\s)[^?]*\b(?:cost|costs|price|pay|pays|paid|worth|spend|spent|earn|earned|salary|fine|fined|bail"
    r"|fees?|sell|sold)\b"
)
# "What was the fine", "what salary", but not "what did she say about the cost".
_WHAT_PRICE = (
    r"\bwhat(?:['’]s)?\s+(?:(?:is|was|are|were|will\s+be)\s+)?(?:(?:the|an?|his|her|its|their)\s+)?"
    r"(?:(?!(?:did|does|do|about|for)\b)[\w’'-]+\s+){0,3}?(?:costs?|prices?|salary|fines?|bail|fees?)\b"
)
_SOMEBODY = (
    r"(?:(?!\b(?:say|said|think|thought|tell|told|about|decide|mean|make|call|find)\b)[^?]){1,40}?"
)
# "What did it cost", but not "what did they pay tribute to" or "what was he fined for".
_WHAT_PAID = (
    rf"\bwhat\s+(?:did|does|do|will|would|can)\s+{_SOMEBODY}(?<!\bthe\s)(?<!\bof\s)(?<!\ba\s)"
    r"(?<!\bits\s)(?<!\bhis\s)(?<!\bher\s)(?<!\btheir\s)"
    r"\b(?:cost|earn|charge(?![^?]*\bfor\W*$)|pay|sell\s+for|fetch|spend\s+on(?!\s*(?:\?|$|,|in\b)))\b"
    r"(?!\s+(?:tribute|attention|respects?|homage|visits?)\b)"
    rf"|\bwhat\s+(?:is|are|was|were|has|have|had)\s+{_SOMEBODY}"
    r"(?:\bworth\b(?!\s+\w+ing)|\b(?:paid(?!\s+back)|fined|earned|sold\s+for|charged"
    r"|spent\s+on(?!\s*(?:\?|$|,)))\b(?!\s+(?:tribute|with\b|for\s*\W*$)))"
)
# "What rent did they pay", "what was the Orr Group's profit in May", but no "profit warning".
_SUM = (
    r"(?:damages|rents?|wages?|bail|compensation|ransom|pay(?!-)|fares?|dividends?|levy|profits?"
    r"|losses|revenues?|turnover|earnings|takings|income|premium|tariff|deposit)\b"
)
_NO_SUM = (
    r"(?!\s+(?:deals?|talks|disputes?|plans?|schemes?|freezes?|rows?|cuts?|warnings?|claims?)\b)"
)
_WHAT_SUM = (
    r"(?<!for )\b(?:what|which)\s+(?:(?:yearly|annual|monthly|daily|weekly|hourly|net|gross"
    rf"|minimum|total)\s+)?{_SUM}{_NO_SUM}"
    r"|\b(?:what|which)(?:['’]s)?\s+(?:(?:is|was|were|are|will\s+be)\s+)?"
    r"(?:the|its|his|her|their|(?:[\w’-]+\s+){0,2}?[\w’-]+(?:['’]s|s['’]))\s+(?:[\w’'-]+\s+){0,3}?"
    rf"{_SUM}(?=\s*(?:$|[?,.])|\s+(?:in|for|on|at|of|last|this|now|before|after|per)\b)"
)
MONEY = rf"{_HOW_MUCH}|{_WHAT_PRICE}|{_WHAT_PAID}|{_WHAT_SUM}"
