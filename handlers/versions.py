"""One post in several languages: an author says which of their drafts are versions of one another.

Each is a draft of its own, with its own review; a rule that asks for a version is content once
there is one.
"""

from datetime import timedelta

from handlers import holding, submission
from handlers.chat import Answer, Field, FieldKind, Form, Line, Message, Option, Press, line
from handlers.context import Context, Refusal
from handlers.languages import named
from handlers.permission import permitted
from handlers.reading import draft_and_revision, number
from handlers.rechecking import look_again, recheck
from handlers.router import Router
from policy.permissions import Action
from storage import drafts, people, versions
from storage.models import Draft

router = Router()

MOST = 10  # drafts to choose from
NONE_THERE = (
    "You have no other draft in that office that could be the version of draft {id}. File it as "
    "a draft of its own with /draft; then press this button again."
)
WHICH = "Which of your drafts is the same post in another language?"
OPTION = "Draft {id} ({language}): {text}"
NONE = "none"
NONE_LABEL = "It has no other version after all"
GONE = "Draft {id} cannot be the version of draft {other} any more. Choose another one."
JOINED = "Draft {id} and draft {other} ({language}) are versions of one post now."
LEFT = "Draft {id} is a version of no other draft now."
LONGEST_OPTION = 70  # characters; Slack takes 75


@router.press("version")
def ask_which_draft(press: Press, ctx: Context) -> None:
    """Ask an author which draft is the other version."""
    draft = permitted(ctx, Action.NAME_VERSION, *draft_and_revision(press.value))
    found = versions.candidates(ctx.db, draft, ctx.person(), MOST)
    options = [Option(str(each.id), _label(ctx, each)) for each in found]
    if versions.of(ctx.db, draft):
        options.append(Option(NONE, NONE_LABEL))
    if not options:
        raise Refusal(NONE_THERE, id=draft.id)
    field = Field("draft", WHICH, FieldKind.CHOICE, tuple(options))
    ctx.ask(Form("version", "Another version", (field,), context=press.value))


def _label(ctx: Context, draft: Draft) -> str:
    text = " ".join(drafts.text_of(ctx.db, draft).split())
    label = OPTION.format(id=draft.id, language=named(ctx, draft), text=text)
    return label if len(label) <= LONGEST_OPTION else f"{label[: LONGEST_OPTION - 1]}…"


@router.form("version")
def name_version(answer: Answer, ctx: Context) -> None:
    """Note that two drafts are one post, or that one stands alone; check all of them again."""
    wanted, revision = draft_and_revision(answer.context)
    chosen = answer.values.get("draft", "")
    other_id = 0 if chosen == NONE else number(chosen)
    for held in sorted({wanted, other_id}):  # in one order, whoever holds them
        drafts.locked(ctx.db, held)
    draft = permitted(ctx, Action.NAME_VERSION, wanted, revision)
    concerned = [draft, *versions.of(ctx.db, draft)]
    if chosen == NONE:
        versions.leave(ctx.db, draft)
        told = line(LEFT, id=draft.id)
    else:
        other = _other(ctx, draft, other_id)
        versions.join(ctx.db, draft, other)
        concerned = [draft, *versions.of(ctx.db, draft)]
        told = line(JOINED, id=draft.id, other=other.id, language=named(ctx, other))
    ctx.record(
        ctx.person(),
        "version named",
        drafts.subject(draft),
        office=people.office(ctx.db, draft.office_id),
        versions=[each.id for each in versions.of(ctx.db, draft)],
    )
    for each in concerned:
        for key in _states(ctx, each):
            ctx.is_first(key)
        _check(ctx, each, told)


def _other(ctx: Context, draft: Draft, wanted: int) -> Draft:
    """Return the draft that was chosen. The answer may be forged."""
    found = versions.candidates(ctx.db, draft, ctx.person(), MOST)
    other = next((each for each in found if each.id == wanted), None)
    if other is None:
        raise Refusal(GONE, id=wanted, other=draft.id)
    return other


def _check(ctx: Context, draft: Draft, told: Line) -> None:
    """Apply the rules to one of the versions again, and show its author where it stands."""
    if draft.state not in versions.OPEN:
        return
    news = look_again(
        ctx, draft, actor=ctx.person(), action="version named", causes=(holding.VERSIONS,)
    )
    said = submission.receipt(ctx, draft)
    first = (told, news) if news else (told,)
    ctx.reply(Message((*first, *said.parts), said.buttons), about=drafts.subject(draft))


@router.job(every=timedelta(minutes=5))
def notice_changed_versions(ctx: Context) -> None:
    """Check a draft again once one of its versions has ended or has another wording."""
    for each in versions.open_with_others(ctx.db):
        if not sum(ctx.is_first(key) for key in _states(ctx, each)):
            continue
        draft = drafts.locked(ctx.db, each.id)
        if draft is not None and draft.state in versions.OPEN:
            action = "checked again with its versions"
            recheck(ctx, draft, actor="policy", action=action, causes=(holding.VERSIONS,))


def _states(ctx: Context, draft: Draft) -> list[str]:
    """Name each version of a draft as it stands, so that a change is noticed once."""
    return [
        f"version:{draft.id}.{draft.revision}:{each.id}.{each.revision}"
        f":{each.state in versions.ALIVE}"
        for each in versions.of(ctx.db, draft)
    ]
