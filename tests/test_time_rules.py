"""Rules on dates, embargoes, releases and periods: what they object to, and what they let pass."""

from datetime import UTC, datetime

import pytest

from policy import library
from policy.findings import Finding, Post
from policy.rules import examine, review

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def found(rule: str, text: str, pack: str = "common", **post: object) -> list[Finding]:
    verdict = review(Post(text, **post), library.load((pack,)))  # type: ignore[arg-type]
    return [finding for finding in verdict if finding.rule == rule]


def guards(rule: str, text: str, pack: str = "common", **post: object) -> list[str]:
    verdict = examine(Post(text, **post), library.load((pack,)))  # type: ignore[arg-type]
    return [finding.guard for finding in verdict.excused if finding.rule == rule]


@pytest.mark.parametrize(
    ("text", "said", "suggestion"),
    [
        ("On Thursday 6 March 2026", "6 March 2026 is a Friday", "Friday 6 March 2026"),
        ("On Thu 6 Mar 2026", "6 March 2026 is a Friday", "Fri 6 Mar 2026"),
        ("ON MONDAY 10 MARCH 2026", "10 March 2026 is a Tuesday", "TUESDAY 10 MARCH 2026"),
        ("le jeudi 6 mars 2026", "6 March 2026 is a Friday", "vendredi 6 mars 2026"),
        ("zedi 6 mars 2026", "6 March 2026 is a Friday", "vandredi 6 mars 2026"),
        ("বুধবারে, ৬ মার্চ ২০২৬", "6 March 2026 is a Friday", "শুক্রবারে, ৬ মার্চ ২০২৬"),
        ("Aso Lua 6 Mati 2026", "6 March 2026 is a Friday", "Aso Faraile 6 Mati 2026"),
        ("6 March 2026 (Thursday)", "6 March 2026 is a Friday", "6 March 2026 (Friday"),
        ("Monday to Wednesday 6 March 2026", "6 March 2026 is a Friday", ""),
    ],
)
def test_the_right_weekday_is_offered(text, said, suggestion):
    [finding] = found("date-weekday-mismatch", text)
    assert finding.say == f"{said}. Fix the day or the date."
    assert finding.suggestion == suggestion


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Saturday 7 and Monday 8 March 2026", ["Monday 8 March 2026"]),
        ("Saturday 6 and Sunday 8 March 2026", ["Saturday 6"]),
        ("Tuesday 2 to Friday 6 March 2026", ["Tuesday 2"]),
        ("Saturday 28 March to Friday 3 April 2026", []),
        ("Sunday 28 March to Friday 3 April 2026", ["Sunday 28 March"]),
        ("Wednesday 2026-03-05", ["Wednesday 2026-03-05"]),
        ("We met on Monday. 10 March 2026 was sunny", []),
    ],
)
def test_each_date_of_several_has_its_own_weekday(text, dates):
    assert [each.found for each in found("date-weekday-mismatch", text)] == dates


@pytest.mark.parametrize(
    ("text", "now", "wrong"),
    [
        ("Thursday 5 March", NOW, False),
        ("Thursday 6 March", NOW, True),
        ("Thursday 6 March", None, False),
        ("Thursday 1 October", NOW, False),  # of this year
        ("Wednesday 1 October", NOW, False),  # of last year
        ("Friday 1 October", NOW, True),
        ("Friday 1 January", datetime(2026, 12, 20, tzinfo=UTC), False),
    ],
)
def test_a_weekday_without_a_year_is_that_of_the_nearest_date(text, now, wrong):
    assert bool(found("date-weekday-mismatch", text, now=now)) is wrong


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("Join us on Saturday 28 February 2026", True),
        ("The deadline is 1 March", True),
        ("Deadline: 1 March", True),
        ("Nominations are open until 1 March 2026", True),
        ("The fair is on 1 March. Book now", True),
        ("The road will close on 1 March", True),
        ("Bid no later than Sunday 1 March 2026", True),
        ("Bids have to reach us before noon on 1 March", True),
        ("Register by 2 March", False),  # today
        ("Register by 3 March", False),
        ("Registered by 1 March? You will get a letter", False),
        ("By 1 March 2026, 400 people had registered", False),
        ("The fair opened on 1 March 2026 and will run for a week", False),
        ("The law in force from 1 January 2026 will help you", False),
        ("We will publish the minutes of 26 February", False),
        ("The fair will be on 7 March, not 28 February", False),
        ("The fair will move from 28 February to 7 March", False),
        ("The road will be closed 27 February - 6 March", False),
        ("Our office was opened on 1 March 1962. Join us", False),
        ("Will you remember 1 March 1962?", False),
        ("২৮ ফেব্রুয়ারি পর্যন্ত আবেদন করা যাবে", True),
        ("আগামী ২৮ ফেব্রুয়ারি ২০২৬ সভা অনুষ্ঠিত হবে", True),
        ("গত ২৮ ফেব্রুয়ারি ২০২৬ সভা অনুষ্ঠিত হয়েছে", False),
        ("১ ফেব্রুয়ারি ২০২৬ থেকে আবেদন করুন", False),
        ("La réunion aura lieu le 28 février 2026", True),
        ("La réunion a eu lieu le 28 février 2026", False),
        ("Bezwen anrezistre avan le 28 fevriye", True),
        ("Lesitala a'o le'i oo i le aso 28 Fepuari 2026", True),
    ],
)
def test_an_invitation_to_a_day_that_is_over(text, over):
    assert bool(found("date-in-past", text, now=NOW)) is over


