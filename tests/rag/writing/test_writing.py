import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from threading import Event
from typing import Any

import pytest

from rag.errors import WritingError
from rag.records import Answer, Citation
from rag.settings import Settings
from rag.writing.prompts import MOST_QUOTES
from rag.writing.streams import AnswerLimits
from rag.writing.support import check_sentence
from rag.writing.writer import Writer, load_writer
from rag.writing.written_answers import finish, write_answer
from rag.writing.written_text import Written
from tests.scripted_llm import (
    NetworkWatch,
    Reply,
    Script,
    ScriptedModel,
    ScriptedServer,
    watch_network,
)

ASKED = "When did the northern truce take effect?"
QUOTE = Citation(
    number=1,
    article_id="truce",
    title="Truce holds in the north",
    source="wire.example",
    url="https://wire.example/truce",
    published=date(2020, 11, 10),
    quote="The northern truce took effect at midnight on 10 November.",
    start=0,
    end=58,
)
SECOND = replace(QUOTE, number=2, article_id="armies", quote="Both armies stayed put, he said.")
ANSWER = Answer(
    question=ASKED,
    status="answered",
    text="“The northern truce took effect at midnight on 10 November.” [1]",
    citations=(QUOTE, SECOND),
)
MIDNIGHT = "The truce took effect at midnight on 10 November."
STAYED = "Both armies stayed put."


def as_json(*sentences: tuple[str, list[int]]) -> str:
    told = [{"text": text, "quotes": numbers} for text, numbers in sentences]
    return json.dumps({"sentences": told}, ensure_ascii=False)


GOOD = as_json((MIDNIGHT, [1]), (STAYED, [2]))
FIRST, REST = GOOD[: GOOD.index(", {")], GOOD[GOOD.index(", {") :]


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def texts(sentences: Iterator[Written]) -> list[str]:
    return [sentence.text for sentence in sentences]


def keeping(writer: Writer) -> tuple[list[str], WritingError]:
    """Return what came before the failure, and the failure."""
    kept: list[str] = []
    try:
        for sentence in writer.write(ASKED, [QUOTE, SECOND]):
            kept.append(sentence.text)  # noqa: PERF401 - what comes before the error counts
    except WritingError as error:
        return kept, error
    pytest.fail(f"nothing failed; it wrote {kept}")


# -- what a model writes ----------------------------------------------------------------------


def test_the_sentences_come_with_the_numbers_of_their_quotes() -> None:
    writer = Writer(ScriptedModel(GOOD))
    assert list(writer.write(ASKED, [QUOTE, SECOND])) == [
        Written(text=MIDNIGHT, citations=(1,)),
        Written(text=STAYED, citations=(2,)),
    ]


def test_a_sentence_comes_before_the_model_goes_on() -> None:
    goes_on = Event()
    sentences = Writer(ScriptedModel([FIRST, goes_on, REST])).write(ASKED, [QUOTE, SECOND])
    assert next(sentences).text == MIDNIGHT
    goes_on.set()
    assert texts(sentences) == [STAYED]


def test_the_model_gets_quotes_question_and_history_and_nothing_else() -> None:
    model = ScriptedModel(GOOD)
    list(Writer(model).write(ASKED, [QUOTE], history=[("Who signed?", "Both did.")]))
    (request,) = model.requests
    for part in (ASKED, QUOTE.quote, QUOTE.title, QUOTE.source, "Who signed?", "Both did."):
        assert part in request.material
    assert QUOTE.url not in request.material


def test_only_quotes_that_were_given_can_be_named() -> None:
    many = [replace(QUOTE, number=number) for number in range(1, 20)]
    told = as_json((MIDNIGHT, [1, MOST_QUOTES + 1]))
    assert [w.citations for w in Writer(ScriptedModel(told)).write(ASKED, many)] == [(1,)]


