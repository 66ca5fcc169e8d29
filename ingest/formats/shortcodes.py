"""Take WordPress's shortcodes out of a post: `[gallery ids="1,2"]` is an order to a program."""

import re

_TAG = re.compile(r"(?<!\[)\[(/?)([A-Za-z][\w-]*)((?:\s+[^\[\]]*)?)(/?)\](?!\])")
_ATTRIBUTE = re.compile(r"""[\w-]+\s*=\s*["'\w&]""")
# Those of WordPress itself that stand without attributes.
_CORE = frozenset("audio caption embed gallery more playlist video wp_caption".split())
# What these enclose is an address or the caption of a picture, not the story.
_ENCLOSING = re.compile(
    r"\[(audio|caption|embed|gallery|playlist|video|wp_caption)\b[^\[\]]*\].{0,2000}?\[/\1\]",
    re.I | re.S,
)


def without_shortcodes(text: str) -> str:
    """Return a post without its shortcodes; what most of them enclose is kept.

    One inside a word, as behind a large first letter, does not part it. A word in brackets without
    attributes and without an end, as "[sic]", is what somebody wrote.
    """
    text = _ENCLOSING.sub(" ", text)
    closed = {found[2].lower() for found in _TAG.finditer(text) if found[1]} | _CORE

    def replaced(found: re.Match[str]) -> str:
        is_code = found[2].lower() in closed or _ATTRIBUTE.search(found[3]) is not None
        inside = text[: found.start()][-1:].isalnum() and text[found.end() :][:1].isalnum()
        return found[0] if not is_code else "" if inside else " "

    return _TAG.sub(replaced, text)
