"""How often the rules are right, on posts that say what is right."""
