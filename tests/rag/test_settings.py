import re
from collections.abc import Iterator

import pytest

from rag.errors import SettingsError
from rag.settings import Settings, load_settings, load_with_options, unknown_variables


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """An environment without a setting of ours."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"DATELINE_{name.upper()}", raising=False)
    return monkeypatch


def test_nothing_needs_to_be_set() -> None:
    settings = load_settings()
    assert (settings.archive, settings.passage_words) == ("./archive", 150)
    assert (settings.embedding_model, settings.embedding_runtime) == ("all-MiniLM-L6-v2", "auto")
    assert settings.qdrant_api_key is None


def test_every_setting_is_read_from_the_environment(environment: pytest.MonkeyPatch) -> None:
    values = {
        "archive": "/srv/news",
        "collection": "news",
        "qdrant_api_key": "swordfish",
        "qdrant_timeout_seconds": "5",
        "qdrant_shards": "6",
        "qdrant_replicas": "2",
        "qdrant_quantization": "int8",
        "embedding_model": "/srv/model",
        "embedding_device": "cuda:1",
        "ray_address": "10.0.0.5:6379",
        "embedding_runtime": "torch",
        "threads": "3",
        "passage_words": "80",
        "workers": "3",
        "record_seconds": "60",
        "max_file_mb": "50",
        "ingest_command": "docker compose run app dateline ingest /articles",
        "page_ingest": "never",
        "page_login": "proxy",
        "page_login_header": "X-Forwarded-User",
        "page_people": "ana@desk.example, @desk.example",
        "api_key": "swordfish",
        "api_keys": "/srv/keys.json",
        "answer_threshold": "0.5",
        "reader": "none",
        "llm": "openai-like",
        "llm_model": "some-model",
        "llm_base_url": "http://127.0.0.1:8000/v1",
        "llm_api_key": "swordfish",
        "llm_timeout_seconds": "90.5",
        "llm_max_tokens": "400",
        "llm_retries": "1",
        "llm_unsupported": "show",
    }
    assert values.keys() == Settings.model_fields.keys()
    for name, value in values.items():
        environment.setenv(f"DATELINE_{name.upper()}", value)
    settings = load_settings()
    assert settings.qdrant_api_key
    assert settings.qdrant_api_key.get_secret_value() == "swordfish"
    assert settings.llm_api_key
    assert settings.llm_api_key.get_secret_value() == "swordfish"
    assert settings.api_key
    assert settings.api_key.get_secret_value() == "swordfish"
    secrets = {"api_key", "qdrant_api_key", "llm_api_key"}
    read = settings.model_dump(exclude=secrets)
    assert {name: str(value) for name, value in read.items()} == {
        name: value for name, value in values.items() if name not in secrets
    }


@pytest.mark.parametrize("login", [None, "none"])
def test_names_of_people_whom_nobody_asks_for_are_refused(
    environment: pytest.MonkeyPatch, login: str | None
) -> None:
    environment.setenv("DATELINE_PAGE_PEOPLE", "ana@desk.example")
    with pytest.raises(SettingsError) as refused:
        load_settings(page_login=login)
    assert "DATELINE_PAGE_PEOPLE is 'ana@desk.example'" in str(refused.value)
    assert "set DATELINE_PAGE_LOGIN to oidc or proxy" in str(refused.value)
    assert load_settings(page_login="proxy").page_people == "ana@desk.example"


def test_an_empty_variable_is_as_good_as_none(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATELINE_ARCHIVE", "")
    environment.setenv("DATELINE_PASSAGE_WORDS", "")
    assert load_settings() == Settings()


def test_an_option_comes_before_the_environment_unless_it_is_none(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("DATELINE_ARCHIVE", "/srv/news")
    assert load_settings(archive="/tmp/news").archive == "/tmp/news"
    assert load_settings(archive=None).archive == "/srv/news"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("passage_words", "19"),
        ("passage_words", "1001"),
        ("passage_words", "many"),
        ("qdrant_timeout_seconds", "0"),
        ("qdrant_timeout_seconds", "601"),
        ("threads", "-1"),
        ("threads", "257"),
        ("answer_threshold", "1.01"),
        ("answer_threshold", "-0.01"),
        ("answer_threshold", "nan"),
        ("embedding_runtime", "cuda"),
        ("llm", "chatgpt"),
        ("llm_timeout_seconds", "0.05"),
        ("llm_timeout_seconds", "3601"),
        ("llm_max_tokens", "15"),
        ("llm_retries", "11"),
        ("llm_unsupported", "hide"),
        ("collection", "two words"),
        ("collection", "../other"),
    ],
)
def test_what_cannot_work_is_named_with_its_value(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(f"DATELINE_{name.upper()}", value)
    with pytest.raises(SettingsError, match=f"DATELINE_{name.upper()} is '{value}': "):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("embedding_device", "gpu", "use auto, cpu, mps, cuda, or the number of a GPU"),
        ("collection", "two words", "use letters of English, digits, hyphens and underscores"),
        ("max_file_mb", "0.5", "give a whole number of at least 0"),
        ("threads", "many", "give a whole number from 0 to 256"),
        ("llm_max_tokens", "15", "give a whole number from 16 to 100000"),
        ("answer_threshold", "nan", "give a number from 0 to 1"),
        ("llm_timeout_seconds", "soon", "give a number from 0.1 to 3600"),
        ("llm", "chatgpt", "give one of none, openai-like, openai, anthropic, ollama"),
        ("archive", "localhost:6333", "for a server write http://localhost:6333"),
    ],
)
def test_what_is_wanted_is_told_in_plain_words(
    environment: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    environment.setenv(f"DATELINE_{name.upper()}", value)
    with pytest.raises(SettingsError) as error:
        load_settings()
    assert str(error.value).startswith(f"DATELINE_{name.upper()} is '{value}': {told}")


def test_every_setting_that_can_be_wrong_is_worded_by_us(environment: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        environment.setenv(f"DATELINE_{name.upper()}", "$~ ?")
        try:
            load_settings()
        except SettingsError as error:
            assert not re.search("[Ii]nput should|valid|pattern", str(error))  # noqa: PT017
        environment.delenv(f"DATELINE_{name.upper()}")


def test_a_password_in_a_wrong_address_is_not_shown() -> None:
    with pytest.raises(SettingsError) as error:
        load_settings(archive="ftp://orr:secret@localhost")
    assert "secret" not in str(error.value)


def test_a_tilde_is_the_home_folder_where_no_shell_reads_it(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("HOME", "/home/orr")
    for name in ("archive", "api_keys", "embedding_model", "reader"):
        environment.setenv(f"DATELINE_{name.upper()}", "~/holm")
        assert getattr(load_settings(), name) == "/home/orr/holm"


def test_variables_that_look_like_settings_and_are_none_are_found() -> None:
    environment = {
        "DATELINE_ARCHVE": "/srv/news",
        "dateline_model": "x",
        "DATELINE_ARCHIVE": "/srv/news",
        "dateline_threads": "1",
        "DATELINE_PORT": "8600",
        "HOME": "/home/orr",
        # Measurements read these.
        "DATELINE_BENCH_DATA": "/srv/data",
        # Docker and Kubernetes set these for a service of the name.
        "DATELINE_API_PORT": "tcp://10.0.0.1:8600",
        "DATELINE_PORT_8600_TCP_ADDR": "10.0.0.1",
        "DATELINE_API_SERVICE_PORT_HTTP": "8600",
        "DATELINE_SERVICE_HOST": "10.0.0.1",
    }
    assert unknown_variables(environment) == ["DATELINE_ARCHVE", "dateline_model", "DATELINE_PORT"]


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("collection", "two words", "use letters of English, digits, hyphens and underscores"),
        ("embedding_device", "gpu", "use auto, cpu, mps, cuda, or the number of a GPU"),
    ],
)
def test_what_a_pattern_wants_is_said_in_words(
    environment: pytest.MonkeyPatch, name: str, value: str, wanted: str
) -> None:
    with pytest.raises(SettingsError, match=f"^--some-option is '{value}': {wanted}"):
        load_with_options({name: value}, options={name: "--some-option"})
    environment.setenv(f"DATELINE_{name.upper()}", value)
    with pytest.raises(SettingsError, match=f"^DATELINE_{name.upper()} is '{value}': {wanted}"):
        load_with_options({name: None}, options={name: "--some-option"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("passage_words", "20"),
        ("passage_words", "1000"),
        ("answer_threshold", "0"),
        ("answer_threshold", "1"),
        ("threads", "256"),
    ],
)
def test_the_bounds_themselves_are_allowed(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(f"DATELINE_{name.upper()}", value)
    assert getattr(load_settings(), name) == float(value)


def test_an_empty_archive_option_is_refused() -> None:
    with pytest.raises(SettingsError, match="DATELINE_ARCHIVE is ''"):
        load_settings(archive="")


def test_no_key_of_a_server_prints(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATELINE_QDRANT_API_KEY", "swordfish")
    environment.setenv("DATELINE_LLM_API_KEY", "swordfish")
    settings = load_settings()
    for printed in (repr(settings), str(settings), settings.model_dump_json()):
        assert "swordfish" not in printed
        assert "****" in printed


def test_settings_do_not_change_once_read() -> None:
    settings = load_settings(archive="/srv/news")
    with pytest.raises(ValueError, match="frozen"):
        settings.archive = "/elsewhere"
