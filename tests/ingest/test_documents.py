import asyncio
import json
from pathlib import Path

import pytest
from llama_index.core import SimpleDirectoryReader
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import MetadataMode

from ingest.documents import ArticleReader
from ingest.found import Skip
from rag.errors import InputError

# LlamaIndex's own classes are of the pydantic that they were written for.
pytestmark = pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecationWarning")

BRIDGE = {
    "id": "bridge",
    "title": "A bridge for Velm",
    "source": "herald.example",
    "published": "2021-03-04",
    "authors": ["Night desk"],
    "text": "The bridge at Velm was opened on 3 March 2021. Cyclists crossed it first.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [json.dumps(BRIDGE), json.dumps({"id": "empty", "text": " "})]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    (tmp_path / "b.html").write_text(
        "<html><head><title>Harvest</title></head><body><article><h1>Harvest</h1><p>"
        "The harvest in the valley was better than in any year before it.</p><p>Prices of wheat "
        "fell by a third within a week, and the mills bought all they could.</p></article></body>"
    )
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    return tmp_path


def test_every_article_of_a_folder_is_a_document(folder: Path) -> None:
    skipped: list[Skip] = []
    documents = ArticleReader(on_skip=skipped.append).load_data(folder)
    bridge, harvest = documents
    assert (bridge.id_, bridge.text) == ("bridge", BRIDGE["text"])
    assert bridge.metadata["published"] == "2021-03-04"
    assert bridge.metadata["authors"] == ["Night desk"]
    assert bridge.metadata["path"] == str(folder / "a.jsonl")
    assert "Prices of wheat fell" in harvest.text
    assert "<p>" not in harvest.text
    assert sorted(skip.reason for skip in skipped) == ["no text", "not text"]


def test_the_metadata_is_plain_json_and_little_of_it_is_told_to_a_model(folder: Path) -> None:
    (bridge, *_) = ArticleReader(on_skip=str).load_data([str(folder / "a.jsonl")])
    assert json.loads(json.dumps(bridge.metadata)) == bridge.metadata
    told = bridge.get_content(MetadataMode.LLM)
    assert "title: A bridge for Velm" in told
    assert "content_hash" not in told
    assert bridge.get_content(MetadataMode.EMBED) == BRIDGE["text"]


def test_what_is_skipped_is_logged_if_nobody_takes_it(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ArticleReader().load_data(folder / "c.png")
    assert "skipped" in caplog.text
    assert "c.png" in caplog.text


def test_a_reader_of_directories_can_use_it(folder: Path) -> None:
    reader = SimpleDirectoryReader(
        input_files=[folder / "a.jsonl"],
        file_extractor={".jsonl": ArticleReader(on_skip=str)},
        file_metadata=lambda path: {"desk": "night"},
    )
    (bridge,) = reader.load_data()
    assert bridge.text == BRIDGE["text"]
    assert bridge.metadata["desk"] == "night"


def test_documents_go_through_a_splitter(folder: Path) -> None:
    documents = ArticleReader(on_skip=str).load_data(folder)
    nodes = SentenceSplitter(chunk_size=64, chunk_overlap=0).get_nodes_from_documents(documents)
    assert {node.ref_doc_id for node in nodes} == {document.id_ for document in documents}
    assert all(node.metadata["article_id"] == node.ref_doc_id for node in nodes)


def test_columns_can_be_named_and_a_coroutine_can_wait(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("wording,kind\nThe mill burnt down in the night.,news\n")
    reader = ArticleReader(columns={"text": "wording", "section": "kind"})
    (mill,) = asyncio.run(reader.aload_data(table))
    assert (mill.text, mill.metadata["section"]) == ("The mill burnt down in the night.", "news")


def test_a_file_system_of_elsewhere_is_refused(folder: Path) -> None:
    with pytest.raises(InputError, match="reads files of this machine"):
        ArticleReader().load_data(folder, fs=object())
