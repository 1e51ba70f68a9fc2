"""Pages without anybody who looks after them: the administrators hear, weekly until there is."""

from datetime import timedelta

from handlers import page_people, page_view
from handlers.chat import Line, Message, line
from handlers.context import Context
from handlers.router import Router
from storage import absences, clock, pages, people
from storage.models import Office, Page

router = Router()

OWNERLESS = "**These pages have no owner** whom I could remind:"
PAGE = "{name} ({office}, page {id}): {why}"
NOBODY = "nobody is named"
LEFT = "{name} has left"
NO_ACCOUNT = "{name} has no account that I could write to"
WHAT_TO_DO = "/page give <page> to <person> asks somebody; or name one in the offices file."


@router.office_job(
    every=timedelta(hours=1), among=lambda db: pages.offices_where(db, pages.ownerless())
)
def report_pages_without_owner(ctx: Context, office: Office) -> None:
    """Tell the administrators, not the office, of pages that nobody looks after; once a week."""
    if not clock.of(office).is_open(ctx.now, grace=clock.GRACE):
        return
    hearing = absences.stand_ins(ctx.db, office, people.admins(ctx.db, office), ctx.now)
    if not hearing:
        return
    found = [
        page
        for page in pages.where(ctx.db, office, pages.ownerless())
        if ctx.is_first(f"ownerless:{page.id}:{page_view.week(page, office, ctx.now).key}")
    ]
    if not found:
        return
    lines = [_page(ctx, page, office) for page in found]
    for admin in hearing:
        ctx.tell(admin, Message((line(OWNERLESS), *lines, line(WHAT_TO_DO))))
    for page in found:
        ctx.record("bot", "page without owner reported", pages.subject(page), office=office)


def _page(ctx: Context, page: Page, office: Office) -> Line:
    owner = page_people.owner(ctx, page)
    why = NOBODY
    if owner is not None:
        is_here = page_people.member(ctx, office, str(owner.id)) is not None
        why = (NO_ACCOUNT if is_here else LEFT).format(name=owner.name)
    return line(PAGE, name=page.name, office=office.name, id=page.id, why=why)
