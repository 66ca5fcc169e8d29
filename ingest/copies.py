"""Find copies: articles in which several outlets print the same story.

A signature is a MinHash of the five-word shingles in an article's first thousand words. Articles
whose signatures agree are linked; a cluster is what is linked and like its earliest article. All
of it is a function of the set of articles: their order, the process and the machine do not matter.
"""

import re
import sys
import tempfile
import unicodedata
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from typing import IO

import numpy as np
from numpy.typing import NDArray

from rag.store.model import seniority
from rag.text.outlets import credited, is_one_outlet, outlet_name

# 256 values, of each the low 16 bits (b-bit MinHash, Li and König 2010). The estimate of a Jaccard
# similarity of .3 has a standard deviation of .029; 128 values have .041, for which fifteen times
# as many false pairs are to be expected in the planted set (docs/decisions/0005-copies.md).
_VALUES = 256
SIGNATURE_BYTES = _VALUES * 2

# Shingles and lead as in the realtimeqa pairs, all 217 of which they reproduce to the third decimal
# with 6,000 characters. A lead is what the copies of a story share; outlets cut and append below.
_SHINGLE_WORDS = 5
_LEAD_WORDS = 1000
# Ten times what a thousand words need, so that wide indentation leaves the lead as it is.
_LEAD_CHARACTERS = 60_000
# Below, one changed word leaves too few of the shingles to say anything.
_MIN_WORDS = 20

# 70 of 256 values, .273: finds .991 of the realtimeqa pairs (.3 or more), 66 would find .995 and 77
# .982; unrelated planted articles reach .20. What lies between are stories told again next day.
_LINKED = 70
# 32 of 256, .125: what a member must share with its cluster's earliest article, or chains of weekly
# columns and weather reports grow without end. 40 would find as many of the realtimeqa pairs, 51
# (.2) .959 and 70 .903.
_ALIKE = 32

# Each member of a band's bucket is compared with the next so many: a page frame that thousands of
# articles share costs this much each. 8 and 200 find the same in realtimeqa as 32.
_WINDOW = 32
# Between articles that have so many links already, no more are sought: ten thousand weather reports
# would have millions, which tell nothing new.
_LINKS_ENOUGH = 32
_BANDS_AT_ONCE = 16
_PAIRS_AT_ONCE = 16_384
# 128 shingles' values stay in the cache: 2.7 times as fast as all of an article's at once.
_SHINGLES_AT_ONCE = 128

# Han, kana and Hangul have no spaces between words or few: there, a character is a word.
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
# Soft hyphens and zero-width characters, which typesetting leaves inside words.
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")

Ranks = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """An article as the search for copies sees it: its signature and where it came from.

    `corrects` says that its headline announces a correction.
    """

    article_id: str
    signature: bytes
    source: str = ""
    agency: str = ""
    published: date | None = None
    published_at: datetime | None = None
    corrects: bool = False

    def __post_init__(self) -> None:
        if len(self.signature) not in (0, SIGNATURE_BYTES):
            raise ValueError(
                f"a signature has {SIGNATURE_BYTES} bytes, not {len(self.signature)}; sign again"
            )


def sign(text: str) -> bytes:
    """Return the signature of a text, `SIGNATURE_BYTES` long; empty if the text is too short.

    Case, punctuation, white space and typographic variants of characters do not change it.
    """
    words = _words(text)
    if len(words) < _MIN_WORDS:
        return b""
    parts = " ".join(words).encode("utf-8", "surrogatepass").split(b" ")
    shingles = zip(*(parts[start:] for start in range(_SHINGLE_WORDS)), strict=False)
    return _minhash(map(b" ".join, shingles)).astype("<u2").tobytes()


def agreement(one: bytes, other: bytes) -> int:
    """Return in how many of their values two signatures agree, which must not be empty."""
    return int(np.count_nonzero(np.frombuffer(one, "<u2") == np.frombuffer(other, "<u2")))


