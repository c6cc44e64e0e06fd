"""`python -m sandbox.zalo`: run the simulator until Ctrl-C."""

from __future__ import annotations

import argparse
from contextlib import suppress

from sandbox.zalo.account import OfficialAccount
from sandbox.zalo.knobs import Knobs
from sandbox.zalo.server import address_of, listening, server_of


def main() -> None:
    """Print the base URL on one line, then serve."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.zalo", description="A Zalo Official Account, simulated.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--strict", dest="strict", action="store_true", default=True, help="refuse old habits (default)")
    mode.add_argument("--lenient", dest="strict", action="store_false", help="take what clients in the wild send")
    wanted = parser.parse_args()
    with listening(wanted.host, wanted.port) as sock:
        print(address_of(sock), flush=True)
        with suppress(KeyboardInterrupt):
            server_of(OfficialAccount(Knobs(strict=wanted.strict))).run(sockets=[sock])


if __name__ == "__main__":
    main()
