"""Other checkers, if they are installed where this is run: `python -m ...other_tools presidio`."""

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from tests.benchmarks.line_loop import serve

Check = Callable[[str], Iterable[object]]


def presidio(module: Any) -> Check:
    """Its patterns, without a language model, which would be slower by far.

    The list of domains is the one that it has: otherwise it asks the network for a newer one.
    """
    domains = import_module("tldextract")
    domains.__dict__["extract"] = domains.TLDExtract(suffix_list_urls=())
    recognizers = import_module("presidio_analyzer.predefined_recognizers")
    names = ("EmailRecognizer", "PhoneRecognizer", "CreditCardRecognizer", "IbanRecognizer")
    found = [getattr(recognizers, name)() for name in names]
    return lambda text: [
        hit for each in found for hit in each.analyze(text, each.supported_entities)
    ]


def scrubadub(module: Any) -> Check:
    """Its detectors as they come."""
    return lambda text: list(module.Scrubber().iter_filth(text))


def datafog(module: Any) -> Check:
    """Its patterns."""
    annotator = import_module("datafog.processing.text_processing.regex_annotator").RegexAnnotator()
    return lambda text: [hit for hits in annotator.annotate(text).values() for hit in hits]


def better_profanity(module: Any) -> Check:
    """Its word list."""
    module.profanity.load_censor_words()
    return lambda text: ["profanity"] * module.profanity.contains_profanity(text)


def alt_profanity_check(module: Any) -> Check:
    """Its model of abusive words."""
    return lambda text: ["profanity"] * int(module.predict([text])[0])


#: By the name of the module that has to be there.
TOOLS: dict[str, Callable[[Any], Check]] = {
    "presidio_analyzer": presidio,
    "scrubadub": scrubadub,
    "datafog": datafog,
    "better_profanity": better_profanity,
    "profanity_check": alt_profanity_check,
}

if __name__ == "__main__":
    serve(TOOLS[sys.argv[1]](import_module(sys.argv[1])))
