"""Addresses that people wrote down are outside input: of them only hosts on the public internet are asked.

Checked on the connection itself, after any name was resolved and before a byte is sent.
"""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Any

import urllib3
from requests.adapters import HTTPAdapter


class PrivateAddressError(Exception):
    """The host is not on the public internet."""


class PublicAdapter(HTTPAdapter):
    """Connects to public hosts alone; any other raises PrivateAddressError."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - requests' own signature
        """Have each connection checked as it opens."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PublicHTTPPool, "https": _PublicHTTPSPool}


def _checked(opened: socket.socket) -> socket.socket:
    if not ip_address(opened.getpeername()[0].partition("%")[0]).is_global:
        opened.close()
        raise PrivateAddressError
    return opened


class _PublicHTTPConnection(urllib3.connection.HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn())


class _PublicHTTPSConnection(urllib3.connection.HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn())


class _PublicHTTPPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _PublicHTTPConnection


class _PublicHTTPSPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _PublicHTTPSConnection
