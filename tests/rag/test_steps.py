from rag.steps import begin_step, listening


def test_steps_reach_who_listens_and_only_while_it_does() -> None:
    heard: list[str] = []
    begin_step("searching")
    with listening(heard.append):
        begin_step("searching")
        with listening(lambda _: None):
            begin_step("writing")
        begin_step("reading")
    begin_step("writing")
    assert heard == ["searching", "reading"]
