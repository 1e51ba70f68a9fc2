"""The packs that ship, and how packs build on one another."""

import pytest

from policy import library, wordlists
from policy.documents import DocumentError
from policy.purposes import BD, OFFICIAL_BD, PURPOSES, official_bd
from policy.rules import Post, ids, review

#: Each rule, and the first of the packs that have it as it is: loading proves them all.
DISTINCT = {
    rule.model_dump_json(): (name, rule)
    for name in reversed(("common", *library.PACKS))
    for rule in library.load((name,)).rules
}
CASES = [
    (name, rule.id, kind, number)
    for name, rule in DISTINCT.values()
    for kind in ("good", "bad")
    for number in range(len(getattr(rule, kind)))
]


def severities(pack: str) -> dict[str, str]:
    return {rule.id: str(rule.severity) for rule in library.load((pack,)).rules}


def write(folder, name: str, text: str) -> None:
    (folder / f"{name}.yaml").write_text(
        f'pack: {name}\nversion: "2026-01-02"\ntitle: Own\n{text}', "utf-8"
    )


def refusal(folder, *packs: str) -> str:
    with pytest.raises(DocumentError) as caught:
        library.load(packs, folder)
    return str(caught.value)


@pytest.mark.parametrize(("pack", "id", "kind", "number"), CASES)
def test_every_example_proves_its_rule(pack, id, kind, number):
    ruleset = library.load((pack,))
    [rule] = [rule for rule in ruleset.rules if rule.id == id]
    found = review(getattr(rule, kind)[number].post(), ruleset)
    assert (id in ids(found)) is (kind == "bad")


@pytest.mark.parametrize(
    ("pack", "phone", "tagging"),
    [
        ("common", "senior", "info"),
        ("uk", "senior", "info"),
        ("ni", "senior", "info"),
        ("sc", "senior", "info"),
        ("bd", "senior", "warn"),
        ("ws", "block", "info"),
        ("directory-only", "senior", "info"),
    ],
)
def test_a_pack_sets_its_severities(pack, phone, tagging):
    assert severities(pack)["private-phone"] == phone
    assert severities(pack)["excess-tagging"] == tagging


def test_only_bangladesh_asks_for_a_purpose():
    assert [pack for pack in library.PACKS if "bd-purpose-missing" in severities(pack)] == ["bd"]


@pytest.mark.parametrize(
    ("packs", "version"),
    [
        ((), "common@2026-11-20"),
        (("ni",), "ni@2026-11-20 + uk@2026-11-20 + common@2026-11-20"),
        (("bd", "common"), "bd@2026-11-20 + common@2026-11-20"),
    ],
)
def test_common_is_always_in_force_and_parents_come_with_their_children(packs, version):
    assert library.load(packs).version == version


def test_a_finding_names_the_pack_that_answers_for_it():
    def packs_of(*names: str) -> set[str]:
        text = "Call 01812-345678, write to a.test@gmail.com"
        return {each.pack for each in review(Post(text, region="BD"), library.load(names))}

    assert packs_of("common") == {"common@2026-11-20"}
    assert packs_of("bd") == {
        "bd@2026-11-20",
        "common@2026-11-20",
    }


def test_packs_are_composed_once():
    assert library.load(["bd"]) is library.load(("bd",))


def test_an_unknown_pack_is_refused_with_those_that_exist():
    with pytest.raises(DocumentError, match="no pack 'mars'; known are bd, common, directory-only"):
        library.load(("mars",))


def test_an_office_changes_rules_in_its_own_pack(tmp_path):
    write(
        tmp_path,
        "own",
        "extends: bd\noverrides:\n"
        "  - {rule: all-caps, because: we like it, off: true}\n"
        "  - {rule: excess-tagging, because: worse here, severity: block, with: {most: 9}}\n",
    )
    ruleset = library.load(("own",), tmp_path)
    rules = {rule.id: rule for rule in ruleset.rules}
    assert "all-caps" not in rules
    assert rules["excess-tagging"].severity == "block"
    assert rules["excess-tagging"].options == {"most": 9, "unrelated": 2}


