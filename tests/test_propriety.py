"""Party politics, praise, attacks and shared posts: what is found, and what passes."""

import pytest

from policy import library
from policy.entries import Example
from policy.rules import examine
from tests.finding import PACKS, finds


@pytest.mark.parametrize(
    ("pack", "text"),
    [
        ("uk", "Join Labour's rally in Leeds this Sunday"),
        ("common", "Support the Lib Dems in Thursday's vote"),
        ("common", "Back the Conservatives on polling day"),
        ("common", "We urge you to vote DUP"),
        ("common", "Sinn Féin delivers for West Belfast"),
        ("common", "Vote for Sinn Féin"),
        ("ws", "Elect FAST candidates for a stronger Samoa"),
        ("common", "Join the HRPP campaign in Savai'i"),
        ("sc", "Vot LDS pour en meyer Sesel"),
        ("common", "Support United Seychelles in the election"),
        ("common", "নৌকা মার্কায় ভোট দিন"),
        ("common", "বিএনপির সমাবেশে যোগ দিন"),
        ("common", "জামায়াতে ইসলামীকে সমর্থন করুন"),
        ("common", "Vote for the Awami League"),
        ("common", "Congratulations to the BNP on a great rally"),
        ("common", "Our office supports the Green Party candidate"),
        ("sc", "Read the LDS manifesto"),
        ("common", "#VoteLabour for better buses"),
        ("common", "Palota mo le HRPP"),
        ("common", "Only the Conservatives can fix this road"),
        ("common", "Vote #HRPP on Friday"),
        ("common", "Proud to stand with the SNP team in Perth"),
        ("uk", "Come to the Labour rally at the town hall"),
        ("common", "Good luck to all our Conservative candidates tomorrow"),
        ("uk", "Vote Reform for a better council"),
        ("common", "A vote for the SDLP is a vote for schools"),
        ("common", "Our HRPP team is on the road again, come and support them"),
        ("ws", "Support FAST at the polls"),
        ("common", "Re-elect the HRPP government"),
        ("common", "The Awami League has done great things for this district"),
        ("common", "Vote BNP, vote for change"),
        ("common", "Join us at the Linyon Demokratik Seselwa campaign launch"),
        ("common", "Proud members of United Seychelles"),
        ("common", "জাতীয় পার্টির প্রার্থীকে সমর্থন করুন"),
        ("common", "লাঙ্গল মার্কায় ভোট দিন"),
        ("common", "Alliance Party volunteers are out in Bangor: join them"),
        ("common", "Don't vote Tory on Thursday"),
        ("common", "Sign up as a Lib Dem member"),
        ("ws", "FAST manifesto launch tonight"),
        ("common", "Vote UUP number one"),
        ("common", "Congratulations to the Plaid Cymru team"),
        ("common", "Zwenn United Seychelles"),
    ],
)
def test_party_politics_are_found(pack, text):
    assert finds("party-political", pack, text)


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry of Labour team will visit Vaitele",
        "Labour Day is a holiday",
        "Support for mothers in labour",
        "Join our green team on Saturday",
        "The Alliance of Islands will vote on Friday",
        "Fast internet: support is here",
        "Reform of the voting system: have your say",
        "The Electoral Commission publishes the list of registered parties",
        "The DUP asked a question in the Assembly",
        "Join the Christmas party",
        "Vote for your park in the Green Flag awards",
        "Support your local team",
        "জেলেদের নৌকা নিবন্ধন করুন",
        "নৌকাবাইচ প্রতিযোগিতায় যোগ দিন",
        "Elections: vote on 26 March",
        "The LDS church hosts a fair. Support them",
        "Labour shortages hit farms",
        "Conservative dentistry clinic opens",
        "Join us for the Independence party",
        "Back our local farmers",
        "Vote in the council elections on 7 May",
        "The Green Flag goes to Holt Park",
        "Labour inspectors visit sites",
        "Reform of school meals: have your say",
        "The Liberal Arts college opens",
        "Join our tree party",
        "The party of six hikers was rescued",
        "Candidates for the job must apply by Friday",
        "Alliance for Water: join the webinar",
        "The fast team from Apia won the relay",
        "Support workers needed in Holt",
        "Team Green won the school quiz",
        "Tory Island ferry resumes",
        "US team visits Victoria",
        "নৌকা ডুবে গেছে, সমর্থন ও সহায়তা দিন",
        "ধান কাটার মৌসুম শুরু",
        "হাতপাখা বিতরণ",
    ],
)
def test_party_politics_have_other_senses(text):
    assert not any(finds("party-political", pack, text) for pack in PACKS)


