"""Tests which time questions ask about, on cases written by hand.

Unless a case says otherwise, now is Monday 1 March 2021.
"""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.question.asked_time import AskedTime, read_asked_time
from rag.records import TimeWindow

_NOW = date(2021, 3, 1)


@dataclass(frozen=True, kw_only=True)
class Case:
    question: str
    asked: AskedTime
    now: date


def case(
    question: str,
    days: str = "",
    *,
    published: bool = False,
    present: bool = False,
    as_of: str = "",
    unresolved: tuple[str, ...] = (),
    now: date = _NOW,
) -> Case:
    """Return a case; `days` are "2020-03-01..2020-03-31", one side empty if it is open."""
    since, _, until = days.partition("..")
    window = TimeWindow(
        since=date.fromisoformat(since) if since else None,
        until=date.fromisoformat(until) if until else None,
    )
    asked = AskedTime(
        window=window if days else None,
        applies_to="published" if published else "event",
        wants_present=present,
        as_of=date.fromisoformat(as_of) if as_of else None,
        unresolved=unresolved,
    )
    return Case(question=question, asked=asked, now=now)


CASES = {
    "calendar": [
        case("What happened in March 2021?", "2021-03-01..2021-03-31"),
        case("What happened on 10 November 2020?", "2020-11-10..2020-11-10"),
        case("What was signed on November 10, 2020?", "2020-11-10..2020-11-10"),
        case("What was signed on 2020-11-10?", "2020-11-10..2020-11-10"),
        case("What was signed on the 10th of November 2020?", "2020-11-10..2020-11-10"),
        case("Who won the election in 2020?", "2020-01-01..2020-12-31"),
        case("Who governed Iraq in the 1990s?", "1990-01-01..1999-12-31"),
        case("Who was shot in the early hours of 3 March 2020?", "2020-03-03..2020-03-03"),
        case("Who was still inside when it fell?"),
        case("Who was driving at the moment of the crash?"),
        case("Who is still missing?", present=True),
        case("Who is the man that died in 2020?", "2020-01-01..2020-12-31"),
        case("Has anyone been held in 2020 over this?", "2020-01-01..2020-12-31"),
        case("Which songs were popular in the '90s?", "1990-01-01..1999-12-31"),
        case("What did Apple earn in the first quarter of 2021?", "2021-01-01..2021-03-31"),
        case("What did Apple earn in Q3 2020?", "2020-07-01..2020-09-30"),
        case("How many were born in the first half of 2020?", "2020-01-01..2020-06-30"),
        case("What burned in the summer of 2020?", "2020-06-01..2020-08-31"),
        case("Who was invaded in the 19th century?", "1800-01-01..1899-12-31"),
        case("What closed at Christmas 2019?", "2019-12-25..2019-12-25"),
        case("Where were riots during 2020?", "2020-01-01..2020-12-31"),
        case("Where were riots throughout May 2020?", "2020-05-01..2020-05-31"),
        case("Who ruled in the year 1215?", "1215-01-01..1215-12-31"),
        case("What were the biggest events of 2020?", "2020-01-01..2020-12-31"),
        case("Who was shot on the evening of 9 November 2020?", "2020-11-09..2020-11-09"),
        case("What happened in the week of 5 May 2020?", "2020-05-04..2020-05-10"),
        case("What happened in the first week of March 2021?", "2021-03-01..2021-03-07"),
        # Which of the two is the month cannot be known.
        case("What happened on 11/10/2020?", "2020-01-01..2020-12-31"),
        case("In 2020 Biden won where?", "2020-01-01..2020-12-31"),
        case(
            "What did Obama say in his 2009 speech in Cairo in June 2009?",
            "2009-06-01..2009-06-30",
            unresolved=("2009",),
        ),
        case("What happened on this day in 1990?", "1990-01-01..1990-12-31"),
        case("Who was arrested on Christmas Day in 2020?", "2020-12-25..2020-12-25"),
        case("ceasefire terms November 2020", "2020-11-01..2020-11-30"),
    ],
    "counted from now": [
        case("What was decided last week?", "2021-02-22..2021-02-28"),
        case("What happened yesterday?", "2021-02-28..2021-02-28"),
        case("What happened today?", "2021-03-01..2021-03-01"),
        case("What did the Fed do this year?", "2021-01-01..2021-12-31"),
        case("What did the Fed do last year?", "2020-01-01..2020-12-31"),
        case("What was announced last month?", "2021-02-01..2021-02-28"),
        case("What happened over the past two weeks?", "2021-02-15..2021-03-01"),
        case("Who resigned in the last 30 days?", "2021-01-30..2021-03-01"),
        case("What happened two weeks ago?", "2021-02-15..2021-02-21"),
        case("What happened on Tuesday?", "2021-02-23..2021-02-23"),
        case("What did Biden say last Tuesday?", "2021-02-23..2021-02-23"),
        case("Who died in the night of last Friday?", "2021-02-26..2021-02-26"),
        case("What will happen on Friday?", "2021-03-05..2021-03-05"),
        case("What time does Sunday's game start?", "2021-03-07..2021-03-07"),
        case("Who will play in Sunday's final?", "2021-03-07..2021-03-07"),
        case("Who is the favourite for November's election?", "2021-11-01..2021-11-30"),
        case("Who won Sunday's game?", "2021-02-28..2021-02-28"),
        case("What will be discussed next week?", "2021-03-08..2021-03-14"),
        case("What was done over the weekend?", "2021-02-27..2021-02-28"),
        case("What happened on the day before yesterday?", "2021-02-27..2021-02-27"),
        case("What did the court rule earlier this year?", "2021-01-01..2021-03-01"),
        case("What is planned for later this month?", "2021-03-01..2021-03-31"),
        case("What burned last summer?", "2020-06-01..2020-08-31"),
        case("What happened in March last year?", "2020-03-01..2020-03-31"),
        case("Who won last night's debate?", "2021-02-28..2021-02-28"),
        case("What was the result of yesterday's vote?", "2021-02-28..2021-02-28"),
        case("Who spoke at this year's summit?", "2021-01-01..2021-12-31"),
        case("What did the court early last week decide?", "2021-02-22..2021-02-28"),
        case("Who was hurt on Monday of last week?", "2021-02-22..2021-02-22"),
        case("Who sang the Thursday before last?", "2021-02-18..2021-02-18"),
        case("Who fell ill on 9 December last year?", "2020-12-09..2020-12-09"),
        case("Who held the post this time last year?", "2020-02-15..2020-04-15"),
        case("Who was born in June of '68?", "1968-06-01..1968-06-30"),
        case("Who is speaking a week on Thursday?", "2021-03-11..2021-03-11"),
        case("Who was elected at the congress of last week?", "2021-02-22..2021-02-28"),
    ],
    "without a year": [
        case("What happened on 10 November?", "2020-11-10..2020-11-10"),
        case("What happened on November 10th?", "2020-11-10..2020-11-10"),
        case("What happened on 28 March?", "2020-03-28..2020-03-28"),
        case("Who resigned on 28 March?", "2020-03-28..2020-03-28"),
        case("Who won on 28 March?", "2020-03-28..2020-03-28"),
        case("What was agreed on 14 February?", "2021-02-14..2021-02-14"),
        case("What happened in December?", "2020-12-01..2020-12-31"),
        case("What happened in May?", "2020-05-01..2020-05-31"),
        case("Will the talks be held in May?", "2021-05-01..2021-05-31"),
        case("Who will visit on 10 May?", "2021-05-10..2021-05-10"),
        case("Who will visit on 10 February?", "2022-02-10..2022-02-10"),
        case("Who is going to visit on 20 February?", "2022-02-20..2022-02-20"),
        case("Which elections are held on 28 March?", "2021-03-28..2021-03-28"),
        case("What happened on 29 February?", "2020-02-29..2020-02-29"),
        case("What happened on the 14th?", "2021-02-14..2021-02-14"),
        case("What happened at Christmas?", "2020-12-25..2020-12-25"),
        case("What happened at Easter?", "2020-04-12..2020-04-12"),
        case("What was shut in late December?", "2020-12-21..2020-12-31"),
        case("What happened in March?", "2021-03-01..2021-03-31"),
        case(
            "What happened on 10 November?",
            "2020-11-10..2020-11-10",
            now=date(2020, 11, 12),
        ),
        case("What happened in December?", "2019-12-01..2019-12-31", now=date(2020, 11, 12)),
        case("What was signed on 31 December?", "2020-12-31..2020-12-31", now=date(2021, 1, 1)),
    ],
    "from one to another": [
        case("What happened between March and May 2020?", "2020-03-01..2020-05-31"),
        case(
            "What happened between 1 March 2020 and 5 May 2020 in Iran?",
            "2020-03-01..2020-05-05",
        ),
        case("What happened between March and May 2020 concerning oil?", "2020-03-01..2020-05-31"),
        case("Who was president from 2009 to 2017?", "2009-01-01..2017-12-31"),
        case("What happened from 3 to 7 May 2020?", "2020-05-03..2020-05-07"),
        case("What was done from March until May 2020?", "2020-03-01..2020-05-31"),
        case("What happened from late 2019 to early 2020?", "2019-09-01..2020-05-01"),
        case("How did prices move in 2019-2020?", "2019-01-01..2020-12-31"),
        case("What happened in May-June 2020?", "2020-05-01..2020-06-30"),
        case("What happened between 28 March and 3 April?", "2020-03-28..2020-04-03"),
        case("What happened in January and February 2020?", "2020-01-01..2020-02-29"),
        case("Did it rain in 2018 or in 2020?", "2018-01-01..2020-12-31"),
        case("What changed from March 2020 until now?", "2020-03-01.."),
        case("What changed between 2019 and today?", "2019-01-01..2021-03-01"),
    ],
    "bounded on one side": [
        case("What has changed since 2019?", "2019-01-01.."),
        case("What has happened since last Monday?", "2021-02-22.."),
        case("What has happened since early 2020?", "2020-01-01.."),
        case("What has happened since about May 2020?", "2020-04-16.."),
        case("What happened from May 2020 onwards?", "2020-05-01.."),
        case("Which laws passed in 2019 or later?", "2019-01-01.."),
        case("Which laws passed on or after 5 May 2020?", "2020-05-05.."),
        case("Which laws passed no earlier than May 2020?", "2020-05-01.."),
        case("What happened after March 2020?", "2020-04-01.."),
        case("What happened after 10 November 2020 in Karabakh?", "2020-11-11.."),
        case("What happened later than May 2020?", "2020-06-01.."),
        case("What happened before 2020?", "..2019-12-31"),
        case("What happened prior to 5 May 2020?", "..2020-05-04"),
        case("What happened before the end of 2020?", "..2020-08-31"),
        case("What happened before noon on Tuesday?", "..2021-02-23"),
        case("What happened before last week?", "..2021-02-21"),
        case("Who was in charge until May 2019?", "..2019-05-31"),
        case("Who was in charge till 2019?", "..2019-12-31"),
        case("Who was in charge through 2019?", "..2019-12-31"),
        case("Who was in charge up to 5 May 2019?", "..2019-05-05"),
        case("How many had died by 1 April 2020?", "..2020-04-01"),
        case("Which ones closed by the end of March 2020?", "..2020-03-31"),
        case("Who signed it no later than June 2020?", "..2020-06-30"),
        case("Who signed it on or before 5 May 2020?", "..2020-05-05"),
        case("What was built in 1900 or earlier?", "..1900-12-31"),
        case("What happened since 2018 and before 2020?", "2018-01-01..2019-12-31"),
        case("What happened after 2018 but not later than May 2020?", "2019-01-01..2020-05-31"),
    ],
    "about, early, mid, late": [
        case("Which plague began over 600 years ago?", "..1421-12-31"),
        case("What happened around 5 May 2020?", "2020-05-02..2020-05-08"),
        case("What happened around the 5th of May 2020?", "2020-05-02..2020-05-08"),
        case("What happened about May 2020?", "2020-04-16..2020-06-15"),
        case("What happened in around 1990?", "1989-07-03..1991-07-01"),
        case("What happened in early 2020?", "2020-01-01..2020-05-01"),
        case("What happened in mid-2020?", "2020-05-02..2020-08-31"),
        case("What happened in late 2020?", "2020-09-01..2020-12-31"),
        case("What happened in early March 2020?", "2020-03-01..2020-03-10"),
        case("What happened in mid-November 2020?", "2020-11-11..2020-11-20"),
        case("What happened in late February 2020?", "2020-02-20..2020-02-29"),
        case("What happened in the late 1990s?", "1996-08-31..1999-12-31"),
    ],
    "as of": [
        case("As of 1 December 2020, how many had died?", as_of="2020-12-01"),
        case("How many had died as of December 1?", as_of="2020-12-01"),
        case("As of 28 March, how many had died?", as_of="2020-03-28"),
        case("How many were infected as of March 2020?", as_of="2020-03-31"),
        case("How many were infected as of last week?", as_of="2021-02-28"),
        case("How many were infected as of this year?", as_of="2021-03-01"),
        case("As of 2020, what was the latest count?", as_of="2020-12-31", present=True),
        case(
            "As of 1 December 2020, how many had died in November 2020?",
            "2020-11-01..2020-11-30",
            as_of="2020-12-01",
        ),
        case("How many soldiers are there as of today?", present=True),
        case("How many soldiers are there as of now?", present=True),
        case("Which rules will apply as of 1 January 2022?", "2022-01-01.."),
    ],
    "the present": [
        case("Who is president now?", present=True),
        case("Who is the current president of France?", present=True),
        case("Who is currently in charge of the talks?", present=True),
        case("What is the latest on the ceasefire?", present=True),
        case("What are the newest figures?", present=True),
        case("What is the most recent report on it?", present=True),
        case("How many have died so far?", present=True),
        case("Is the bridge still closed?", present=True),
        case("Where is the painting at present?", present=True),
        case("Where is the painting today?", present=True),
        case("Newest figures on unemployment?", present=True),
        case("What was the latest figure in May 2020?", "2020-05-01..2020-05-31", present=True),
        case("Was he still president in May 2020?", "2020-05-01..2020-05-31"),
        case("What are the latest figures this year?", "2021-01-01..2021-12-31", present=True),
        case("Was the bill passed on Tuesday at the latest?", "2021-02-23..2021-02-23"),
        case("What did HBO Now cost?"),
        case("Where does the ocean current flow?"),
        case("Who painted the still life?"),
        case("What will be built ten years from now?", "2031-01-01..2031-12-31"),
    ],
    "publication": [
        case("What was published in March 2020?", "2020-03-01..2020-03-31", published=True),
        case("What was reported last week?", "2021-02-22..2021-02-28", published=True),
        case(
            "What was reported about Karabakh in May 2020?",
            "2020-05-01..2020-05-31",
            published=True,
        ),
        case("What did the newspapers write yesterday?", "2021-02-28..2021-02-28", published=True),
        case("Last week, what did they write?", "2021-02-22..2021-02-28", published=True),
        case("Who wrote about Brexit in 2019?", "2019-01-01..2019-12-31", published=True),
        case("How many crimes were reported in Holm in 2019?", "2019-01-01..2019-12-31"),
        case("What did Will Orr do in May?", "2020-05-01..2020-05-31"),
        case("What was written before May 2020?", "..2020-04-30", published=True),
        case("Show articles from November 2020", "2020-11-01..2020-11-30", published=True),
        case(
            "Show articles about Karabakh from November 2020",
            "2020-11-01..2020-11-30",
            published=True,
        ),
        case(
            "Show articles on oil from March to May 2020",
            "2020-03-01..2020-05-31",
            published=True,
        ),
        case("Which stories of last week name him?", "2021-02-22..2021-02-28", published=True),
        case("What is in the news from last week?", "2021-02-22..2021-02-28", published=True),
        case("Sum up the news of yesterday", "2021-02-28..2021-02-28", published=True),
        case("What are the stories from Friday?", "2021-02-26..2021-02-26", published=True),
        case("What is the news from December?", "2020-12-01..2020-12-31", published=True),
        case("What is in yesterday's news?", "2021-02-28..2021-02-28", published=True),
        case("How was the coverage in May 2020?", "2020-05-01..2020-05-31", published=True),
        case("What did the May 2020 coverage say?", "2020-05-01..2020-05-31", published=True),
        case(
            "According to reports in June 2020, who fled?",
            "2020-06-01..2020-06-30",
            published=True,
        ),
        case(
            "In May 2020, what was reported about oil?",
            "2020-05-01..2020-05-31",
            published=True,
        ),
        case(
            "Who was reported missing by articles published since 2020?",
            "2020-01-01..",
            published=True,
        ),
        case(
            "What did articles published in 2021 say of the vote in 2016?",
            "2021-01-01..2021-12-31",
            published=True,
            unresolved=("in 2016",),
        ),
    ],
    "the event, though reports are named": [
        case("Who reported the fire that broke out on 5 May 2020?", "2020-05-05..2020-05-05"),
        case("What was reported about the attack on 10 March 2020?", "2020-03-10..2020-03-10"),
        case("In 1787, who wrote the constitution?", "1787-01-01..1787-12-31"),
        case("Who wrote the constitution in 1787?", "1787-01-01..1787-12-31"),
        case("Which sect reported a rise in members in May 2020?", "2020-05-01..2020-05-31"),
        case("Which news outlets closed in 2020?", "2020-01-01..2020-12-31"),
        case("Show coverage of the floods in May 2020", "2020-05-01..2020-05-31"),
        case("Which articles say what happened in 2020?", "2020-01-01..2020-12-31"),
        case("What profit did Orr Mills report for 2020?", "2020-01-01..2020-12-31"),
        case("What song did the band write in 1967?", "1967-01-01..1967-12-31"),
        case("How many books has she published since 2010?", "2010-01-01.."),
    ],
    "when-questions": [
        case("When did the ceasefire take effect?"),
        case("What year did the war end?"),
        case("On which day did the ceasefire take effect?"),
        case("What time did it start?"),
        case("Since when has he been president?"),
        case("In what month was she born?"),
        case("When in 2020 did the war end?", "2020-01-01..2020-12-31"),
        case("On which day last week did they meet?", "2021-02-22..2021-02-28"),
        case("On which day of May 2020 did they meet?", "2020-05-01..2020-05-31"),
        case("When was the 10 November ceasefire signed?", unresolved=("the 10 November",)),
    ],
    "days that only tell which thing is meant": [
        case("When will the bridge that closed in 2020 reopen?", unresolved=("2020",)),
        case("Has the law passed in 2010 been repealed?", unresolved=("2010",)),
        case("Where is the man born in 1963 now?", present=True, unresolved=("1963",)),
    ],
    "times that count from a day of the story": [
        case("How many were sold a month earlier?", unresolved=("a month earlier",)),
        case("What was it in the previous quarter?", unresolved=("the previous quarter",)),
        case("What was the fee the year before?", unresolved=("the year before",)),
        case("What was said the week before last?", "2021-02-15..2021-02-21"),
        case("What was said the day before yesterday?", "2021-02-27..2021-02-27"),
    ],
    "unknown events": [
        case(
            "What happened before the election of 2020?",
            unresolved=("before the election of 2020",),
        ),
        case("What happened after the ceasefire?", unresolved=("after the ceasefire",)),
        case("What has changed since the war began?", unresolved=("since the war began",)),
        case(
            "What has changed since the war began in 2020?",
            unresolved=("since the war began in 2020",),
        ),
        case(
            "Who fled after the ceasefire of November 2020?",
            unresolved=("after the ceasefire of November 2020",),
        ),
        case("What did he do before the 2020 vote?", unresolved=("before the 2020 vote",)),
        case("Who ruled until the coup last year?", unresolved=("until the coup last year",)),
        case(
            "What did he write before his death in 2011?",
            unresolved=("before his death in 2011",),
        ),
        case(
            "After the war, who was elected in 2021?",
            "2021-01-01..2021-12-31",
            unresolved=("After the war",),
        ),
        case("How many days after the crash was the tram stopped?"),
        case("How long after Orr resigned did Falk leave?"),
        case("Who after the crash was arrested?", unresolved=("after the crash",)),
        case("Who was held after Orr was freed?", unresolved=("after Orr was freed",)),
        case("What changed after Orr was freed?", unresolved=("after Orr was freed",)),
        case("Who leads Holm since Orr was freed?", unresolved=("since Orr was freed",)),
        case("What closed during the pandemic?", unresolved=("during the pandemic",)),
        case("What closed during the protests in 2020?", "2020-01-01..2020-12-31"),
        case("What changed between 2019 and the election?", "2019-01-01.."),
        case("What changed between the election and May 2020?", "..2020-05-31"),
        case("What changed from 2019 to the election?", "2019-01-01.."),
        case("What changed from the election to May 2020?", "..2020-05-31"),
        case(
            "What changed from 2019 until the election?",
            "2019-01-01..",
            unresolved=("until the election",),
        ),
        case("What has happened since then?", unresolved=("since then",)),
        case("What happened the next day?", unresolved=("the next day",)),
        case("What happened recently?", unresolved=("recently",)),
        case(
            "What happened at 10:30 on 5 May 2020?", "2020-05-05..2020-05-05", unresolved=("10:30",)
        ),
        case("Did he testify before Congress in 2019?", "2019-01-01..2019-12-31"),
        case("What was named after him in 2019?", "2019-01-01..2019-12-31"),
        case(
            "How did it look before and after 2020?",
            unresolved=("after 2020",),
        ),
        case(
            "Which happened before 2018 or after 2020?",
            unresolved=("before 2018", "after 2020"),
        ),
        case(
            "Are prices higher than they were a year ago?",
            unresolved=("a year ago",),
        ),
        case("How many seconds is it to midnight?", unresolved=("midnight",)),
        case(
            "What was found after bacteria grew in 2019 and 2020?",
            unresolved=("after bacteria grew in 2019 and 2020",),
        ),
        case("How much more than in 2019 was it?", unresolved=("2019",)),
        case("Did more die in 2020 than in 2019?", "2019-01-01..2020-12-31"),
        case("Is it higher than in December 2018?", unresolved=("December 2018",)),
    ],
    "days of every year": [
        case("Why does Azerbaijan mark Victory Day on 8 November?", unresolved=("8 November",)),
        case("Why did Azerbaijan mark Victory Day on 8 November?", unresolved=("8 November",)),
        case("Why is 8 November Victory Day?", unresolved=("8 November",)),
        case("Who spoke at the Victory Day parade on 8 November?", unresolved=("8 November",)),
        case("What is celebrated on November 8?", unresolved=("November 8",)),
        case("Which holiday is on 8 November?", unresolved=("8 November",)),
        case("Which festival is held in May?", unresolved=("May",)),
        case("When is Independence Day?", unresolved=("Independence Day",)),
        case("Who spoke on Independence Day?", unresolved=("Independence Day",)),
        case("How is Christmas celebrated?", unresolved=("Christmas",)),
        case("What do people eat at Christmas?", unresolved=("Christmas",)),
        case(
            "What changed before Victory Day on 8 November?",
            unresolved=("before Victory Day on 8 November",),
        ),
        case("What happens every 4 July?"),
        case("What happens on 4 July every year?"),
        case("What happens every Christmas?"),
        case("What is usually harvested in May?"),
    ],
    "one day of a year, though an occasion is named": [
        case("What happened on 8 November?", "2020-11-08..2020-11-08"),
        case("What happened at Christmas?", "2020-12-25..2020-12-25"),
        case("Which holiday was introduced on 8 November?", "2020-11-08..2020-11-08"),
        case("Which holiday will be celebrated on 8 May?", "2021-05-08..2021-05-08"),
        case("Which holiday is on Monday?", "2021-03-01..2021-03-01"),
        case("Who spoke at the Victory Day parade on 9 May 2019?", "2019-05-09..2019-05-09"),
        case("Who spoke on Victory Day on 9 May last year?", "2020-05-09..2020-05-09"),
        case("Who spoke on Independence Day 2020?", "2020-07-04..2020-07-04"),
        case(
            "Show articles about Victory Day from November",
            "2020-11-01..2020-11-30",
            published=True,
        ),
    ],
    "names that hold a time": [
        case("Who won the 2020 Olympics?", unresolved=("2020",)),
        case("Who spoke at the 2020 Olympics?", unresolved=("2020",)),
        case("Who was in the class of 2012?", unresolved=("2012",)),
        case("Who won the election of 2020?", unresolved=("2020",)),
        case("What is Vision 2030?", unresolved=("2030",)),
        case("Who hosted Euro 2020?", unresolved=("2020",)),
        case("What caused the 2008 financial crisis?", unresolved=("2008",)),
        case("What were Apple's 2020 sales?", unresolved=("2020",)),
        case("Who died in the 9/11 attacks?", unresolved=("9/11",)),
        case("Who planned the September 11 attacks?", unresolved=("September 11",)),
        case("What was sold on Black Friday?", unresolved=("Black Friday",)),
        case("What was sold on Black Friday 2020?", "2020-11-27..2020-11-27"),
        case("Who leads the Tuesday Group?", unresolved=("Tuesday",)),
        case("What did the Sunday Times say?"),
        case("Who invented Thanksgiving?", unresolved=("Thanksgiving",)),
        case("What does June stand for?", unresolved=("June",)),
        case("Who owns the Sun?"),
        case("What did the May government do?"),
        case("What is Friday's child?"),
        case("What is Windows 95?"),
        case("Why was the Boeing 737 grounded?"),
        case("Who founded the 1619 Project?"),
        case("How did World War II end?"),
        case("What did Saturday Night Live show?"),
        case("Who wrote Nineteen Eighty-Four?", unresolved=("Nineteen Eighty-Four",)),
    ],
    "words that are no time": [
        case("Who is the president of Azerbaijan?"),
        case("Why was the bridge closed?"),
        case("What did Theresa May say?"),
        case("May I ask who won?"),
        case("Who led the march on Rome?"),
        case("Who came second in the race?"),
        case("What did Will Smith do?"),
        case("What did August Wilson write?"),
        case("What does April Jones do?"),
        case("What did Summer Smith say?"),
        case("What did the fall of Kabul mean?"),
        case("Where did the hope spring from?"),
        case("What is new in iOS 10.4?"),
        case("Who scored in the 3-2 win?"),
        case("What can be had for $2021?"),
        case("What costs 2020 dollars?"),
        case("Whose number is 555-2020?"),
    ],
    "durations, sets, ages": [
        case("How many days did the strike last?"),
        case("How long was the strike, three weeks?"),
        case("Who worked for 30 years at the BBC?"),
        case("Do they meet twice a week?"),
        case("Which trains run every Monday?"),
        case("Who is the 44-year-old man?"),
        case("What will happen in 5 minutes?"),
        case("Who fought in the 44 days of war in 2020?", "2020-01-01..2020-12-31"),
    ],
    "scripts": [
        case("Что случилось in March 2021 в Баку?", "2021-03-01..2021-03-31"),
        case("¿Qué pasó in “March 2021”?", "2021-03-01..2021-03-31"),
    ],
}


