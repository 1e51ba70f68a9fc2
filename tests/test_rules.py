"""Rules: what a pack may hold, and how findings come about."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy import library
from policy.documents import DocumentError
from policy.findings import Severity
from policy.rules import Post, examine, review
from policy.texts import Reading

RULE = """
  - id: {id}
    title: A rule
    severity: {severity}
    say: "{say}"
    source: Somebody
    why: Because
    {how}
    good: [fine]
    bad: [{bad}]
"""


def rule(how="match: bad", *, id="x", severity="warn", say="{found}", bad="bad") -> str:
    return RULE.format(id=id, severity=severity, say=say, how=how, bad=bad)


def pack(tmp_path, *rules: str, name="own", more=""):
    (tmp_path / f"{name}.yaml").write_text(
        f'pack: {name}\nversion: "2026-01-02"\ntitle: Own\n{more}rules:{"".join(rules)}', "utf-8"
    )
    return tmp_path


def findings(folder, text: str, *packs: str, **post: str):
    return review(Post(text, **post), library.load(packs or ("own",), folder))


def refusal(folder) -> str:
    with pytest.raises(DocumentError) as caught:
        library.load(("own",), folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (rule("colour: red\n    match: bad"), "own.yaml line 11: rules[0].colour: unknown key"),
        (rule("match: (a"), "rules[0].match: this pattern is refused by the engine: missing )"),
        (rule(r"match: (a)\1"), "rules[0].match: this pattern is refused by the engine"),
        (rule("match: a*"), "matches an empty text"),
        (rule("check: nope"), "rules[0].check: there is no check 'nope'; known are account_numb"),
        (rule("languages: [en]"), "give either `match` (a pattern) or `check`"),
        (rule("match: bad\n    check: too_long"), "give either `match` (a pattern) or `check`"),
        (rule("check: many_mentions"), "rules[0].with.most: is missing"),
        (
            rule("check: many_mentions\n    with: {most: x, unrelated: 1}"),
            "own.yaml line 12: rules[0].with.most: Input should be a valid integer",
        ),
        (
            rule("check: many_mentions\n    with: {most: 1, unrelated: 1, mots: 2}"),
            "rules[0].with.mots: unknown key; did you mean 'most'?",
        ),
        (
            rule("check: hatred\n    with: {groups: nope}"),
            "rules[0].with.groups: there is no word list 'nope'",
        ),
        (
            rule("check: hatred\n    with: {groups: hate-groups, slurs: hate-slurs}"),
            "rules[0].with.contempt: is missing",
        ),
        (
            rule("check: hatred\n    with: {slur: hate-slurs}"),
            "rules[0].with.slur: unknown key; did you mean 'slurs'?",
        ),
        (rule(bad="good"), "rule x (with own) misses its bad example 'good'"),
        (rule("match: fine|bad"), "rules[0].good[0]: rule x (with own) flags its good example"),
        (rule(say="{nothing}"), "rule x has no {nothing} to say"),
        (rule(say="{found.upper}"), "{found.upper} in `say` has to be a plain name"),
        (rule(say="{found!r}"), "in `say` has to be a plain name"),
        (rule(say="{0}"), "in `say` has to be a plain name"),
        (rule("match: bad\n    platforms: [mars]"), "there is no kind of page 'mars'"),
        (rule(severity="deadly"), "own.yaml line 7: rules[0].severity: Input should be 'block'"),
        (rule() + rule(), "rules[1].id: rule 'x' is in pack 'own' already"),
        (rule(id="private-phone"), "rule 'private-phone' is in pack 'common' already"),
    ],
)
def test_a_broken_rule_is_refused_by_file_line_and_reason(tmp_path, broken, said):
    assert said in refusal(pack(tmp_path, broken))


def test_a_finding_says_all_there_is_to_say(tmp_path):
    [found] = findings(pack(tmp_path, rule(say="No {found}, please")), "so bad a text")
    assert (found.rule, found.severity, found.pack) == ("x", Severity.WARN, "own@2026-01-02")
    assert (found.start, found.end, found.found) == (3, 6, "bad")
    assert (found.say, found.source, found.why) == ("No bad, please", "Somebody", "Because")


def test_severities_have_an_order():
    assert sorted(Severity, key=lambda severity: severity.rank) == [
        "block",
        "senior",
        "warn",
        "info",
    ]


def test_the_worst_finding_comes_first_and_then_the_first_in_the_text(tmp_path):
    folder = pack(
        tmp_path,
        rule("match: tip", id="a", severity="info", bad="tip"),
        rule("match: stop", id="b", severity="block", bad="stop"),
    )
    found = findings(folder, "tip one, stop two, tip three")
    assert [each.start for each in found] == [9, 0, 19]


@pytest.mark.parametrize("words", ["{found}", "{0}", "{", "}}", "{found.__class__}", "%s"])
def test_what_was_found_is_never_read_as_a_template(tmp_path, words):
    folder = pack(tmp_path, rule(r"match: 'bad.*'", severity="block"))
    [found] = findings(folder, f"bad {words}")
    assert found.say == f"bad {words}"


def test_long_words_are_shortened_in_what_is_said_but_not_in_the_finding(tmp_path):
    [found] = findings(pack(tmp_path, rule("match: bad+")), "ba" + "d" * 500)
    assert len(found.say) == 80
    assert len(found.found) == 502


def test_a_named_group_may_be_said(tmp_path):
    folder = pack(tmp_path, rule("match: '(?P<how>very) bad'", say="{how}", bad="very bad"))
    assert findings(folder, "very bad")[0].say == "very"


@pytest.mark.parametrize("text", ["@bad", "#bad", "see https://gov.bd/bad", "bad@gov.bd"])
def test_a_pattern_leaves_links_and_tags_alone_unless_it_is_meant_for_them(tmp_path, text):
    assert not findings(pack(tmp_path, rule()), text)
    assert findings(
        pack(tmp_path, rule("match: bad\n    within: everything"), name="all"), text, "all"
    )


@pytest.mark.parametrize(
    ("limits", "post", "applies"),
    [
        ("languages: [bn]", {"lang": "bn"}, True),
        ("languages: [bn]", {"lang": ""}, True),
        ("languages: [bn]", {"lang": "en"}, False),
        ("platforms: [x]", {"platform": "x"}, True),
        ("platforms: [x]", {"platform": "facebook"}, False),
        ("accounts: [official]", {"account": "personal"}, False),
        ("accounts: [official, personal]", {"account": "personal"}, True),
    ],
)
def test_a_rule_minds_its_own_business(tmp_path, limits, post, applies):
    example = "{text: bad, platform: x, lang: bn}"
    folder = pack(tmp_path, rule(f"match: bad\n    {limits}", bad=example))
    assert bool(findings(folder, "bad", **post)) is applies


def test_personal_accounts_are_nobodys_business_by_default(tmp_path):
    assert not findings(pack(tmp_path, rule()), "bad", account="personal")


@pytest.mark.parametrize(
    ("more", "purpose", "severity"),
    [("", "event", "block"), ("", "warning", "warn"), ("holds_warnings: true", "warning", "block")],
)
def test_a_warning_of_danger_is_held_only_by_rules_that_may(tmp_path, more, purpose, severity):
    folder = pack(tmp_path, rule(f"match: bad\n    {more}", severity="block"))
    assert findings(folder, "bad", purpose=purpose)[0].severity == severity


@pytest.mark.parametrize(
    ("first", "second", "rules"),
    [
        ("severity: warn", "severity: block", ["b"]),
        ("severity: block", "severity: warn", ["a"]),
        ("severity: warn", "severity: warn", ["b"]),  # the longer passage
        ("beats: [b]\n    severity: info", "severity: block", ["a"]),
        ("silences: [b]\n    severity: info", "severity: block", ["a"]),
        ("beside: true\n    severity: warn", "severity: block", ["b", "a"]),
    ],
)
def test_one_finding_speaks_for_a_passage(tmp_path, first, second, rules):
    def entry(id: str, match: str, more: str) -> str:
        written = rule(f"match: {match}", id=id, bad=f"'{match}'").splitlines()
        return "\n".join((*(line for line in written if "severity:" not in line), f"    {more}\n"))

    folder = pack(tmp_path, entry("a", "very bad", first), entry("b", "bad thing", second))
    found = findings(folder, "a very bad thing")
    assert [each.rule for each in found] == rules


def test_findings_that_do_not_touch_are_all_told(tmp_path):
    assert len(findings(pack(tmp_path, rule()), "badbad bad")) == 3


def test_what_a_guard_excuses_is_kept_apart_for_the_moderators():
    verdict = examine(Post("Migrant workers are not parasites"), library.load())
    assert not verdict.findings
    assert verdict.excused[0].guard == "negation: “not”"


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "a.Nİ", "\ud800", "\udfff\ud800", "\u200e", "\ufeff", "🧼👏"]
)
def test_odd_texts_are_read_without_complaint(text):
    assert review(Post(text, purpose="event", platform="x"), library.load(("bd",))) == ()


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=120))
def test_every_finding_is_a_passage_of_the_text(text):
    for found in review(Post(text, platform="bluesky", region="BD"), library.load(("bd",))):
        if found.start is not None:
            assert text[found.start : found.end] == found.found != ""


def test_parts_of_a_post_are_read_once():
    reading = Reading(Post("Call 01812-345678"))
    assert reading.words is reading.words
    assert reading.shadow is reading.shadow