@pytest.mark.parametrize(
    ("pack", "text"),
    [
        ("common", "Our visionary Prime Minister has given us a new bridge"),
        ("common", "Thanks to the outstanding leadership of the Premier, the road is open"),
        ("common", "The President's bold vision brings water to all"),
        ("common", "Under the dynamic guidance of the Honourable Minister, the hospital opened"),
        ("common", "Only the tireless Minister could have done this"),
        ("common", "The Minister's historic leadership saved the ferry"),
        ("common", "মাননীয় প্রধানমন্ত্রীর সুযোগ্য নেতৃত্বে দেশ এগিয়ে যাচ্ছে"),
        ("common", "We are blessed with such a wise and visionary leader as our Minister"),
        ("common", "Thanks to our great Minister, the clinic is open"),
        ("common", "Gras a lidersip ekstraordiner nou Prezidan, lopital in ouver"),
        ("common", "The Mayor's inspirational leadership made it happen"),
        ("common", "What a visionary President we have"),
        ("common", "Under the wise leadership of the Prime Minister, jobs are back"),
        ("common", "The Premier's tireless efforts brought the hospital"),
        ("common", "Thanks to the vision of our Chairman, the port is full"),
        ("common", "Our Minister's extraordinary vision for farmers"),
        ("common", "Let us thank our great leader, the Minister, for the road"),
        ("common", "রাষ্ট্রপতির বলিষ্ঠ নেতৃত্বে উন্নয়ন"),
        ("common", "The First Minister's courageous leadership has saved jobs"),
        ("common", "Sous la conduite éclairée du Ministre, l'hôpital ouvre"),
    ],
)
def test_praise_of_leaders_is_found(pack, text):
    assert finds("partisan-praise", pack, text)


@pytest.mark.parametrize(
    "text",
    [
        "The Prime Minister signed the treaty on Monday",
        "Our volunteers' outstanding dedication saved lives",
        "The Minister thanked the nurses for their tireless work",
        "Vision screening for children starts Monday",
        "A strong leadership team joins the port",
        "Minister announces new guidance on dengue",
        "The President of the rotary club gave books",
        "The MP asked about the new guidance",
        "The Minister launched the strategy",
        "The Minister met farmers on Tuesday",
        "Great weather for the President's Cup",
        "The outstanding young leaders award is open",
        "Chairman of the board visits",
        "The strong winds did not stop the Prime Minister's visit",
        "Vision tests for drivers",
    ],
)
def test_praise_of_leaders_is_not_news_of_them(text):
    assert not any(finds("partisan-praise", pack, text) for pack in PACKS)


@pytest.mark.parametrize(
    ("pack", "text"),
    [
        ("common", "The opposition are peddling lies about the new bridge"),
        ("common", "Journalists at the Herald should be ashamed of their cynical story"),
        ("common", "So-called campaigners are wrong about the dam"),
        ("common", "The newspaper's scaremongering about water must stop"),
        ("common", "Yet another desperate stunt by the opposition"),
        ("common", "The union bosses are spreading nonsense about pay"),
        ("common", "Shame on the Gazette for this rubbish"),
        ("common", "These NGOs are a disgrace, spreading propaganda"),
        ("common", "Fake news media strike again"),
        ("common", "হলুদ সাংবাদিকরা আবার অপপ্রচার চালাচ্ছে"),
        ("common", "Don't listen to the clueless experts"),
        ("common", "The opposition's lies about our clinics are shameful"),
        ("common", "The self-styled experts of the Island Observer are at it again"),
        ("common", "The press is peddling myths about our vaccine"),
        ("common", "Another smear from the so-called journalists of the Sun"),
        ("common", "The union's shameful lies hurt patients"),
        ("common", "Critics are hysterical about the new road"),
        ("common", "Shame on the councillors who voted no"),
        ("common", "The opposition's pathetic stunt fooled nobody"),
        ("common", "These scaremongers at the charity know nothing"),
        ("common", "Lazy journalists at the Times made up this nonsense"),
        ("common", "The NGO's bogus report is propaganda"),
        ("common", "বিরোধী দলের মিথ্যাচারের জবাব"),
        ("common", "Reporters are lying about the clinic again"),
        ("common", "So-called environmental activists blocked our works"),
    ],
)
def test_attacks_on_critics_are_found(pack, text):
    assert finds("polemical-attack", pack, text)


