"""Packs of rules: read, composed, proven by their own examples, and kept ready.

A pack extends another one, may override rules of what it extends, and adds rules of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path as Folder
from typing import Annotated, Any

from pydantic import Field, ValidationError

from policy import trial, wordlists
from policy.checks import CHECKS, Finder
from policy.documents import Document, DocumentError, Path
from policy.entries import Entry, Example, Name, Rule, Sentence
from policy.findings import Finding, Post, Severity
from policy.rules import Active, Ruleset, by_pattern, ids, objections, quote, review
from policy.terms import terms
from policy.wordlists import DAY

SHIPPED = Folder(__file__).with_name("packs")

#: This pack is always in force.
COMMON = "common"

#: So many combinations of packs are kept ready.
MOST_LOADED = 32

NO_PACK = "there is no pack {name!r}; known are {known}"
WRONG_NAME = "a pack has to be named like its file, {name!r}"
CIRCLE = "pack {name!r} extends itself"
TAKEN = "rule {id!r} is in pack {pack!r} already; change it under `overrides`"
NOTHING_THERE = "there is no rule {id!r} to override"
MISSED = "rule {id}{packs} misses its bad example {text!r}"
FLAGGED = "rule {id}{packs} flags its good example {text!r}"
NO_FIELD = "rule {id} has no {{{field}}} to say"


class Override(Entry):
    """How a pack changes a rule of the packs it extends, and why."""

    rule: Name
    because: Sentence
    off: bool = False
    on: bool = False
    severity: Severity | None = None
    options: dict[str, Any] | None = Field(default=None, alias="with")
    say: Sentence | None = None
    source: Sentence | None = None
    why: Sentence | None = None
    good: tuple[Example, ...] | None = None
    bad: tuple[Example, ...] | None = None

    def applied(self, rule: Rule) -> Rule:
        """Return the rule as it is with this change."""
        changes = self.model_dump(
            exclude={"rule", "because", "off", "on", "options", "good", "bad"}, exclude_none=True
        )
        for name in ("good", "bad"):
            if (examples := getattr(self, name)) is not None:
                changes[name] = examples
        if self.on:
            changes["opt_in"] = False
        if self.options is not None:
            changes["options"] = {**rule.options, **self.options}
        return rule.model_copy(update=changes)


class Pack(Entry):
    """A file of rules."""

    pack: Name
    version: Annotated[str, Field(pattern=rf"{DAY[:-1]}(\.\d+)?$")]
    title: Sentence
    extends: Name | None = None
    overrides: tuple[Override, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def label(self) -> str:
        """Its name and version, as findings carry them."""
        return f"{self.pack}@{self.version}"


class Draft:
    """A rule on its way into a ruleset: the last pack that touched it answers for it."""

    def __init__(self, rule: Rule, pack: Pack, document: Document, path: Path) -> None:
        self.rule = rule
        self.change(pack, document, path)
        self.examples = {"good": (document, path), "bad": (document, path)}

    def change(self, pack: Pack, document: Document, path: Path) -> None:
        """Note who answers for the rule from now on."""
        self.pack, self.document, self.path = pack, document, path

    def override(self, change: Override, pack: Pack, document: Document, path: Path) -> None:
        """Apply a change."""
        self.rule = change.applied(self.rule)
        self.change(pack, document, path)
        for name in self.examples:
            if getattr(change, name) is not None:
                self.examples[name] = (document, path)


def available(folder: Folder = SHIPPED) -> tuple[str, ...]:
    """Return the names of the packs that ship, and of those in a folder."""
    return tuple(sorted({path.stem for each in (SHIPPED, folder) for path in each.glob("*.yaml")}))


PACKS: tuple[str, ...] = available()


def load(packs: Sequence[str] = (), folder: Folder = SHIPPED) -> Ruleset:
    """Compose packs into the rules of an office, and prove them.

    Raises `DocumentError` that names file, line and rule of each mistake.
    """
    return _load(tuple(packs), folder)


def changes(packs: Sequence[str], folder: Folder = SHIPPED) -> Iterator[tuple[Pack, Override]]:
    """List how packs and those they extend change rules, the first ancestor first."""
    for name in _chain(packs, folder):
        pack, _ = _read(name, folder)
        yield from ((pack, change) for change in pack.overrides)


def forget() -> None:
    """Forget what was loaded, so that changed files are read again."""
    _load.cache_clear()
    _parsed.cache_clear()
    wordlists.forget()
    terms.cache_clear()


@lru_cache(maxsize=MOST_LOADED)
def _load(packs: tuple[str, ...], folder: Folder) -> Ruleset:
    chain = _chain(packs, folder)
    drafts: dict[str, Draft] = {}
    for name in chain:
        _add(drafts, *_read(name, folder))
    drafts = {id: draft for id, draft in drafts.items() if not draft.rule.opt_in}
    ruleset = Ruleset(
        name=", ".join(packs) or COMMON,
        version=" + ".join(_read(name, folder)[0].label for name in reversed(chain)),
        active=tuple(_activate(draft, folder) for draft in drafts.values()),
    )
    _prove(ruleset, drafts)
    if folder != SHIPPED:
        own = [name for name in chain if (folder / f"{name}.yaml").is_file()]
        _try(ruleset, [draft for draft in drafts.values() if draft.pack.pack in own])
    return ruleset


def _chain(packs: Sequence[str], folder: Folder) -> list[str]:
    """List packs with all they extend, each once, in the order in which they are composed."""
    return list(dict.fromkeys(each for name in (COMMON, *packs) for each in _line(name, folder)))


def _line(name: str, folder: Folder) -> tuple[str, ...]:
    """Return a pack and all it extends, the first ancestor first."""
    names: list[str] = []
    parent: str | None = name
    while parent is not None:
        if parent in names:
            raise DocumentError(CIRCLE.format(name=parent))
        names.insert(0, parent)
        parent = _read(parent, folder)[0].extends
    return tuple(names)


def _read(name: str, folder: Folder) -> tuple[Pack, Document]:
    known = available(folder)
    if name not in known:
        raise DocumentError(NO_PACK.format(name=name, known=", ".join(known)))
    own = folder if (folder / f"{name}.yaml").is_file() else SHIPPED
    return _parsed(own / f"{name}.yaml")


@cache
def _parsed(path: Folder) -> tuple[Pack, Document]:
    document = Document(path.read_text("utf-8"), path.name)
    pack = document.as_(Pack)
    if pack.pack != path.stem:
        document.complain([(("pack",), WRONG_NAME.format(name=path.stem))])
    return pack, document


def _add(drafts: dict[str, Draft], pack: Pack, document: Document) -> None:
    """Put a pack on top of those before it."""
    for number, change in enumerate(pack.overrides):
        path: Path = ("overrides", number)
        if change.rule not in drafts:
            document.complain([((*path, "rule"), NOTHING_THERE.format(id=change.rule))])
        if change.off:
            del drafts[change.rule]
        else:
            drafts[change.rule].override(change, pack, document, path)
    for number, rule in enumerate(pack.rules):
        path = ("rules", number)
        if rule.id in drafts:
            message = TAKEN.format(id=rule.id, pack=drafts[rule.id].pack.pack)
            document.complain([((*path, "id"), message)])
        drafts[rule.id] = Draft(rule, pack, document, path)


def _activate(draft: Draft, folder: Folder) -> Active:
    rule = draft.rule
    return Active(rule, draft.pack.label, _finder(draft, folder))


def _finder(draft: Draft, folder: Folder) -> Finder:
    rule = draft.rule
    if rule.check is None:
        return by_pattern(rule)
    check = CHECKS[rule.check]
    try:
        return check.bind(rule.options, folder / "lists")
    except ValidationError as error:
        draft.document.blame(error, check.options, (*draft.path, "with"))
        raise


def _prove(ruleset: Ruleset, drafts: Mapping[str, Draft]) -> None:
    """Refuse rules that break their own examples."""
    for draft in drafts.values():
        for name in ("good", "bad"):
            document, path = draft.examples[name]
            document.complain(
                ((*path, name, number), message)
                for number, message in _failures(ruleset, draft.rule, name)
            )


def _try(ruleset: Ruleset, drafts: Sequence[Draft]) -> None:
    """Refuse rules that a post could keep busy for too long."""
    finders = {each.rule.id: each.find for each in ruleset.active}
    posts = trial.hostile_posts() if drafts else []
    for draft in drafts:
        rule = draft.rule
        own = trial.made_from([example.text for example in (*rule.bad, *rule.good)])
        seconds = trial.slowness(finders[rule.id], (*posts, *own))
        if seconds:
            message = trial.TOO_SLOW.format(id=rule.id, ms=1000 * seconds)
            draft.document.complain([(draft.path, message)])


def _failures(ruleset: Ruleset, rule: Rule, name: str) -> Iterator[tuple[int, str]]:
    wanted, message = (True, MISSED) if name == "bad" else (False, FLAGGED)
    for number, example in enumerate(getattr(rule, name)):
        try:
            found = rule.id in ids(_found(example.post(), ruleset, wanted))
        except KeyError as error:
            yield number, NO_FIELD.format(id=rule.id, field=error.args[0])
            continue
        if found is not wanted:
            packs = f" (with {ruleset.name})" if ruleset.name != COMMON else ""
            yield number, message.format(id=rule.id, packs=packs, text=quote(example.text))


def _found(post: Post, ruleset: Ruleset, wanted: bool) -> Sequence[Finding]:
    """Return what is found in an example: a bad one may also be claimed by a rule of an office."""
    if not wanted:
        return review(post, ruleset)
    return [each for each in objections(post, ruleset) if not each.guard]
