"""Conversations with invented archives: are follow-ups answered as their full question is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.data import Record
from bench.invented import Folder
from bench.tables import Table, share
from rag.archive import Archive
from rag.chat import ChatTurn
from rag.records import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTurn:
    """A turn of a conversation: what it says, whether it is the first, and how it was answered.

    `is_cited` says whether the right article comes first, `is_cited_in_full` whether it does when
    the question is asked alone, worded in full by hand.
    """

    turn: Record
    is_first: bool
    is_left_alone: bool
    is_cited: bool
    is_cited_in_full: bool

    @property
    def is_follow_up(self) -> bool:
        """Whether the turn needs the turns before it to be understood."""
        return self.turn["standalone"] is not None


def hold(archive: Archive, conversations: Sequence[Record], *, now: str) -> list[HeldTurn]:
    """Return the turns of conversations, held with an archive on a day."""
    held = []
    for conversation in conversations:
        chat = archive.chat()
        for place, turn in enumerate(conversation["turns"]):
            asked = chat.ask(turn["question"], now=now)
            in_full = turn["standalone"] and archive.ask(turn["standalone"], now=now)
            held.append(
                HeldTurn(
                    turn=turn,
                    is_first=place == 0,
                    is_left_alone=is_left_alone(asked),
                    is_cited=_cites(asked.answer, turn),
                    is_cited_in_full=_cites(in_full or asked.answer, turn),
                )
            )
    return held


def is_left_alone(turn: ChatTurn) -> bool:
    """Say whether nothing was carried into a question."""
    return not turn.carried


def follow_ups(folder: Folder, groups: Mapping[str, Sequence[HeldTurn]]) -> Table:
    """Return what is cited for follow-ups, and which other turns are left alone."""
    every = [held for group in groups.values() for held in group]
    table = Table(
        title=f"{folder.name}, conversations: {len(every)} turns",
        columns=[
            *("archive", "follow-ups right", "the same, worded in full", "of"),
            *("first turns right", "of", "later turns left alone", "of"),
        ],
    )
    for name, group in {**groups, "all": every}.items():
        answerable = [held for held in group if held.turn["answerable"]]
        later = [held for held in answerable if held.is_follow_up]
        first = [held for held in answerable if held.is_first]
        alone = [held for held in group if not held.is_first and not held.is_follow_up]
        table.add(
            name,
            *(share(held.is_cited for held in later), share(h.is_cited_in_full for h in later)),
            *(str(len(later)), share(held.is_cited for held in first), str(len(first))),
            *(share(held.is_left_alone for held in alone), str(len(alone))),
        )
    table.notes.append(
        "A turn is right if an expected article is cited first. Only turns with an answer count, "
        "but for those to be left alone, into which nothing may be carried."
    )
    return table


def _cites(answer: Answer, turn: Record) -> bool:
    """Say whether an expected article is cited first."""
    return any(c.article_id in turn["expected_article_ids"] for c in answer.citations[:1])