def test_a_rule_may_wait_until_a_pack_switches_it_on(tmp_path):
    rule = "disparages-own-government"
    write(tmp_path, "own", f"overrides: [{{rule: {rule}, because: we want it, on: true}}]\n")
    assert rule not in severities("common")
    assert rule in [each.id for each in library.load(("own",), tmp_path).rules]


def test_an_office_brings_its_own_words(tmp_path):
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "free-mail.yaml").write_text(
        'list: free-mail\nowner: Us\nsource: Us\ndate: "2026-01-02"\nchanges: [first]\n'
        "entries: |\n  gmail.com\n  yahoo.com\n  post.example  # a remark\n",
        "utf-8",
    )
    write(tmp_path, "own", "rules: []\n")
    found = review(Post("Write to a@post.example"), library.load(("own",), tmp_path))
    assert ids(found) == ("private-email",)


def test_a_changed_pack_is_read_again_once_the_old_one_is_forgotten(tmp_path):
    write(tmp_path, "own", "overrides: []\n")
    before = library.load(("own",), tmp_path)
    write(tmp_path, "own", "overrides: [{rule: all-caps, because: x, off: true}]\n")
    assert library.load(("own",), tmp_path) is before
    library.forget()
    assert len(library.load(("own",), tmp_path).rules) == len(before.rules) - 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extends: mars", "there is no pack 'mars'"),
        ("extends: own", "pack 'own' extends itself"),
        ("overrides: [{rule: nope, because: x, off: true}]", "own.yaml line 4: overrides[0].rule"),
        ("overrides: [{rule: all-caps, off: true}]", "overrides[0].because: is missing"),
        (
            "overrides: [{rule: all-caps, because: x, with: {letters: many}}]",
            "overrides[0].with.letters: Input should be a valid integer",
        ),
        (
            "overrides: [{rule: all-caps, because: x, with: {letters: 500}}]",
            "rule all-caps (with own) misses its bad example",
        ),
        (
            "overrides: [{rule: all-caps, because: x, bad: [quiet]}]",
            "own.yaml line 4: overrides[0].bad[0]: rule all-caps (with own) misses",
        ),
    ],
)
def test_a_broken_pack_is_refused(tmp_path, text, said):
    write(tmp_path, "own", f"{text}\n")
    assert said in refusal(tmp_path, "own")


def test_a_pack_is_named_like_its_file(tmp_path):
    write(tmp_path, "own", "")
    (tmp_path / "own.yaml").rename(tmp_path / "other.yaml")
    assert "other.yaml line 1: pack: a pack has to be named like its file" in refusal(
        tmp_path, "other"
    )


@pytest.mark.parametrize(
    "path", sorted(wordlists.FOLDER.glob("*.yaml")), ids=lambda path: path.stem
)
def test_every_word_list_says_whose_it_is(path):
    assert wordlists.parse(path.read_text("utf-8"), path.name)
    assert f"list: {path.stem}\n" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("entries: |\n  a\n  a\n", "x.yaml line 6: entries: 'a' stands in the list twice"),
        ("entries: a\nwords: b\n", "give either `entries`"),
        ("", "give either `entries`"),
        ("words: a\ncolour: b\n", "x.yaml line 7: colour: unknown key"),
    ],
)
def test_a_broken_word_list_is_refused(text, said):
    head = 'list: x\nowner: Us\nsource: Us\ndate: "2026-01-02"\nchanges: [first]\n'
    with pytest.raises(DocumentError) as caught:
        wordlists.parse(head + text, "x.yaml")
    assert said in str(caught.value)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_every_purpose_serves_an_official_one(purpose):
    assert set(official_bd(purpose)) <= set(OFFICIAL_BD)
    assert official_bd(purpose) == BD[purpose]


@pytest.mark.parametrize(
    ("purpose", "official"),
    [
        ("", ()),
        ("personal", ()),
        ("easing-services", ("easing services",)),
        ("problem solving", ("problem solving",)),
        ("consultation", ("decision making", "problem solving")),
    ],
)
def test_a_purpose_is_mapped_to_the_seven(purpose, official):
    assert official_bd(purpose) == official
