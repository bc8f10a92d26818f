"""What people type, read into canonical values: the readers of all kinds of answers.

Each returns a ``Reading``. None guesses silently: what may mean something else is to be
confirmed (``sure`` false) or has ``options`` to ask about.
"""

from bot.forms.vietnamese_choices import read_choice
from bot.forms.vietnamese_commands import Edit, read_edit
from bot.forms.vietnamese_dates import read_date
from bot.forms.vietnamese_moments import read_moment, read_month, read_year
from bot.forms.vietnamese_numbers import read_decimal, read_integer, read_money
from bot.forms.vietnamese_positions import read_position
from bot.forms.vietnamese_several import read_choices
from bot.forms.vietnamese_text import Reading, fold
from bot.forms.vietnamese_times import read_time
from bot.forms.vietnamese_yes_no import read_yes_no

__all__ = [
    "Edit",
    "Reading",
    "fold",
    "read_choice",
    "read_choices",
    "read_date",
    "read_decimal",
    "read_edit",
    "read_integer",
    "read_moment",
    "read_money",
    "read_month",
    "read_position",
    "read_time",
    "read_year",
    "read_yes_no",
]