@pytest.mark.parametrize(
    ("question", "lacks_year"),
    [
        ("What burned in June?", True),
        ("What burned on Tuesday?", True),
        ("What burned in June or on 4 July?", True),
        ("What burned in June 2020?", False),
        ("What burned last June?", False),
        ("What burned on the Monday before last?", False),
        ("What burned?", False),
    ],
)
def test_a_window_lacks_a_year_if_the_question_gives_none(question: str, lacks_year: bool) -> None:
    assert read_asked_time(question, date(2021, 3, 1)).lacks_year is lacks_year


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{kind}: {case.question} ({case.now})")
        for kind, cases in CASES.items()
        for case in cases
    ],
)
def test_a_question_asks_of_time_what_a_person_reads_in_it(case: Case) -> None:
    asked = read_asked_time(case.question, case.now)
    assert asked.text in case.question
    assert (
        AskedTime(
            window=asked.window,
            applies_to=asked.applies_to,
            wants_present=asked.wants_present,
            as_of=asked.as_of,
            unresolved=asked.unresolved,
        )
        == case.asked
    )


@pytest.mark.parametrize(
    "question",
    [
        "What happened in the year 0?",
        "What happened in 0000?",
        "What happened in 99999?",
        "What happened in the year 99999?",
        "What happened on 31 February 2020?",
        "What happened on 31 February?",
        "What happened on the 31st of February 2020?",
        "What happened on February 31, 2020?",
        "What happened on 2021-02-30?",
        "What happened on 0000-00-00?",
        "2020年に何が起きた?",
        "What happened in ٢٠٢٠?",
        "",
        " \n\t",
        "\ud800 \x00",
    ],
)
def test_what_is_no_time_asks_nothing(question: str) -> None:
    assert read_asked_time(question, _NOW).window is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What happened in March 2021 in Paris?", "in March 2021"),
        ("What happened between March and May 2020?", "between March and May 2020"),
        ("As of 1 December 2020, how many had died?", "As of 1 December 2020"),
        ("What passed in 2019 or later?", "in 2019 or later"),
        ("What changed from 2019 until now?", "from 2019 until now"),
        ("What is the latest on oil?", "latest"),
        ("Who won the 2020 Olympics?", ""),
    ],
)
def test_the_words_that_said_so_are_given(question: str, text: str) -> None:
    assert read_asked_time(question, _NOW).text == text