def test_a_repeated_sentence_is_dropped() -> None:
    told = as_json((MIDNIGHT, [1]), (MIDNIGHT.upper(), [2]), (STAYED, [2]))
    assert texts(Writer(ScriptedModel(told)).write(ASKED, [QUOTE, SECOND])) == [MIDNIGHT, STAYED]


def test_a_model_that_repeats_itself_is_stopped() -> None:
    told = as_json((STAYED, [2]), *[(MIDNIGHT, [1])] * 9)
    kept, error = keeping(Writer(ScriptedModel(told)))
    assert kept == [STAYED, MIDNIGHT]
    assert error.reason == "repeated"


def test_an_endless_stream_is_cut_at_the_limit_of_tokens() -> None:
    endless = [as_json((f"Round {number} it held.", [1])) for number in range(10_000)]
    kept, error = keeping(Writer(ScriptedModel(list(endless)), limits=AnswerLimits(tokens=50)))
    assert 0 < len(kept) < 50
    assert error.reason == "too long"
    assert "DATELINE_LLM_MAX_TOKENS" in str(error)


def test_thinking_for_ever_is_cut_as_well() -> None:
    kept, error = keeping(Writer(ScriptedModel([""] * 1000), limits=AnswerLimits(tokens=50)))
    assert (kept, error.reason) == ([], "too long")


def test_an_answer_in_another_language_is_a_failure() -> None:
    german = "Der Waffenstillstand trat am 10. November um Mitternacht in Kraft."
    kept, error = keeping(Writer(ScriptedModel(as_json((MIDNIGHT, [1]), (german, [1])))))
    assert kept == [MIDNIGHT]
    assert error.reason == "language"


def test_nothing_said_on_purpose_is_no_failure_and_nothing_at_all_is_one() -> None:
    assert list(Writer(ScriptedModel('{"sentences": []}')).write(ASKED, [QUOTE])) == []
    assert keeping(Writer(ScriptedModel(" ")))[1].reason == "empty"


def test_half_a_sentence_is_not_given_and_the_answer_counts_as_cut() -> None:
    kept, error = keeping(Writer(ScriptedModel(GOOD[: GOOD.index("stayed")])))
    assert kept == [MIDNIGHT]
    assert error.reason == "cut"


# -- limits of time, and further tries --------------------------------------------------------


def failing(reason: str, retry_after: float | None) -> WritingError:
    return WritingError("it failed (500)", reason=reason, retry_after=retry_after)


def test_a_failed_try_is_repeated_after_the_time_that_the_server_asks_for() -> None:
    clock = Clock()
    model = ScriptedModel(failing("busy", 3.0), failing("failed", 0.5), GOOD)
    writer = Writer(model, sleep=clock.sleep, clock=clock)
    assert texts(writer.write(ASKED, [QUOTE, SECOND])) == [MIDNIGHT, STAYED]
    assert clock.slept == [3.0, 1.0]


def test_it_is_repeated_only_so_often() -> None:
    clock = Clock()
    model = ScriptedModel(failing("failed", 0.5))
    writer = Writer(model, limits=AnswerLimits(retries=3), sleep=clock.sleep, clock=clock)
    assert keeping(writer)[1].reason == "failed"
    assert len(model.requests) == 4
    assert clock.slept == [0.5, 1.0, 2.0]


def test_a_wait_that_would_exceed_the_limit_is_not_waited() -> None:
    clock = Clock()
    model = ScriptedModel(failing("busy", 120.0), GOOD)
    kept, error = keeping(Writer(model, sleep=clock.sleep, clock=clock))
    assert (kept, error.reason, clock.slept) == ([], "busy", [])
    assert "trying again in 120 s would exceed the limit of 60 s" in str(error)


def test_what_cannot_help_is_not_repeated() -> None:
    model = ScriptedModel(failing("refused", None), GOOD)
    assert keeping(Writer(model))[1].reason == "refused"
    assert len(model.requests) == 1


