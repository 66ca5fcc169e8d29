import os
import random
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.copies import SIGNATURE_BYTES, Signed, find_clusters, sign

STORY = """\
PORT ALDER, March 3 - The harbour authority of Port Alder closed its northern pier on Tuesday
after divers found cracks in eleven of its forty wooden piles, officials said. Ferries to the
outer islands will leave from the fish market until the end of June, the authority's director
Mira Holt told reporters. She put the cost of the repair at 2.4 million crowns, most of which
the province has promised to pay. Shopkeepers on the pier said that they had not been warned.
"We came to work and the gate was locked," said Jonas Reck, who has sold smoked eel there for
thirty years. The council will discuss compensation at its meeting next Monday."""
UPDATE = """\
The council agreed late on Monday to pay each of the nineteen shops on the pier four thousand
crowns a month while it is shut. Reck called the sum fair but said that he would have to let two
assistants go. Engineers from the provincial office will examine the southern pier this week."""
OTHER_OUTLET = """\
Islanders faced a longer walk to the ferry on Wednesday, a day after cracked piles forced Port
Alder to shut the northern pier. Boats now sail from the fish market, where queues reached the
tram stop by eight in the morning. Mira Holt, who runs the harbour, said the work would cost
about 2.4 million crowns and last into the summer. Traders complained about the lack of warning,
and the council is to take up their claims on Monday."""


def signed(article_id: str, text: str = STORY, **facts: object) -> Signed:
    return Signed(article_id=article_id, signature=sign(text), **facts)  # type: ignore[arg-type]


def invented(seed: int, *, words: int = 120) -> str:
    dice = random.Random(seed)
    return " ".join(f"word{dice.randrange(10_000)}" for _ in range(words))


def test_a_reformatted_text_has_the_same_signature() -> None:
    reformatted = "\n\n  ".join(STORY.upper().split()).replace("-", "—").replace('"', "“")
    hyphenated = STORY.replace("authority", "autho\u00adrity").replace("officials", "oﬃcials")
    assert sign(reformatted) == sign(hyphenated) == sign(STORY)


CHINESE = "港务局星期二关闭了北码头因为潜水员发现四十根木桩中有十一根出现裂缝渡轮将改从鱼市场出发"


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        (STORY, "6b47cbf4de882d4e2afab346e34a6ac8ed89728b25024a46067b1aeceebfdeba"),
        (CHINESE, "ecee944c1285f8eec9f163bb1470e1c92b057d2e1497f965ff4809fb3ca75fc3"),
        (
            invented(3, words=1500),
            "f575bee07dee990222b5d15c95756bbff0e8f6b1efca692f65686980b23b5536",
        ),
        (
            invented(4, words=20),
            "4de290b5b4db6fd3209f376320535a7349dc9a5e34751f0c4adf9560574ad127",
        ),
    ],
)
def test_signatures_stay_what_they_are_in_stored_archives(text: str, digest: str) -> None:
    # Computed by datasketch 2.0. If this fails, archives need to be signed again.
    assert sha256(sign(text)).hexdigest() == digest
    assert len(sign(text)) == SIGNATURE_BYTES


def test_signatures_do_not_depend_on_the_process() -> None:
    code = "import sys; from ingest.copies import sign; print(sign(sys.stdin.read()).hex())"
    for seed, locale in (("1", "C"), ("2", "tr_TR.UTF-8")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONUTF8": "1"}
        command = [sys.executable, "-c", code]
        run = subprocess.run(command, input=STORY, env=environment, capture_output=True, text=True)
        assert run.stdout.strip() == sign(STORY).hex()


def test_a_text_too_short_to_tell_has_no_signature_and_no_copies() -> None:
    short = "This page is no longer available."
    assert sign(short) == b""
    assert find_clusters([signed("a", short), signed("b", short)]) == {}


def test_a_signature_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="sign again"):
        Signed(article_id="a", signature=b"12")


def test_an_empty_archive_and_a_single_article_have_no_copies() -> None:
    assert find_clusters([]) == find_clusters([signed("a")]) == {}


def test_a_story_updated_with_added_paragraphs_is_a_copy() -> None:
    assert find_clusters([signed("a"), signed("b", f"{UPDATE}\n\n{STORY}")]) == {"a": "a", "b": "a"}


def test_two_reports_of_one_event_are_not_copies() -> None:
    assert find_clusters([signed("a"), signed("b", OTHER_OUTLET)]) == {}


def test_chinese_texts_without_spaces_are_compared_too() -> None:
    unrelated = "气象台预报周末有大雨山区居民应当注意滑坡危险铁路公司取消了两趟夜间列车学校照常上课"
    clusters = find_clusters(
        [signed("a", CHINESE), signed("b", CHINESE + "。"), signed("c", unrelated)]
    )
    assert clusters == {"a": "a", "b": "a"}


