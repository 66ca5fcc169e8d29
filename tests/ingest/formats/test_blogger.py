import io
from dataclasses import replace

from ingest.formats import blogger, detect, feeds
from ingest.formats.blogger import read
from ingest.found import FoundRecord, Reason, Skip
from ingest.inputs import Input

KIND = "http://schemas.google.com/g/2005#kind"
BACKUP = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" '
    'xmlns:app="http://purl.org/atom/app#"><id>tag:blogger.com,1999:blog-1.archive</id>'
)
TAKEOUT = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" '
    'xmlns:blogger="http://schemas.google.com/blogger/2018"><id>tag:blogger.com,1999:blog-1</id>'
)


def entry(kind: str = "post", *, inside: str = "") -> str:
    term = f"http://schemas.google.com/blogger/2008/kind#{kind}"
    return f"""<entry><id>tag:blogger.com,1999:blog-1.post-7</id>
    <published>2021-03-02T10:00:00+01:00</published><updated>2021-03-03T08:00:00+01:00</updated>
    <category scheme="{KIND}" term="{term}"/>
    <category scheme="http://www.blogger.com/atom/ns#" term="Coast"/><title>Ferry sails</title>
    <content type="html">&lt;p&gt;The ferry sailed.&lt;/p&gt;Crowds came.</content>{inside}
    <link rel="alternate" href="https://tide.example/ferry.html"/>
    <author><name>Ann Tide</name></author></entry>"""


def items(head: str, *entries: str, pages: bool = False) -> list[FoundRecord | Skip]:
    data = (head + "".join(entries) + "</feed>").encode()
    source = Input(name="a.xml", opener=lambda: io.BytesIO(data))
    return list(read(replace(source, pages=pages)))


def test_a_backup_is_told_from_a_feed_of_blogger() -> None:
    assert detect(BACKUP.encode(), ".xml") is blogger
    assert detect(TAKEOUT.encode(), ".atom") is blogger
    assert detect(BACKUP.replace(".archive", "").encode(), ".xml") is feeds


def test_a_published_post_gives_its_fields() -> None:
    (post,) = items(BACKUP, entry())
    assert isinstance(post, FoundRecord)
    assert post.fields == {
        "id": "tag:blogger.com,1999:blog-1.post-7",
        "url": "https://tide.example/ferry.html",
        "title": "Ferry sails",
        "published": "2021-03-02T10:00:00+01:00",
        "updated": "2021-03-03T08:00:00+01:00",
        "authors": ["Ann Tide"],
        "source": "tide.example",
        "section": "Coast",
        "text": "The ferry sailed.\n\nCrowds came.",
    }


def test_drafts_comments_settings_and_pages_are_counted() -> None:
    draft = "<app:control><app:draft>yes</app:draft></app:control>"
    found = items(BACKUP, entry(inside=draft), entry("comment"), entry("settings"), entry("page"))
    assert [(item.reason, item.detail) for item in found if isinstance(item, Skip)] == [
        (Reason.NO_TEXT, "1 item is of the type 'comment'"),
        (Reason.NO_TEXT, "1 item is of the type 'page'; --pages reads these too"),
        (Reason.NO_TEXT, "1 item is of the type 'settings'"),
        (Reason.UNPUBLISHED, "1 item is in draft"),
    ]
    assert isinstance(items(BACKUP, entry("page"), pages=True)[0], FoundRecord)


def test_takeout_says_the_kind_and_the_status_in_its_own_words() -> None:
    def of(kind: str, status: str) -> str:
        said = f"<blogger:type>{kind}</blogger:type><blogger:status>{status}</blogger:status>"
        return entry(inside=said)

    found = items(TAKEOUT, of("POST", "LIVE"), of("POST", "DRAFT"), of("POST", "SOFT_TRASHED"))
    assert [isinstance(item, FoundRecord) for item in found] == [True, False, False]
    details = [item.detail for item in found if isinstance(item, Skip)]
    assert details == ["1 item is in draft", "1 item is in the trash"]


def test_a_damaged_backup_keeps_what_came_before() -> None:
    found = items(BACKUP, entry(), "<entry><title>x</entry>")
    assert isinstance(found[0], FoundRecord)
    assert isinstance(found[1], Skip)
    assert found[1].reason == Reason.BROKEN
