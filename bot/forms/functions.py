"""The functions of ODK XForms by name, with how many arguments each takes.

Those that must not read all their arguments, or need to know the form (if, coalesce, once,
position, indexed-repeat, jr:choice-name …), are compiled in special.py.
"""

from collections.abc import Mapping
from typing import Final

from bot.forms.functions_choice import CHOICE_FUNCTIONS
from bot.forms.functions_day import DAY_FUNCTIONS
from bot.forms.functions_extra import EXTRA_FUNCTIONS
from bot.forms.functions_map import MAP_FUNCTIONS
from bot.forms.functions_number import NUMBER_FUNCTIONS
from bot.forms.functions_text import TEXT_FUNCTIONS
from bot.forms.world import Function

FUNCTIONS: Final[Mapping[str, Function]] = {
    **CHOICE_FUNCTIONS,
    **TEXT_FUNCTIONS,
    **NUMBER_FUNCTIONS,
    **DAY_FUNCTIONS,
    **MAP_FUNCTIONS,
    **EXTRA_FUNCTIONS,
}
