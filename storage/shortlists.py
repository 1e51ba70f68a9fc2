"""The shortlist of a year as a report shows it: posts, comments and pages."""

from collections.abc import Sequence

from sqlmodel import Session

from policy.reports import Candidate, Class
from storage import nominations
from storage.models import NominationKind, Office, Page
from storage.nominations import Nominee

POST = "Draft {id}"
MOST = 10  # of one class


def of_year(db: Session, office: Office, year: int) -> tuple[Class, ...]:
    """List the nominees of a year in three classes; posts with an open incident are left out."""
    found = nominations.shortlist(db, office, year)
    groups = (
        (NominationKind.POST, found.posts),
        (NominationKind.COMMENT, found.comments),
        (NominationKind.PAGE, found.pages),
    )
    return tuple(
        Class(kind.value, _candidates(db, each), _left_out(db, kind, found.excluded))
        for kind, each in groups
    )


def _candidates(db: Session, found: Sequence[Nominee]) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(_title(db, each), each.link, each.nominators, each.reasons)
        for each in found[:MOST]
    )


def _left_out(db: Session, kind: NominationKind, excluded: Sequence[Nominee]) -> tuple[str, ...]:
    return tuple(
        f"{_title(db, each)}: {', '.join(each.incidents)}" for each in excluded if each.kind is kind
    )


def _title(db: Session, nominee: Nominee) -> str:
    page = db.get(Page, nominee.page_id) if nominee.page_id else None
    if nominee.draft_id is not None:
        draft = POST.format(id=nominee.draft_id)
        return f"{draft}, {page.name}" if page else draft
    if nominee.kind is NominationKind.PAGE and page is not None:
        return page.name
    return nominee.link