def test_an_answer_that_has_begun_is_not_begun_again() -> None:
    model = ScriptedModel([FIRST, failing("failed", 0.5)], GOOD)
    kept, error = keeping(Writer(model))
    assert (kept, error.reason) == ([MIDNIGHT], "failed")
    assert len(model.requests) == 1


@pytest.mark.parametrize("script", [[], [""]])
def test_a_model_that_stalls_is_not_waited_for_beyond_the_limit(script: list[str]) -> None:
    never = Event()
    limits = AnswerLimits(answer_seconds=0.2, first_word_seconds=0.1)
    kept, error = keeping(Writer(ScriptedModel([*script, never]), limits=limits))
    assert (kept, error.reason) == ([], "timeout")
    assert "DATELINE_LLM_TIMEOUT_SECONDS is 0.2" in str(error)
    never.set()


def test_a_model_that_stalls_in_the_middle_is_not_either() -> None:
    clock, never = Clock(), Event()
    sentences = Writer(ScriptedModel([FIRST, never]), clock=clock).write(ASKED, [QUOTE, SECOND])
    assert next(sentences).text == MIDNIGHT
    clock.now = 59.95
    with pytest.raises(WritingError, match="took longer than its limit"):
        next(sentences)
    never.set()


def test_what_has_come_is_read_even_when_the_time_is_up() -> None:
    clock, read_on, end = Clock(), Event(), Event()

    class Fast(ScriptedModel):
        def stream(self, request: Any) -> Any:
            yield from super().stream(request)
            end.set()

    sentences = Writer(Fast([FIRST, read_on, REST]), clock=clock).write(ASKED, [QUOTE, SECOND])
    assert next(sentences).text == MIDNIGHT
    read_on.set()
    assert end.wait(10)
    clock.now = 1000.0
    assert next(sentences).text == STAYED


def test_the_limits_are_those_of_the_settings() -> None:
    settings = Settings(llm_timeout_seconds=8, llm_max_tokens=99, llm_retries=1)
    assert AnswerLimits.of(settings) == AnswerLimits(
        answer_seconds=8, first_word_seconds=4, rewrite_seconds=4, tokens=99, retries=1
    )


def test_closing_stops_the_model() -> None:
    reached: list[int] = []
    goes_on, stopped = Event(), Event()

    class Watched(ScriptedModel):
        def stream(self, request: Any) -> Any:
            try:
                yield as_json((MIDNIGHT, [1]))
                goes_on.wait()
                yield from (reached.append(n) or "x" for n in range(100))
            finally:
                stopped.set()

    sentences = Writer(Watched()).write(ASKED, [QUOTE])
    assert next(sentences).text == MIDNIGHT
    sentences.close()
    goes_on.set()
    assert stopped.wait(10)
    assert reached == [0]


def test_closing_the_writer_closes_the_model() -> None:
    model = ScriptedModel(GOOD)
    Writer(model).close()
    assert model.closed


def test_asynchronously_the_same_sentences_come() -> None:
    async def collect() -> list[str]:
        writer = Writer(ScriptedModel(GOOD))
        return [written.text async for written in writer.awrite(ASKED, [QUOTE, SECOND])]

    assert asyncio.run(collect()) == [MIDNIGHT, STAYED]


def test_asynchronously_a_failure_comes_too() -> None:
    async def collect() -> None:
        async for _ in Writer(ScriptedModel(" ")).awrite(ASKED, [QUOTE]):
            pytest.fail("there is nothing to give")

    with pytest.raises(WritingError, match="wrote nothing"):
        asyncio.run(collect())


# -- rewriting a question ---------------------------------------------------------------------

TURNS = [("When did the truce in Shusha begin?", "It began on 10 November.")]


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ('{"question": "Who signed the truce in Shusha?"}', "Who signed the truce in Shusha?"),
        ("Who signed the Shusha truce on 10 November?", None),
        ('{"question": "Who signed the truce in Baku?"}', ""),
        ('{"question": "Who signed the truce of 1994?"}', ""),
        ('{"question": "Wer hat den Waffenstillstand in Shusha unterzeichnet?"}', ""),
        ("It was signed by both.\nThen it began.", ""),
        ("", ""),
        ("who " * 80, ""),
    ],
)
def test_a_question_is_rewritten_from_what_was_said(said: str, question: str | None) -> None:
    expected = said if question is None else question
    assert Writer(ScriptedModel(said)).rewrite("Who signed it?", TURNS) == expected


