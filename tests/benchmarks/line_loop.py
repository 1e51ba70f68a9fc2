"""The loop of every checker that is measured: a post a line in, an answer a line out."""

import json
import sys
from collections.abc import Callable, Iterable


def serve(check: Callable[[str], Iterable[object]]) -> None:
    """Answer until there is nothing more to read."""
    for line in sys.stdin:
        post = json.loads(line)
        found = [str(each) for each in check(post["text"])]
        sys.stdout.write(json.dumps({"id": post["id"], "findings": found}) + "\n")
        sys.stdout.flush()