@pytest.mark.parametrize(
    ("agency", "source"),
    [
        ("Reuters", "reuters.com"),
        ("AP", "Associated Press"),
        ("The Associated Press", "https://apnews.com/hub"),
        ("Agence France-Presse", "AFP"),
        ("dpa", "Deutsche Presse-Agentur"),
        ("PA Media", "pa.media"),
        ("Xinhua News Agency", "english.xinhuanet.com"),
        ("AFP/TASS", "tass.ru"),
        ("Associated Press (AP)", "AP"),
        ("AFP and Reuters", "reuters.com"),
        ("By Reuters", "Reuters"),
        ("Reuters Staff", "Reuters"),
        ("RFE/RL", "Radio Free Europe"),
        ("Holm & Orr", "Holm & Orr News"),
    ],
)
def test_the_original_is_the_credited_agencys_own_article(agency: str, source: str) -> None:
    early = signed("a", source="alder-post.example", agency=agency, published=date(2024, 3, 3))
    wire = signed("b", source=source, published=date(2024, 3, 4))
    assert set(find_clusters([early, wire]).values()) == {"b"}


def test_without_an_agency_the_original_is_the_earliest_then_the_smallest_id() -> None:
    undated, late = signed("a"), signed("b", published=date(2024, 3, 4))
    early = [signed(name, published=date(2024, 3, 3), agency="AP") for name in ("d", "c")]
    assert set(find_clusters([undated, late, *early]).values()) == {"c"}
    assert set(find_clusters([undated, late]).values()) == {"b"}


def test_of_one_day_the_original_is_the_earliest_of_those_with_a_time() -> None:
    day = date(2024, 3, 3)
    untimed = signed("a", published=day)
    evening = signed("b", published=day, published_at=datetime(2024, 3, 3, 19, tzinfo=UTC))
    cet = timezone(timedelta(hours=1))
    morning = signed("c", published=day, published_at=datetime(2024, 3, 3, 19, 30, tzinfo=cet))
    assert set(find_clusters([untimed, evening, morning]).values()) == {"c"}


def test_the_newest_correction_of_the_originals_outlet_takes_its_place() -> None:
    first, second = date(2021, 3, 3), date(2021, 3, 4)
    articles = [
        signed("a", source="wire.example", published=first),
        signed("b", source="wire.example", published=second, corrects=True),
        signed("c", source="town.example", published=second, corrects=True),
    ]
    assert set(find_clusters(articles).values()) == {"b"}


@pytest.mark.parametrize("source", ["Reuters", "reuters.com", "Reuters News Agency"])
def test_a_correction_takes_the_place_of_its_outlet_however_that_is_spelled(source: str) -> None:
    wrong = signed("a", source="Reuters", published=date(2021, 3, 3))
    right = signed("b", source=source, published=date(2021, 3, 4), corrects=True)
    assert set(find_clusters([wrong, right]).values()) == {"b"}


def test_a_chain_ends_where_nothing_is_left_of_its_earliest_article() -> None:
    parts = [invented(seed) for seed in range(12)]
    chain = [
        signed(
            f"{place:02}", f"{parts[place]} {parts[place + 1]}", published=date(2024, 1, 1 + place)
        )
        for place in range(11)
    ]
    clusters = find_clusters(chain)
    assert [clusters[name] for name in ("00", "01", "02", "03")] == ["00", "00", "02", "02"]


def archive() -> list[Signed]:
    parts = [invented(seed) for seed in range(6)]
    texts = [f"{first} {second}" for first in parts for second in parts]
    return [
        signed(
            f"{place:02}",
            text,
            source=("reuters.com", "post.example")[place % 2],
            agency=("", "Reuters", "AP")[place % 3],
            published=None if place % 5 == 0 else date(2024, 1, 1 + place % 7),
        )
        for place, text in enumerate(texts)
    ]


ARCHIVE = archive()
CLUSTERS = find_clusters(ARCHIVE)


@given(st.permutations(ARCHIVE))
def test_the_order_of_the_articles_does_not_matter(articles: list[Signed]) -> None:
    assert find_clusters(articles) == CLUSTERS


def test_originals_belong_to_their_own_clusters_which_have_two_or_more_members() -> None:
    originals = set(CLUSTERS.values())
    assert all(CLUSTERS[original] == original for original in originals)
    assert all(list(CLUSTERS.values()).count(original) > 1 for original in originals)


def test_thousands_of_equal_short_texts_are_one_cluster() -> None:
    notice = signed("", "Please accept our cookies to read on. " * 4).signature
    equal = [Signed(article_id=f"{number:05}", signature=notice) for number in range(20_000)]
    different = [signed(f"x{number}", invented(number)) for number in range(100)]
    # All pairs in all bands would be 25 thousand million comparisons: this test would not end.
    clusters = find_clusters([*equal, *different])
    assert len(clusters) == 20_000
    assert set(clusters.values()) == {"00000"}


def test_thousands_of_nearly_equal_reports_are_one_cluster() -> None:
    report = invented(0, words=60)
    reports = [signed(f"{number:04}", f"{report} {number} degrees") for number in range(3000)]
    assert set(find_clusters(reports).values()) == {"0000"}


def test_a_frame_that_thousands_of_pages_share_does_not_make_them_copies() -> None:
    frame = invented(0, words=30)
    pages = [signed(f"{number:04}", f"{frame} {invented(number + 1)}") for number in range(2000)]
    copy = signed("copy", f"{frame} {invented(7)} And one more sentence.")
    assert find_clusters([*pages, copy]) == {"0006": "0006", "copy": "0006"}
