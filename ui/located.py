"""Format the places that a text comes from for a terminal."""

import textwrap

from rag.locating import Difference, Located
from ui.screen import WIDTH
from ui.terminal import clean

_MOST_DIFFERENCES = 8


def located_lines(places: list[Located], *, width: int = WIDTH) -> str:
    """Return the places as a person reads them, best first."""
    if not places:
        return "This text is not in the archive."
    lines = []
    if places[0].stitched:
        said = f"The text was put together from {len(places)} places, in this order"
        lines += [f"{said}; the rest of it is in none:" if places[0].partial else f"{said}:", ""]
    lines += [_place(number, place, width) for number, place in enumerate(places, start=1)]
    return clean("\n".join(lines).rstrip())


def _place(number: int, place: Located, width: int) -> str:
    lines = [f"{number}. {place.byline}", f"   {_judge(place)}"]
    if not place.in_headline:
        quote = f"“{' '.join(place.text.split())}”"
        lines.append(textwrap.fill(quote, width, initial_indent="   ", subsequent_indent="   "))
    lines += [f"   {_say(difference)}" for difference in place.differences[:_MOST_DIFFERENCES]]
    if more := len(place.differences) - _MOST_DIFFERENCES:
        lines += [f"   and {more} more changes"] if more > 0 else []
    if place.note:
        lines.append(f"   Editor's note: {' '.join(place.note.split())}")
    if place.copies:
        outlets = dict.fromkeys(copy.source or copy.article_id for copy in place.copies)
        lines.append(f"   The same story is in: {', '.join(outlets)}")
    lines += [f"   {place.url}"] if place.url else []
    lines += [f"   id: {place.article_id}", ""]
    return "\n".join(lines)


def _judge(place: Located) -> str:
    """Return how much of the text is there, and as what."""
    where = ", in the headline" if place.in_headline else ""
    if place.verbatim:
        return f"word for word{where}"
    if place.partial and not place.stitched:
        return f"part of it, {place.likeness:.0%} of the words{where}; the rest is in no article"
    if place.differences:
        return f"altered; {place.likeness:.0%} of the words{where}"
    return f"the same words, with other punctuation or capitals{where}"


def _say(difference: Difference) -> str:
    """Return what was changed, in one line."""
    given, original = " ".join(difference.given.split()), " ".join(difference.original.split())
    if not given:
        return f"left out: “{original}”"
    if not original:
        return f"added: “{given}”"
    return f"“{given}” instead of “{original}”"
