"""`make bench`: how fast the bot is and what it takes, each beside the best that could be had."""
