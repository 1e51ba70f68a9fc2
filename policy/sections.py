"""The parts of a policy, in the order in which it is read."""

from collections.abc import Mapping

SECTIONS: Mapping[str, str] = {
    "confidentiality": "Confidentiality and security",
    "personal-data": "Personal data",
    "propriety": "Propriety, impartiality and voice",
    "respect": "Respect and harm",
    "accuracy": "Accuracy",
    "emergencies": "Emergencies",
    "links": "Links, text integrity and length",
    "accessibility": "Accessibility and plain language",
    "engagement": "Engagement",
    "office": "Rules of the office's own",
}
