"""Every channel passes the same demands (demands.py), and a few of its own."""

import pytest

pytest.register_assert_rewrite("tests.channels.demands")
