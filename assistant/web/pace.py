"""How fast something may be sent: by one sender, and by one network address for all its senders."""

from dataclasses import dataclass
from ipaddress import IPv6Network, ip_address

from starlette.datastructures import Address

from assistant.settings import WidgetSettings
from catalog.events.limits import RateLimiter

_ONE_SUBSCRIBER = 64


@dataclass(frozen=True, slots=True)
class Pace:
    """Two buckets a request: a sender may be invented anew each time, an address may not."""

    sender: RateLimiter
    address: RateLimiter

    @classmethod
    def of(
        cls, per_second: float, burst: float, address_per_second: float, address_burst: float
    ) -> "Pace":
        """The rates a second, and how much may come at once after a pause."""
        return cls(RateLimiter(per_second, burst), RateLimiter(address_per_second, address_burst))

    @classmethod
    def of_messages(cls, settings: WidgetSettings) -> "Pace":
        """How fast shoppers may write."""
        return cls.of(
            settings.per_second,
            settings.burst,
            settings.address_per_second,
            settings.address_burst,
        )

    def wait(self, sender: str, address: str, count: int = 1) -> float:
        """The seconds to wait before so much may come; 0 when it may now, and then it counts."""
        return self.sender.take(sender, count) or self.address.take(address, count)


def address_of(client: Address | None) -> str:
    """Where a request comes from; of IPv6 the network, of which one subscriber has a whole one."""
    host = client.host if client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if address.version == 4:
        return host
    return str(IPv6Network((int(address), _ONE_SUBSCRIBER), strict=False))
