"""Copies: how many of the known ones are found, how many of the found ones are known, how fast."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from itertools import combinations

from datasketch import MinHash

from bench import data
from bench.tables import Table
from ingest.copies import Signed, find_clusters, sign

_PLANTED = ("1000", "2500")
_YEARS = ("2022", "2023", "2024")
_TIMED = 1000

Pair = tuple[str, str]


def measure() -> list[Table]:
    """Return the shares of known copies found and of found copies known, and the speed."""
    articles = [article for year in _YEARS for article in _realtimeqa(year)]
    signed = [_signed(article) for article in articles]
    started = time.perf_counter()
    clusters = find_clusters(signed)
    seconds = time.perf_counter() - started
    speed = Table(title="Copies: speed, one core", columns=["what", "value"])
    for name, value in _signing([str(article["text"]) for article in articles]).items():
        speed.add(name, value)
    speed.add(f"s to cluster {len(signed):,} articles", f"{seconds:.2f}")
    return [_found_table(clusters), _archive_table(clusters), speed]


def planted_pairs(name: str) -> tuple[dict[str, str], set[Pair]]:
    """Return the texts of a planted set by id, and its pairs of copies.

    Raises:
        DataMissing: the folder is not there.
    """
    articles = (line.partition(" ") for line in _lines(f"articles_{name}.train"))
    texts = {article_id: text for article_id, _, text in articles}
    truth = (line.split() for line in _lines(f"articles_{name}.truth"))
    return texts, {_pair(first, second) for first, second in truth}


def known_pairs() -> set[Pair]:
    """Return the pairs of realtimeqa articles that share .3 or more of their leads' shingles."""
    records = data.read_lines(data.DATA / "near-duplicates" / "realtimeqa-pairs.jsonl")
    return {_pair(record["a"], record["b"]) for record in records}


def cluster_pairs(clusters: dict[str, str]) -> set[Pair]:
    """Return every pair of articles that share a cluster."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for article_id, original in clusters.items():
        members[original].append(article_id)
    return {_pair(*two) for cluster in members.values() for two in combinations(cluster, 2)}


def _found_table(realtimeqa: dict[str, str]) -> Table:
    table = Table(
        title="Copies: known pairs found", columns=["set", "pairs", "recall", "precision"]
    )
    for name in _PLANTED:
        texts, known = planted_pairs(name)
        found = cluster_pairs(
            find_clusters(
                Signed(article_id=key, signature=sign(text)) for key, text in texts.items()
            )
        )
        recall, precision = len(found & known) / len(known), len(found & known) / len(found)
        table.add(f"planted in {name}", str(len(known)), f"{recall:.3f}", f"{precision:.3f}")
    known = known_pairs()
    recall = len(known & cluster_pairs(realtimeqa)) / len(known)
    table.add("realtimeqa", str(len(known)), f"{recall:.3f}", "")
    table.notes.append(
        "The realtimeqa pairs are half of those with Jaccard .3 or more; precision is not known."
    )
    return table


def _archive_table(clusters: dict[str, str]) -> Table:
    sizes = Counter(Counter(clusters.values()).values())
    table = Table(title="Copies: the realtimeqa archive", columns=["what", "number"])
    table.add("clusters", str(sizes.total()))
    table.add("articles in them", str(len(clusters)))
    table.add("copies (articles less originals)", str(len(clusters) - sizes.total()))
    table.add("clusters of two", str(sizes[2]))
    largest = sorted(sizes.elements(), reverse=True)[:4]
    table.add("largest clusters", ", ".join(map(str, largest)))
    table.notes.append("The two largest are pages whose only text is one same notice.")
    return table


def _signing(texts: list[str]) -> dict[str, str]:
    """Return the time to sign an article, and that of the library called plainly."""
    sample = texts[:: max(1, len(texts) // _TIMED)]
    ours, plain = _microseconds(sign, sample), _microseconds(_plain_sketch, sample)
    return {
        "µs to sign an article": f"{ours:.0f}",
        "µs for datasketch as it comes (SHA-1, white-space words)": f"{plain:.0f}",
        "ratio": f"{plain / ours:.2f}",
    }


def _plain_sketch(text: str) -> MinHash:
    words = text.casefold().split()[:1000]
    sketch = MinHash(num_perm=256)
    sketch.update_batch(
        [" ".join(words[start : start + 5]).encode() for start in range(len(words) - 4)]
    )
    return sketch


def _microseconds(signer: Callable[[str], object], texts: list[str]) -> float:
    signer(texts[0])
    started = time.perf_counter()
    for text in texts:
        signer(text)
    return (time.perf_counter() - started) / len(texts) * 1e6


def _realtimeqa(year: str) -> list[data.Record]:
    return data.read_lines(data.DATA / "realtimeqa" / f"articles-{year}.jsonl.xz")


def _signed(article: data.Record) -> Signed:
    published = article["published"]
    return Signed(
        article_id=article["id"],
        signature=sign(article["text"]),
        source=article["source"] or "",
        published=date.fromisoformat(published[:10]) if published else None,
    )


def _lines(name: str) -> Iterable[str]:
    path = data.DATA / "near-duplicates" / name
    if not path.exists():
        raise data.DataMissing(f"{path} is missing; set DATELINE_BENCH_DATA to the folder of data")
    return path.read_text(encoding="utf-8").splitlines()


def _pair(first: str, second: str) -> Pair:
    return (first, second) if first < second else (second, first)
