"""How fast and how small the bot is, beside what one would write without it: ``make bench``."""
