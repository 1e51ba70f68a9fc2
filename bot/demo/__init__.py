"""The demo: made-up offices, a guided week, and a prompt at which to act as anyone.

Everything is the real bot, except for the chats and the clock.
"""
