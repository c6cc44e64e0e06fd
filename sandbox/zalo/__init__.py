"""A Zalo Official Account, simulated: any client of the Zalo OA API talks to it unchanged but for the base URL.

Zalo offers no sandbox for Official Accounts. This is one: a small ASGI application on a loopback port that serves the
paths of https://oauth.zaloapp.com and https://openapi.zalo.me side by side, keeps its state in memory, tells the time
by a clock of the tester's choosing, and can be told to fail in every way the real one has been seen to fail.

From a shell, the base URL on the first line::

    python -m sandbox.zalo --port 8099 --strict

From a test::

    with running() as zalo:
        pair = zalo.account.grants.pair
        client = SomeZaloClient(openapi_url=zalo.base_url, oauth_url=zalo.oauth_url, access_token=pair.access_token)
        zalo.account.conversations.add([NewMessage(user_id="3103741396296991610", message="Xin hỏi về thẻ BHYT")])

or through the control API, which speaks JSON below `/_control` (docs/simulator.md lists it with examples).

*Strict and lenient.* Strict, the default, refuses what only guesses and old habits send: a pull without `data=`, the
token in the query string, v3 paths for what exists in v2 alone, GET for POST, a file by `attachment_id`, a text with a
file. Lenient takes all of it. Both take every encoding of `data=` seen in the wild: spaces as `+` or `%20`, numbers as
strings, ids as bare integers, keys without quotes.

*The clock.* Messaging windows, lives of tokens, codes and uploads, the minute of the rate limit, and what can be seen:
a row shows up in pulls once the clock has reached its time, so a whole week can be loaded at once and lived through.
A stopped clock stops the minute too: move it on, or raise `requests_per_minute`.

*Knobs* (`Knobs`) hold what sources contradict each other about. *Faults* (`FaultKind`) strike the next calls of a path,
or all until they are switched off. The *log* has each request without its secrets.
"""

from __future__ import annotations

from sandbox.zalo.account import OfficialAccount
from sandbox.zalo.faults import FaultKind, FaultOrder
from sandbox.zalo.knobs import Knobs
from sandbox.zalo.messages import NewMessage
from sandbox.zalo.server import Simulator, running

__all__ = ["FaultKind", "FaultOrder", "Knobs", "NewMessage", "OfficialAccount", "Simulator", "running"]
