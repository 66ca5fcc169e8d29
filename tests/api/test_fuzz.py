"""Sends what the description of the HTTP interface allows, and what it does not, to a real server.

No reply may be a fault, and each must be as it is described. Only that everything which is allowed
is also answered is not asked for: the archive says itself which questions make no sense.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from api.app import Limits, create_app
from api.keys import KeyFile
from tests.api.serving import ARTICLE, SlowArchive, key_with, listening
from tests.fakes import HashingEmbedder, open_small

schemathesis = pytest.importorskip("schemathesis")
checks = pytest.importorskip("schemathesis.specs.openapi.checks")

SECONDS = 30
DESCRIPTION = schemathesis.openapi.from_dict(create_app(SlowArchive).openapi())  # type: ignore[arg-type]
HOW = settings(deadline=None, suppress_health_check=list(HealthCheck), database=None)
FEW = settings(HOW, max_examples=10, derandomize=True)
MANY = settings(HOW, max_examples=100)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the interface listens; nobody needs a key."""
    folder = tmp_path_factory.mktemp("fuzz") / "archive"
    with open_small(folder, ARTICLE, embedder=HashingEmbedder(), threshold=0) as archive:
        app = create_app(lambda: archive, limits=Limits(requests_per_minute=0))
        with listening(app) as address:
            yield address


@DESCRIPTION.parametrize()
@FEW
def test_no_request_is_a_fault_and_each_reply_is_as_described(case: Any, address: str) -> None:
    _send(case, address)


@pytest.mark.scale
@DESCRIPTION.parametrize()
@MANY
def test_none_of_many_requests_is_a_fault(case: Any, address: str) -> None:
    _send(case, address)


@pytest.mark.parametrize(
    ("steps", "sessions"), [(6, 10), pytest.param(20, 150, marks=pytest.mark.scale)]
)
def test_what_a_reply_names_can_be_asked_for(address: str, steps: int, sessions: int) -> None:
    """An answer is rechecked, and the articles that it names are read, as its links say."""

    class Session(DESCRIPTION.as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"base_url": address, "timeout": SECONDS}

        def validate_response(self, response: Any, case: Any, **more: Any) -> None:
            case.validate_response(response, excluded_checks=[checks.positive_data_acceptance])

    Session.run(settings=settings(FEW, max_examples=sessions, stateful_step_count=steps))


def test_where_keys_are_asked_for_the_description_says_so_and_no_route_ignores_them(
    tmp_path: Path,
) -> None:
    keys = KeyFile(tmp_path / "keys.json")
    header = key_with(keys, "ask", "read", "admin")
    app = create_app(SlowArchive, keys=keys)  # type: ignore[arg-type]
    described = app.openapi()
    open_to_all = {
        path
        for path, methods in described["paths"].items()
        for method in methods.values()
        if not method.get("security")
    }
    assert open_to_all == {"/health", "/ready"}
    assert (
        header["Authorization"].split()[0].lower()
        == (described["components"]["securitySchemes"]["HTTPBearer"]["scheme"])
    )


def _send(case: Any, address: str) -> None:
    case.call_and_validate(
        base_url=address,
        timeout=SECONDS,
        excluded_checks=[checks.positive_data_acceptance],
    )
