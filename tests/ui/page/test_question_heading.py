from streamlit.testing.v1 import AppTest

from ui.page.conversation import new_id


def _heading() -> None:
    from ui.page.question_heading import show_heading

    show_heading("When did it begin?", key="question-a__b___c")


def test_a_question_whose_id_has_underscores_is_shown() -> None:
    assert not AppTest.from_function(_heading).run().exception


def test_a_new_id_has_none_that_streamlit_refuses() -> None:
    ids = {new_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert all(one.isalnum() for one in ids)
