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
from pathlib import Path

import torch
from torch import distributed, multiprocessing
from torch.utils.data import DataLoader

from training.batches import Batch, Encoder, length_of, pack
from training.evaluate import scores_on
from training.examples import Drawn, Example, draw
from training.losses import loss_of
from training.model import ReaderModel, best_device, half_precision, load_tokenizer
from training.resuming import average, log, restore, save, set_rates
from training.shares import SHARES, Share

SEED = 20
LONGEST = 320
_HEADS_RATE = 5  # times the rate of the body
_SAVE_SECONDS = 120
_LOG_STEPS = 50
_WORKERS = 7
_MEETING = "processes"


def main() -> int:
    """Train on the examples, and say how well the network reads those for tuning."""
    parser = argparse.ArgumentParser(prog="python -m training.train")
    parser.add_argument("--work", type=Path, default=Path("training/work"))
    parser.add_argument(
        "--base", type=Path, required=True, help="folder of the network it begins as"
    )
    parser.add_argument("--weights", type=Path, help="checkpoint of a training to go on from")
    parser.add_argument("--examples", type=Path, help="by default those in the work folder")
    parser.add_argument("--layers", type=int, help="lower layers that are used; all by default")
    parser.add_argument("--frozen", type=int, default=0, help="lowest layers that do not learn")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument(
        "--shares", choices=SHARES, default="first", help="how much of each set a pass reads"
    )
    parser.add_argument(
        "--without", nargs="*", default=[], metavar="SET", help="sets that are not read"
    )
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--steps", type=int, help="the most steps it may take")
    parser.add_argument("--seed", type=int, default=SEED, help="of what is drawn and left out")
    parser.add_argument("--seconds", type=float, default=1e9, help="the most it may take")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--tokens", type=int, default=8000, help="of one step, with padding")
    parser.add_argument(
        "--processes", type=int, default=1, help="that share a batch, each with one thread"
    )
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    if options.processes == 1:
        _train(0, options)
    else:
        # They find each other by a file, so that no port has to be free.
        (options.work / _MEETING).unlink(missing_ok=True)
        multiprocessing.spawn(_train, args=(options,), nprocs=options.processes)
    return 0


def _train(rank: int, options: argparse.Namespace) -> None:
    """Train in one of the processes; the first writes the log and the checkpoints."""
    processes: int = options.processes
    if processes > 1:
        torch.set_num_threads(1)
        meeting = f"file://{(options.work / _MEETING).resolve()}"
        distributed.init_process_group("gloo", meeting, rank=rank, world_size=processes)
    examples: Path = options.examples or options.work / "examples.pickle"
    sets = pickle.loads(examples.read_bytes())  # noqa: S301  # of training.prepare
    torch.manual_seed(options.seed)
    device = best_device()
    model = ReaderModel(
        options.base, layers=options.layers, dropout=options.dropout, frozen=options.frozen
    )
    if options.weights:
        model.load_state_dict(torch.load(options.weights, weights_only=True)["model"])
    model.to(device)
    torch.manual_seed(options.seed + rank)  # so that the processes leave out other words
    training = Training(
        model, options.base, options.work, options.rate, device, rank=rank, processes=processes
    )
    shares = {
        name: share for name, share in SHARES[options.shares].items() if name not in options.without
    }
    batches = [
        batch
        for number in range(options.passes)
        for batch in batches_of(sets["train"], shares, options.seed + number, options.tokens)
    ]
    sets.pop("train")  # what is drawn is in the batches, and the rest takes gigabytes
    training.run(batches[: options.steps], seconds=options.seconds)
    if rank == 0:
        torch.set_num_threads(processes)  # the others have nothing left to do
        tokenizer = load_tokenizer(options.base, longest=LONGEST)
        log(options.work, done=True, **scores_on(model, sets["tune"], tokenizer))


