"""Keeping up with the periods of an office: what begins or ends changes what its drafts need."""

from handlers import holding
from handlers.chat import Chat, Message, line
from handlers.checking import check
from handlers.context import Context
from handlers.rechecking import recheck
from policy.periods import PAUSING, PERIODS, pauses
from policy.rules import Severity
from policy.workflow import State
from storage import drafts, pages, people, periods
from storage.models import Draft, Office

BEGUN = "**{period}** is on for {office}. The drafts that wait are checked again."
ENDED = "**{period}** is over for {office}. The drafts that wait are checked again."
NOTE = "It says: “{note}”"
PAUSED = (
    "Until it ends, whatever is no warning and no service information needs the approval of a "
    "senior."
)
HOLD = "**Hold draft {id}** for {page}: {period} is on now. Do not post it before you have asked."
ASK = "Ask a senior whether it still fits: {names}."
SERIOUS = (Severity.BLOCK, Severity.SENIOR)


def keep_up(ctx: Context, office: Office) -> None:
    """Notice what has begun or ended; then say so, and check again what is open.

    Harmless to repeat: the office remembers what was noticed.
    """
    if periods.names_on(ctx.db, office, ctx.now) == office.in_force:
        return
    held = periods.locked(ctx.db, office)
    was, is_on = held.in_force, periods.names_on(ctx.db, held, ctx.now)
    begun = [each for each in is_on if each not in was]
    ended = [each for each in was if each not in is_on]
    if not begun and not ended:
        return
    held.in_force = is_on
    ctx.db.add(held)
    ctx.db.flush()
    _announce(ctx, held, begun, ended)
    for each in periods.concerned(ctx.db, held):
        draft = drafts.locked(ctx.db, each.id)
        if draft is None:
            continue
        if draft.state is State.APPROVED:
            _warn_author(ctx, draft, held, begun)
        else:
            causes = (*begun, *map(holding.ended, ended))
            recheck(ctx, draft, actor="policy", action="checked again", causes=causes)


def _announce(ctx: Context, office: Office, begun: list[str], ended: list[str]) -> None:
    """Tell the moderators' chat, and write it down."""
    notes = {each.period: each.note for each in periods.on(ctx.db, office, ctx.now)}
    lines = [line(ENDED, period=PERIODS[each], office=office.name) for each in ended]
    for each in begun:
        lines.append(line(BEGUN, period=PERIODS[each], office=office.name))
        if notes.get(each):
            lines.append(line(NOTE, note=notes[each]))
        if each in PAUSING:
            lines.append(line(PAUSED))
    for action, kinds in (("period began", begun), ("period ended", ended)):
        for each in kinds:
            ctx.record("policy", action, f"office:{office.id}", office=office, period=each)
    ctx.say(Chat(office.platform, office.chat), Message(tuple(lines)))


def _warn_author(ctx: Context, draft: Draft, office: Office, begun: list[str]) -> None:
    """Ask an author to hold an approved draft that is not posted yet, once for each period."""
    fitting = [each for each in begun if _concerns(ctx, draft, each)]
    if not fitting:
        return
    seniors = [p.name for p in people.seniors(ctx.db, office) if p.id != draft.author_id]
    told = line(
        HOLD,
        id=draft.id,
        page=pages.get(ctx.db, draft.page_id).name,
        period=" and ".join(PERIODS[each] for each in fitting),
    )
    author = people.get(ctx.db, draft.author_id)
    ctx.tell(author, Message((told, line(ASK, names=", ".join(seniors) or office.name))))
    ctx.record("policy", "author asked to hold", drafts.subject(draft), office=office)


def _concerns(ctx: Context, draft: Draft, period: str) -> bool:
    """Tell whether a period pauses a draft, or makes a rule object that did not when it passed."""
    if pauses((period,), draft.purpose):
        return True
    known = {f.rule for f in drafts.findings_of(ctx.db, draft) if f.severity in SERIOUS}
    found = check(ctx, draft, drafts.text_of(ctx.db, draft)).findings
    return any(each.severity in SERIOUS and each.rule not in known for each in found)
