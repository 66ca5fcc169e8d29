"""Written sentences against their quotes: what the check finds, what it lets pass, its speed."""

from collections.abc import Iterable, Mapping
from functools import partial

from bench import data
from bench.claims import Claim, attribution_claims, derived_claims, written_claims
from bench.machine import spent
from bench.scores import THRESHOLDS, f1, macro_f1
from bench.tables import Table
from rag.models.embedding import Embedder
from rag.writing.support import SUPPORT_THRESHOLD, Support, check_sentence

_SPEED_QUOTES = 3
_SPEED_SENTENCES = 150

Checked = list[tuple[Claim, Support]]


def measure() -> list[Table]:
    """Return F1 on AttributionBench, what is caught of altered sentences, and the speed."""
    claims = list(attribution_claims())
    scored = {
        "with the embedder": _check(claims, data.embedder()),
        "words only": _check(claims, None),
    }
    return [
        _attribution(scored),
        _curve(scored),
        written_by_hand(),
        _caught("derived by rule", _check(derived_claims(), data.embedder())),
        _speed(list(written_claims())),
    ]


def written_by_hand() -> Table:
    """Return what is caught and passed of the sentences that were written by hand."""
    return _caught("written by hand", _check(written_claims(), data.embedder()))


def _check(claims: Iterable[Claim], embedder: Embedder | None) -> Checked:
    return [(claim, _support(claim, embedder)) for claim in claims]


def _support(claim: Claim, embedder: Embedder | None) -> Support:
    return check_sentence(claim.sentence, claim.quotes, embedder=embedder, question=claim.question)


def _attribution(scored: Mapping[str, Checked]) -> Table:
    """Return F1 by half, for the score alone and for what is supported, without any problem."""
    table = Table(
        title=f"Support, AttributionBench development set, threshold {SUPPORT_THRESHOLD}",
        columns=["signals", "half", "claims", "score F1", "macro", "supported F1", "macro"],
    )
    for name, checked in scored.items():
        for half, is_tuning in (("fitted and chosen on", True), ("held back", False)):
            part = [(c, s) for c, s in checked if c.is_tuning == is_tuning]
            labels = [claim.is_carried for claim, _ in part]
            by_score = [support.score >= SUPPORT_THRESHOLD for _, support in part]
            supported = [support.supported for _, support in part]
            cells = [
                f"{measured(labels, said):.3f}"
                for said in (by_score, supported)
                for measured in (f1, macro_f1)
            ]
            table.add(name, half, str(len(part)), *cells)
    table.notes.append(
        "Half of the claims are carried, so that saying so of all has F1 .667, macro .333. Many "
        "claims name what their references do not; people let that pass, the check does not."
    )
    return table


def _curve(scored: Mapping[str, Checked]) -> Table:
    table = Table(
        title="Support, AttributionBench: F1 of the score by threshold",
        columns=[
            "threshold",
            *(f"{name}, {half}" for name in scored for half in ("fitted", "held")),
        ],
    )
    for threshold in THRESHOLDS:
        cells = []
        for checked in scored.values():
            for is_tuning in (True, False):
                part = [(c, s) for c, s in checked if c.is_tuning == is_tuning]
                said = [support.score >= threshold for _, support in part]
                cells.append(f"{f1([claim.is_carried for claim, _ in part], said):.3f}")
        table.add(f"{threshold:.2f}", *cells)
    return table


def _caught(how: str, checked: Checked) -> Table:
    """Return the share of each kind that is as it should be: passed if faithful, else caught."""
    table = Table(
        title=f"Support, sample archive: {len(checked)} sentences {how}",
        columns=["kind", "should be", "tuned on", "of", "held back", "of"],
    )
    for kind in dict.fromkeys(claim.kind for claim, _ in checked):
        cells: list[str] = []
        expected = "passed"
        for is_tuning in (True, False):
            part = [(c, s) for c, s in checked if (c.kind, c.is_tuning) == (kind, is_tuning)]
            right = [support.supported == claim.is_carried for claim, support in part]
            expected = "passed" if part and part[0][0].is_carried else "caught"
            cells += [f"{sum(right) / max(1, len(right)):.3f}", str(len(right))]
        table.add(kind, expected, *cells)
    return table


def _speed(written: list[Claim]) -> Table:
    table = Table(
        title=f"Support, speed: a sentence with {_SPEED_QUOTES} quotes, processor time on one core",
        columns=["signals", "mean ms", "slowest ms"],
    )
    every = list({quote.quote: quote for claim in written for quote in claim.quotes}.values())
    for name, embedder in (("words only", None), ("with the embedder", data.embedder())):
        taken = []
        for i, claim in enumerate(written[:_SPEED_SENTENCES]):
            others = every[i % len(every) :][: _SPEED_QUOTES - 1]
            quotes = [*claim.quotes, *others][:_SPEED_QUOTES]
            check = partial(check_sentence, claim.sentence, quotes, embedder=embedder)
            taken.append(1000 * spent(check))
        table.add(name, f"{sum(taken) / len(taken):.1f}", f"{max(taken):.1f}")
    return table
