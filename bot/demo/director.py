"""The director: lets people act as the typed lines say, and shows what comes of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.demo import grammar
from bot.demo.cast import TITLES, Player
from bot.demo.grammar import Answers, Hint, Presses, Reacts, Says, Typed, Waits, WaitsUntil
from bot.demo.screen import Screen, alike
from bot.demo.stage import Stage
from bot.platforms.sandbox import Shown
from handlers.chat import Button, Field, Form

HERE = ZoneInfo("Asia/Dhaka")
NOBODY = "There is no {name} in the demo. There are: {names}."
NO_PLATFORM = "{name} has no account on {platform}, only on {others}."
NO_MESSAGE = "There is no message {number}."
NOT_SEEN = "{name} cannot see message {number} ({place})."
COPY = " The copy that {name} sees is message {copy}."
NO_BUTTON = "Message {number} has no button “{label}”. It has: {labels}."
NO_BUTTONS = "Message {number} has no buttons."
WHICH_BUTTON = "Which button? It has: {labels}. Type `{handle}: press {number} {first}`."
NO_FORM = "No form is open before {name}. A command such as `{handle}: /draft` opens one."
LEAVE = "(Enter keeps what is there, or leaves it out; Ctrl-D leaves the form open.)"
ANSWER = "Type `{handle}: answer` to be asked field by field, or `{handle}: answer {example}`."
STAYS = "All right. The form stays open; `answer` asks again."
SILENCE = "(Nobody is told anything: nothing new to say.)"
CLOCK = "{now} in Dhaka"

Read = Callable[[str], str]


class Director:
    """Performs what was typed. Raises `Hint` for what cannot be done."""

    def __init__(self, stage: Stage, screen: Screen, ask: Read | None = None) -> None:
        self.stage = stage
        self.screen = screen
        self.ask = ask  # how to put a question to whoever sits at the prompt, if somebody does
        self.fresh: list[tuple[str, Shown]] = []  # what the last line brought
        self._shown_forms: set[str] = set()

    def now(self) -> datetime:
        """Return the present moment of the demo, in its first office's time."""
        return self.stage.clock.astimezone(HERE)

    def perform(self, typed: Typed) -> None:
        """Do what was typed, and show the messages that follow."""
        self.fresh = []
        match typed:
            case Waits(duration):
                self._wind(duration)
            case WaitsUntil():
                self._wind(self._next(typed))
            case Says() | Reacts() | Presses() | Answers():
                player = self.player(typed.who)
                self.show_news()
                form = self._act(player, typed)
                self.show_news()
                self._show_form(player, form)
                if not self.fresh and form is None:
                    self.screen.tells(SILENCE)
            case _:
                raise TypeError(typed)

    def show_news(self) -> None:
        """Show the messages that came or changed, copies together."""
        news = self.stage.news()
        self.fresh += news
        for copies in alike(news):
            places = [(self.stage.cast.place(on, shown), shown) for on, shown in copies]
            self.screen.message(places, is_news=True)

    def player(self, name: str) -> Player:
        """Find somebody by name, or say who there is."""
        found = self.stage.cast.find(name)
        if found is None:
            names = ", ".join(player.handle for player in self.stage.cast.players)
            raise Hint(NOBODY.format(name=name, names=names))
        return found

    def message(self, number: str) -> tuple[str, Shown]:
        """Find a message by its number."""
        found = (pair for pair in self.stage.messages() if pair[1].id == number.lstrip("0"))
        pair = next(found, None)
        if pair is None:
            raise Hint(NO_MESSAGE.format(number=number))
        return pair

    def _act(self, player: Player, typed: Says | Reacts | Presses | Answers) -> Form | None:
        match typed:
            case Says(text=text, on=wanted):
                return self._say(player, text, wanted)
            case Reacts(emoji=emoji, number=number, added=added):
                on, shown = self._seen_by(player, number)
                return self.stage.reacts(player, on, shown, emoji, added=added)
            case Presses(number=number, label=label):
                on, shown = self._seen_by(player, number)
                return self.stage.presses(player, on, shown, _button(player, shown, label))
            case Answers(text=text, on=wanted):
                return self._answer(player, text, wanted)

    def _say(self, player: Player, text: str, wanted: str) -> Form | None:
        is_talk = not text.startswith("/") and "telegram" in player.accounts
        usual = "telegram" if is_talk else player.home
        return self.stage.says(player, _platform(player, wanted, usual), text)

    def _seen_by(self, player: Player, number: str) -> tuple[str, Shown]:
        """Find a message that somebody sees, or say which copy of it they see."""
        on, shown = self.message(number)
        cast = self.stage.cast
        if cast.reads(player, on, shown):
            return on, shown
        hint = NOT_SEEN.format(name=player.name, number=number, place=cast.place(on, shown))
        for other, each in reversed(self.stage.messages()):
            if each.message == shown.message and cast.reads(player, other, each):
                raise Hint(hint + COPY.format(name=player.name, copy=each.id))
        raise Hint(hint)

    def _answer(self, player: Player, text: str, wanted: str) -> Form | None:
        forms = {on: self.stage.forms.get((on, user)) for on, user in player.accounts.items()}
        opened = next((on for on, form in forms.items() if form), player.home)
        on = _platform(player, wanted, opened)
        form = forms[on]
        if form is not None:
            return self.stage.fills(player, on, self._values(form, text))
        if text and "telegram" in player.accounts:  # there, questions come one by one
            return self.stage.says(player, "telegram", text)
        raise Hint(NO_FORM.format(name=player.name, handle=player.handle))

    def _values(self, form: Form, text: str) -> dict[str, str]:
        if text or self.ask is None:
            return grammar.fill(form, text)
        self.screen.tells(LEAVE)
        try:
            return {field.name: self._value(field, self.ask) for field in form.fields}
        except EOFError:
            raise Hint(STAYS) from None

    def _value(self, field: Field, ask: Read) -> str:
        """Ask for one field until the answer fits."""
        while True:
            given = ask(f"  {field.name}: ").strip()
            try:
                return grammar.value(field, given or field.initial)
            except Hint as hint:
                self.screen.tells(str(hint), margin="  ")

    def _show_form(self, player: Player, form: Form | None) -> None:
        if form is not None:
            is_known = self.ask is None and form.name in self._shown_forms
            self._shown_forms.add(form.name)
            self.screen.form(form, player.name, brief=is_known)
            if self.ask is not None:
                needed = [field for field in form.fields if field.required] or form.fields
                example = grammar.example(needed)
                self.screen.tells(ANSWER.format(handle=player.handle, example=example))

    def _wind(self, duration: timedelta) -> None:
        shown_at = None
        for _ in self.stage.winds(duration):
            shown_at = self.stage.clock
            self.show_clock()
            self.show_news()
        if self.stage.clock != shown_at:
            self.show_clock()

    def show_clock(self) -> None:
        """Show the day and the time."""
        self.screen.clock(CLOCK.format(now=f"{self.now():%A %-d %B %Y, %H:%M}"))

    def _next(self, until: WaitsUntil) -> timedelta:
        now = self.now()
        then = now.replace(hour=until.hour, minute=until.minute, second=0, microsecond=0)
        then += timedelta(days=(until.day - now.weekday()) % 7)
        return then - now if then > now else then - now + timedelta(days=7)


def _platform(player: Player, wanted: str, usual: str) -> str:
    found = [name for name in player.accounts if wanted and name.startswith(wanted)]
    if wanted and not found:
        others = " and ".join(TITLES[name] for name in player.accounts)
        raise Hint(NO_PLATFORM.format(name=player.name, platform=wanted, others=others))
    return found[0] if found else usual


def _button(player: Player, shown: Shown, label: str) -> Button:
    """Find a button by a part of its label, or say which there are."""
    buttons, number = shown.message.buttons, shown.id
    if not buttons:
        raise Hint(NO_BUTTONS.format(number=number))
    wanted = label.strip("[] ").casefold()
    exact = [button for button in buttons if button.label.casefold() == wanted]
    found = exact or [button for button in buttons if wanted in button.label.casefold()]
    if len(found) == 1:
        return found[0]
    labels = ", ".join(button.label for button in buttons)
    if found:
        first = buttons[0].label
        raise Hint(
            WHICH_BUTTON.format(labels=labels, handle=player.handle, number=number, first=first)
        )
    raise Hint(NO_BUTTON.format(number=number, label=label, labels=labels))
