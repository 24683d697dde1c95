"""Without this file a list of cases or services would have no address."""

from typing import Final

from api.routes import (
    assessment_appeals,
    backlog,
    custody,
    deadlines,
    enterprise_profiles,
    promises,
    public_replies,
    services,
    session_board,
    supervision_ledger,
    upward_reports,
)

BOARD_ROUTERS: Final = (
    deadlines.router,
    promises.router,
    backlog.router,
    upward_reports.router,
    public_replies.router,
    custody.router,
    session_board.router,
    supervision_ledger.router,
    enterprise_profiles.router,
    assessment_appeals.router,
    services.router,
)
"""Routes that list what read models hold."""
