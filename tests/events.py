"""Events to hand in, and what has become of them, for the tests of the inbox."""

from collections.abc import Callable

from sqlmodel import select

from handlers.chat import Chat, Command, Sender
from handlers.context import Context
from handlers.router import Router
from storage.db import transaction
from storage.models import InboxEvent
from tests.office import TestOffice


def command(name: str, text: str = "", *, by: str = "U0BO", id: str) -> Command:
    return Command(Sender("slack", by), Chat("slack", by), name, text, id=id)


def events(office: TestOffice) -> list[InboxEvent]:
    with transaction(office.engine) as db:
        return list(db.exec(select(InboxEvent).order_by(InboxEvent.id)).all())


def rows(office: TestOffice, *tables: type) -> list[int]:
    with transaction(office.engine) as db:
        return [len(db.exec(select(table)).all()) for table in tables]


def router_of(office: TestOffice, name: str, handler: Callable[[Command, Context], None]) -> None:
    router = Router()
    router.command(name)(handler)
    office.dispatcher.router.include(router)
