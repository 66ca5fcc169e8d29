"""Train the reader, or its teacher: `python -m training.train --base DIR --work DIR`.

Run it again to continue. The examples are those of `training.prepare`; those that carry a
teacher's judgements (`training.judging`) are learned from both.
"""

import argparse
import pickle
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.utils.data import DataLoader

from training.batches import Batch, Encoder, pack
from training.evaluate import scores_on
from training.examples import Drawn, Example, draw
from training.losses import loss_of
from training.model import ReaderModel, best_device, half_precision, load_tokenizer
from training.resuming import log, restore, save, set_rates

SEED = 20
LONGEST = 256
_HEADS_RATE = 5  # times the rate of the body
_SAVE_SECONDS = 120
_LOG_STEPS = 50
_DROPOUT = 0.1
_WORKERS = 7


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a set one pass reads, and with how many look-alikes a question on average."""

    share: float
    negatives: float


# What is about news most, the rest for its ways of asking; every pass draws anew.
SHARES = {
    "newsqa": Share(1.0, 2.5),
    "realtimeqa": Share(1.0, 2.5),
    "squad2": Share(1.0, 0.5),
    "new_wiki": Share(0.4, 0.5),
    "reddit": Share(0.15, 0.5),
    "amazon_reviews": Share(0.05, 0.5),
    "qamr-wikinews": Share(0.4, 0.5),
    "qamr-wikipedia": Share(0.1, 0.5),
    "tweetqa-spans": Share(0.4, 0.3),
    "ester": Share(1.0, 0.7),
    "multirc-newslike": Share(1.0, 0.7),
    "boolq": Share(0.4, 0.5),
    "sentences": Share(1.0, 2.0),
    "statements": Share(0.6, 0.0),
    "mnli": Share(0.15, 0.0),
    "twins": Share(0.4, 0.0),
    "unlabelled": Share(0.7, 1.0),
}


def main() -> int:
    """Train on the examples, and say how well the network reads those for tuning."""
    parser = argparse.ArgumentParser(prog="python -m training.train")
    parser.add_argument("--work", type=Path, default=Path("training/work"))
    parser.add_argument(
        "--base", type=Path, required=True, help="folder of the network it begins as"
    )
    parser.add_argument("--examples", type=Path, help="by default those in the work folder")
    parser.add_argument("--layers", type=int, help="lower layers that are used; all by default")
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=1e9, help="the most it may take")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--tokens", type=int, default=8000, help="of one step, with padding")
    options = parser.parse_args()
    work: Path = options.work
    work.mkdir(parents=True, exist_ok=True)
    examples: Path = options.examples or work / "examples.pickle"
    sets = pickle.loads(examples.read_bytes())  # noqa: S301  # of training.prepare
    torch.manual_seed(SEED)
    device = best_device()
    model = ReaderModel(options.base, layers=options.layers, dropout=_DROPOUT)
    model.to(device)
    training = Training(model, options.base, work, options.rate, device)
    batches = [
        batch
        for number in range(options.passes)
        for batch in batches_of(sets["train"], number, options.tokens)
    ]
    training.run(batches, seconds=options.seconds)
    tokenizer = load_tokenizer(options.base, longest=LONGEST)
    log(work, done=True, **scores_on(model, sets["tune"], tokenizer))
    return 0


class Training:
    """One training, which saves its state and goes on from it."""

    def __init__(
        self, model: ReaderModel, base: Path, work: Path, rate: float, device: torch.device
    ) -> None:
        heads = [*model.judgement.parameters(), *model.edges.parameters()]
        body = [p for p in model.encoder.parameters() if p.requires_grad]
        groups = [
            {"params": body, "rate": rate},
            {"params": heads, "rate": rate * _HEADS_RATE},
        ]
        self._model, self._base, self._work, self._device = model, base, work, device
        self._optimizer = torch.optim.AdamW(groups, lr=rate, weight_decay=0.01, fused=True)
        self._done = restore(work, model, self._optimizer)
        self._started = self._saved = time.monotonic()

    def run(self, batches: list[list[Drawn]], *, seconds: float) -> None:
        """Train on the batches, from where a run before stopped, for so many seconds at most."""
        self._model.train()
        losses: list[torch.Tensor] = []
        loaded = _loaded(batches[self._done :], Encoder(self._base, LONGEST), self._device)
        for batch in loaded:
            progress = max(self._done / len(batches), self._seconds() / seconds)
            if progress >= 1:
                break
            set_rates(self._optimizer, progress)
            if batch is not None:
                losses.append(self._step(batch))
            self._done += 1
            if self._done % _LOG_STEPS == 0 and losses:
                mean = float(torch.stack(losses).mean())
                spent = round(self._seconds())
                log(self._work, step=self._done, of=len(batches), loss=mean, seconds=spent)
                losses.clear()
            if time.monotonic() - self._saved > _SAVE_SECONDS:
                save(self._work, self._model, self._optimizer, self._done)
                self._saved = time.monotonic()
        save(self._work, self._model, self._optimizer, self._done)

    def _seconds(self) -> float:
        return time.monotonic() - self._started

    def _step(self, batch: Batch) -> torch.Tensor:
        batch = batch.to(self._device)
        with half_precision(self._device):
            judgement, edges = self._model(
                batch.input_ids, batch.attention_mask, batch.token_type_ids
            )
        loss = loss_of(batch, judgement, edges)
        self._optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimizer.step()
        return loss.detach()


def batches_of(sets: dict[str, list[Example]], number: int, tokens: int) -> list[list[Drawn]]:
    """Return the batches of a pass, the same in every run."""
    rng = random.Random(SEED + number)  # noqa: S311  # drawing examples
    drawn = [
        one
        for name, wanted in SHARES.items()
        for one in draw(
            _taught(sets.get(name, ())), share=wanted.share, negatives=wanted.negatives, rng=rng
        )
    ]
    return pack(drawn, tokens=tokens, rng=rng)


def _taught(examples: Sequence[Example]) -> list[Example]:
    """Return what can be learned from: what has a label, or a teacher's judgement."""
    return [one for one in examples if one.labelled or one.judgements]


def _loaded(
    batches: list[list[Drawn]], encoder: Encoder, device: torch.device
) -> Iterator[Batch | None]:
    """Yield the batches as tensors; for a GPU they are made beside it."""
    workers = _WORKERS if device.type == "cuda" else 0
    yield from DataLoader(batches, batch_size=None, collate_fn=encoder, num_workers=workers)


if __name__ == "__main__":
    sys.exit(main())
