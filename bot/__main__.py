"""`countersign` and `python -m bot`, which are the same."""

import gc
import signal
import sys

#: What libraries load for a terminal if they find it: 4 MiB that the running bot has no use for.
FOR_TERMINALS = ("rich", "httpx._main")


def main() -> None:
    """Run the command line; the bot itself without what only the other commands need."""
    if sys.argv[1:] == ["run"]:
        sys.exit(run())
    from bot.commandline import app

    app()


def run() -> int:
    """Run the bot, lean. Returns the exit code.

    What is imported stays, so looking for garbage in it, at the start and ever after, is in vain.
    """
    signal.signal(signal.SIGTERM, _end)  # until the bot listens for it, nothing is to be drained
    gc.disable()
    for name in FOR_TERMINALS:
        sys.modules[name] = None  # type: ignore[assignment]  # they can do without
    from bot.commands.run import run

    gc.freeze()
    gc.enable()
    return run()


def _end(*_: object) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    main()
