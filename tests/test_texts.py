"""Texts as checks see them: normalised, with every place known in the author's own characters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.findings import Post
from policy.shadows import LONGEST_PILE, normalised, shadow
from policy.texts import Reading

TEXTS = st.text(st.characters(exclude_categories=()), max_size=60)


def reading(text: str) -> Reading:
    return Reading(Post(text))


def words(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "form", "copy"),
    [
        ("plain", "NFC", "plain"),
        ("e\u0301t\u00e9", "NFC", "été"),
        ("০১৮১২", "NFC", "01812"),
        ("৪১১１", "NFKC", "4111"),
        ("\u09df", "NFC", "\u09af\u09bc"),  # what NFC takes apart
        ("ﬁne ½", "NFKC", "fine 1⁄2"),
        ("don’t", "NFC", "don't"),
        ("a\ud800", "NFC", "a\ud800"),
    ],
)
def test_a_copy_is_normalised(text, form, copy):
    assert shadow(text, form).text == copy


@pytest.mark.parametrize(
    ("text", "found", "own"),
    [
        ("xe\u0301y", "é", "e\u0301"),
        ("xe\u0301y", "y", "y"),
        ("\u09df\u09df1", "1", "1"),
        ("a\u09dfb", "\u09af\u09bc", "\u09df"),
        ("ﬁne", "n", "n"),
    ],
)
def test_a_place_in_the_copy_is_a_place_in_the_text(text, found, own):
    copy = shadow(text, "NFKC")
    start = copy.text.index(found)
    span = copy.span(start, start + len(found))
    assert text[span.start : span.end] == own


@given(TEXTS, st.lists(st.tuples(st.integers(0, 59), st.integers(1, 5)), max_size=5))
def test_the_places_of_many_passages_are_those_of_each(text, given_spans):
    copy = shadow(text, "NFKC")
    size = len(copy.text)
    spans = [(at, min(at + wide, size)) for at, wide in given_spans if at < size]
    begins, ends = copy.places([at for at, _ in spans], [end for _, end in spans])
    assert list(zip(begins, ends, strict=True)) == [copy.span(*span) for span in spans]


@given(TEXTS)
def test_a_copy_says_the_same_as_the_library(text):
    expected = unicodedata.normalize("NFKC", text)
    assert normalised(text, "NFKC") == expected
    assert shadow(expected, "NFKC").text == shadow(text, "NFKC").text


@given(TEXTS, st.integers(0, 59), st.integers(1, 5))
def test_every_place_lies_in_the_text(text, start, size):
    copy = shadow(text, "NFKC")
    start = min(start, len(copy.text))
    end = min(start + size, len(copy.text))
    span = copy.span(start, end)
    assert 0 <= span.start <= span.end <= len(text)


def test_a_pile_of_accents_is_cut_and_nothing_is_lost():
    text = "a" + "\u0315\u0300" * LONGEST_PILE * 50
    assert len(shadow(text, "NFC").text) <= len(text)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://tax.gov.sc/form?id=1&x=y.", ["https://tax.gov.sc/form?id=1&x=y"]),
        ("See www.gov.uk, or gov.bd!", ["www.gov.uk", "gov.bd"]),
        ("(https://a.gov/x_(y))", ["https://a.gov/x_(y)"]),
        ("(https://a.gov/x)", ["https://a.gov/x"]),
        ("Ends here.Then goes on", []),
        ("3.5km and e.g. this", []),
        ("ftp://x.gov", []),
        ("info@example.gov", []),
        ("দেখুনgov.bd", ["gov.bd"]),
        ("https://মন্ত্রণালয়.বাংলা", ["https://মন্ত্রণালয়.বাংলা"]),
        ("http://a.gov:8080/b", ["http://a.gov:8080/b"]),
        ("x.notadomain", []),
        ("x.example/y and a.intranet", ["x.example/y", "a.intranet"]),
        ("http://hr-portal/leave.", ["http://hr-portal/leave"]),
        ("https://gov.uk@evil.example/x!", ["https://gov.uk@evil.example/x"]),
        ("https://[::1]:80/x http://10.0.0.1", ["https://[::1]:80/x", "http://10.0.0.1"]),
        ("http:// and https://...", []),
        ("We open the centre.Internal doors", []),
        ("https://x.gov/?q=a.local", ["https://x.gov/?q=a.local"]),
        ("gov-uk.info-desk.org", ["gov-uk.info-desk.org"]),
    ],
)
def test_links_are_found_with_and_without_a_protocol(text, links):
    assert words(text, reading(text).links) == links


@pytest.mark.parametrize(
    ("text", "emails"),
    [
        ("Write to a.b+c@mail.gov.ws.", ["a.b+c@mail.gov.ws"]),
        ("'a@b.com'", ["a@b.com"]),
        ("a@b, @c.com and a@b.1", []),
        ("a@b.com,c@d.org", ["a@b.com", "c@d.org"]),
    ],
)
def test_addresses_are_found(text, emails):
    assert words(text, reading(text).emails) == emails


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("@dc, @karim.uno. and @a@b.social", ["@dc", "@karim.uno", "@a@b.social"]),
        ("x@gmail.com", []),
        ("@", []),
        ("(@WHO)", ["@WHO"]),
    ],
)
def test_tags_are_found_and_addresses_are_none(text, mentions):
    assert words(text, reading(text).mentions) == mentions


@pytest.mark.parametrize(
    ("text", "hashtags"),
    [("#RoadSafety!", ["#RoadSafety"]), ("Lazare#77", []), ("#77", []), ("#ঈদ", ["#ঈদ"])],
)
def test_hashtags_are_found(text, hashtags):
    assert words(text, reading(text).hashtags) == hashtags


def test_words_leave_out_what_belongs_to_links_and_tags():
    text = "Don’t tag @karim at https://gov.bd/road #RoadSafety র‍্যাম্প"
    assert [word.text for word in reading(text).words] == ["don't", "tag", "at", "র‍্যাম্প"]


def test_words_are_found_where_they_stand_as_they_are_written():
    found = reading("The bin’s full: the bin by the bins.").words
    assert found.at(("bin", "the")) == [0, 3, 4, 6]


@pytest.mark.parametrize(
    ("text", "count"), [("One. Two! Three", 3), ("One\nTwo", 2), ("৩টি। দুই।", 2), ("", 0)]
)
def test_sentences_are_counted(text, count):
    assert len([span for span in reading(text).sentences if text[slice(*span)].strip()]) == count