def test_a_failure_leaves_no_question_and_is_tried_once() -> None:
    model = ScriptedModel(failing("busy", 0.5), '{"question": "Who signed the truce?"}')
    assert Writer(model).rewrite("Who signed it?", TURNS) == ""
    assert len(model.requests) == 1


def test_a_question_is_not_waited_for_beyond_the_limit() -> None:
    never = Event()
    writer = Writer(ScriptedModel(["{", never]), limits=AnswerLimits(rewrite_seconds=0.1))
    assert writer.rewrite("Who signed it?", TURNS) == ""
    never.set()


# -- a server on loopback, whatever it does -----------------------------------------------------


@pytest.fixture
def network() -> Iterator[NetworkWatch]:
    """Watch that nothing turns to another machine."""
    pytest.importorskip("llama_index.llms.openai_like", reason="its client is not installed")
    with watch_network() as watch:
        yield watch
    assert watch.outside == []
    assert watch.hosts


def ask(
    *scripts: Script, sleep: Callable[[float], object] | None = None, **others: Any
) -> tuple[Answer, ScriptedServer]:
    """Return the answer that a server's scripts lead to, and the server."""
    with ScriptedServer(*scripts) as server:
        values = {"llm_base_url": f"{server.address}/v1", **others}
        settings = Settings(llm="openai-like", llm_model="m", **values)
        writer = load_writer(settings)
        assert writer
        if sleep:
            writer = Writer(writer._model, limits=AnswerLimits.of(settings), sleep=sleep)
        check = partial(check_sentence, embedder=None, question=ASKED)
        sentences, failure = [], None
        try:
            for sentence in write_answer(writer, ANSWER, check=check, show_unsupported=True):
                sentences.append(sentence)  # noqa: PERF402 - what comes before the error counts
        except WritingError as error:
            failure = error
        writer.close()
        return finish(ANSWER, sentences, failure=failure), server


def test_normal_and_streamed(network: NetworkWatch) -> None:
    answer, server = ask(Reply(text=GOOD))
    assert answer.text == f"{MIDNIGHT} [1] {STAYED} [2]"
    assert answer.citations == ANSWER.citations
    (sent,) = server.requests
    assert sent.path == "/v1/chat/completions"
    assert sent.body["stream"] is True
    assert "tools" not in sent.body
    assert "tool_choice" not in sent.body


def test_plain_sentences_instead_of_json(network: NetworkWatch) -> None:
    answer, _ = ask(Reply(text=f"{MIDNIGHT} [1] {STAYED} [2]"))
    assert answer.text == f"{MIDNIGHT} [1] {STAYED} [2]"


def test_busy_then_free(network: NetworkWatch) -> None:
    slept: list[float] = []
    busy = Reply(status=429, headers=(("retry-after", "2"),))
    answer, server = ask(busy, Reply(text=GOOD), sleep=slept.append)
    assert answer.text.startswith(MIDNIGHT)
    assert (slept, len(server.requests)) == ([2.0], 2)


def test_failing_then_well(network: NetworkWatch) -> None:
    slept: list[float] = []
    answer, _ = ask(Reply(status=500), Reply(text=GOOD), sleep=slept.append)
    assert answer.text.startswith(MIDNIGHT)
    assert slept == [0.5]


