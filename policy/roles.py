"""The roles that people have in an office."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may do in an office."""

    AUTHOR = "author"
    MODERATOR = "moderator"  # sits on the panel
    SENIOR = "senior"  # may release what the rules hold
    SPOKESPERSON = "spokesperson"  # may speak in the name of the government
    LEAD = "lead"
    ADMIN = "admin"
