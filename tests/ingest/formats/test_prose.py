import base64
import inspect
import json
import random

import pytest

from ingest.formats import prose
from ingest.formats.kinds import binary_kind, text_kind

STORY = (
    "The council voted 7-4 on Tuesday to close the harbour bridge, which was built in 1931.\n\n"
    "“We had no choice,” said the mayor, Ana Ruiz. Repairs will cost $3.2 million and last until "
    "May, and the ferry will run every 20 minutes (from 06:00 to 22:00).\n"
)


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "It rained.",
        "Bridge to close for repairs | Harbour News",
        "RESULTS\nRovers 3, United 1\nCity 0, Albion 0\nTown 2, Wanderers 2\n",
        "- Milk\n- Two eggs\n- 200 g of flour\n- A pinch of salt\n- Butter for the pan\n",
        "RUIZ: What did you see?\nHOLM: Nothing. It was dark.\nRUIZ: And then?\nHOLM: I left.\n",
        "El puente del puerto cerrará por obras, anunció el martes la alcaldesa.",
        "Мост закроют на ремонт, сообщила во вторник мэр города.",
        "港の橋は五月まで修理のため閉鎖されると市長が火曜日に発表した。",
        "สะพานท่าเรือจะปิดซ่อมจนถึงเดือนพฤษภาคม นายกเทศมนตรีกล่าวเมื่อวันอังคาร",
        "أعلنت رئيسة البلدية يوم الثلاثاء إغلاق جسر الميناء للإصلاح.",
    ],
)
def test_news_is_prose_in_any_language_and_however_short(text: str) -> None:
    assert text_kind(text, ".txt") == ""


MAIL = "From: a@b.example\nTo: c@d.example\nSubject: Rain\nMIME-Version: 1.0\n\n" + STORY
LOG = "".join(
    f"2021-03-04 10:00:{second:02} INFO worker started and waits\n" for second in range(20)
)
CSS = "".join(f".story-{n} {{\n  color: #123;\n  margin: 0 auto;\n}}\n" for n in range(20))
KEY = f"-----BEGIN PRIVATE KEY-----\n{base64.encodebytes(bytes(range(200))).decode()}"
NOISE = random.Random(1).randbytes(3000)


@pytest.mark.parametrize(
    ("text", "suffix", "kind"),
    [
        (MAIL, ".txt", "an e-mail message"),
        (LOG, ".txt", "a log"),
        (KEY, ".txt", "a key or certificate"),
        (r"{\rtf1\ansi " + STORY + "}", ".txt", "an RTF document"),
        (inspect.getsource(prose), ".py", "source code or settings"),
        (inspect.getsource(prose), ".txt", "code, figures or names, without sentences"),
        (CSS, ".css", "source code or settings"),
        (CSS, ".txt", "code, figures or names, without sentences"),
        (json.dumps([[1, "Rain"], [2, "Hail"]]), ".txt", "JSON"),
        (base64.encodebytes(NOISE).decode(), "", "encoded bytes"),
        (base64.b64encode(NOISE).decode(), "", "encoded bytes"),
        ("<!DOCTYPE lewis SYSTEM 'lewis.dtd'>\n<D>Rain</D>", "", "SGML of no known format"),
        ("<doc><head>Rain</head>\n<para>It rained.</para></doc>", "", "XML or SGML of no known"),
    ],
)
def test_what_is_no_article_is_named(text: str, suffix: str, kind: str) -> None:
    assert text_kind(text, suffix).startswith(kind)


def test_binary_files_are_named_by_their_first_bytes() -> None:
    assert binary_kind(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>") == "a PDF"
    assert binary_kind(b"\x89PNG\r\n\x1a\n\0\0") == "a picture"
    assert binary_kind(STORY.encode()) == ""


def test_a_licence_above_a_program_does_not_make_it_prose() -> None:
    program = inspect.getsource(prose).partition('"""\n')[2]
    assert text_kind(STORY * 8 + program * 8, ".txt") != ""


def test_the_quick_way_to_know_prose_never_says_more_than_the_measure() -> None:
    slow = (STORY, inspect.getsource(random), json.dumps({"a": [STORY] * 3}), "1 2 3\n" * 50)
    texts = [text[:end] for text in slow for end in (20, 100, 400, 5000)]
    for least in (0.5, 0.85):
        quick = [text for text in texts if prose._is_plainly_prose(prose._sample(text), least)]
        assert bool(quick) == (least == 0.5)
        assert all(prose._is_measured_prose(prose._sample(text), least) for text in quick)
