"""Read the times of stored articles again if the rules for time expressions have changed."""

from rag.dates.event_times import TAGGER, with_times
from rag.store.interface import Builder
from rag.store.model import FileMark

# The mark that says by which tagger the times of the stored articles were read; no file's name.
TIMES_MARK = "\0times"


def read_times_again(builder: Builder, mark: FileMark | None) -> None:
    """Bring the times of stored articles up to date with the tagger, and only these."""
    if mark is not None and mark.state == str(TAGGER):
        return
    if mark is not None or builder.has_served:
        for stored in builder.everything():
            passages = with_times(stored.article, stored.passages)
            builder.set_times(
                [new for new, old in zip(passages, stored.passages, strict=True) if new != old]
            )
    builder.mark([FileMark(path=TIMES_MARK, state=str(TAGGER), gave={})])
