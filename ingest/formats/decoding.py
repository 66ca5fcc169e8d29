"""Decode bytes that do not state their encoding, and note what was guessed."""

import codecs
import re

import charset_normalizer

# A guess by letter statistics turned é into ą; an English file with a few accents needs none.
_FEW_ACCENTS = 0.15
# Letters of several bytes; what is in another encoding has more bytes that are no UTF-8.
_LETTERS = re.compile("[^\0-\x7f\ufffd]")


def decode(data: bytes, *, letters: bytes | None = None) -> tuple[str | None, str]:
    """Return the text of a file, None if it cannot be told, and a note if it was not plain UTF-8.

    `letters` is the part of it that is language, all of it unless given.

    What is UTF-8 but for a few bytes keeps its letters, the others are shown as the sign for that.
    Where few letters are not ASCII it is Windows-1252, the usual encoding of old English files;
    only then what the bytes look most like.
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
    encoding: str | None = "cp1252"
    text = _decode_few_accents(data, data if letters is None else letters)
    if text is None:
        best = charset_normalizer.from_bytes(data).best()
        text, encoding = (str(best), best.encoding) if best else (None, None)
    return text, f"not UTF-8; read as {encoding}"


def _decode_few_accents(data: bytes, letters: bytes) -> str | None:
    if sum(byte > 127 for byte in letters) > _FEW_ACCENTS * len(letters):
        return None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None
