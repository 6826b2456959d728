"""What the tests of the catalogue share."""

import pytest

from catalog.store import ProductStore
from tests.catalog.shop import PRODUCTS


@pytest.fixture
def store(tmp_path):
    opened = ProductStore.open(f"sqlite:///{tmp_path / 'shop.db'}")
    opened.upsert(PRODUCTS, "test")
    yield opened
    opened.close()
