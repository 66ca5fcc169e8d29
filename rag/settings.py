"""Every setting of Dateline: type, unit, bound, meaning; read once, at an entry point.

Each is an environment variable `DATELINE_<NAME>`. The README's table is generated from this class.
"""

from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from rag.errors import SettingsError


class Settings(BaseSettings):
    """The settings, as plain values; build with `load_settings()` for clear errors."""

    model_config = SettingsConfigDict(
        env_prefix="DATELINE_", extra="ignore", frozen=True, env_ignore_empty=True
    )

    archive: Annotated[
        str,
        Field(min_length=1, description="Directory of the archive, or the URL of a Qdrant server"),
    ] = "./archive"
    collection: Annotated[
        str,
        Field(pattern=r"^[A-Za-z0-9_-]{1,100}$", description="Alias of the archive on a server"),
    ] = "dateline"
    qdrant_api_key: Annotated[
        SecretStr | None, Field(description="API key of the Qdrant server")
    ] = None
    qdrant_timeout_seconds: Annotated[
        int, Field(ge=1, le=600, description="How long to wait for the Qdrant server")
    ] = 30
    cache_dir: Annotated[Path, Field(description="Where the exported embedding model is kept")] = (
        Path(platformdirs.user_cache_dir("dateline"))
    )
    embedding_model: Annotated[
        str, Field(description="A sentence-transformers model: a name or a folder")
    ] = "all-MiniLM-L6-v2"
    embedding_runtime: Annotated[
        Literal["auto", "onnx", "torch"],
        Field(
            description="What runs the model; `auto` is int8 ONNX for the default model, else torch"
        ),
    ] = "auto"
    reader: Annotated[
        str,
        Field(
            min_length=1,
            description="What reads the hits: `dateline-reader` (packaged), `none`, or a Hugging "
            "Face cross-encoder or question-answering model, by name or folder",
        ),
    ] = "dateline-reader"
    threads: Annotated[
        int, Field(ge=0, le=256, description="Threads of ONNX Runtime, 0 for one a core")
    ] = 0
    passage_words: Annotated[
        int, Field(ge=20, le=1000, description="Length a passage aims for, in words")
    ] = 150
    workers: Annotated[
        int, Field(ge=0, le=256, description="Processes of an ingest, 0 for one a core")
    ] = 0
    record_seconds: Annotated[
        int, Field(ge=1, description="Longest that reading one record may take in an ingest")
    ] = 120
    max_file_mb: Annotated[
        int, Field(ge=0, description="Larger input files are skipped; 0 for no limit")
    ] = 0
    answer_threshold: Annotated[
        float,
        Field(ge=0, le=1, description="Least confidence at which evidence is given as an answer"),
    ] = 0.23
    llm: Annotated[
        Literal["none", "openai-like", "openai", "anthropic", "ollama"],
        Field(description="What writes the answers; without it they are quotes"),
    ] = "none"
    llm_model: Annotated[
        str | None, Field(description="Name of the language model, as its server knows it")
    ] = None
    llm_base_url: Annotated[
        str | None,
        Field(description="Address of the model's server; openai-like has none of its own"),
    ] = None
    llm_api_key: Annotated[SecretStr | None, Field(description="API key of the model's server")] = (
        None
    )
    llm_timeout_seconds: Annotated[
        float,
        Field(
            ge=0.1,
            le=3600,
            description="How long writing an answer may take, half of it for the first word",
        ),
    ] = 60
    llm_max_tokens: Annotated[
        int, Field(ge=16, le=100_000, description="Longest answer, in tokens of the model")
    ] = 800
    llm_retries: Annotated[
        int,
        Field(ge=0, le=10, description="Further tries while the model's server is busy or failing"),
    ] = 2
    llm_unsupported: Annotated[
        Literal["drop", "show"],
        Field(description="What becomes of written sentences that their quotes do not carry"),
    ] = "drop"


def load_settings(**overrides: object) -> Settings:
    """Return the settings from the environment; `overrides` that are not None come first.

    Raises:
        SettingsError: a value has the wrong type or is out of bounds; the message names it.
    """
    try:
        given = {name: value for name, value in overrides.items() if value is not None}
        return Settings(**given)  # type: ignore[arg-type]  # checked by pydantic
    except ValidationError as error:
        first = error.errors()[0]
        name = "DATELINE_" + str(first["loc"][0]).upper()
        raise SettingsError(f"{name} is {first['input']!r}: {first['msg']}") from error
