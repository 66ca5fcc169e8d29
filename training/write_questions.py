"""Write questions for news passages with a language model: `python -m training.write_questions`.

The model is tuned on questions that people asked (`_STYLES`), then writes an answer and its
question for each passage, in one of their styles. `training.choose_questions` keeps those that a
trained reader finds again.
"""

import argparse
import json
import pickle
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from rag.models.reading import Text
from training.examples import Example

SEED = 14
NEAR = "near"  # a question that its passage does not answer
_NO_ANSWER = "none"
_RATE = 2e-5
_STEP_TOKENS = 24_000
_LONGEST = 420  # tokens of an example
_NEW_TOKENS = 56
_AT_ONCE = 2048
_LIKELIEST = 40
_TEMPERATURE = 0.9


@dataclass(frozen=True, slots=True)
class Style:
    """A way of asking: the set it is learned from, and how many questions a passage is asked."""

    name: str
    set_name: str
    learned: int
    asked: float


_STYLES = (
    Style("news", "newsqa", 3200, 1.0),
    Style("quiz", "realtimeqa", 1000, 0.15),
    Style("plain", "squad2", 2000, 0.3),
    Style("plain", "new_wiki", 2500, 0.3),
    Style("detail", "qamr-wikinews", 2500, 0.4),
    Style("cause", "ester", 800, 0.25),
    Style(NEAR, "squad2", 2100, 0.5),
)


def main() -> int:
    """Tune the model, write the questions, and put them into a file."""
    parser = argparse.ArgumentParser(prog="python -m training.write_questions")
    parser.add_argument("--model", type=Path, required=True, help="folder of the language model")
    parser.add_argument("--examples", type=Path, required=True, help="of training.train")
    parser.add_argument("--passages", type=Path, required=True, help="article, title, body a line")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--most", type=int, default=26_000, help="passages")
    options = parser.parse_args()
    rng = random.Random(SEED)  # noqa: S311  # drawing examples
    torch.manual_seed(SEED)
    sets = pickle.loads(options.examples.read_bytes())["train"]  # noqa: S301  # of training
    tokenizer = AutoTokenizer.from_pretrained(options.model, padding_side="left")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = AutoModelForCausalLM.from_pretrained(options.model, dtype=torch.float32).to(device)
    _tune(model, tokenizer, _lessons(sets, rng), rng)
    passages = read_lines(options.passages)[: options.most]
    model = model.to(torch.bfloat16 if device.type == "cuda" else torch.float32).eval()
    with options.output.open("w") as file:
        for record in _written(model, tokenizer, passages, rng):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return 0


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the records of a file with one JSON object a line."""
    return [json.loads(line) for line in path.read_text().splitlines()]


def _prompt(passage: Text, style: str) -> str:
    return f"{passage.joined}\n\nStyle: {style}\nAnswer:"


def _lessons(sets: dict[str, list[Example]], rng: random.Random) -> list[tuple[str, str]]:
    """Return prompts with what is to be written after them."""
    lessons = []
    for style in _STYLES:
        near = style.name == NEAR
        fitting = [e for e in sets[style.set_name] if bool(e.answers) != near]
        for example in rng.sample(fitting, min(style.learned, len(fitting))):
            answer = _NO_ANSWER
            if example.answers:
                start, end = rng.choice(example.answers)
                answer = example.passage.body[start:end]
            written = f" {answer}\nQuestion: {example.question.strip()}"
            lessons.append((_prompt(example.passage, style.name), written))
    return lessons


def _tune(model: Any, tokenizer: Any, lessons: list[tuple[str, str]], rng: random.Random) -> None:
    encoded = []
    for prompt, written in lessons:
        asked = tokenizer(prompt)["input_ids"]
        ids = asked + tokenizer(written)["input_ids"] + [tokenizer.eos_token_id]
        if len(ids) <= _LONGEST:
            encoded.append((ids, len(asked)))
    batches = list(_batches(encoded, rng))
    optimizer = torch.optim.AdamW(model.parameters(), lr=_RATE, weight_decay=0.01, fused=True)
    model.train()
    started = time.monotonic()
    for step, batch in enumerate(batches):
        for group in optimizer.param_groups:
            group["lr"] = _RATE * min(1.0, (step + 1) / 20, (len(batches) - step) / len(batches))
        ids, labels, mask = _padded(batch, model.device)
        with torch.autocast(model.device.type, torch.bfloat16, model.device.type == "cuda"):
            loss = model(input_ids=ids, attention_mask=mask, labels=labels).loss
        optimizer.zero_grad()
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        if bool(norm.isfinite()):
            optimizer.step()
        if step % 20 == 0:
            _say(f"step {step} of {len(batches)}: {float(loss):.3f}, {_since(started)}")


def _batches(
    encoded: list[tuple[list[int], int]], rng: random.Random
) -> Iterator[list[tuple[list[int], int]]]:
    """Yield batches of similar length in no order."""
    encoded = sorted(encoded, key=lambda one: len(one[0]) + rng.random())
    batches: list[list[tuple[list[int], int]]] = [[]]
    for one in encoded:
        if (len(batches[-1]) + 1) * len(one[0]) > _STEP_TOKENS:
            batches.append([])
        batches[-1].append(one)
    rng.shuffle(batches)
    yield from batches


def _padded(
    batch: Sequence[tuple[list[int], int]], device: torch.device
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return ids, labels without the prompts, and the mask, padded at the end."""
    width = max(len(ids) for ids, _ in batch)
    ids, mask = (torch.zeros((len(batch), width), dtype=torch.long) for _ in range(2))
    labels = torch.full((len(batch), width), -100)
    for row, (one, prompt) in enumerate(batch):
        ids[row, : len(one)] = torch.tensor(one)
        labels[row, prompt : len(one)] = ids[row, prompt : len(one)]
        mask[row, : len(one)] = 1
    return ids.to(device), labels.to(device), mask.to(device)


def _written(
    model: Any, tokenizer: Any, passages: Sequence[dict[str, str]], rng: random.Random
) -> Iterator[dict[str, str | int]]:
    """Yield what is written for passages: their place, the style, an answer and its question."""
    asked = [
        (place, style.name, _prompt(Text(passage["title"], passage["body"]), style.name))
        for place, passage in enumerate(passages)
        for style in _STYLES
        for _ in range(int(style.asked) + (rng.random() < style.asked % 1))
    ]
    asked.sort(key=lambda one: len(one[2]))
    started = time.monotonic()
    for first in range(0, len(asked), _AT_ONCE):
        some = asked[first : first + _AT_ONCE]
        prompts = tokenizer([prompt for *_, prompt in some], return_tensors="pt", padding=True)
        with torch.no_grad():
            output = model.generate(
                **prompts.to(model.device),
                do_sample=True,
                top_k=_LIKELIEST,
                temperature=_TEMPERATURE,
                max_new_tokens=_NEW_TOKENS,
                pad_token_id=tokenizer.pad_token_id,
            )
        texts = tokenizer.batch_decode(
            output[:, prompts["input_ids"].shape[1] :], skip_special_tokens=True
        )
        _say(f"{first + len(some)} of {len(asked)} written, {_since(started)}")
        for (place, style, _), text in zip(some, texts, strict=True):
            answer, marker, question = text.partition("\nQuestion:")
            if marker:
                yield {
                    "passage": place,
                    "style": style,
                    "answer": answer.strip(),
                    "question": question.strip(),
                }


def _since(started: float) -> str:
    return f"{time.monotonic() - started:.0f} s"


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
