"""Accounts that people link themselves: the codes, the tries, and the accounts."""

import hmac
from datetime import datetime
from typing import Protocol

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from policy import link_codes
from storage.models import Account, LinkAttempt, LinkCode, Person


class Owner(Protocol):
    """An account as a platform names it."""

    @property
    def platform(self) -> str:
        """Return the platform's name."""

    @property
    def user(self) -> str:
        """Return the platform's id of the user."""


def asked(db: Session, person: Person, now: datetime) -> list[datetime]:
    """List when somebody asked for codes within the period, oldest first."""
    found = select(LinkCode.made_at).where(
        LinkCode.person_id == person.id, col(LinkCode.made_at) > now - link_codes.PERIOD
    )
    return list(db.exec(found.order_by(col(LinkCode.made_at))).all())


def keep(db: Session, code: str, person: Person, by: Owner, now: datetime) -> None:
    """Keep the digest of a new code. Those that its person had before work no longer."""
    for older in _live(db, now):
        if older.person_id == person.id:
            older.expires_at = now
            db.add(older)
    db.add(
        LinkCode(
            digest=link_codes.digest(code),
            person_id=person.id,
            platform=by.platform,
            user=by.user,
            made_at=now,
            expires_at=now + link_codes.LIFE,
        )
    )
    db.flush()


def find(db: Session, typed: str, now: datetime) -> LinkCode | None:
    """Find a code that works now, and hold it. How long that takes tells nothing about it."""
    wanted, found = link_codes.digest(typed), None
    for each in _live(db, now):
        if hmac.compare_digest(each.digest, wanted):
            found = each
    return found


def _live(db: Session, now: datetime) -> list[LinkCode]:
    found = select(LinkCode).where(col(LinkCode.used_at).is_(None), col(LinkCode.expires_at) > now)
    held = found.with_for_update().execution_options(populate_existing=True)
    return list(db.exec(held.order_by(col(LinkCode.digest))).all())


def misses(db: Session, by: Owner, now: datetime) -> list[datetime]:
    """List when an account tried wrong codes within the period, oldest first."""
    found = select(LinkAttempt.at).where(
        LinkAttempt.platform == by.platform,
        LinkAttempt.user == by.user,
        col(LinkAttempt.at) > now - link_codes.PERIOD,
    )
    return list(db.exec(found.order_by(col(LinkAttempt.at))).all())


def miss(db: Session, by: Owner, now: datetime) -> None:
    """Note that an account tried a wrong code."""
    db.add(LinkAttempt(platform=by.platform, user=by.user, at=now))
    db.flush()


def link(db: Session, code: LinkCode, by: Owner, now: datetime) -> None:
    """Give an account to the person of a code, which is used up by that."""
    code.used_at = now
    db.add(code)
    linked = Account(platform=by.platform, user=by.user, person_id=code.person_id, filed=False)
    db.merge(linked)
    db.flush()


def account(db: Session, platform: str, user: str) -> Account | None:
    """Load an account that we know, and hold it."""
    return db.exec(
        select(Account)
        .where(Account.platform == platform, Account.user == user)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def unlink(db: Session, account: Account) -> None:
    """Take an account away."""
    db.delete(account)
    db.flush()


def count(db: Session, person: Person) -> int:
    """Count the accounts of somebody."""
    return db.exec(
        select(func.count()).select_from(Account).where(Account.person_id == person.id)
    ).one()


def forget(db: Session, now: datetime) -> None:
    """Delete codes and tries that nothing asks for any more."""
    before = now - link_codes.PERIOD
    db.execute(delete(LinkCode).where(col(LinkCode.made_at) < before))
    db.execute(delete(LinkAttempt).where(col(LinkAttempt.at) < before))
