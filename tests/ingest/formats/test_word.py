import io
import zipfile
from pathlib import Path

from ingest.formats.word import read
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input
from ingest.sources import read_file

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LONG = "The ferry sailed to the island again. " * 10


def paragraph(text: str, style: str = "") -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r><w:t>{text}</w:t></w:r></w:p>"


def document(*paragraphs: str) -> bytes:
    body = f'<w:document xmlns:w="{W}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body)
    return packed.getvalue()


def items(data: bytes, name: str = "a.docx") -> list[FoundRecord | Skip]:
    return list(read(Input(name=name, opener=lambda: io.BytesIO(data))))


def test_a_word_document_is_an_article_and_no_container(tmp_path: Path) -> None:
    for name in ("a.docx", "b"):
        path = tmp_path / name
        path.write_bytes(document(paragraph("Ferry sails", "Title"), paragraph("It sailed.")))
        (item,) = read_file(path)
        assert isinstance(item, FoundRecord)
        assert item.fields == {"title": "Ferry sails", "text": "It sailed."}
        assert item.line is None


def test_what_is_deleted_or_an_order_to_a_program_is_left_out() -> None:
    changed = (
        "<w:p><w:r><w:t>It </w:t></w:r><w:del><w:r><w:delText>sank</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>sailed</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:t>.</w:t><w:br/><w:t>Crowds came.</w:t></w:r></w:p>"
    )
    row = f"<w:tbl><w:tr><w:tc>{paragraph('A')}</w:tc><w:tc>{paragraph('1')}</w:tc></w:tr></w:tbl>"
    (item,) = items(document(changed, row))
    assert isinstance(item, FoundRecord)
    assert item.fields["text"] == "It sailed.\n\nCrowds came.\n\nA 1"


def test_headings_part_a_document_into_articles() -> None:
    one = paragraph("One", "Heading1"), paragraph(LONG)
    found = items(document(*one, paragraph("Two", "Heading1"), paragraph(LONG)))
    assert [item.fields["title"] for item in found if isinstance(item, FoundRecord)] == [
        "One",
        "Two",
    ]
    (whole,) = items(document(*one, paragraph("Two", "Heading1"), paragraph("Short.")))
    assert isinstance(whole, FoundRecord)


def test_an_export_of_a_database_gives_its_articles() -> None:
    lines = (
        *("Ferry sails again", "The Gazette", "March 2, 2021 Tuesday", "Length: 2 words", "Body"),
        *("It sailed.", "End of Document"),
    )
    found = items(document(*map(paragraph, lines), *map(paragraph, lines)))
    assert [item.line for item in found] == [1, 2]
    assert isinstance(found[1], FoundRecord)
    assert found[1].fields["published"] == "2021-03-02"
    assert found[1].fields["text"] == "It sailed."


def test_a_damaged_an_empty_and_an_old_document_say_so() -> None:
    (broken,) = items(document(paragraph("x"))[:60])
    (empty,) = items(document())
    (old,) = items(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "a.doc")
    for item, reason in ((broken, Reason.BROKEN), (empty, Reason.NO_TEXT), (old, Reason.NOT_TEXT)):
        assert isinstance(item, Skip)
        assert item.reason == reason
