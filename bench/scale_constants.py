"""The measured constants of the cost model, each with its source; `scale_model` computes with them.

To bring the model up to date, measure again, change the constant here, and run
`python -m bench.scale_model`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A measured number, with what it counts and where it was measured."""

    value: float
    unit: str
    source: str


_NEWS = "19,450 news articles of 2022 to 2024, three outlets"
_SAMPLE = "a sample of 600 of them"
_TWO_CORES = "two shared cores"

# -- what an archive holds ------------------------------------------------------------------------

INPUT_BYTES = Constant(value=8909, unit="bytes of JSON Lines an article", source=_NEWS)
PASSAGES = Constant(value=9.17, unit="passages an article", source=f"{_NEWS}: 178,306 passages")
SENTENCES = Constant(value=8.41, unit="sentences a passage", source=_SAMPLE)
TOKENS = Constant(value=25.2, unit="tokens a sentence", source=f"{_SAMPLE}: 50,500 sentences")
DISK_BYTES = Constant(
    value=103_700,
    unit="bytes of an archive an article",
    source=f"{_NEWS}, a whole archive (`python -m bench ingest`, with int8 vectors and cells)",
)
VECTOR_BYTES = Constant(
    value=768, unit="bytes a vector", source="384 numbers of 2 bytes: how archives keep vectors"
)

# -- what it takes to make ------------------------------------------------------------------------

READING_RATE = Constant(
    value=45.4,
    unit="articles a core-second, read and indexed by words",
    source=f"{_NEWS}, 214 s on {_TWO_CORES}, writing included (`python -m bench ingest`)",
)
WRITING_RATE = Constant(
    value=65,
    unit="articles a second, written by the one process that decides",
    source="1,000 of them: 5.8 s of the processor in the run itself for words, and 9.5 s for "
    f"vectors, merges included, {_TWO_CORES} while other work was running",
)
CORE_TOKENS = Constant(
    value=5199,
    unit="tokens a core-second, int8 on ONNX Runtime",
    source="python -m bench embedding, in seconds of the processor, while other work was running",
)
CORE_TOKENS_FLOAT = Constant(
    value=2667,
    unit="tokens a core-second, float32 on torch",
    source="python -m bench embedding, likewise",
)
# None until it was measured: `python bench/gpu_embedding.py FOLDER` measures it.
GPU_TOKENS: Constant | None = None

# -- what it takes to search ----------------------------------------------------------------------

GRAPH_BYTES = Constant(
    value=16 * 2 * 4 * 1.1,
    unit="bytes a passage of the graph (HNSW)",
    source="m = 16: 32 links of 4 bytes at the lowest level, and a tenth above; not measured",
)
QUANTISED = {
    "float16": Constant(value=768, unit="bytes a passage in memory", source="2 bytes a number"),
    "int8": Constant(value=384, unit="bytes a passage in memory", source="1 byte a number"),
    "binary": Constant(value=48, unit="bytes a passage in memory", source="1 bit a number"),
}

# -- machines -------------------------------------------------------------------------------------

NODE_MEMORY = Constant(
    value=48e9,
    unit="bytes of memory a node can give",
    source="an assumption: 64 GB, three quarters",
)
NODE_DISK = Constant(
    value=1.5e12, unit="bytes of disk a node can give", source="an assumption: 2 TB, three quarters"
)
REPLICAS = Constant(
    value=2, unit="nodes that have each point", source="an assumption: one node may be lost"
)
GENERATIONS = Constant(
    value=2,
    unit="generations on a server",
    source="the one that is served, and the one before, in which the next is built",
)
