"""Rules on links: what the public cannot open, should not trust, or cannot see the end of."""

import pytest

from policy import library
from policy.rules import Finding, Post, examine


def verdict(text: str, rule: str, **post: object) -> tuple[list[Finding], list[Finding]]:
    result = examine(Post(text, **post), library.load(()))  # type: ignore[arg-type]
    return (
        [each for each in result.findings if each.rule == rule],
        [each for each in result.excused if each.rule == rule],
    )


def found(text: str, rule: str, **post: object) -> list[str]:
    return [each.found for each in verdict(text, rule, **post)[0]]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Leave: http://INTRANET/leave", ["http://INTRANET/leave"]),
        ("Rota: intranet.local/rota", ["intranet.local/rota"]),
        ("Rota: http://172.16.3.4/rota", ["http://172.16.3.4/rota"]),
        ("Rota: http://172.32.3.4/rota", []),
        ("Slides: https://docs.google.com/presentation/d/1/edit#slide=1", 1),
        ("Form: https://docs.google.com/forms/d/e/1/viewform", []),
        ("Paper: https://docs.google.com/document/d/e/1/pub", []),
        ("Files: https://moh-my.sharepoint.com/personal/x", 1),
        ("Files: https://notsharepoint.com/x", []),
        ("Talk: https://us06web.zoom.us/j/123?pwd=abc", 1),
        ("Talk: https://us06web.zoom.us/webinar/register/WN_1", []),
        ("Call: https://meet.google.com/abc-defg-hij", 1),
        (r"Plans: \\files01\plans\port.docx", [r"\\files01\plans\port.docx"]),
        ("Plans: file:///C:/plans.docx", []),
        ("Plans: file://files01/plans.docx", ["file://files01/plans.docx"]),
        ("Our local intranet won", []),
    ],
)
def test_links_that_the_public_cannot_open(text, links):
    hits = found(text, "internal-link")
    assert (len(hits) if isinstance(links, int) else hits) == links


@pytest.mark.parametrize(
    ("purpose", "directory", "passes"),
    [
        ("event", ("zoom.us",), True),
        ("event", ("https://zoom.us/j/5",), True),
        ("event", (), False),
        ("announcement", ("zoom.us",), False),
        ("event", ("notzoom.us",), False),
    ],
)
def test_a_meeting_passes_when_its_host_is_listed_and_it_is_an_event(purpose, directory, passes):
    text = "Join: https://us02web.zoom.us/j/91?pwd=abc"
    assert (found(text, "internal-link", purpose=purpose, directory=directory) == []) is passes


@pytest.mark.parametrize(
    "link",
    [
        "https://gov-ws-grants.com",
        "https://www.gov.uk.refund-desk.org/x",
        "https://secure.hmrc-rebate.net",
        "https://nhs.uk-appointments.info",
        "https://GOUV-AIDES.FR.COM",
        "http://govt-benefits.co",
        "https://apply-government.services",
        "https://gov.uk@short.example",
        "https://www.gov.uk:443@198.51.100.7/x",
        "https://xn--gv-uk-jye.com",
        "https://g0v-bd.com",
        "gov-sc.example/fees",
        "https://gov.uk.claims.example",
        "https://nhs.uk.example/x",
        "gov.ws.example/x",
        "https://mygov-scot.example",
    ],
)
def test_hosts_that_sound_like_a_government(link):
    assert found(f"Go to {link} today", "lookalike-gov-domain") == [link]


@pytest.mark.parametrize(
    "link",
    [
        "https://www.gov.uk",
        "https://WWW.GOV.UK./x",
        "https://beta.gov.scot:8443/x",
        "https://digital.nhs.uk",
        "https://dshs.texas.gov",
        "https://www.gob.mx/salud",
        "https://www.service-public.gouv.fr",
        "https://www.health.govt.nz",
        "https://www2.gov.bc.ca/x",
        "https://mygov.scot",
        "https://governance.org/gov",
        "https://example.org/gov.uk",
        "https://govern.cat",
    ],
)
def test_official_and_ordinary_hosts_pass(link):
    assert found(f"Go to {link} today", "lookalike-gov-domain") == []