def test_a_post_is_as_old_as_the_day_it_is_planned_for():
    text = "Join us on 5 March 2026"
    assert not found("date-in-past", text, now=NOW)
    assert found("date-in-past", text, now=NOW, publish_at=at(6, 9))
    assert not found("date-in-past", text, now=at(5, 23))
    assert found("date-in-past", text, now=at(5, 23), timezone="Asia/Dhaka")


@pytest.mark.parametrize(
    ("text", "post", "until"),
    [
        ("Embargoed until 6am on 4 March 2026: x", {}, "6am on 4 March 2026"),
        ("EMBARGO: noon tomorrow\nNew clinic", {"now": NOW}, "noon tomorrow"),
        ("EMBARGOED UNTIL 00:01 THURSDAY 5 MARCH", {"now": NOW}, "00:01 THURSDAY 5 MARCH"),
        ("Strictly no publication until 10am", {"now": NOW}, "10am"),
        ("Not before Tuesday 3 March 2026, 8am: x", {"now": NOW}, "Tuesday 3 March 2026, 8am"),
        ("New clinic. Under strict embargo", {"now": NOW}, "the time it is meant for"),
        ("Hold until 8am on Friday: x", {"now": NOW}, "8am"),
        ("Do not publish before 9 March: x", {"now": NOW}, "9 March"),
        ("Sous embargo jusqu'au 5 mars : x", {"now": NOW}, "5 mars"),
        ("৫ মার্চ সকাল ১০টার আগে প্রকাশ করা যাবে না", {"now": NOW}, "৫ মার্চ সকাল ১০টা"),
        ("x", {"now": NOW, "embargo": at(4, 6)}, "06:00 on 4 March 2026"),
        (
            "x",
            {"now": NOW, "embargo": at(4, 6), "timezone": "Asia/Dhaka"},
            "12:00 on 4 March 2026",
        ),
    ],
)
def test_an_embargo_holds_a_post_until_its_time(text, post, until):
    [finding] = found("embargo-active", text, **post)
    assert finding.severity == "block"
    assert finding.say == f"This is under embargo until {until}. Schedule it for after that time."


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("Embargoed until 6am on 4 March 2026: x", {"publish_at": at(4, 6)}),
        ("Under embargo until 8am: x", {"now": NOW}),
        ("৫ মার্চ সকাল ১০টার আগে প্রকাশ করা যাবে না", {"now": at(5, 10)}),
        ("x", {"now": at(4, 6), "embargo": at(4, 6)}),
        ("The report is no longer under embargo", {}),
        ("The figures were under embargo until this morning", {}),
        ("The oil embargo until 2027 hurts farmers", {}),
        ("Embargo on sand mining from Monday", {}),
        ("Pools open not before 9 March", {}),
        ("You are on hold until 9am", {}),
        ("Copies for release on request", {}),
    ],
)
def test_what_is_no_embargo_or_one_that_is_over(text, post):
    assert not found("embargo-active", text, **post)


def test_an_embargo_on_trade_is_shown_to_the_moderators():
    [guard] = guards("embargo-active", "The arms are under embargo until 2030")
    assert guard == "said beside it: “arms”"


@pytest.mark.parametrize(
    ("text", "early"),
    [
        ("Sneak preview of the official housing statistics", True),
        ("NISRA jobs data, due out on Tuesday, look great", True),
        ("Next week's inflation figures will please you", True),
        ("Ahead of the official poverty statistics: good news", True),
        ("Embargoed. The labour market figures show a rise", True),
        ("Labour market figures published today show a rise", False),
        ("The Office for National Statistics opens a desk tomorrow", False),
        ("Tomorrow we count our statistics books", False),
        ("Figures on bins come out tomorrow", False),
        ("The official opening of our statistics room is tomorrow", False),
    ],
)
@pytest.mark.parametrize("pack", ["uk", "ni"])
def test_figures_before_their_release(text, early, pack):
    assert bool(found("stats-before-release", text, pack)) is early


