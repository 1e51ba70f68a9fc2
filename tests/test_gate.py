"""The gate holds back only checks that would have found nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy import library
from policy.attachments import Attachment, Kind
from policy.checks.registry import Finder
from policy.gate import Gate
from policy.precedence import settle
from policy.rules import Post, Ruleset, examine
from policy.spellings import spelling
from policy.terms import Terms
from policy.texts import Reading

RULES = library.load(("bd", "uk", "directory-only"))
WORDS = sorted(
    {
        entry
        for each in RULES.active
        for group in each.find.cues
        for terms in group
        for sign in terms.signs
        for entry in (sign.text, sign.text.upper(), f"{sign.text}s", f"{sign.text}'s")
    }
    | {example.text for rule in RULES.rules for example in (*rule.good, *rule.bad)}
    | {word for rule in RULES.rules for each in rule.bad for word in each.text.split()}
)
MASKS = (
    lambda word: word,
    lambda word: " ".join(word),
    lambda word: ".".join(word),
    lambda word: word.translate(str.maketrans("oieast", "013457")),
    lambda word: word[:1] + word[2:3] + word[1:2] + word[3:],
    lambda word: word + word,
    lambda word: f"l'{word}",
    lambda word: f"#{word}",
    lambda word: f"@{word}",
    lambda word: f"gov.ws/{word}",
    lambda word: f"“{word}”",
)
GLUE = (
    " ",
    " ",
    " ",
    ". ",
    "\n",
    "-",
    "_",
    "'",
    "’",
    "\u200d",
    "।",
    " #x ",
    ",@y,",
    "",
    "ς",
    "া",
    "İ",
)
#: What the patterns of the gate are about, as it is seldom written.
ODD = (
    "০১৮১২-৩৪৫৬৭৮",
    "４１１１ １１１１ １１１１ １１１１",
    "๐๑๒๓๔๕๖๗๘",
    "①②③④⑤⑥⑦⑧",
    "ＡＢ 12 34 56 C",
    "123\u00a045\u20116789",
    "a．b．com",
    "x.invalid",
    "\\\\files\\plans",
    "http:\\\\a.co",
    "＃Ａbc",
    "𝗙𝗿𝗲𝗲",
    "go\u200bv",
    "gоv",
    "\u2126\u212b",
    "<\u0338name>",
    "NHS\u0301",
    "E\u0301le\u0300ve Anna",
    "Anna Bell, 43, of ৭ Quay",
    "☎✔️❤",
    "1️⃣",
)
PARTS = st.tuples(
    st.sampled_from(WORDS) | st.sampled_from(ODD) | st.text(max_size=4),
    st.sampled_from(MASKS),
    st.sampled_from(GLUE),
)
SOON = datetime(2026, 3, 4, 9, tzinfo=UTC)
DECLARED = st.fixed_dictionaries(
    {},
    optional={
        "embargo": st.just(SOON),
        "release_at": st.just(SOON),
        "statement_at": st.just(SOON),
        "now": st.just(SOON - timedelta(days=1)),
        "repost_of": st.sampled_from(["@partyofus", "@a"]),
        "periods": st.sampled_from([("election",), ("mourning", "crisis")]),
        "languages_required": st.just(("en", "bn")),
        "attachments": st.lists(
            st.builds(
                Attachment,
                type=st.sampled_from(Kind),
                alt=st.sampled_from(["", "Anna, 9, of Quay School", "photo.jpg"]),
                third_party=st.booleans(),
                people=st.booleans(),
                people_under_18=st.booleans(),
                exif_gps=st.booleans(),
                ai_generated=st.booleans(),
            ),
            max_size=2,
        ).map(tuple),
    },
)


def ungated(post: Post, rules: Ruleset) -> list[tuple[str, int | None, int | None, str]]:
    """List what all rules find that are concerned with a post, whatever its words are."""
    reading = Reading(post)
    found = [
        each.finding(reading, passage)
        for each in rules.active
        if each.rule.applies_to(post.setting)
        for passage in list(each.find(reading))[:50]
    ]
    excused = [each for each in found if each.guard]
    spoken = settle([each for each in found if not each.guard], rules.standings)
    return [(each.rule, each.start, each.end, each.guard) for each in (*spoken, *excused)]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(PARTS, max_size=8),
    st.sampled_from(["", "x"]),
    st.sampled_from(["", "warning"]),
    DECLARED,
)
def test_what_is_found_does_not_depend_on_the_gate(parts, platform, purpose, declared):
    text = "".join(mask(word) + glue for word, mask, glue in parts)
    post = Post(text, platform=platform, purpose=purpose, region="BD", **declared)
    verdict = examine(post, RULES)
    found = [
        (each.rule, each.start, each.end, each.guard)
        for each in (*verdict.findings, *verdict.excused)
    ]
    assert found == ungated(post, RULES)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(["ab", "ab*", "abc de", "d*", "ক", "কা*", "Σας", "covid-19", "x's"])),
    st.text(st.sampled_from("abcde ABC'’-_19কা\u200dΣσςx.#@é\u0301"), max_size=12),
)
def test_a_list_that_has_a_phrase_in_a_text_has_a_word_there(entries, text):
    terms, reading = Terms(entries), Reading(Post(text))
    passing = Gate([Finder(lambda reading: iter(()), ((terms,),))]).passing(reading)
    assert passing or not terms.of(reading)


@pytest.mark.parametrize(
    ("text", "passing"),
    [
        ("nothing", [0]),
        ("ONE!", [0, 1]),
        ("one's", [0, 1]),
        ("none", [0]),
        ("twofold", [0]),
        ("three", [0]),
        ("one three", [0, 1, 2]),
        ("thirteen one", [0, 1, 2]),
        ("a number 12", [0, 3]),
        ("on3", [0, 1]),
        ("o.n.e", [0, 1]),
        ("one thre", [0, 1, 2]),
        ("onethree", [0, 1, 2]),
        ("threes", [0]),
    ],
)
def test_a_check_runs_only_where_its_words_or_its_pattern_occur(text, passing):
    ones, threes = Terms(["one", "two of them"]), Terms(["three", "thi*"])
    known = spelling(frozenset({"one", "three"}), frozenset(), frozenset())
    finders = [
        Finder(lambda reading: iter(())),
        Finder(lambda reading: iter(()), ((ones,),), known),
        Finder(lambda reading: iter(()), ((ones, Terms(["four"])), (threes,))),
        Finder(lambda reading: iter(()), pattern=r"\d\d"),
    ]
    assert Gate(finders).passing(Reading(Post(text))) == passing


def test_a_check_about_what_is_declared_runs_only_where_it_is():
    finders = [Finder(lambda reading: iter(()), declared=Post.has_to_wait)]
    gate = Gate(finders)
    assert gate.passing(Reading(Post("one", embargo=SOON))) == [0]
    assert gate.passing(Reading(Post("one"))) == []


def test_what_is_declared_opens_no_other_check():
    picture = Attachment(type=Kind.IMAGE, alt="The quay at dusk.")
    plain = Reading(Post("The quay looks splendid at dusk."))
    pictured = Reading(Post("The quay looks splendid at dusk.", attachments=(picture,)))
    more = {each.rule.id for each in RULES.concerning(pictured)}
    more -= {each.rule.id for each in RULES.concerning(plain)}
    assert more == {
        "ai-image-unlabelled",
        "alt-text",
        "child-identified",
        "copyright-credit-missing",
        "photo-consent-missing",
        "photo-gps-location",
        "video-no-captions",
    }


def test_a_pattern_opens_a_check_also_where_its_characters_are_fancy():
    gate = Gate([Finder(lambda reading: iter(()), pattern="[0-9]{3}")])
    assert gate.passing(Reading(Post("１２３"))) == [0]


def test_a_clean_post_is_not_even_taken_apart():
    reading = Reading(Post("The quay looks splendid at dusk."))
    assert not [each.rule.id for each in RULES.concerning(reading) if each.find.cues]
    assert "words" not in reading.__dict__


def test_no_rules_find_nothing():
    assert Gate([]).passing(Reading(Post("one"))) == []
