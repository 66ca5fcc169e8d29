r"""Mend what programs did to a text: hidden marks, mixed-up encodings, escaped line ends.

A reader sees none of it, or sees that it is wrong, and a search does not find the word: "har-bour"
with a hyphen that is not shown, "é" as two characters and "fi" as one, "cafÃ©" for "café", "\n" as
two letters.
"""

import re

from rag.text.composing import composed

# The soft hyphen, with the line end behind it, and marks without width. Those that join or part
# letters of Persian and of Indic scripts stay, and so does the one that parts words where no space
# does, in the scripts of Thai, Lao, Burmese and Khmer.
_PARTED_WORDS = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_HIDDEN = re.compile(
    # A line of nothing else goes whole.
    r"(?m:^[\u00ad\u200b\u2060\ufeff]+\n+)|\u00ad(?:\n(?=\w))?|[\ufeff\u2060]"
    rf"|\u200b(?![{_PARTED_WORDS}])(?<![{_PARTED_WORDS}]\u200b)"
)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
# What is left of "à" and of the space that does not break where that space became a plain one.
_LOST_SPACE = re.compile(r"[ÃÂ](?=\s|$)")
_CONTROLS = re.compile(r"[\x80-\x9f]")
# So many of the runs must be UTF-8 to be taken for it; others may have come in later.
_NEARLY_ALL = 0.9
_ESCAPED_END = re.compile(r"(?:\\r)?\\n")
# Behind a letter or a colon it may be the path of a file: "C:\news".
_SURE_END = re.compile(r"""(?:(?<=[.!?…"'”’»)\]\s])|(?<=\\n))(?:\\r)?\\n""")
_FEWEST_ENDS = 2
_ESCAPED_QUOTE = re.compile(r"""\\(["'])""")


def without_hidden_marks(text: str) -> str:
    """Return a text without marks that are not shown, its accents as one character with a letter.

    Letters that were joined to one character, as in "ﬁnancial", are several.
    """
    if text.isascii():
        return text
    return composed(_HIDDEN.sub("", text))


def read_as_utf8(text: str) -> str:
    """Return a text whose UTF-8 was read as Windows-1252 or Latin-1 as it was meant.

    Another text is returned as it is: what is not ASCII in one is almost never valid UTF-8.
    """
    runs = [] if text.isascii() else _BEYOND_ASCII.findall(text)
    meant = {run: _meant(run) for run in set(runs)}
    # A capital letter before a space proves nothing.
    telling = [run for run in runs if not _LOST_SPACE.fullmatch(run)]
    mixed_up = sum(meant[run] != run for run in telling)
    if not mixed_up or mixed_up < _NEARLY_ALL * len(telling):
        return text
    mended = _BEYOND_ASCII.sub(lambda found: meant[found[0]], text)
    return _LOST_SPACE.sub(lambda found: "à" if found[0] == "Ã" else "", mended)


def _meant(run: str) -> str:
    """Return characters as the UTF-8 that they are, themselves if they are none.

    A letter that lost the space behind it may stand at the end.
    """
    end = run[-1] if run[-1] in "ÃÂ" else ""
    try:
        # A byte that Windows-1252 does not use is read as the control character of its number.
        data = b"".join(
            character.encode("cp1252", "ignore") or character.encode("latin-1")
            for character in run.removesuffix(end)
        )
        meant = data.decode("utf-8")
    except UnicodeError:
        return run
    return run if _CONTROLS.search(meant) else meant + end


def with_line_ends(text: str) -> str:
    r"""Return a text on one line whose line ends are written out, as "\n", with line ends."""
    if "\n" in text or len(_SURE_END.findall(text)) < _FEWEST_ENDS:
        return text
    return _ESCAPED_QUOTE.sub(r"\1", _ESCAPED_END.sub("\n", text))
