"""Zalo as the bot meets it: servers that keep the platform's rules, and people with phones."""