@pytest.mark.parametrize(
    ("link", "listed", "fires"),
    [
        ("https://samoa-observer.ws", "samoa-observer.ws", False),
        ("https://www.samoa-observer.ws", "samoa-observer.ws", False),
        ("https://samoa-0bserver.ws", "samoa-observer.ws", True),
        ("https://samoaobserver.ws", "samoa-observer.ws", True),
        ("https://samoa-obsevrer.ws", "www.samoa-observer.ws", True),
        ("https://www.samoa-observerr.ws/x", "samoa-observer.ws", True),
        ("https://samoa-obsevers.ws", "samoa-observer.ws", False),
        ("https://moh.gov.ws", "mof.gov.ws", False),
        ("https://abc.com", "bbc.com", False),
        ("https://abcd.com", "bbcd.com", True),
        ("https://nhs-choir.org", "nhs-choir.org", False),
    ],
)
def test_a_slip_away_from_a_listed_host(link, listed, fires):
    hits = found(f"Go to {link}", "lookalike-gov-domain", directory=(listed,))
    assert bool(hits) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Beware: gov-uk-refunds.example is a scam", False),
        ("The fake address nhs-login.net/x is not ours. Delete it", False),
        ("Beware: https://gov-uk-refunds.example is a scam", True),
        ("Claim at gov-uk-refunds.example. Beware of cold callers", True),
    ],
)
def test_a_warning_may_name_a_false_address_that_cannot_be_tapped(text, fires):
    hits, excused = verdict(text, "lookalike-gov-domain")
    assert (bool(hits), bool(excused)) == (fires, not fires)


def test_a_false_address_holds_a_warning_too():
    [hit], _ = verdict("Shelters: https://gov-ws.info", "lookalike-gov-domain", purpose="warning")
    assert hit.severity == "block"
    assert "gov-ws.info" in hit.say


def test_a_false_address_may_be_insecure_as_well():
    text = "Apply at http://nid-gov-bd.example"
    assert found(text, "lookalike-gov-domain") == found(text, "insecure-link")


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Form: http://tax.gov.sc/form?id=1.", "https://tax.gov.sc/form?id=1"),
        ("Form: HTTP://tax.gov.sc", "https://tax.gov.sc"),
    ],
)
def test_an_insecure_link_is_offered_with_https(text, better):
    [hit], _ = verdict(text, "insecure-link")
    assert hit.suggestion == better


@pytest.mark.parametrize(
    ("text", "directory", "fires"),
    [
        ("https://bit.ly/3farm", (), True),
        ("bit.ly/3farm", (), True),
        ("http://www.tinyurl.com/farm", (), True),
        ("https://bit.ly", (), False),
        ("https://bit.ly/", (), False),
        ("https://bit.ly/3farm", ("bit.ly",), False),
        ("https://rabbit.ly/3farm", (), False),
        ("https://gov.ws/bit.ly/3farm", (), False),
        ("The scam text links to cutt.ly/abc", (), False),
    ],
)
def test_short_links(text, directory, fires):
    assert bool(found(text, "shortened-link", directory=directory)) is fires


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Click here: https://x.gov.ws", ["Click here"]),
        ("CLICK HERE 👉 x.gov.ws", ["CLICK HERE"]),
        ("Tap the link below https://x.gov.ws", ["Tap the link"]),
        ("Read more.\nhttps://x.gov.ws", ["Read more"]),
        ("Click here to register now: https://x.gov.ws", ["Click here"]),
        ("Click here for more information: https://x.gov.ws", ["Click here"]),
        ("Click here for bus times: https://x.gov.ws", []),
        ("Read more about farm grants: https://x.gov.ws", []),
        ("Read more in the library. Bus times: https://x.gov.ws", []),
        ("https://x.gov.ws. Click here", []),
        ("Register here: https://x.gov.ws", []),
        ("Here is the link: https://x.gov.ws", ["the link"]),
        ("Do not open the link. Report it at https://x.gov.ws", []),
        ("এখানে ক্লিক করুন https://x.gov.bd", ["এখানে ক্লিক করুন"]),
    ],
)
def test_words_before_a_link(text, words):
    assert found(text, "vague-link-text") == words


@pytest.mark.parametrize(
    ("text", "purpose", "fires"),
    [
        ("Leave your name and number at forms.gle/x", "", True),
        ("Leave your name and number at gov.ws/x", "", False),
        ("Leave your name and number at gov.ws/x", "event", False),
        ("Register with your phone number at gov.ws/x", "recruitment", True),
        ("Send your phone number to the desk", "service-info", False),
        ("Sign up with your email address: https://docs.google.com/forms/d/e/1", "", True),
        ("Sign up: https://docs.google.com/forms/d/e/1", "", False),
        ("Sign up with your email address: https://docs.google.com/document/x", "", False),
        ("Your phone number stays the same. Register by Friday", "service-info", False),
        ("Register with your date of birth. Privacy: gov.ws/p", "service-info", False),
        ("Register with your date of birth at gov.ws/x?privacy=1", "service-info", False),
    ],
)
def test_forms_say_why_they_ask(text, purpose, fires):
    assert bool(found(text, "data-collection-notice", purpose=purpose)) is fires


def test_a_warning_against_giving_details_is_excused():
    text = "Never give your phone number to strangers. Tell us what you think: forms.gle/x"
    hits, excused = verdict(text, "data-collection-notice")
    assert not hits
    assert len(excused) == 1
