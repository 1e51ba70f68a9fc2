"""YAML that people write: every mistake is found at once, and names its line."""

import pytest
from pydantic import BaseModel, ConfigDict

from policy.documents import MAX_DEPTH, MAX_SIZE, Document, DocumentError, read


class Person(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    roles: list[str]
    telegram: str | None = None


class File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    offices: list[Person]
    country: str = "BD"


def refusal(text: str) -> str:
    with pytest.raises(DocumentError) as caught:
        read(text, File, "offices.yaml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "offices.yaml line 1: the file is empty"),
        ("# nothing\n", "offices.yaml line 1: the file is empty"),
        ("offices: [", "offices.yaml line 1: this is not YAML"),
        ("country: BD\noffices: \x00", "this is not YAML: control characters"),
        ("country: BD\nx: 'a\ud800'", "offices.yaml line 2: half of a character"),
        ("country: BD\na: &b 1", "offices.yaml line 2: anchors and aliases"),
        ("a: !!python/name:os.system x", "offices.yaml line 1: tags"),
        ("[" * (MAX_DEPTH + 1), "nested more than 30 levels deep"),
        ("[" * 100_000, "nested more than 30 levels deep"),
        ("a" * (MAX_SIZE + 1), "more than 4000000 characters"),
        ("a: 1\n---\nb: 2", "offices.yaml line 2: this is not YAML: expected a single document"),
        ("country: BD\ncountry: WS\noffices: []", "line 2: country: this key is given twice"),
        ("? [a]\n: b", "offices.yaml line 1: a key has to be a name"),
        ("country: BD\noffices: 2026-13-01", "line 2: offices: '2026-13-01' cannot be read"),
        ("- 1", "offices.yaml line 1: Input should be keys with values"),
        ("offices:\n  - name: A", "offices.yaml line 2: offices[0].roles: is missing"),
        ("offices: []\ncontry: BD", "line 2: contry: unknown key; did you mean 'country'?"),
        ("offices: []\nzzz: 1", "line 2: zzz: unknown key; known are offices, country"),
        (
            "offices:\n  - {name: A, roles: [x],\n     telegram: 1001}",
            "line 3: offices[0].telegram: Input should be a valid string; write it in quotes",
        ),
    ],
)
def test_a_mistake_names_its_line(text, said):
    assert said in refusal(text)


def test_all_mistakes_are_said_at_once_one_on_a_line():
    said = refusal("offices:\n - {name: A, role: x}\n - 7\ncountry: 1\n").splitlines()
    assert [line.partition(":")[0] for line in said] == [
        "offices.yaml line 2",
        "offices.yaml line 2",
        "offices.yaml line 3",
        "offices.yaml line 4",
    ]


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "NO", "09:30", "1_000", "0o7", "012"])
def test_a_word_is_read_as_it_is_written(word):
    assert read(f"offices: []\ncountry: {word}", File, "x").country == word


def test_a_caller_can_complain_about_what_fits_the_model():
    document = Document("offices:\n  - {name: A, roles: []}\n  - {name: B, roles: []}", "x.yaml")
    with pytest.raises(DocumentError, match=r"^x\.yaml line 3: offices\[1\]\.roles: too few$"):
        document.complain([(("offices", 1, "roles"), "too few")])


def test_no_complaints_are_no_mistake():
    document = Document("a: 1", "x.yaml")
    document.complain([])
    assert document.value == {"a": 1}


@pytest.mark.parametrize(
    ("path", "line"),
    [((), 1), (("a",), 1), (("a", "b"), 2), (("a", "b", 0), 3), (("a", "zzz", 5), 1)],
)
def test_a_path_has_a_line_or_that_of_what_it_is_missing_from(path, line):
    assert Document("a:\n  b:\n    - 1", "x").line_of(path) == line


def test_a_mistake_can_be_made_by_hand():
    error = DocumentError.at("x.yaml", 7, ("a", 0, "b"), "is wrong")
    assert str(error) == "x.yaml line 7: a[0].b: is wrong"


def test_mistakes_that_were_told_are_not_told_again():
    document = Document("a: 1\n", "x.yaml")
    with pytest.raises(DocumentError, match=r"x\.yaml line 1: a: is wrong"):
        document.complain([(("a",), "is wrong")])
    document.complain([])
