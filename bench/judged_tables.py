"""Makes tables of judged questions: by archive, by kind of question, by threshold."""

from collections.abc import Mapping, Sequence

from bench.answers import THRESHOLDS
from bench.judged import Judged
from bench.tables import Table, share


def summary(title: str, groups: Mapping[str, Sequence[Judged]], *, first_column: str) -> Table:
    """Return the measures of each group of questions, and of all if there are several."""
    table = Table(
        title=title,
        columns=[
            *(first_column, "answerable", "first right", "first right, nothing refused"),
            *("wrongly refused", "short right", "of", "right day", "of"),
            *("near misses refused", "of", "stale given", "of", "hit @1", "hit @5", "hit @10"),
        ],
    )
    every = [judged for group in groups.values() for judged in group]
    for name, group in {**groups, **({"all": every} if len(groups) > 1 else {})}.items():
        table.add(name, *_measures(group))
    table.notes.append(_wrong(every))
    return table


def _measures(group: Sequence[Judged]) -> list[str]:
    answerable = [judged for judged in group if judged.is_answerable]
    near_misses = [judged for judged in group if not judged.is_answerable]
    short = [judged for judged in answerable if judged.is_short_given]
    days = [judged for judged in answerable if judged.asks_for_a_day]
    stale = [judged for judged in answerable if judged.question.get("stale_answers")]
    return [
        str(len(answerable)),
        share(judged.is_right for judged in answerable),
        share(judged.is_right_unrefused for judged in answerable),
        share(not judged.is_given for judged in answerable),
        *(share(judged.is_short_right for judged in short), str(len(short))),
        *(share(judged.is_right_day for judged in days), str(len(days))),
        *(share(not judged.is_given for judged in near_misses), str(len(near_misses))),
        *(share(judged.is_stale for judged in stale), str(len(stale))),
        *(share(judged.is_found_within(n) for judged in answerable) for n in (1, 5, 10)),
    ]


def _wrong(every: Sequence[Judged]) -> str:
    """Return a note that names what went wrong by its place in the file of questions."""
    wrong = [str(j.place) for j in every if j.is_answerable and not j.is_right]
    given = [str(j.place) for j in every if not j.is_answerable and j.is_given]
    return (
        f"By line of `questions.jsonl`, not right at first: {', '.join(wrong) or 'none'}; near "
        f"misses answered: {', '.join(given) or 'none'}."
    )


def by_kind(title: str, every: Sequence[Judged]) -> Table:
    """Return the main measures for each main kind of question, the most frequent kind first."""
    table = Table(
        title=title,
        columns=[
            *("kind", "answerable", "first right", "first right, nothing refused"),
            *("wrongly refused", "short right", "of", "near misses", "of them refused"),
        ],
    )
    groups: dict[str, list[Judged]] = {}
    for judged in every:
        groups.setdefault(judged.kind, []).append(judged)
    for kind, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        near_misses = [judged for judged in group if not judged.is_answerable]
        refused = share(not judged.is_given for judged in near_misses)
        table.add(kind, *_measures(group)[:6], str(len(near_misses)), refused)
    return table


def curve(title: str, every: Sequence[Judged]) -> Table:
    """Return what is given and refused at each threshold."""
    table = Table(
        title=title,
        columns=["threshold", "given answers right", "answerable refused", "near misses refused"],
    )
    for threshold in THRESHOLDS:
        given = [judged for judged in every if judged.is_given_at(threshold)]
        table.add(
            f"{threshold:.2f}",
            share(judged.is_answerable and judged.is_right_unrefused for judged in given),
            *(
                share(not j.is_given_at(threshold) for j in every if j.is_answerable == answerable)
                for answerable in (True, False)
            ),
        )
    return table
