"""Decode bytes that do not state their encoding, and note what was guessed."""

import codecs
import re
from itertools import islice

import charset_normalizer

# A guess by letter statistics turned é into ą; an English file with a few accents needs none.
_FEW_ACCENTS = 0.15
# Letters of several bytes; what is in another encoding has more bytes that are no UTF-8.
_LETTERS = re.compile("[^\0-\x7f\ufffd]")
# What Latin text is in, if it is not UTF-8: of Windows, of old Macs and of DOS, and of Windows and
# Unix in Central Europe. The first of those that fit best is taken.
_LATIN = ("cp1252", "mac_roman", "cp850", "cp1250", "iso8859_2")
_SAMPLE_ACCENTS = 400
# Every character that is not ASCII, with its neighbours.
_ACCENT = re.compile(r"(?s)(?:(?<=(.))|(?<!.))([^\0-\x7f])(?=(.)|$)")
_OPENING, _CLOSING, _APOSTROPHES = "“‘«„‹", "”»›", "’´"
_MONEY = "£€¥"
# What the five give for bytes that they do not use.
_UNUSED = "\ufffd\x81\x8d\x8f\x90\x9d"
_LEAST_FIT = 0.5


def decode(data: bytes, *, letters: bytes | None = None) -> tuple[str | None, str]:
    """Return the text of a file, None if it cannot be told, and a note if it was not plain UTF-8.

    `letters` is the part of it that is language, all of it unless given.

    What is UTF-8 but for a few bytes keeps its letters, the others are shown as the sign for that.
    Where few letters are not ASCII it is the encoding in which they fit their words best, usually
    Windows-1252; only then what the bytes look most like.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # A whole one was given as UTF-8.
        return None, ""
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        damaged = data.decode("utf-8-sig", "replace")
    wrong = damaged.count("\ufffd")
    if len(_LETTERS.findall(damaged)) > wrong:
        return damaged, f"{wrong} of its bytes are not UTF-8 and are shown as \ufffd; repair them"
    encoding = _latin(data if letters is None else letters)
    if encoding:
        return data.decode(encoding, "replace"), f"not UTF-8; read as {encoding}"
    best = charset_normalizer.from_bytes(data).best()
    text = str(best) if best else ""
    if best is None or not any(map(str.isalpha, text)) or best.encoding.startswith("utf_16"):
        return None, ""
    return text, f"not UTF-8; read as {best.encoding}"


def _latin(letters: bytes) -> str:
    """Return the encoding of Latin letters, empty if there are too many others to be that."""
    if sum(byte > 127 for byte in letters) > _FEW_ACCENTS * len(letters):
        return ""
    fits = {encoding: _fit(letters.decode(encoding, "replace")) for encoding in _LATIN}
    best = max(_LATIN, key=fits.__getitem__)
    return best if fits[best] >= _LEAST_FIT else ""


def _fit(text: str) -> float:
    """Return how well the characters that are not ASCII fit their neighbours, from -1 to 1."""
    found = [match.groups("") for match in islice(_ACCENT.finditer(text), _SAMPLE_ACCENTS)]
    return sum(_fits(*three) for three in found) / len(found) if found else 0.0


def _fits(before: str, character: str, after: str) -> int:
    """Return 1 if a character may stand between these two, -1 if it does not, 0 if in doubt."""
    if character.isalpha():
        if character.isupper() and (before.islower() or not after.isalpha()):
            return -1
        # "à" and "è" are words.
        return 1 if before.isalpha() or after.isalpha() or character.islower() else 0
    return 1 if _mark_fits(before, character, after) else -1


def _mark_fits(before: str, mark: str, after: str) -> bool:
    if mark in _OPENING:
        return not before.isalnum()
    if mark in _CLOSING:
        return not after.isalpha() and not before.isspace()
    if mark in _APOSTROPHES:
        return not before.isspace() or after.isalnum()
    if mark in _MONEY:
        return after.isdigit() or before.isspace() or before.isdigit()
    inside = before.isalpha() and after.isalpha()
    return mark not in _UNUSED and (not inside or mark in "–—\xad·")
