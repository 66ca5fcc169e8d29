import pytest

from rag.text.old_wordings import repeats_old_wording

OLD = "The minister denied that the dam was unsafe. It was built in 1961. Two towns lie below it."
NEW = OLD.replace("denied", "admitted")


@pytest.mark.parametrize(
    ("other", "repeats"),
    [
        (OLD, True),
        (f"VALE, May 4 —\n{OLD.partition('.')[0]}.\nMore follows.", True),
        (NEW, False),
        ("It was built in 1961. Two towns lie below it.", False),
        ("Nobody knows what the minister denied.", False),
        ("", False),
    ],
)
def test_a_sentence_as_it_was_before_is_an_old_wording(other: str, *, repeats: bool) -> None:
    assert repeats_old_wording(NEW, present=NEW, earlier=[OLD], other=other) is repeats


def test_what_stands_besides_does_not_make_a_part_old() -> None:
    part = "Two towns lie below it."
    assert not repeats_old_wording(part, present=NEW, earlier=[OLD], other=OLD)
    assert not repeats_old_wording(NEW, present=NEW, earlier=[], other=OLD)
