"""The control API, `/_control/…`: JSON in, JSON out; never struck by faults, never logged, never limited."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from functools import partial

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.zalo.account import OfficialAccount
from sandbox.zalo.citizens import Citizen
from sandbox.zalo.clock import SECOND, vietnam_time
from sandbox.zalo.faults import KINDS, FaultOrder
from sandbox.zalo.knobs import Knobs
from sandbox.zalo.messages import NewMessage
from sandbox.zalo.refusals import Json, json_bytes
from sandbox.zalo.rows import BY_OA, BY_USER

MESSAGES = TypeAdapter(list[NewMessage])
CITIZENS = TypeAdapter(list[Citizen])

Action = Callable[[OfficialAccount, Request, bytes], Json]


class ClockSetting(BaseModel):
    """One move of the clock; instants are epoch ms or ISO 8601 with an offset."""

    model_config = ConfigDict(extra="forbid")

    stop_at: AwareDatetime | None = None
    run_from: AwareDatetime | None = None
    advance_ms: int | None = None
    real: bool = False


class Revocation(BaseModel):
    """Which tokens die."""

    model_config = ConfigDict(extra="forbid")

    refresh: bool = False


class LogQuery(BaseModel):
    """Which requests to show: the newest `limit` past number `after` whose path contains `path`."""

    model_config = ConfigDict(extra="forbid")

    path: str = ""
    after: int = 0
    limit: int = Field(default=1_000, gt=0)


class CodeOrder(BaseModel):
    """An authorisation code to mint, as the administrator's consent would."""

    model_config = ConfigDict(extra="forbid")

    code_challenge: str = ""


def control_routes(account: OfficialAccount) -> list[Route]:
    """Return the routes of the control API over an account."""
    actions: list[tuple[str, str, Action]] = [
        ("GET", "/clock", _show_clock),
        ("PUT", "/clock", _set_clock),
        ("POST", "/messages", partial(_add_messages, BY_USER)),
        ("POST", "/oa-messages", partial(_add_messages, BY_OA)),
        ("PUT", "/citizens", _put_citizens),
        ("GET", "/faults", _show_faults),
        ("POST", "/faults", _switch_on),
        ("DELETE", "/faults", _switch_off),
        ("DELETE", "/faults/{id:int}", _switch_off),
        ("GET", "/knobs", _show_knobs),
        ("PATCH", "/knobs", _turn_knobs),
        ("GET", "/credentials", _show_credentials),
        ("POST", "/tokens", _mint),
        ("POST", "/tokens/revoke", _revoke),
        ("POST", "/codes", _mint_code),
        ("GET", "/requests", _show_requests),
        ("DELETE", "/requests", _clear_requests),
        ("GET", "/sent", _show_sent),
        ("GET", "/articles", _show_articles),
        ("PUT", "/media/{name:path}", _put_media),
        ("POST", "/reset", _reset),
    ]
    return [Route(path, _endpoint(account, action), methods=[method]) for method, path, action in actions]


def _endpoint(account: OfficialAccount, action: Action) -> Callable[[Request], Awaitable[Response]]:
    async def respond(request: Request) -> Response:
        body = await request.body()
        try:
            with account.lock:
                return _json(action(account, request, body))
        except ValidationError as error:
            problems = error.errors(include_url=False, include_context=False, include_input=False)
            return _json({"problems": problems}, status=422)

    return respond


def _json(body: Json, status: int = 200) -> Response:
    return Response(json_bytes(body), status_code=status, media_type="application/json")


def _show_clock(account: OfficialAccount, _request: Request, _body: bytes) -> Json:
    now = account.clock.now_ms()
    return {"now": now, "vietnam_time": vietnam_time(now).isoformat(), "mode": account.clock.mode}