class Training:
    """One training, which saves its state and goes on from it.

    Each of the processes that share it reads its own questions of a batch, and all average what
    they learn from them, so that their networks stay the same.
    """

    def __init__(
        self,
        model: ReaderModel,
        base: Path,
        work: Path,
        rate: float,
        device: torch.device,
        *,
        rank: int = 0,
        processes: int = 1,
    ) -> None:
        heads = [*model.judgement.parameters(), *model.edges.parameters()]
        body = [p for p in model.encoder.parameters() if p.requires_grad]
        groups = [
            {"params": body, "rate": rate},
            {"params": heads, "rate": rate * _HEADS_RATE},
        ]
        self._learned = [*body, *heads]
        self._model, self._base, self._work, self._device = model, base, work, device
        self._rank, self._processes = rank, processes
        self._optimizer = torch.optim.AdamW(groups, lr=rate, weight_decay=0.01, fused=True)
        self._done, self._spent = restore(work, model, self._optimizer)
        self._started = self._saved = time.monotonic()

    def run(self, batches: list[list[Drawn]], *, seconds: float) -> None:
        """Train on the batches, from where a run before stopped, for so many seconds in all."""
        self._model.train()
        losses: list[torch.Tensor] = []
        mine = [shared(batch, self._processes)[self._rank] for batch in batches[self._done :]]
        for batch in _loaded(mine, Encoder(self._base, LONGEST), self._device):
            progress = self._agreed(max(self._done / len(batches), self._seconds() / seconds))
            if progress >= 1:
                break
            set_rates(self._optimizer, progress)
            loss = self._step(batch)
            if loss is not None:
                losses.append(loss)
            self._done += 1
            if self._rank == 0 and self._done % _LOG_STEPS == 0 and losses:
                mean = float(torch.stack(losses).mean())
                spent = round(self._seconds())
                log(self._work, step=self._done, of=len(batches), loss=mean, seconds=spent)
                losses.clear()
            if time.monotonic() - self._saved > _SAVE_SECONDS:
                self._save()
        self._save()

    def _seconds(self) -> float:
        """Return how long it has trained, with the runs before."""
        return self._spent + time.monotonic() - self._started

    def _save(self) -> None:
        if self._rank == 0:
            save(self._work, self._model, self._optimizer, self._done, seconds=self._seconds())
        self._saved = time.monotonic()

    def _agreed(self, value: float) -> float:
        """Return what the first process says, so that all make the same steps."""
        if self._processes == 1:
            return value
        said = torch.tensor(value, dtype=torch.float64)
        distributed.broadcast(said, src=0)
        return float(said)

    def _step(self, batch: Batch | None) -> torch.Tensor | None:
        """Learn from a batch; return its loss, None where this process has nothing to read."""
        self._optimizer.zero_grad()
        loss = None if batch is None else self._learn(batch.to(self._device))
        if self._processes > 1:
            for parameter in self._learned:
                if parameter.grad is None:
                    parameter.grad = torch.zeros_like(parameter)
            average([p.grad for p in self._learned if p.grad is not None], self._processes)
        elif loss is None:
            return None
        torch.nn.utils.clip_grad_norm_(self._learned, 1.0)
        self._optimizer.step()
        return loss

    def _learn(self, batch: Batch) -> torch.Tensor:
        with half_precision(self._device):
            judgement, edges = self._model(
                batch.input_ids, batch.attention_mask, batch.token_type_ids
            )
        loss = loss_of(batch, judgement, edges)
        loss.backward()
        return loss.detach()


def shared(batch: Sequence[Drawn], processes: int) -> list[list[Drawn]]:
    """Return a batch in parts that take about the same time, for each process waits for all."""
    parts: list[list[Drawn]] = [[] for _ in range(processes)]
    lengths = [0] * processes
    for one in sorted(batch, key=length_of, reverse=True):
        shortest = lengths.index(min(lengths))
        parts[shortest].append(one)
        lengths[shortest] += length_of(one)
    return parts


def batches_of(
    sets: dict[str, list[Example]], shares: dict[str, Share], seed: int, tokens: int
) -> list[list[Drawn]]:
    """Return the batches of a pass, the same for a seed in every run."""
    rng = random.Random(seed)  # noqa: S311  # drawing examples
    drawn = [
        one
        for name, wanted in shares.items()
        for one in draw(
            _taught(sets.get(name, ())),
            share=wanted.share,
            negatives=wanted.negatives,
            missing=wanted.missing,
            rng=rng,
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
