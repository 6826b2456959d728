import pytest

from assistant.orders import OwnOrders, load_rules
from assistant.storage import Storage
from catalog.store import ProductStore
from tests.assistant.orders_shop import fill_shop


@pytest.fixture
def storage(tmp_path):
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    store, storage = ProductStore.open(url), Storage.open(url)
    fill_shop(store, storage)
    storage.goods = store
    yield storage
    storage.close()
    store.close()


@pytest.fixture
def service(storage):
    return OwnOrders(storage, storage.goods, load_rules())
