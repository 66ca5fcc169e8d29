"""Makes a folder with one file of every kind, as a librarian may have it: good ones and bad."""

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

from tests.ingest.formats.printed import printed

_STORY = "The ferry to Saltby sailed on Tuesday for the first time since the storm. Crowds came."


def _told(place: str) -> str:
    """Return a story of its own for each file, so that none is a copy of another."""
    return f"{place} opened its market hall on Tuesday. {len(place)} traders sold fish and bread."


def _page(place: str) -> str:
    return (
        f"<!DOCTYPE html><html><head><title>Market in {place}</title></head><body><article>"
        f"<h1>Market in {place}</h1><p>{_told(place)}</p><p>It will open daily.</p></article>"
    )


def _record(place: str) -> dict[str, str]:
    return {"id": place, "title": place, "published": "2021-03-02", "text": _told(place)}


def _zip(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _tar(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content.encode())
            archive.addfile(info, io.BytesIO(content.encode()))
    return out.getvalue()


def _docx(text: str) -> bytes:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
    return _zip({"word/document.xml": f"<w:document {names}>{body}</w:document>"})


def _newsml(place: str) -> str:
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:m:1" version="1">'
        "<itemMeta><versionCreated>2021-03-02T10:00:00Z</versionCreated></itemMeta>"
        f"<contentMeta><headline>{place}</headline></contentMeta><contentSet><inlineXML>"
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{_told(place)}</p></body></html>'
        "</inlineXML></contentSet></newsItem>"
    )


def _newsml1(place: str) -> str:
    return (
        "<NewsML><NewsItem><NewsManagement><FirstCreated>20210302T100000Z</FirstCreated>"
        f"</NewsManagement><NewsComponent><NewsLines><HeadLine>{place}</HeadLine></NewsLines>"
        f"<ContentItem><DataContent><p>{_told(place)}</p></DataContent></ContentItem>"
        "</NewsComponent></NewsItem></NewsML>"
    )


def _wordpress() -> str:
    names = (
        'xmlns:wp="http://wordpress.org/export/1.2/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    )
    items = "".join(
        f"<item><title>{name}</title><wp:status>{state}</wp:status><wp:post_type>post"
        f"</wp:post_type><content:encoded><![CDATA[<p>{_told(name)}</p>]]></content:encoded></item>"
        for name, state in (("Quayside", "publish"), ("Hidden Cove", "draft"))
    )
    version = "<wp:wxr_version>1.2</wp:wxr_version>"
    return (
        f'<?xml version="1.0"?><rss version="2.0" {names}><channel>{version}{items}</channel></rss>'
    )


def _mail(place: str, body: str) -> str:
    return (
        f"From: Desk <desk@tide.example>\nTo: you@tide.example\nSubject: {place}\n"
        f"Date: Tue, 2 Mar 2021 10:00:00 +0000\nMessage-ID: <{place}@tide.example>\n\n{body}\n"
    )


def _good() -> dict[str, str | bytes]:
    rss = (
        '<rss version="2.0"><channel><title>Tide</title><item><title>Rockport</title>'
        f"<description>{_told('Rockport')}</description></item></channel></rss>"
    )
    nitf = (
        "<nitf><body><body.head><hedline><hl1>Northpier</hl1></hedline></body.head>"
        f"<body.content><p>{_told('Northpier')}</p></body.content></body></nitf>"
    )
    ninjs = {"uri": "urn:m:2", "type": "text", "headline": "Easthaven"}
    guardian = {
        "webUrl": "https://paper.example/westmouth",
        "webTitle": "Westmouth",
        "webPublicationDate": "2021-03-02T10:00:00Z",
        "fields": {"bodyText": _told("Westmouth")},
    }
    wire = (
        "\x01tid007 3 GEN 20 Coast\r\nMARKET/\r\n\x02Market in Seal Bay =\r\n\r\n"
        f"{_told('Seal Bay')}\r\n\x03\r\n021000 MAR 21\r\n\x04"
    )
    trec = (
        "<DOC>\n<DOCNO> TID20210302.0001 </DOCNO>\n<HEADLINE>\nGull Rock\n</HEADLINE>\n<TEXT>\n"
        f"{_told('Gull Rock')}\n</TEXT>\n</DOC>\n"
    )
    return {
        "articles.jsonl": "".join(json.dumps(_record(p)) + "\n" for p in ("Saltby", "Lowtide")),
        "articles.json": json.dumps({"articles": [_record("Mole End")]}),
        "table.csv": f'title,date,text\nCraghead,2021-03-02,"{_told("Craghead")}"\n',
        "story.txt": f"Market opens in Fishwick\n\n{_told('Fishwick')}\n",
        "story.md": f"---\ntitle: Anchorage\ndate: 2021-03-02\n---\n\n{_told('Anchorage')}\n",
        "page.html": _page("Sandham"),
        "feed.xml": rss,
        "newsml-g2.xml": _newsml("Capstan"),
        "newsml1.xml": _newsml1("Bowline"),
        "nitf.xml": nitf,
        "ninjs.json": json.dumps(ninjs | {"body_text": _told("Easthaven")}),
        "guardian.json": json.dumps(guardian),
        "wordpress.xml": _wordpress(),
        "wire.txt": wire,
        "telegraph.tst": f"ZCZC TIDE\n$Market in Keel\n{_told('Keel')}\nNNNN\n",
        "corpus.sgml": trec,
        "letter.eml": _mail("Oarsby", _told("Oarsby")),
        "report.docx": _docx(_told("Rudder")),
        "report.rtf": rf"{{\rtf1\ansi {_told('Tiller')}\par}}",
        "paper.pdf": printed([[(50, 700, 12, _told("Mainsail"))]], title="Mainsail"),
        "old.jsonl.gz": gzip.compress(json.dumps(_record("Spinnaker")).encode()),
        "pages.zip": _zip({"a.html": _page("Jib")}),
        "pages.tgz": _tar({"b.txt": f"Market opens in Luff\n\n{_told('Luff')}\n"}),
    }


def _bad() -> dict[str, str | bytes]:
    cut = json.dumps([_record("Nowhere")])[:-20]
    return {
        "empty.txt": "",
        "cut.json": cut,
        "cut.xml": _newsml("Nowhere")[:-60],
        "damaged.jsonl": f"{json.dumps(_record('Leeward'))}\n{{'broken': \n",
        "cut.jsonl.gz": gzip.compress(json.dumps(_record("Nowhere")).encode())[:-9],
        "headlines.csv": "title,url\nFerry,https://tide.example/1\n",
        "program.py": "import os\n\ndef sail(boat):\n    return os.path.join(boat, 'x')\n",
        "settings.txt": "[server]\nport = 80\nhost = example\n[log]\nlevel = 3\n",
        "server.log": "2021-03-02 10:00:00 INFO started\n" * 5,
        "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(range(64)),
        "sound.mp3": b"ID3\x03" + bytes(40),
        "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40),
        "scan.pdf": printed([[]]),
        "sitemap.xml": '<?xml version="1.0"?><urlset><url><loc>x</loc></url></urlset>',
        "key.pem": "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
        "odd-date.json": json.dumps(_record("Windward") | {"published": "05/06/2021"}),
        "withdrawn.json": json.dumps({"uri": "urn:m:9", "type": "text", "pubstatus": "canceled"}),
    }


def make_folder(folder: Path) -> None:
    """Write one file of every kind, and what lies about in real folders."""
    for name, content in {**_good(), **_bad()}.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    for name in (".git", "node_modules"):
        (folder / name).mkdir()
        (folder / name / "note.txt").write_text(_STORY)
