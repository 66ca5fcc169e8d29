"""Tests the cost model by what must hold of it, and that the page shows it as it is computed."""

import pytest

from bench import scale_model
from bench.scale_constants import NODE_DISK, NODE_MEMORY


def test_the_page_has_the_tables_as_they_are_computed() -> None:
    text = scale_model.PAGE.read_text(encoding="utf-8")
    assert scale_model.written(text) == text


@pytest.mark.parametrize("kept", ["float16", "int8", "binary"])
def test_an_archive_is_on_one_node_or_on_three_and_more(kept: str) -> None:
    found = [scale_model.nodes(10**power, kept) for power in range(3, 9)]
    assert found == sorted(found)
    assert set(found[:3]) == {1}
    assert all(number == 1 or number >= 3 for number in found)


def test_the_nodes_of_a_cluster_hold_the_archive_without_one_of_them() -> None:
    number = scale_model.nodes(10**8, "float16")
    assert number * NODE_MEMORY.value >= 2 * scale_model.memory_bytes(10**8, "float16")
    assert number * NODE_DISK.value >= 2 * 10**8 * 92_000


def test_quantised_vectors_take_less_memory() -> None:
    wide, int8, binary = (
        scale_model.memory_bytes(10**6, kept) for kept in ("float16", "int8", "binary")
    )
    assert binary < int8 < wide


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (1234567, "1,200,000"), (12.34, "12"), (0.0123, "0.012")]
)
def test_numbers_have_two_digits_that_count(value: float, text: str) -> None:
    assert scale_model._rounded(value) == text
