"""Which warnings an author has looked at already: those that a new check finds unchanged."""

from collections import Counter
from collections.abc import Hashable

from sqlmodel import Session

from policy.purposes import ASKS_PURPOSE
from policy.rules import Severity
from storage import drafts
from storage.models import Draft, DraftFinding


def keep(db: Session, draft: Draft) -> list[DraftFinding]:
    """Keep the confirmations of the check before the present one. Returns what they still cover.

    A warning is the same if the rule and the words it matched are. What was confirmed once covers
    one finding, so that the same words in a second place are asked about.
    """
    earlier = drafts.findings_of(db, draft, draft.checked - 1)
    known = Counter(_key(each) for each in earlier if each.confirmed)
    kept = []
    for each in drafts.findings_of(db, draft):
        is_asked = each.severity is Severity.WARN and each.kind != ASKS_PURPOSE
        if is_asked and known[_key(each)]:
            known[_key(each)] -= 1
            each.confirmed = True
            db.add(each)
            kept.append(each)
    return kept


def _key(found: DraftFinding) -> Hashable:
    return found.rule, found.found or found.say  # a finding about the whole post has no words
