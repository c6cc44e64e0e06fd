"""`zalo-desk classifier`: the fitted models, and which one decides."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from desk.console.stopped_desk import needs_the_desk
from desk.rules.calendar import local_time
from desk.runtime.artifacts import ArtifactError
from desk.runtime.database import transaction
from desk.runtime.office import current
from desk.runtime.promoting import UnknownVersionError, promote, roll_back
from desk.runtime.settings import settings
from desk.store.classifier_versions import VersionState, find_versions

_STATES = {
    VersionState.SHADOW: "chờ, chưa dùng",
    VersionState.PROMOTED: "đang dùng",
    VersionState.RETIRED: "thôi dùng",
}


class Act(StrEnum):
    """What may be asked of the models."""

    LIST = "list"
    PROMOTE = "promote"
    ROLLBACK = "rollback"


@needs_the_desk()
def classifier(
    act: Annotated[Act, typer.Argument(help="list: xem; promote: đưa vào dùng; rollback: quay lại bản trước")],
    version: Annotated[str, typer.Argument(help="mấy chữ đầu của tên phiên bản, với promote")] = "",
    by: Annotated[str, typer.Option(help="Mã cán bộ quyết định (khai báo, chưa xác thực)")] = "",
) -> None:
    """List the models with how good they are, or change which one decides."""
    if act is not Act.LIST and not by:
        print("Đổi phiên bản thì phải ghi ai quyết định: --by mã cán bộ.", file=sys.stderr)
        raise typer.Exit(2)
    try:
        with transaction() as connection:
            office, data_dir = current(connection).office, settings().data_dir
            if act is Act.PROMOTE:
                promote(connection, office, data_dir, version, acting_officer=by)
            elif act is Act.ROLLBACK:
                roll_back(connection, office, data_dir, acting_officer=by)
            versions = find_versions(connection)
    except (UnknownVersionError, ArtifactError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None
    for one in versions:
        figures = ", ".join(f"{name} {value}" for name, value in one.metrics.items())
        print(
            f"{one.sha256[:12]}  {_STATES[one.state]}  học lúc {local_time(one.trained_at):%H:%M %d/%m/%Y}  {figures}"
        )
    if not versions:
        print("Chưa có phiên bản nào: các cụm từ trong office/phrases.yaml đang quyết định.")
