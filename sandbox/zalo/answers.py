"""How one call is answered: what is checked in which order, and where faults strike."""

from __future__ import annotations

import json

from starlette.responses import Response

from sandbox.zalo.account import OfficialAccount
from sandbox.zalo.calls import Call, Endpoint, Host
from sandbox.zalo.faults import Fault, FaultKind
from sandbox.zalo.refusals import STATUSES, Json, Refused, error_body, oauth_error_body

HTML = "<!DOCTYPE html><html><head><title>Zalo</title></head><body><h1>Hệ thống đang bảo trì</h1></body></html>"


def answer(account: OfficialAccount, call: Call) -> Response:
    """Carry a call out and return Zalo's reply; what the transport does to it is up to the caller."""
    endpoint = account.endpoint(call.method, call.path)
    unreadable = _take_parameters(account, call, endpoint)
    call.faults = account.faults.strike(call)
    host = endpoint.host if endpoint else Host.OA
    error: int | str | None = None
    response = next((broken for fault in call.faults if not fault.order.handled and (broken := _broken(fault))), None)
    if response is None:
        left = account.calls_left(host)
        if any(fault.kind is FaultKind.RATE_LIMITED for fault in call.faults):
            left = -1
        try:
            body = _carry_out(account, call, endpoint, unreadable, left)
        except Refused as refused:
            body = oauth_error_body(refused) if host is Host.OAUTH else error_body(refused)
        error = None if isinstance(body, Response) else body.get("error", 0)
        response = body if isinstance(body, Response) else _response(account, body)
        if host is not Host.OAUTH:
            response.headers["X-RateLimit-Limit"] = str(account.knobs.requests_per_minute)
            response.headers["X-RateLimit-Remain"] = str(max(left, 0))
        response = next((broken for fault in call.faults if (broken := _broken(fault))), response)
    status = 0 if call.is_dropped else response.status_code
    account.log.add(call, time=account.clock.now_ms(), status=status, error=error)
    return response


def _take_parameters(account: OfficialAccount, call: Call, endpoint: Endpoint | None) -> Refused | None:
    """Read the parameters before anything else: faults and the log look at them, the token is judged first."""
    try:
        if endpoint:
            call.take_parameters(endpoint.carrier, strict=account.knobs.strict)
    except Refused as refused:
        return refused
    return None


def _carry_out(
    account: OfficialAccount, call: Call, endpoint: Endpoint | None, unreadable: Refused | None, left: int
) -> Json | Response:
    for fault in call.faults:
        if fault.kind is FaultKind.TOKENS_REVOKED:
            account.grants.revoke(refresh=fault.order.refresh)
    if left < 0:
        raise Refused(-32)
    if endpoint is None:
        raise Refused(404)
    if endpoint.host is not Host.OAUTH:
        account.grants.check(call)
    if unreadable:
        raise unreadable
    for fault in call.faults:
        if refusal := fault.refusal():
            raise refusal
    return endpoint.handler(call)


def _broken(fault: Fault) -> Response | None:
    match fault.kind:
        case FaultKind.LOST_REQUEST:
            return Response(status_code=502)
        case FaultKind.SERVER_ERROR:
            return Response("Internal Server Error", status_code=fault.order.status or 500, media_type="text/plain")
        case FaultKind.HTML_BODY:
            return Response(HTML, status_code=fault.order.status or 200, media_type="text/html")
    return None


def _response(account: OfficialAccount, body: Json) -> Response:
    status = STATUSES.get(body.get("error", 0), 200) if account.knobs.error_statuses else 200
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return Response(content, status_code=status, media_type=account.knobs.content_type)