@pytest.mark.parametrize(
    ("script", "says", "others"),
    [
        (Reply(status=401), "did not accept the request (401); check DATELINE_LLM_API_KEY", {}),
        (Reply(status=500), "failed (500)", {"llm_retries": 0}),
        (
            Reply(status=429, headers=(("retry-after", "600"),)),
            "too many requests (429); trying again in 600 s would exceed the limit",
            {},
        ),
        (
            Reply(text=GOOD, stalls="before"),
            "took longer than its limit",
            {"llm_timeout_seconds": 0.3},
        ),
        (Reply(raw=b"\xff\xfe\x00\x01garbage\n\n{{{"), "cannot be read", {}),
        (Reply(raw=b""), "wrote nothing", {}),
        (Reply(text=""), "wrote nothing", {}),
        (
            Reply(text=as_json(("Der Waffenstillstand trat um Mitternacht in Kraft.", [1]))),
            "wrote in another language",
            {},
        ),
    ],
)
def test_without_an_answer_the_quotes_stand_and_a_remark_says_why(
    network: NetworkWatch, script: Reply, says: str, others: dict[str, Any]
) -> None:
    answer, _ = ask(script, **others)
    quotes, remark = answer.text.split("\n")
    assert quotes == ANSWER.text
    assert remark.startswith("(These are quotes, not a written answer: ")
    assert says in remark
    assert answer.citations == ANSWER.citations


def test_a_refused_connection(network: NetworkWatch) -> None:
    with ScriptedServer(Reply()) as gone:
        address = f"{gone.address}/v1"
    answer, server = ask(Reply(), llm_base_url=address, llm_retries=0)
    assert answer.text.startswith(ANSWER.text)
    assert f"{address} cannot be reached; start the model's server" in answer.text
    assert server.requests == []


@pytest.mark.parametrize(
    ("script", "says", "others"),
    [
        (
            Reply(text=GOOD[: GOOD.index("stayed")], ends="cut"),
            "stopped before its answer was complete",
            {},
        ),
        (Reply(text=GOOD[: GOOD.index("stayed")]), "stopped in the middle of a sentence", {}),
        (
            Reply(
                text=f"{as_json((MIDNIGHT, [1]))} {as_json(('Round # it held.', [1]))}",
                ends="never",
            ),
            "(The answer is not complete: ",
            {"llm_max_tokens": 60},
        ),
    ],
)
def test_what_came_whole_before_the_break_is_kept(
    network: NetworkWatch, script: Reply, says: str, others: dict[str, Any]
) -> None:
    answer, _ = ask(script, **others)
    text, remark = answer.text.split("\n")
    assert text == f"{MIDNIGHT} [1]"
    assert remark.startswith("(The answer is not complete: ")
    assert says in remark


def test_a_stall_in_the_middle(network: NetworkWatch) -> None:
    # The first piece comes, then nothing until the answer has been given.
    answer, _ = ask(Reply(text=GOOD, stalls="within"), llm_timeout_seconds=0.3)
    assert answer.text.startswith(f"{ANSWER.text}\n(These are quotes, not a written answer: ")


def test_wrong_numbers(network: NetworkWatch) -> None:
    answer, _ = ask(Reply(text=as_json((MIDNIGHT, [7]), (STAYED, [2, 9]))))
    assert answer.text == f"{STAYED} [2]"
    assert [s.problems for s in answer.sentences] == [("it cites no quote",), ()]


def test_invented_quotes_and_altered_figures(network: NetworkWatch) -> None:
    invented = "“We surrender,” he said."
    altered = "The truce took effect at midnight on 11 November."
    answer, _ = ask(Reply(text=as_json((invented, [2]), (altered, [1]), (STAYED, [2]))))
    assert answer.text == f"{STAYED} [2]"
    assert [s.supported for s in answer.sentences] == [False, False, True]


def test_markdown_with_images_and_links(network: NetworkWatch) -> None:
    dressed = (
        "**The truce** took effect [at midnight](https://evil.example/?q=truce) on 10 November. "
        "![beacon](https://evil.example/pixel.png)"
    )
    answer, _ = ask(Reply(text=as_json((dressed, [1]))))
    assert answer.text == f"{MIDNIGHT} [1]"
