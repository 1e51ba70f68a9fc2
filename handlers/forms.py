"""Forms: shown at once where the platform has them, else asked one question at a time.

What has been answered is kept in the database, so a conversation survives a restart.
"""

from dataclasses import replace

from handlers.chat import Answer, Command, Field, FieldKind, Form, Message, Press, Text, line
from handlers.context import Context, Refusal
from handlers.questions import SKIP, done
from handlers.reading import moment, number
from handlers.replies import draft_under
from handlers.router import Router
from handlers.stored import files_from_text, files_to_text, form_from_json
from storage import forms
from storage.models import FormSession

router = Router()

ENDED = "All right, that is ended. Nothing was sent."
NOTHING = "There was nothing to end."
OLD = "That question is no longer open. Start again with the command."
CHOOSE = "Please choose one of the answers, or write it as it stands on its button."
NO_TEXT = "I need some text here."
NO_FILE = "Send a picture, a clip or a document here, or press the button if there is none."
HELD = "{count} so far. Send more, or go on."
ANSWERED = "You have answered that already."
LOST = "I did not ask for anything. /draft starts a draft, /help lists what I can do."
LOST_REST = (
    f"{LOST} (A message that is very long is cut by your app and sent in pieces: a draft that "
    "long has to be filed on Slack.)"
)


def resolve(answer: Answer, ctx: Context) -> Answer | None:
    """Turn a shown form's answer into the whole one. `None` if it was sent before."""
    session = (
        forms.held(ctx.db, int(answer.context), answer.by) if answer.context.isdecimal() else None
    )
    if session is None:
        raise Refusal(OLD)
    if not session.is_open:
        return None
    forms.close(ctx.db, session)
    form = form_from_json(session.form)
    return replace(
        answer,
        form=form.name,
        values={**session.values, **answer.values},
        context=form.context,
    )


@router.press("open-form")
def open_form(press: Press, ctx: Context) -> None:
    """Show a form that was offered earlier."""
    session = forms.held(ctx.db, number(press.value), press.by)
    if session is None:
        raise Refusal(OLD)
    if not session.is_open:
        raise Refusal(ANSWERED)
    ctx.put(form_from_json(session.form), session.id, session.step)


@router.press("answer")
def take_choice(press: Press, ctx: Context) -> None:
    """Take a pressed button for the answer to its question, if that is still open."""
    session_id, _, rest = press.value.partition(".")
    step, _, choice = rest.partition(".")
    session = forms.held(ctx.db, number(session_id), press.by)
    if session is None or not ctx.converses():
        raise Refusal(OLD)
    if session.step > number(step):
        raise Refusal(ANSWERED)
    if session.step < number(step) or session not in forms.opened(ctx.db, press.by, ctx.now):
        raise Refusal(OLD)
    session = forms.resumed(ctx.db, session, ctx.now)
    field = form_from_json(session.form).fields[session.step]
    if choice == SKIP and not field.required:
        advance(session, session.values.get(field.name, ""), ctx)
        return
    place = number(choice)
    if place >= len(field.options):
        raise Refusal(OLD)
    advance(session, field.options[place].value, ctx)


@router.text
def take_text(text: Text, ctx: Context) -> None:
    """Take a private message for the answer to the question that was asked last."""
    session = forms.current(ctx.db, text.by, ctx.now) if ctx.converses() else None
    field = form_from_json(session.form).fields[session.step] if session else None
    if text.goes_on and (field is None or field.kind is not FieldKind.FILES):
        return  # it belongs to the message that has the text of its album
    if text.files and draft_under(text, ctx) is not None:
        return  # it answers a message about a draft, and goes there
    ctx.person()
    if not ctx.converses():
        raise Refusal(LOST)
    if session is None or field is None:
        raise Refusal(LOST_REST)
    if field.kind is FieldKind.FILES:
        collect(session, field, text, ctx)
        return
    advance(session, _value(field, text.text), ctx)


@router.command("cancel")
def cancel(command: Command, ctx: Context) -> None:
    """End the questions that I am asking you."""
    session = forms.current(ctx.db, command.by, ctx.now) if ctx.converses() else None
    if session is None:
        ctx.reply(NOTHING)
        return
    forms.close(ctx.db, session)
    ctx.reply(ENDED)
    ask_again(ctx, session)


@router.press("resume")
def resume(press: Press, ctx: Context) -> None:
    """Return to the questions that were put aside for the form that has just been handed in."""
    session = forms.held(ctx.db, number(press.value), press.by)
    if session is not None:
        ask_again(ctx, session)


def ask_again(ctx: Context, ended: FormSession) -> None:
    """Repeat the question that was put aside for a form, unless a newer one was asked since."""
    session = forms.current(ctx.db, ended, ctx.now)
    if session is not None and session.id < ended.id:
        ctx.put(form_from_json(session.form), session.id, session.step)


def collect(session: FormSession, field: Field, text: Text, ctx: Context) -> None:
    """Add files to those that were sent already; the question stays open for more."""
    if not text.files:
        raise Refusal(NO_FILE)
    held = (*files_from_text(session.values.get(field.name, "")), *text.files)
    session.values = {**session.values, field.name: files_to_text(held)}
    ctx.db.add(session)
    ctx.reply(Message((line(HELD, count=len(held)),), (done(session.id, session.step),)))


def advance(session: FormSession, value: str, ctx: Context) -> None:
    """Keep an answer and ask the next question, or hand in the whole form."""
    form = form_from_json(session.form)
    session.values = {**session.values, form.fields[session.step].name: value}
    session.step += 1
    session.is_open = session.step < len(form.fields)
    ctx.db.add(session)
    if session.is_open:
        ctx.put(form, session.id, session.step)
    else:
        ctx.effects.then += _handed_in(form, session, ctx)


def _handed_in(form: Form, session: FormSession, ctx: Context) -> tuple[Answer, Press]:
    event = ctx.event
    assert event is not None
    answer = Answer(
        by=event.by,
        chat=event.chat,
        form=form.name,
        values=session.values,
        context=form.context,
        id=event.id,
        reply=event.reply,
    )
    return answer, Press(event.by, event.chat, "", "resume", str(session.id))


def _value(field: Field, text: str) -> str:
    if not text.strip():
        raise Refusal(NO_TEXT)
    if field.kind is FieldKind.CHOICE:
        return _chosen(field, text)
    if field.kind is FieldKind.MOMENT:
        moment(text)
    return text


def _chosen(field: Field, text: str) -> str:
    wanted = text.strip().casefold()
    for option in field.options:
        if option.label.casefold() == wanted:
            return option.value
    raise Refusal(CHOOSE)
