from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.fake import FakeArchive
from web import create_app


@pytest.fixture
def archive() -> FakeArchive:
    return FakeArchive()


@pytest.fixture
def client(archive: FakeArchive) -> FlaskClient:
    return create_app(archive).test_client()