_WORDS = st.sampled_from(
    "since before after until by as of from to between and in on the early late around now today "
    "last next this week year May March Tuesday 2020 1999 0001 9999 10 31 November articles "
    "published reported war ago 29 February Christmas summer first quarter , ? 's".split()
)


@given(
    st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=12).map(" ".join)),
    st.dates(),
)
@example("What happened before 0001-01-01?", date.min)
@example("What happened after 9999-12-31?", date.max)
@example("Who will visit on 10 May?", date.max)
@example("Who came around 31 December 9999?", date.max)
def test_any_text_is_read_without_an_exception(text: str, now: date) -> None:
    asked = read_asked_time(text, now)
    assert asked.text in text
    assert all(words in text for words in asked.unresolved)
    if asked.window and asked.window.since and asked.window.until:
        assert asked.window.since <= asked.window.until
    assert asked.as_of is None or asked.as_of <= now


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "2020 ",
        "before May ",
        "from 2019 to ",
        "as of ",
        "before ",
        "was written ",
        "Now ",
        "a",
    ],
)
def test_long_text_is_read_in_little_work(piece: str) -> None:
    # A reading in quadratic work would take minutes.
    assert read_asked_time(piece * (40_000 // len(piece)), _NOW).as_of is None


def test_a_date_in_figures_that_can_be_read_in_two_ways_is_named() -> None:
    asked = read_asked_time("What burned on 3/4/2020?", _NOW)
    assert asked.window == TimeWindow(since=date(2020, 1, 1), until=date(2020, 12, 31))
    assert "“3/4/2020”" in asked.read_as
    assert read_asked_time("What burned on 13/4/2020?", _NOW).read_as == ""
