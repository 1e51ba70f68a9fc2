"""False alarms: who says so of which finding, once for each person and finding."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, select

from storage.models import Dispute, Draft, DraftFinding, Person

#: What a finding is known by within a revision: its rule, and where it begins.
Key = tuple[str, int]
WHOLE = -1
#: Asked at every card, so it is written once.
OF_WORDING = (
    select(Dispute.rule, Dispute.start, Person.name)
    .join(Person)
    .where(Dispute.draft_id == bindparam("draft"), Dispute.revision == bindparam("revision"))
    .order_by(Person.name)
)


def key(found: DraftFinding) -> Key:
    """Return what a finding is known by, whichever check it is of."""
    return found.rule, WHOLE if found.start is None else found.start


def toggle(db: Session, found: DraftFinding, person: Person, now: datetime) -> bool:
    """Say that a finding is a false alarm, or take that back. Returns whether it stands now."""
    rule, start = key(found)
    known = db.get(Dispute, (found.draft_id, found.revision, rule, start, person.id))
    if known is not None:
        db.delete(known)
        db.flush()
        return False
    row = Dispute(
        draft_id=found.draft_id,
        revision=found.revision,
        rule=rule,
        start=start,
        person_id=person.id,
        pack=found.pack,
        at=now,
    )
    db.add(row)
    db.flush()
    return True


def is_disputed_by(db: Session, found: DraftFinding, person: Person) -> bool:
    """Tell whether somebody calls a finding a false alarm."""
    key_of = (found.draft_id, found.revision, *key(found), person.id)
    return db.get(Dispute, key_of) is not None


def of(db: Session, draft: Draft) -> Mapping[Key, list[str]]:
    """Name who disputes which finding of the present wording."""
    found = db.exec(OF_WORDING, params={"draft": draft.id, "revision": draft.revision})
    names: dict[Key, list[str]] = defaultdict(list)
    for rule, start, name in found:
        names[rule, start].append(name)
    return names
