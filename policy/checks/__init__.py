"""What a pattern cannot say: small functions, each available to rules under its name.

A module in this folder registers its checks when it is imported; all of them are.
"""

from importlib import import_module
from pkgutil import iter_modules

from policy.checks.registry import CHECKS, MOST_PASSAGES, Check, Finder, Passage

for module in iter_modules(__path__):
    import_module(f"{__name__}.{module.name}")

__all__ = ["CHECKS", "MOST_PASSAGES", "Check", "Finder", "Passage"]
