"""What a pattern cannot say: small functions, each available to rules under its name."""

from policy.checks import caps, contact, hate, length, marking, money, purpose, tagging
from policy.checks.registry import CHECKS, Check, Finder, Passage

#: Importing a module registers its checks. To add one, name its module here.
MODULES = (caps, contact, hate, length, marking, money, purpose, tagging)

__all__ = ["CHECKS", "MODULES", "Check", "Finder", "Passage"]
