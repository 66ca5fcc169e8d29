"""Put the lines of a page into the order in which people read them, and join them to paragraphs.

A page is cut again and again at its widest empty strip, upright ones first, so that columns are
read one after the other, and a headline over several columns before them.
Source: recursive XY-cut, Nagy and Seth, 1984.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

# In heights of a line: how wide the strip between two columns is at least, and between two blocks.
_GUTTER = 0.9
_BLOCK_GAP = 0.15
# Lines of columns of prose are longer than the cells of a table.
_COLUMN_CHARACTERS = 12
# A gap over this, or an indent of this, in heights of a line, begins a paragraph.
_PARAGRAPH_GAP = 0.9
_INDENT = 0.6
# A heading is set this much larger than the text.
_HEADING = 1.25
_SMALL = 0.9
_CUTS_DEEP = 60
# Where running heads and page numbers stand, as parts of the page's height.
_EDGE = 0.1
_NUMBER = re.compile(
    r"(page|seite|p\.?|side|pagina|página)?\s*[-–—|]?\s*\d{1,4}\s*[-–—|]?(\s*(/|of|von|de)\s*\d{1,4})?",
    re.I,
)
_HYPHENS = ("-", "\xad", "‐", "\x02")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A piece of a line: its text, its box in points from the lower left, its size of type."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph in reading order; a heading is set larger than the text."""

    text: str
    is_heading: bool = False


def without_running_heads(pages: Sequence[Sequence[Line]], height: float) -> list[list[Line]]:
    """Return the lines of each page without page numbers, running heads and feet.

    What stands at the edge of more than one page, but for its digits, is one, and what is set
    there in smaller type than the text.
    """
    small = _SMALL * body_size(pages)
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_DIGITS.sub("0", line.text) for line in page if _at_edge(line, height)})
    return [
        [
            line
            for line in page
            if not _at_edge(line, height)
            or not (
                line.size < small
                or seen[_DIGITS.sub("0", line.text)] > 1
                or _NUMBER.fullmatch(line.text.strip())
            )
        ]
        for page in pages
    ]


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """Return the size of type in which most of the text is set, 0 without a text."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def reading_order(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the blocks of a page in reading order, each with its lines from top to bottom."""
    return [block for block in _cut(list(lines), _CUTS_DEEP) if block]


def paragraphs(blocks: Sequence[Sequence[Line]], size: float) -> list[Paragraph]:
    """Return the paragraphs of blocks; `size` is the type of the text, larger type is a heading.

    A paragraph that a column or a page cuts goes on in the next block.
    """
    found: list[Paragraph] = []
    for block in blocks:
        for number, group in enumerate(_groups(_rows(block))):
            text = _joined(row for row in group)
            heading = median(row.size for row in group) >= _HEADING * size
            goes_on = (
                number == 0
                and found
                and not heading
                and not found[-1].is_heading
                and _is_unfinished(found[-1].text)
                and not _is_indented(group, block)
            )
            if goes_on:
                joined = _join(found[-1].text, text)
                found[-1] = Paragraph(text=joined)
            elif heading and found and found[-1].is_heading:
                found[-1] = Paragraph(text=f"{found[-1].text} {text}", is_heading=True)
            elif text:
                found.append(Paragraph(text=text, is_heading=heading))
    return found


def _cut(lines: list[Line], depth: int) -> Iterator[list[Line]]:
    if len(lines) < 2 or depth == 0:
        yield lines
        return
    height = median(line.top - line.bottom for line in lines)
    split = _columns(lines, _GUTTER * height) or _bands(lines, _BLOCK_GAP * height)
    if split is None:
        yield sorted(lines, key=lambda line: (-round(line.top / max(height, 1)), line.left))
        return
    for part in split:
        yield from _cut(part, depth - 1)


def _columns(lines: list[Line], gap: float) -> tuple[list[Line], list[Line]] | None:
    """Return what stands left and right of the widest upright strip between two columns."""
    place = _widest(sorted((line.left, line.right) for line in lines), gap)
    if place is None:
        return None
    left = [line for line in lines if line.right <= place]
    right = [line for line in lines if line.right > place]
    for side in (left, right):
        rows = _rows(side)
        if len(rows) < 2 or median(len(row.text) for row in rows) < _COLUMN_CHARACTERS:
            return None
    return left, right


def _bands(lines: list[Line], gap: float) -> tuple[list[Line], list[Line]] | None:
    """Return what stands above and below the widest level strip."""
    place = _widest(sorted((line.bottom, line.top) for line in lines), gap)
    if place is None:
        return None
    above = [line for line in lines if line.bottom >= place]
    below = [line for line in lines if line.bottom < place]
    return above, below


def _widest(spans: list[tuple[float, float]], least: float) -> float | None:
    """Return the middle of the widest gap between spans that are sorted, None if all are narrow."""
    best, place, end = least, None, spans[0][1]
    for start, stop in spans[1:]:
        if start - end > best:
            best, place = start - end, (start + end) / 2
        end = max(end, stop)
    return place


def _rows(block: Sequence[Line]) -> list[Line]:
    """Return the lines of a block, with pieces that stand at one height put together."""
    rows: list[Line] = []
    for line in sorted(block, key=lambda one: -one.top):
        last = rows[-1] if rows else None
        if last and min(last.top, line.top) - max(last.bottom, line.bottom) > 0.5 * (
            line.top - line.bottom
        ):
            first, second = sorted((last, line), key=lambda one: one.left)
            rows[-1] = Line(
                text=f"{first.text} {second.text}",
                left=first.left,
                right=max(first.right, second.right),
                bottom=min(first.bottom, second.bottom),
                top=max(first.top, second.top),
                size=max(first.size, second.size),
            )
        else:
            rows.append(line)
    return rows


def _groups(rows: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of each paragraph: a gap, an indent or another size of type begins one."""
    if not rows:
        return []
    height = median(row.top - row.bottom for row in rows)
    left = min(row.left for row in rows)
    groups = [[rows[0]]]
    for before, row in itertools.pairwise(rows):
        gap = before.bottom - row.top > _PARAGRAPH_GAP * height
        indented = row.left - left > _INDENT * height and before.left - left < _INDENT * height
        other = abs(row.size - before.size) > 0.15 * before.size
        if gap or indented or other:
            groups.append([row])
        else:
            groups[-1].append(row)
    return groups


def _is_indented(group: Sequence[Line], block: Sequence[Line]) -> bool:
    first = group[0]
    height = first.top - first.bottom
    return first.left - min(line.left for line in block) > _INDENT * height


def _is_unfinished(text: str) -> bool:
    return text[-1:] not in '.!?:”"’»)'


def _joined(rows: Iterator[Line]) -> str:
    text = ""
    for row in rows:
        text = _join(text, row.text.strip())
    return text


def _join(before: str, after: str) -> str:
    """Return two lines as one; a word that was hyphenated at the end of the first is put together.

    A hyphen before a capital or a digit belongs to the word.
    """
    if not before or not after:
        return before or after
    if before.endswith(_HYPHENS) and before[-2:-1].isalpha() and after[:1].islower():
        return before[:-1] + after
    return before + after if before.endswith("-") else f"{before} {after}"


def _at_edge(line: Line, height: float) -> bool:
    return line.bottom > (1 - _EDGE) * height or line.top < _EDGE * height
