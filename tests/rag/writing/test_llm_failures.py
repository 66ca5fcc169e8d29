import pytest

from rag.writing.failures import ModelServer, translate, without_secrets

SERVER = ModelServer(address="http://127.0.0.1:8000/v1", model="some-model", key="swordfish")


class Response:
    def __init__(self, **headers: str) -> None:
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class Refusal(Exception):
    """An error as client libraries have them for a status."""

    def __init__(self, status_code: int, message: str = "", **headers: str) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.response = Response(**headers)


def named(name: str) -> Exception:
    """Return an error of a class of this name, as some library may raise it."""
    error: Exception = type(name, (Exception,), {})("swordfish")
    return error


@pytest.mark.parametrize(
    ("status", "reason", "says"),
    [
        (400, "refused", "(400); it says: no ****"),
        (401, "refused", "(401); check DATELINE_LLM_API_KEY"),
        (404, "refused", "check DATELINE_LLM_MODEL (some-model)"),
        (408, "failed", "failed (408)"),
        (429, "busy", "has too many requests (429)"),
        (529, "failed", "failed (529)"),
    ],
)
def test_a_status_says_who_can_do_what(status: int, reason: str, says: str) -> None:
    error = translate(Refusal(status, "no swordfish"), SERVER)
    assert error.reason == reason
    assert says in str(error)
    assert str(error).startswith("http://127.0.0.1:8000/v1 ")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7), ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("soon", 0.5), ("-3", 0.5), ("", 0.5)],
)
def test_retry_after_is_read_in_seconds_or_as_a_date(value: str, seconds: float) -> None:
    assert translate(Refusal(503, retry_after=value), SERVER).retry_after == seconds


def test_a_redirect_is_named_without_what_it_may_carry() -> None:
    moved = Refusal(307, location="https://a:b@elsewhere.example/v1?token=1")
    assert "it points to https://elsewhere.example/v1, and" in str(translate(moved, SERVER))


@pytest.mark.parametrize(
    ("name", "reason", "again"),
    [
        ("APITimeoutError", "timeout", None),
        ("APIConnectionError", "unreachable", 0.5),
        ("TransportError", "cut", None),
        ("JSONDecodeError", "garbled", None),
    ],
)
def test_errors_without_a_status_are_told_apart_by_name(
    name: str, reason: str, again: float | None
) -> None:
    error = translate(named(name), SERVER)
    assert (error.reason, error.retry_after) == (reason, again)
    assert "swordfish" not in str(error)


def test_neither_a_server_nor_an_address_prints_its_secrets() -> None:
    assert "swordfish" not in repr(SERVER)
    assert (
        without_secrets("http://me:swordfish@host:8000/v1?key=swordfish") == "http://host:8000/v1"
    )
