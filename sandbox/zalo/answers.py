"""How one call is answered: what is checked in which order, and where faults strike."""

from __future__ import annotations

from starlette.responses import Response

from sandbox.zalo.account import OfficialAccount
from sandbox.zalo.calls import Call, Endpoint, Host
from sandbox.zalo.faults import Fault, FaultKind
from sandbox.zalo.refusals import STATUSES, Json, Refused, error_body, json_bytes, oauth_error_body

HTML = "<!DOCTYPE html><html><head><title>Zalo</title></head><body><h1>Hệ thống đang bảo trì</h1></body></html>"


def answer(account: OfficialAccount, call: Call) -> Response:
    """Carry a call out and return Zalo's reply; what the transport does to it is up to the caller."""
    endpoint = account.endpoint(call.method, call.path)
    if endpoint:
        call.take_parameters(endpoint.carrier, strict=account.knobs.strict)
    call.faults = account.faults.strike(call)
    response, error = Response(), None
    if not any(fault.prevents for fault in call.faults):
        response, error = _reply(account, call, endpoint)
    for fault in call.faults:
        response = _broken(fault) or response
    status = 0 if call.is_dropped else response.status_code
    account.log.add(call, time=account.clock.now_ms(), status=status, error=error)
    return response


def _reply(account: OfficialAccount, call: Call, endpoint: Endpoint | None) -> tuple[Response, int | None]:
    """Return the reply and Zalo's code in it, 0 for success."""
    host = endpoint.host if endpoint else Host.OA
    limited = any(fault.kind is FaultKind.RATE_LIMITED for fault in call.faults)
    left = -1 if limited else account.calls_left(host)
    error = 0
    try:
        body = _carry_out(account, call, endpoint, left)
    except Refused as refused:
        body = oauth_error_body(refused) if host is Host.OAUTH else error_body(refused)
        error = refused.code
    if isinstance(body, Response):
        return body, error
    status = STATUSES.get(error, 200) if account.knobs.error_statuses else 200
    response = Response(json_bytes(body), status_code=status, media_type=account.knobs.content_type)
    if host is not Host.OAUTH:
        response.headers["X-RateLimit-Limit"] = str(account.knobs.requests_per_minute)
        response.headers["X-RateLimit-Remain"] = str(max(left, 0))
    return response, error


def _carry_out(account: OfficialAccount, call: Call, endpoint: Endpoint | None, left: int) -> Json | Response:
    for fault in call.faults:
        if fault.kind is FaultKind.TOKENS_REVOKED:
            account.grants.revoke(refresh=fault.order.refresh)
    if left < 0:
        raise Refused(-32)
    if endpoint is None:
        raise Refused(404)
    if endpoint.host is not Host.OAUTH:
        account.grants.check(call)
    if call.unreadable:
        raise call.unreadable
    for fault in call.faults:
        if refusal := fault.refusal():
            raise refusal
    return endpoint.handler(call)


def _broken(fault: Fault) -> Response | None:
    match fault.kind:
        case FaultKind.SERVER_ERROR:
            return Response("Internal Server Error", status_code=fault.order.status or 500, media_type="text/plain")
        case FaultKind.HTML_BODY:
            return Response(HTML, status_code=fault.order.status or 200, media_type="text/html")
    return None
