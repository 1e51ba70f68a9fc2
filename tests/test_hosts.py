"""Web addresses taken apart: whoever is asked for, and tricks in what is shown."""

import pytest
from publicsuffixlist import PublicSuffixList

from policy import wordlists
from policy.findings import Post
from policy.hosts import address, disjoint, is_internal, readable
from policy.texts import Reading


@pytest.mark.parametrize(
    ("link", "scheme", "user", "host", "rest"),
    [
        ("https://www.gov.uk/a?b#c", "https", "", "www.gov.uk", "/a?b#c"),
        ("HTTP://WWW.GOV.UK.:80/A", "http", "", "www.gov.uk", "/A"),
        ("gov.uk/a", "", "", "gov.uk", "/a"),
        ("https://gov.uk@evil.example/x", "https", "gov.uk", "evil.example", "/x"),
        ("https://a:b@evil.example", "https", "a:b", "evil.example", ""),
        ("https://gov.uk/@someone", "https", "", "gov.uk", "/@someone"),
        ("http://[::1]:80/x", "http", "", "[::1]", "/x"),
    ],
)
def test_a_link_is_taken_apart(link, scheme, user, host, rest):
    found = address(link, 0, len(link))
    assert found[2:] == (scheme, user, host, rest)


@pytest.mark.parametrize(
    ("host", "suffixes", "expected"),
    [
        ("www.gov.uk", ["gov.uk"], True),
        ("gov.uk", ["gov.uk"], True),
        ("notgov.uk", ["gov.uk"], False),
        ("gov.uk.example", ["gov.uk"], False),
    ],
)
def test_a_host_is_under_whole_labels_only(host, suffixes, expected):
    assert address(host, 0, len(host)).under(suffixes) is expected


@pytest.mark.parametrize(
    ("host", "internal"),
    [
        ("intranet", True),
        ("10.0.0.1", True),
        ("192.168.1.1", True),
        ("169.254.1.1", True),
        ("127.0.0.1", True),
        ("[::1]", True),
        ("[fe80::1]", True),
        ("8.8.8.8", False),
        ("1.2.3", False),
        ("[2606:4700::1111]", False),
        ("gov.ws", False),
    ],
)
def test_a_host_may_be_internal(host, internal):
    assert is_internal(host) is internal


@pytest.mark.parametrize(
    ("host", "shown"),
    [("xn--gv-uk-jye.com", "gоv-uk.com"), ("gov.uk", "gov.uk"), ("xn--é.com", "xn--é.com")],
)
def test_an_encoded_host_is_read(host, shown):
    assert readable(host) == shown


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("See https://gov-uk-refunds.example.", ["gov-uk-refunds.example"]),
        ("(gov-uk-refunds.example/claim)", ["gov-uk-refunds.example"]),
        ("http://hr-portal, then http://10.1.2.3:80/x", ["hr-portal", "10.1.2.3"]),
        ("https://gov.uk@evil.com and a@b.com", ["evil.com"]),
        ("https:\\\\gov.example\\x", ["gov.example"]),
        ("https://[fe80::1]/x", ["[fe80::1]"]),
        ("files.corp.internal and Our centre.Internal doors", ["files.corp.internal"]),
        ("me@files.local", []),
        ("https://gov.uk.claims.example/x", ["gov.uk.claims.example"]),
        ("Go to gov.uk.example now", ["gov.uk.example"]),
        ("See https://gov.uk.Then rest", ["gov.uk"]),
        ("https://gov.bdদেখুন", ["gov.bd"]),
        ("-.local ..local .local", []),
        ("http:// https://? http://...", []),
    ],
)
def test_addresses_are_found_whatever_their_host(text, hosts):
    assert [each.host for each in Reading(Post(text)).addresses] == hosts


@pytest.mark.parametrize(
    ("places", "taken", "left"),
    [
        ([(0, 2), (3, 5)], [(1, 2)], [(3, 5)]),
        ([(0, 2)], [(2, 4)], [(0, 2)]),
        ([(2, 4)], [(0, 2), (4, 5)], [(2, 4)]),
        ([(2, 9)], [(0, 1), (3, 4)], []),
        ([(2, 9)], [], [(2, 9)]),
    ],
)
def test_places_that_are_taken_are_left_out(places, taken, left):
    assert list(disjoint(places, taken)) == left


def test_many_addresses_are_found_up_to_a_limit():
    assert len(Reading(Post("a.local " * 5000)).links) == 500


def test_every_country_that_keeps_a_suffix_for_its_government_is_known():
    official = set(wordlists.load("official-suffixes"))
    known = PublicSuffixList()
    countries = [each for each in wordlists.load("top-level-domains") if len(each) == 2]
    kept = {
        f"{word}.{country}"
        for country in countries
        for word in ("gov", "govt", "gouv", "gob", "gub", "mil")
        if known.publicsuffix(f"x.{word}.{country}") == f"{word}.{country}"
    }
    wild = {
        each for each in kept if known.publicsuffix(f"x.zzzz.{each[-2:]}") == f"zzzz.{each[-2:]}"
    }
    assert kept - wild - official == set()
