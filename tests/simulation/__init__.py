"""A quarter of many offices: what happens in it, what has to be said, and what the bot says."""
