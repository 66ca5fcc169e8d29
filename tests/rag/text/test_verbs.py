import pytest

from rag.text.verbs import (
    base_form,
    has_past_verb,
    is_base,
    is_past_form,
    is_s_form,
    is_same_in_the_past,
    is_verb,
    with_base_forms,
)


def test_irregular_forms_become_their_base() -> None:
    assert (
        with_base_forms("It took effect; Argentina won, 4-2.")
        == "It take effect; Argentina win, 4-2."
    )


def test_an_auxiliary_is_no_past_verb() -> None:
    assert has_past_verb("what was signed in May")
    assert has_past_verb("They took it.")
    assert not has_past_verb("what did they write")


def test_auxiliaries_stay() -> None:
    assert with_base_forms("Did they say that it had begun?") == "Did they say that it had begin?"


def test_forms_that_are_usually_other_words_stay() -> None:
    text = "A bit of ground, the crew, a wound and the rent won't do."
    assert with_base_forms(text) == text


@pytest.mark.parametrize(
    ("form", "verb"),
    [
        *[("took", "take"), ("Won", "win"), ("withdrew", "withdraw"), ("strode", "stride")],
        *[("upheld", "uphold"), ("oversaw", "oversee"), ("put", "put"), ("went", "go")],
        *[("merged", "merge"), ("urged", "urge"), ("stopped", "stop"), ("carried", "carry")],
        *[("noted", "note"), ("visited", "visit"), ("agreed", "agree"), ("panicked", "panic")],
        *[("dying", "die"), ("making", "make"), ("running", "run"), ("seeing", "see")],
        *[("passes", "pass"), ("loses", "lose"), ("sign", "sign"), ("hundred", "hundred")],
        *[("ground", "ground"), ("feed", "feed"), ("Kremlin", "kremlin"), ("", "")],
    ],
)
def test_a_form_gives_the_verb_that_it_is_of(form: str, verb: str) -> None:
    assert base_form(form) == verb


@pytest.mark.parametrize(
    "word", "signed took taken put ground lay Fled consisted tweeted rebranded".split()
)
def test_past_forms_are_told(word: str) -> None:
    assert is_past_form(word)


@pytest.mark.parametrize(
    "word",
    "hundred need feed speed indeed sacred red unprecedented sign take winds ed".split(),
)
def test_words_that_only_end_like_past_forms_are_not(word: str) -> None:
    assert not is_past_form(word)


def test_some_verbs_are_the_same_in_the_past() -> None:
    assert is_same_in_the_past("put")
    assert not is_same_in_the_past("took")
    assert not is_same_in_the_past("take")


def test_verbs_are_told_in_any_form() -> None:
    assert all(is_verb(word) for word in "merge merged merges merging took take".split())
    assert not any(is_verb(word) for word in "hundred Ankara unprecedented treaty".split())


def test_present_forms_are_known_by_their_verb() -> None:
    assert is_base("resume")
    assert not is_base("resumes")
    assert is_s_form("resumes")
    assert is_s_form("goes")
    # "Discuss" is a base form that ends in -s, and no verb has the form "umbrellas".
    assert not is_s_form("discuss")
    assert not is_s_form("umbrellas")
