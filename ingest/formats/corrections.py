"""Keep what stands beside a story and says that the story was corrected, for its note.

Taglines and footers name desks and contacts, which are no text. Some also say what an earlier
version had wrong, and a reader has to know that.
"""

from collections.abc import Iterable
from typing import Any

from ingest.formats.xml_text import paragraphs
from rag.text.retractions import tells_correction


def correction_note(elements: Iterable[Any]) -> str:
    """Return the paragraphs of elements beside a story that tell of a correction, as one line."""
    found = (text for element in elements for text in paragraphs(element))
    return " ".join(text for text in dict.fromkeys(found) if tells_correction(text))


def joined_notes(*notes: str) -> str:
    """Return notes as one, each once."""
    joined = ""
    for note in notes:
        if note not in joined:
            joined = f"{joined} {note}".strip()
    return joined