@pytest.mark.parametrize(
    "text",
    [
        "Our press release is online",
        "The union and the ministry signed an agreement",
        "Journalists are welcome at 10am",
        "Experts say hand washing works",
        "The stunt team will perform for charity",
        "The newspaper has corrected its story",
        "Rubbish collection: the union has suspended the strike",
        "The Opposition leader laid a wreath",
        "The reporter's figure is incorrect. The bridge cost 2 million",
        "Councillors voted on the budget",
        "Criticism of the plan is welcome. Have your say",
        "The press conference is at 10am",
        "Critics and supporters are welcome at the hearing",
        "The expert panel meets on Monday",
        "Ignore scam calls",
        "The union called off the strike",
        "Reporters can register here",
        "Do not be ashamed to ask for help",
        "Media training for councillors",
        "The councillor apologised for his remark",
    ],
)
def test_attacks_on_critics_are_not_corrections(text):
    assert not any(finds("polemical-attack", pack, text) for pack in PACKS)


@pytest.mark.parametrize(
    ("pack", "text", "about"),
    [
        ("common", "x", {"repost_of": "@UKLabour"}),
        ("common", "x", {"repost_of": "@DUPleader"}),
        ("common", "x", {"repost_of": "https://x.com/Conservatives/status/1"}),
        ("common", "x", {"repost_of": "@AwamiLeague"}),
        ("common", "x", {"repost_of": "@joes_cafe"}),
        (
            "common",
            "x",
            {"repost_of": "@JaneDoeMP", "periods": ["election"], "directory": ["@janedoemp"]},
        ),
    ],
)
def test_reposts_of_others_are_found(pack, text, about):
    assert finds("shares-partisan-account", pack, text, **about)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("x", {"repost_of": "@NHSuk"}),
        ("x", {"repost_of": "@UNICEFBD"}),
        ("x", {"repost_of": "@LancsFire"}),
        ("x", {"repost_of": "@TownLibrary", "directory": ["@TownLibrary"]}),
        ("x", {"repost_of": "Met Office"}),
    ],
)
def test_reposts_of_partners_pass(text, about):
    assert not any(finds("shares-partisan-account", pack, text, **about) for pack in PACKS)


@pytest.mark.parametrize(
    ("account", "about", "severities"),
    [
        ("@UKLabour", {}, ["block"]),
        ("@UKLabour", {"directory": ["@uklabour"]}, []),
        ("@some_blog", {}, ["senior"]),
        ("@HoltCouncil", {"directory": ["@HoltCouncil"]}, []),
        ("@CllrBoyd", {"directory": ["@CllrBoyd"]}, []),
        ("@CllrBoyd", {"directory": ["@CllrBoyd"], "periods": ["election"]}, ["senior"]),
        ("https://x.com/metoffice/status/1", {}, []),
        ("", {}, []),
    ],
)
def test_a_repost_is_as_bad_as_the_account(account, about, severities):
    post = Example.model_validate({"text": "A good day", "repost_of": account, **about}).post()
    found = examine(post, library.load()).findings
    assert [str(each.severity) for each in found] == severities


@pytest.mark.parametrize(
    ("pack", "severity"), [("common", "warn"), ("uk", "senior"), ("ni", "senior")]
)
def test_praise_is_worse_in_the_united_kingdom(pack, severity):
    rules = {rule.id: rule for rule in library.load((pack,)).rules}
    assert rules["partisan-praise"].severity == severity


def test_moderators_see_why_a_name_of_a_party_was_let_pass():
    post = Example(text="Join the FAST stroke team", lang="en").post()
    [excused] = examine(post, library.load(("ws",))).excused
    assert (excused.rule, excused.guard) == ("party-political", "said beside it: “stroke”")
