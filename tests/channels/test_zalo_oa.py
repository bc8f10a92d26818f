"""The Official Account under every demand, whichever way Zalo may turn out to behave."""

import pytest

from tests.channels.demands import Demands
from tests.channels.zalo_oa_stage import OaStage
from tests.zalo.oa_rules import OA_ID


def as_documented(zalo):
    pass


def with_headers(zalo):
    """What the sources disagree about, the other way round."""
    zalo.webhook.timestamp = "header"
    zalo.webhook.prefix = ""
    zalo.webhook.first = OA_ID
    zalo.webhook.receipts = True
    zalo.upload_field = "attachment_id"


def with_both_times(zalo):
    zalo.webhook.timestamp = "both"
    zalo.webhook.retries = True


class TestAsDocumented(Demands):
    @pytest.fixture
    async def stage(self, tmp_path):
        async with OaStage(tmp_path, as_documented) as stage:
            yield stage


class TestOtherwise(Demands):
    @pytest.fixture
    async def stage(self, tmp_path):
        async with OaStage(tmp_path, with_headers) as stage:
            yield stage


class TestBothTimes(Demands):
    @pytest.fixture
    async def stage(self, tmp_path):
        async with OaStage(tmp_path, with_both_times) as stage:
            yield stage