def _set_clock(account: OfficialAccount, request: Request, body: bytes) -> Json:
    wanted = ClockSetting.model_validate_json(body)
    if wanted.real:
        account.clock.follow_real_time()
    if wanted.stop_at is not None:
        account.clock.stop_at(round(wanted.stop_at.timestamp() * SECOND))
    if wanted.run_from is not None:
        account.clock.run_from(round(wanted.run_from.timestamp() * SECOND))
    if wanted.advance_ms is not None:
        account.clock.advance(wanted.advance_ms)
    return _show_clock(account, request, body)


def _add_messages(src: int, account: OfficialAccount, _request: Request, body: bytes) -> Json:
    return {"message_ids": account.conversations.add(MESSAGES.validate_json(body), src)}


def _put_citizens(account: OfficialAccount, _request: Request, body: bytes) -> Json:
    citizens = CITIZENS.validate_json(body)
    for citizen in citizens:
        account.citizens.put(citizen)
    return {"citizens": len(citizens)}


def _show_faults(account: OfficialAccount, _request: Request, _body: bytes) -> Json:
    kinds = {kind.value: described.meaning for kind, described in KINDS.items()}
    return {"on": [fault.shown() for fault in account.faults.on], "kinds": kinds}


def _switch_on(account: OfficialAccount, _request: Request, body: bytes) -> Json:
    return account.faults.switch_on(FaultOrder.model_validate_json(body)).shown()


def _switch_off(account: OfficialAccount, request: Request, _body: bytes) -> Json:
    account.faults.switch_off(request.path_params.get("id"))
    return {"on": [fault.shown() for fault in account.faults.on]}


def _show_knobs(account: OfficialAccount, _request: Request, _body: bytes) -> Json:
    return account.knobs.model_dump(mode="json")


def _turn_knobs(account: OfficialAccount, request: Request, body: bytes) -> Json:
    """Change the knobs in place, all or none: every part of the account looks at this one object."""
    turned = Knobs.model_validate_json(body)
    for name in turned.model_fields_set:
        setattr(account.knobs, name, getattr(turned, name))
    return _show_knobs(account, request, body)


def _show_credentials(account: OfficialAccount, _request: Request, _body: bytes) -> Json:
    identity = account.identity
    known = {"app_id": identity.app_id, "secret_key": identity.secret_key, "oa_id": identity.oa_id}
    return known | asdict(account.grants.pair)


def _mint(account: OfficialAccount, request: Request, body: bytes) -> Json:
    account.grants.pair = account.grants.consent()
    return _show_credentials(account, request, body)


def _revoke(account: OfficialAccount, _request: Request, body: bytes) -> Json:
    refresh = Revocation.model_validate_json(body or b"{}").refresh
    account.grants.revoke(refresh=refresh)
    return {"access": "revoked", "refresh": "revoked" if refresh else "kept"}


def _mint_code(account: OfficialAccount, _request: Request, body: bytes) -> Json:
    order = CodeOrder.model_validate_json(body or b"{}")
    return {"code": account.grants.code(order.code_challenge), "oa_id": account.identity.oa_id}


def _show_requests(account: OfficialAccount, request: Request, _body: bytes) -> Json:
    asked = LogQuery.model_validate(dict(request.query_params))
    return {"requests": account.log.shown(asked.path, asked.after, asked.limit)}


def _clear_requests(account: OfficialAccount, _request: Request, _body: bytes) -> Json:
    account.log.clear()
    return {"requests": []}


def _show_sent(account: OfficialAccount, request: Request, _body: bytes) -> Json:
    user_id = request.query_params.get("user_id")
    return {"sent": [asdict(sent) for sent in account.sending.sent if user_id in (None, sent.to)]}


def _show_articles(account: OfficialAccount, _request: Request, _body: bytes) -> Json:
    return {"articles": [asdict(article) for article in account.articles.ready()]}


def _put_media(account: OfficialAccount, request: Request, body: bytes) -> Json:
    name = request.path_params["name"]
    account.media[name] = (request.headers.get("content-type", "application/octet-stream"), body)
    return {"url": f"{request.url.scheme}://{request.url.netloc}/_media/{name}"}


def _reset(account: OfficialAccount, request: Request, body: bytes) -> Json:
    account.reset()
    return _show_credentials(account, request, body)
