"""How a form is asked where a platform has no forms: one question at a time."""

from handlers.chat import Button, Field, FieldKind, Form, Message, Part, Quote, Style, line

ASK = "**{label}**"
HINT = "{hint}"
OPTIONAL = "You may skip this."
NOW = "It is now:"
LEAVE = "/cancel ends this."
PLEASE = "Please answer a short question: **{title}**"
SKIP = "-"  # in place of an option's number


def question(form: Form, step: int, session: int) -> Message:
    """Ask for one field. Options become buttons; a field that is optional can be skipped."""
    asked = form.fields[step]
    parts: list[Part] = [line(ASK, label=asked.label)]
    if asked.hint:
        parts.append(line(HINT, hint=asked.hint))
    if asked.initial and asked.kind is not FieldKind.CHOICE:
        parts += [line(NOW), Quote(asked.initial)]
    if not asked.required:
        parts.append(line(OPTIONAL))
    parts.append(line(LEAVE))
    return Message(tuple(parts), _buttons(asked, f"{session}.{step}"))


def _buttons(asked: Field, at: str) -> tuple[Button, ...]:
    options = [
        Button(option.label, "answer", f"{at}.{number}")
        for number, option in enumerate(asked.options)
    ]
    if asked.kind is FieldKind.FILES:
        options.append(done(*map(int, at.split("."))))
    elif not asked.required:
        options.append(Button("Skip", "answer", f"{at}.{SKIP}"))
    return tuple(options)


def done(session: int, step: int) -> Button:
    """Offer to go on once all files are sent."""
    return Button("Go on", "answer", f"{session}.{step}.{SKIP}")


def invitation(form: Form, session: int) -> Message:
    """Offer a form to somebody to whom it cannot be shown without a press of theirs."""
    return Message(
        (line(PLEASE, title=form.title),),
        (Button("Answer", "open-form", str(session), Style.PRIMARY),),
    )
