"""Which addresses may be fetched from: those of the open internet, and no other."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address
Rule = Callable[[Address], bool]
"""Says whether an address may be connected to."""

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""NAT64 (RFC 6052): an IPv4 address in the last 32 bits."""
_COMPATIBLE = IPv6Network("::/96")
"""IPv4-compatible, deprecated by RFC 4291: the same."""
_RELAYS = IPv4Network("192.88.99.0/24")
"""6to4 relays, deprecated by RFC 7526."""
_IPV4 = 0xFFFFFFFF


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet, whatever else is wrapped in it.

    Private, loopback, link-local, shared, multicast, reserved and unspecified ones are not, nor
    is an IPv6 address that stands for such an IPv4 one.

    >>> from ipaddress import ip_address
    >>> [is_public(ip_address(one)) for one in ("8.8.8.8", "127.0.0.1", "::ffff:10.0.0.1")]
    [True, False, False]
    """
    if isinstance(address, IPv6Address):
        inner = _inside(address)
        if inner:
            return all(is_public(one) for one in inner)
        if address.is_site_local:
            return False
    elif address in _RELAYS:
        return False
    return address.is_global and not (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
    )


def address_of(words: str) -> Address:
    """An address as the system gives it, without the zone of a link-local one.

    >>> address_of("fe80::1%eth0")
    IPv6Address('fe80::1')
    """
    return ip_address(words.partition("%")[0])


def _inside(address: IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address.sixtofour:
        return (address.sixtofour,)
    if address.teredo:
        return address.teredo
    if address in _TRANSLATED or address in _COMPATIBLE:
        return (IPv4Address(int(address) & _IPV4),)
    return ()
