"""The two private checks of personal accounts."""

import pytest

from tests.finding import PACKS, finds


@pytest.mark.parametrize(
    ("pack", "text"),
    [
        ("common", "I'm a nurse at the district hospital and the rota is a mess"),
        ("common", "Long day at the Ministry of Health, the new policy is wrong"),
        ("common", "In my job at HMRC I see this every day"),
        ("common", "My department should drop the levy"),
        ("common", "As someone who works for the Government, I disagree"),
        ("common", "We at the Treasury are tired"),
        ("common", "As a civil servant I find this odd"),
        ("common", "I work for the council and the new bins are ugly"),
        ("common", "My job at the council gets harder every day"),
        ("common", "I'm a customs officer and this law is silly"),
        ("common", "Proud to work for the Ministry of Education"),
        ("common", "As a doctor at the state hospital I think we need more beds"),
        ("common", "Another crazy week at the Treasury"),
        ("common", "We in the Ministry of Works do our best"),
        ("common", "আমি মন্ত্রণালয়ে চাকরি করি, ফি বাড়ানো ভুল"),
        ("common", "I work as a planner for Holt Council and dislike the plan"),
    ],
)
def test_an_employer_without_a_disclaimer_is_found(pack, text):
    assert finds("personal-no-disclaimer", pack, text, account="personal")


@pytest.mark.parametrize(
    "text",
    [
        "As a mother I love this park",
        "I work from home today",
        "Voted at the town hall this morning",
        "My office chair broke",
        "As a fan of cricket I love Sundays",
        "Opinions are my own. I work for the council",
        "As a dad I worry",
        "The council should fix the road",
        "I paid my tax today",
        "Great day at the beach",
        "The hospital staff were lovely",
        "I am the champion",
    ],
)
def test_an_employer_is_not_named(text):
    assert not any(
        finds("personal-no-disclaimer", pack, text, account="personal") for pack in PACKS
    )


@pytest.mark.parametrize(
    ("pack", "text", "about"),
    [
        ("common", "Mail me at joe.bloggs@cabinetoffice.gov.uk", {}),
        ("common", "hi", {"profile": "rahim@dc.gov.bd"}),
    ],
)
def test_an_office_address_is_found(pack, text, about):
    assert finds("personal-gov-email", pack, text, account="personal", **about)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Write to joe@example.com", {}),
    ],
)
def test_an_office_address_is_not_a_private_one(text, about):
    assert not any(
        finds("personal-gov-email", pack, text, account="personal", **about) for pack in PACKS
    )
