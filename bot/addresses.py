"""Which addresses the bot may connect to for a feed: only those that the whole world can reach."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import IPv4Address, IPv6Address

Address = IPv4Address | IPv6Address
#: Finds the addresses of a host.
Resolver = Callable[[str, int], Awaitable[list[str]]]
#: Tells whether an address may be connected to.
Rule = Callable[[Address], bool]

#: Where IPv6 addresses of the public network begin; within it, some stand for IPv4 addresses.
_PUBLIC = ipaddress.IPv6Network("2000::/3")
_STANDING_FOR_OTHERS = tuple(
    map(ipaddress.ip_network, ("2001::/23", "2002::/16", "2001:db8::/32", "3fff::/20"))
)
#: Public by their number, but answered within a network: two clouds, and relays of old.
_ANSWERED_WITHIN = tuple(
    map(ipaddress.ip_network, ("168.63.129.16/32", "192.88.99.0/24", "192.0.0.0/24"))
)


#: Who asks where hosts are: a server that never answers must not keep deliveries waiting.
_ASKING = ThreadPoolExecutor(max_workers=6, thread_name_prefix="names")


def is_public(address: Address) -> bool:
    """Tell whether an address is one of a server that anybody can reach.

    Refused are loopback, private, link-local (the metadata of clouds), shared (CGNAT), multicast
    and reserved ones, and IPv6 forms in which an IPv4 address hides (mapped, 6to4, NAT64).
    """
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, IPv6Address):
        return address in _PUBLIC and not any(address in net for net in _STANDING_FOR_OTHERS)
    return not any(address in net for net in _ANSWERED_WITHIN)


async def resolve(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a host. Raises `OSError`."""
    loop = asyncio.get_running_loop()
    ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    found = await loop.run_in_executor(_ASKING, ask)
    return list(dict.fromkeys(str(each[4][0]) for each in found))
