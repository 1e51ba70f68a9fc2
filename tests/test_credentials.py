"""Passwords, PINs and keys. Keys are put together here, so that none stands in this file."""

import pytest

from policy import library
from policy.rules import Post, examine, review


def passages(text: str, *packs: str, **post: object) -> list[str]:
    found = review(Post(text, **post), library.load(packs))  # type: ignore[arg-type]
    return [each.found for each in found if each.rule == "credential-exposed"]


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Password: Lagoon2026!", "Lagoon2026!"),
        ("password = lagoon_77x", "lagoon_77x"),
        ("The password is Lagoon2026.", "Lagoon2026"),
        ("The password for the press room is 'Lagoon2026'", "Lagoon2026"),
        ("The wifi password in the hall is “Lagoon”. Enjoy", "Lagoon"),
        ("User jo@post.example, password Lagoon!77", "Lagoon!77"),
        ("its password 'Lagoon24#' was in the log", "Lagoon24#"),
        ("her password was changed to Lagoon-2026", "Lagoon-2026"),
        ("Passcode: 482913", "482913"),
        ("Meeting passcode is 482 913", "482 913"),
        ("PIN: 4829", "4829"),
        ("The webinar is open to all. Passcode: Lagoon-88", "Lagoon-88"),
        ("The Zoom passcode is Lagoon-22", "Lagoon-22"),
        ("The access code for the side door is 59302", "59302"),
        ("OTP is 482913", "482913"),
        ("API key: 9f8a7b6c5d4e3f2a", "9f8a7b6c5d4e3f2a"),
        ("Lagoon2026! is the password", "Lagoon2026!"),
        ("পাসওয়ার্ড হলো Nodi2026#", "Nodi2026#"),
        ("পিন: ৪৮২৯", "৪৮২৯"),
        ("Le mot de passe est Lagon2026", "Lagon2026"),
        ("Modpas se Lagon2026", "Lagon2026"),
    ],
)
def test_a_secret_beside_its_name_is_found(text, secret):
    assert passages(text) == [secret]


KEYS = [
    "xox" + "b-" + "1" * 12 + "-" + "a" * 24,
    "AKIA" + "Q7" * 8,
    "gh" + "p_" + "aB3" * 12,
    "glpat" + "-" + "x1" * 10,
    "12345678" + "9:" + "Aa1-_" * 7,
    "AIza" + "Sy5" * 11 + "xx",
    "-----BEGIN RSA " + "PRIVATE KEY-----",
]


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key[:5])
def test_a_key_is_known_by_its_beginning(key):
    assert passages(f"Paste {key} into the form") == [key]


def test_a_password_in_a_link_is_found():
    [found] = passages("See https://jo" + ":" + "Lagoon26@intranet.gov.ws/x")
    assert "Lagoon26" in found


@pytest.mark.parametrize(
    "text",
    [
        "Never share your password or PIN with anyone",
        "Forgot your password? Reset it at the tax portal",
        "Password: choose three random words",
        "A password is private. Keep it so!",
        "Your password is case-sensitive",
        "The password is at least 12 characters",
        "Passwords expire after 90 days, on 01/02/2026",
        "Change your password by 12:30pm on 1 March 2026",
        "New password rules: https://www.cyber.gov.sc/2026/rules1",
        "Send password questions to help2026@gov.sc",
        "Weak passwords such as Summer2026! are easy to guess",
        "Do not use the password Lagoon2026!",
        "PIN codes and OTPs are 4 to 6 digits long",
        "Token no. 4829 is next",
        "Use code SPRING25 at the till",
        "The dress code is 2026 chic",
        "Postcode: NR25 6DN, dialling code: 01263",
        "Wear a pin: 1914-2026",
        "Two-factor login (2FA) keeps your password safe",
        "Password managers and COVID-19 apps",
        "The API key concept is explained in chapter 12",
        "password: ******",
    ],
)
def test_talk_about_passwords_passes(text):
    assert passages(text) == []


def test_an_example_is_shown_to_the_moderators():
    verdict = examine(Post("A common password is 123456"), library.load(()))
    assert [each.guard for each in verdict.excused] == ["said beside it: “common”"]


def test_a_secret_holds_even_a_warning():
    found = review(Post("Password: Lagoon2026!", purpose="warning"), library.load(()))
    assert (found[0].rule, found[0].severity) == ("credential-exposed", "block")


@pytest.mark.parametrize(
    "text", ["password is " * 3000, "PIN: 1 " * 5000, "eyJ" * 13000, "a:b@" * 9000]
)
def test_a_hostile_text_is_read_to_its_end(text):
    assert len(passages(text)) <= 50