def find_clusters(articles: Iterable[Signed]) -> dict[str, str]:
    """Return the id of the original for each article that has copies, the original's included.

    The articles are read once, as a stream; their signatures wait in a temporary file. The original
    is the credited agency's own article, else the earliest. Ids must be distinct.
    """
    with tempfile.TemporaryFile(prefix="dateline-copies-") as file:
        members, digests = _spool(articles, file)
        if len(members) < 2:
            return {}
        order = np.array(sorted(range(len(members)), key=lambda row: _seniority(members[row])))
        members = [members[row] for row in order]
        signatures = _Signatures(file, rows=order)
        # Equal signatures are one to the rest of the search, however many they are.
        _, first, inverse = np.unique(digests[order], return_index=True, return_inverse=True)
        links = _find_links(signatures, np.sort(first))
        leaders = _lead(links, signatures)[first[inverse]]
    return {
        member.article_id: original
        for cluster in _gather(leaders)
        for original in [_original([members[rank] for rank in cluster])]
        for member in (members[rank] for rank in cluster)
    }


class _Signatures:
    """The spooled signatures, addressed by rank: the place in the order of seniority."""

    def __init__(self, file: IO[bytes], *, rows: Ranks) -> None:
        self._rows = rows
        self._values: NDArray[np.uint16] = np.memmap(
            file, dtype="<u2", mode="r", shape=(len(rows), _VALUES)
        )

    def __len__(self) -> int:
        return len(self._rows)

    def agreement(self, left: Ranks, right: Ranks) -> NDArray[np.int64]:
        """Return in how many of their values each left and each right one agree."""
        counts = np.empty(len(left), dtype=np.int64)
        for start in range(0, len(left), _PAIRS_AT_ONCE):
            part = slice(start, start + _PAIRS_AT_ONCE)
            equal = self._values[self._rows[left[part]]] == self._values[self._rows[right[part]]]
            counts[part] = np.count_nonzero(equal, axis=1)
        return counts

    def bands(self, ranks: Ranks) -> Iterator[tuple[NDArray[np.uint32], NDArray[np.uint32]]]:
        """Yield each band of two values as the ranks' keys, and a neighbouring band's keys.

        Two values a band, 128 bands: of pairs with Jaccard .3, a share of 1e-5 meets in none.
        """
        pairs_of_values = self._values.view("<u4")
        for start in range(0, _VALUES // 2, _BANDS_AT_ONCE):
            block = pairs_of_values[:, start : start + _BANDS_AT_ONCE]
            keys = np.ascontiguousarray(block[self._rows[ranks]].T)
            for band in range(_BANDS_AT_ONCE):
                yield keys[band], keys[(band + 1) % _BANDS_AT_ONCE]


def _words(text: str) -> list[str]:
    head = " ".join(text[:_LEAD_CHARACTERS].split(maxsplit=_LEAD_WORDS)[:_LEAD_WORDS])
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", head)).casefold()
    return _WORD.findall(plain)[:_LEAD_WORDS]


def _minhash(shingles: Iterable[bytes]) -> NDArray[np.uint32]:
    """Return the least value of each permutation over the shingles, `(_VALUES,)`.

    Source: the scheme `affine32` of datasketch 2.0 with seed 1, on CRC-32; stored archives have its
    values. The CRC is mixed by the finalizer of MurmurHash3, and then permuted by `a * h + b`. All
    products and sums are modulo 2^32.
    """
    hashes = np.fromiter(map(zlib.crc32, shingles), dtype=np.uint32)
    hashes = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    hashes = (hashes ^ (hashes >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    hashes ^= hashes >> np.uint32(16)
    factors, offsets = _permutations()
    least = np.full(_VALUES, 2**32 - 1, dtype=np.uint32)
    for start in range(0, len(hashes), _SHINGLES_AT_ONCE):
        part = hashes[start : start + _SHINGLES_AT_ONCE, np.newaxis]
        np.minimum(least, (part * factors + offsets).min(axis=0), out=least)
    return least


@cache
def _permutations() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    # The legacy generator, because NumPy keeps its numbers the same in all versions (NEP 19).
    dice = np.random.RandomState(1)
    factors = dice.randint(0, 2**31, _VALUES, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, dice.randint(0, 2**32, _VALUES, dtype=np.uint32)


def _spool(articles: Iterable[Signed], file: IO[bytes]) -> tuple[list[Signed], NDArray[np.uint64]]:
    """Write all signatures to a file; return the articles without them, and their digests."""
    members: list[Signed] = []
    digests = array("Q")
    for article in articles:
        if not article.signature:
            continue
        file.write(article.signature)
        digest = blake2b(article.signature, digest_size=8).digest()
        digests.append(int.from_bytes(digest, "little"))
        source, agency = sys.intern(article.source), sys.intern(article.agency)
        members.append(replace(article, signature=b"", source=source, agency=agency))
    file.flush()
    return members, np.array(digests, dtype=np.uint64)


def _seniority(article: Signed) -> tuple[date, datetime, str]:
    return seniority(article.published, article.published_at, article.article_id)


def _find_links(signatures: _Signatures, ranks: Ranks) -> NDArray[np.int64]:
    """Return the linked pairs of ranks, `(n, 2)`, each once."""
    count = len(signatures)
    found = np.empty(0, dtype=np.int64)
    for keys, tiebreak in signatures.bands(ranks):
        codes = [found]
        full = (
            np.bincount(np.concatenate(np.divmod(found, count)), minlength=count) >= _LINKS_ENOUGH
        )
        for left, right in _near(keys, tiebreak):
            pairs = np.sort(np.stack([ranks[left], ranks[right]]), axis=0)
            low, high = pairs[:, ~full[pairs].all(axis=0)]
            linked = signatures.agreement(low, high) >= _LINKED
            codes.append(low[linked] * count + high[linked])
        # By hand: np.unique of numpy 2.4 took 74 of 80 seconds over 30,000 articles all alike.
        every = np.sort(np.concatenate(codes))
        found = every[np.diff(every, prepend=-1) > 0]
    return np.stack(np.divmod(found, count), axis=1)


def _near(keys: NDArray[np.uint32], tiebreak: NDArray[np.uint32]) -> Iterator[tuple[Ranks, Ranks]]:
    """Yield the pairs of one bucket that stand at most `_WINDOW` apart in it.

    A bucket is sorted by another band, so that in a very large one the alike stand together; each
    band has another neighbour, and so each pair many chances.
    """
    order = np.lexsort((tiebreak, keys))
    keys = keys[order]
    at = np.arange(len(keys))
    for distance in range(1, _WINDOW + 1):
        at = at[at + distance < len(keys)]
        at = at[keys[at] == keys[at + distance]]
        if not at.size:
            return
        yield order[at], order[at + distance]


def _lead(links: NDArray[np.int64], signatures: _Signatures) -> Ranks:
    """Return each rank's leader: the earliest article that it is linked to and alike.

    In order of seniority, each article that has no leader yet leads what its links reach through
    members that are themselves like it.
    """
    leaders = np.arange(len(signatures))
    taken = np.zeros(len(signatures), dtype=bool)
    both = np.concatenate([links, links[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    linked, starts = np.unique(both[:, 0], return_index=True)
    neighbours = dict(zip(linked.tolist(), np.split(both[:, 1], starts[1:]), strict=False))
    for leader in linked.tolist():
        reached = [] if taken[leader] else [leader]
        taken[reached] = True
        while reached:
            near = np.unique(np.concatenate([neighbours[rank] for rank in reached]))
            near = near[~taken[near]]
            alike = signatures.agreement(np.full(len(near), leader), near) >= _ALIKE
            reached = near[alike].tolist()
            taken[reached] = True
            leaders[reached] = leader
    return leaders


def _gather(leaders: Ranks) -> Iterator[list[int]]:
    """Yield the ranks of each cluster of two or more."""
    order = np.argsort(leaders, kind="stable")
    _, starts = np.unique(leaders[order], return_index=True)
    ends = [*starts[1:].tolist(), len(order)]
    for start, end in zip(starts.tolist(), ends, strict=True):
        if end - start > 1:
            yield order[start:end].tolist()


def _original(cluster: list[Signed]) -> str:
    """Return the id of the original in a cluster that is sorted by seniority.

    Where its outlet corrected it, the newest correction takes its place: a reader must not be
    shown the error.
    """
    counts = Counter(name for article in cluster for name in credited(article.agency))
    # max keeps the first, most senior one of equals; without a credited member, all are equal.
    original = max(cluster, key=lambda article: counts[outlet_name(article.source)])
    corrections = [a for a in cluster if a.corrects and is_one_outlet(a.source, original.source)]
    return (corrections[-1] if corrections else original).article_id
