"""Asks every check about a sentence, and says how much less likely it answers for that."""

from collections.abc import Callable, Sequence

from rag.evidence.fitness.bearers import (
    check_age,
    check_bearer,
    check_other_bearer,
    check_when_of_another,
)
from rag.evidence.fitness.complements import check_complement
from rag.evidence.fitness.credits import check_credit
from rag.evidence.fitness.denials import check_denial
from rag.evidence.fitness.expected import check_expected
from rag.evidence.fitness.former import check_former
from rag.evidence.fitness.holders import check_gone, check_holder
from rag.evidence.fitness.kills import check_kill
from rag.evidence.fitness.kin import check_kin
from rag.evidence.fitness.names import check_descriptions, check_names
from rag.evidence.fitness.numbered import check_numbered, check_ordinal, check_part_of_game
from rag.evidence.fitness.opposites import check_opposites
from rag.evidence.fitness.periods import check_long_ago, check_period
from rag.evidence.fitness.pronouns import check_pronoun
from rag.evidence.fitness.questions import check_question
from rag.evidence.fitness.records import Candidate, Misfit, MisfitKind
from rag.evidence.fitness.rests import check_rest
from rag.evidence.fitness.roles import check_roles
from rag.evidence.fitness.speakers import check_speaker
from rag.evidence.fitness.stages import check_stage
from rag.evidence.fitness.times import check_ahead
from rag.evidence.fitness.topics import check_topic
from rag.evidence.fitness.undated import check_undated
from rag.evidence.fitness.units import check_unit

_CHECKS: Sequence[Callable[[Candidate], Misfit | None]] = (
    check_question,
    check_credit,
    check_kill,
    check_opposites,
    check_denial,
    check_rest,
    check_roles,
    check_period,
    check_long_ago,
    check_ahead,
    check_expected,
    check_undated,
    check_names,
    check_numbered,
    check_ordinal,
    check_part_of_game,
    check_descriptions,
    check_kin,
    check_holder,
    check_gone,
    check_complement,
    check_former,
    check_stage,
    check_speaker,
    check_unit,
    check_pronoun,
    check_age,
    check_bearer,
    check_when_of_another,
    check_other_bearer,
    check_topic,
)
# What a misfit takes from the logarithm of the odds that a sentence answers. The first refuses it,
# however sure the reader was. The second divides the odds by less than three.
_REFUSES, _LOWERS = 8.0, 1.0
_COSTS: dict[MisfitKind, float] = {"topic": _LOWERS, "long ago": _LOWERS, "other bearer": _LOWERS}
# Some misfits say something only of a sentence that has so much of the question. One that answers
# in other words has other words in the place of these, too.
_WORDED_ALIKE = 1 / 3
_OF_WORDING: frozenset[MisfitKind] = frozenset({"question", "opposite", "time", "topic"})


def find_misfits(candidate: Candidate) -> list[Misfit]:
    """Return everything for which a sentence does not answer the question."""
    found = [misfit for check in _CHECKS if (misfit := check(candidate)) is not None]
    return [
        misfit
        for misfit in found
        if misfit.kind not in _OF_WORDING or candidate.likeness >= _WORDED_ALIKE
    ]


def cost_of(candidate: Candidate) -> float:
    """Return what the misfits of a sentence take from the logarithm of its odds; 0 if it fits."""
    return sum(_COSTS.get(misfit.kind, _REFUSES) for misfit in find_misfits(candidate))
