from collections.abc import Iterator

from rag.groups import first_by, grouped


def test_items_come_in_groups_the_last_one_shorter() -> None:
    assert list(grouped("abcde", 2)) == [["a", "b"], ["c", "d"], ["e"]]
    assert list(grouped("abcd", 2)) == [["a", "b"], ["c", "d"]]


def test_of_nothing_there_is_no_group() -> None:
    assert list(grouped([], 3)) == []


def test_no_more_is_taken_than_a_group_needs() -> None:
    taken: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(10):
            taken.append(number)
            yield number

    assert next(grouped(numbers(), 3)) == [0, 1, 2]
    assert taken == [0, 1, 2]


def test_the_first_item_of_each_key_is_kept_in_the_order_of_the_items() -> None:
    assert first_by(["bo", "ana", "bea", "cy", "al"], key=lambda name: name[0]) == {
        "b": "bo",
        "a": "ana",
        "c": "cy",
    }