@pytest.mark.parametrize(
    ("post", "early"),
    [
        ({"release_at": at(4, 9, 30), "publish_at": at(4, 9, 29)}, True),
        ({"release_at": at(4, 9, 30), "publish_at": at(4, 9, 30)}, False),
        ({"release_at": at(4, 9, 30)}, True),
        ({"purpose": "statistics", "publish_at": at(4, 9, 29)}, True),
        ({"purpose": "statistics", "publish_at": at(4, 9, 30)}, False),
        ({"purpose": "statistics", "publish_at": at(7, 9, 30)}, True),  # a Saturday
        ({"purpose": "statistics", "now": at(4, 9)}, False),
        ({"purpose": "announcement", "publish_at": at(4, 9)}, False),
    ],
)
def test_statistics_wait_for_their_hour(post, early):
    text = "New figures show that more people cycle"
    assert bool(found("stats-before-release", text, "uk", **post)) is early


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("We can reveal that ministers will freeze fees", True),
        ("The Minister is expected to announce a new levy", True),
        ("The Health Minister will announce a pay rise in the Assembly on Monday", True),
        ("She will tell the House next week that the tax will go", True),
        ("Lower rates, ahead of the Minister's statement tomorrow", True),
        ("The Minister has told MLAs that the levy will go", False),
        ("The Minister will visit a school tomorrow", False),
        ("We can reveal the name of the new ferry", False),
        ("Watch the Minister's statement live tomorrow", False),
        ("Parliament will debate the bill tomorrow", False),
        ("The Minister will announce the winner of the prize tomorrow", False),
    ],
)
def test_parliament_hears_it_first(text, first):
    assert bool(found("parliament-first", text, "uk")) is first
    assert bool(found("parliament-first", text, "ni")) is first


def test_a_declared_statement_holds_a_post():
    assert found("parliament-first", "Fares are frozen", "uk", statement_at=at(4, 12), now=NOW)
    assert not found(
        "parliament-first", "Fares are frozen", "uk", statement_at=at(4, 12), now=at(4, 12)
    )
    assert not found("parliament-first", "Fares are frozen", statement_at=at(4, 12), now=NOW)


@pytest.mark.parametrize(
    ("purpose", "text", "sensitive"),
    [
        ("", "Bins are collected on Friday", False),
        ("", "A £3 million investment in our roads", True),
        ("service-info", "Bins are collected on Friday", False),
        ("service-info", "Our Minister visits the new ward", True),
        ("correction", "The figure was 3, not 4", False),
        ("election-info", "Polling stations open at 7am", False),
        ("election-info", "The result will be announced at noon", False),
        ("announcement", "Bins are collected on Friday", True),
        ("event", "The fair opens at noon", True),
        ("warning", "Funding package or not: leave the valley now", False),
    ],
)
@pytest.mark.parametrize("pack", ["common", "uk", "ws"])
def test_an_election_period_leaves_only_what_is_essential(purpose, text, sensitive, pack):
    post = {"purpose": purpose, "periods": ("election",)}
    assert bool(found("pre-election-sensitive", text, pack, **post)) is sensitive
    assert not found("pre-election-sensitive", text, pack, purpose=purpose)


@pytest.mark.parametrize(
    ("purpose", "text", "festive"),
    [
        ("", "Fun for all at the carnival", True),
        ("", "Fun for all", False),
        ("", "See you there 🎉🎈", True),
        ("", "See you there 🎉", False),
        ("announcement", "Congratulations to the team", True),
        ("announcement", "The carnival and the concert are cancelled", False),
        ("announcement", "The book of condolence is open", False),
        ("celebration", "A quiet day", True),
        ("campaign", "Plant a tree", True),
        ("service-info", "Congratulations to the team", False),
        ("warning", "Leave the festival and the party now", False),
        ("", "ঈদ মোবারক", True),
    ],
)
@pytest.mark.parametrize("period", ["crisis", "mourning"])
def test_a_crisis_or_mourning_holds_what_is_festive(purpose, text, festive, period):
    post = {"purpose": purpose, "periods": (period,)}
    assert bool(found("celebration-in-crisis", text, **post)) is festive
    assert not found("celebration-in-crisis", text, purpose=purpose)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("What do you think of the market?", "a closing date and how to reply"),
        ("What do you think of the market? Answer by 9 April 2026", "how to reply"),
        ("Have your say: https://www.gov.sc/market", "a closing date"),
        ("Email market@gov.sc by 9 April", ""),
        ("Come to the village meeting on 9 April at 6pm", ""),
        ("Reply below by Friday", ""),
        ("The consultation has closed", ""),
        ("Thank you for 400 replies", ""),
        ("মতামত দিন", "a closing date and how to reply"),
        ("৯ এপ্রিলের মধ্যে ইমেইল করুন: market@gov.bd", ""),
    ],
)
def test_a_consultation_says_until_when_and_how(text, missing):
    says = [each.say for each in found("consultation-incomplete", text, purpose="consultation")]
    wanted = f"Add a closing date and say how to reply. Missing: {missing}."
    assert says == ([wanted] if missing else [])
    assert not found("consultation-incomplete", text, purpose="event")
