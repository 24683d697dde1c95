"""Without this file every route would find ledger, clock and keys in its own way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Annotated, Self
from uuid import UUID

from anyio.to_thread import run_sync
from fastapi import Depends
from starlette.requests import Request

from api.cursors import Cursors
from api.exports import Exports
from api.kept_answers import KeptAnswers
from api.key_ring import KeyRing
from api.position_watcher import PositionWatcher
from api.read_sessions import ReadSessions
from api.write_headers import KeysInFlight
from domain.principal import Principal
from ledger.application import PetitionLedger
from ledger.database import Database
from projections.kept_timelines import KeptTimelines
from replay.published import LoggedFigures

FINGERPRINT_KEY = "fingerprint"


@dataclass(frozen=True)
class Services:
    """What the routes work with; made once per process.

    Attributes:
        ledger: Commands.
        sessions: Connections for reads.
        keys: Who is calling.
        watcher: How far log and read models have come.
        cursors: Places in lists.
        in_flight: Keys this process is working on.
        answers: Answers of reads, under their tags.
        timelines: Timelines of petitions, without names and texts.
        exports: Large files, made beside the requests.
        replays: Held by the only replay of the log that runs in this process.
        get_now: The host's clock, aware.
        get_petition_id: Returns the id of a new petition.
        report_failure: Logs an error nobody foresaw and returns the id it is logged under.
    """

    ledger: PetitionLedger
    sessions: ReadSessions
    keys: KeyRing
    watcher: PositionWatcher
    cursors: Cursors
    in_flight: KeysInFlight
    answers: KeptAnswers
    timelines: KeptTimelines
    exports: Exports
    replays: Lock
    get_now: Callable[[], datetime]
    get_petition_id: Callable[[], UUID]
    report_failure: Callable[[BaseException], str]

    @classmethod
    def of(
        cls,
        database: Database,
        get_now: Callable[[], datetime],
        get_petition_id: Callable[[], UUID],
        report_failure: Callable[[BaseException], str],
        export_folder: Path | None = None,
    ) -> Self:
        """Return the services of one ledger; nothing connects yet.

        Args:
            database: The ledger; left open.
            get_now: The host's clock, aware.
            get_petition_id: Returns the id of a new petition.
            report_failure: Logs an error nobody foresaw and returns its id.
            export_folder: Where large exports are kept; None for as long as the process lives.
        """
        ledger = PetitionLedger(database, get_now, figures=LoggedFigures(database))
        sessions = ReadSessions(database)
        return cls(
            ledger=ledger,
            sessions=sessions,
            keys=KeyRing(sessions, get_now),
            watcher=PositionWatcher(database),
            cursors=Cursors(lambda: ledger.reader.read_secret(FINGERPRINT_KEY)),
            in_flight=KeysInFlight(),
            answers=KeptAnswers(),
            timelines=KeptTimelines(),
            exports=Exports(database, export_folder, get_now),
            replays=Lock(),
            get_now=get_now,
            get_petition_id=get_petition_id,
            report_failure=report_failure,
        )

    def close(self) -> None:
        """Give up threads and connections. Blocking; the database is left open."""
        self.watcher.close()
        self.exports.close()
        self.ledger.close()
        self.sessions.close()


async def _services(request: Request) -> Services:
    services = request.app.state.services
    if not isinstance(services, Services):
        raise TypeError("create_app puts the services into the application's state")
    return services


async def _caller(request: Request, services: Annotated[Services, Depends(_services)]) -> Principal:
    # Absent only where the access rule let somebody in without a key: then this must fail.
    caller = request.scope["state"]["caller"]
    if not isinstance(caller, Principal):
        raise TypeError("the access rule puts the caller into the request's state")
    # A command looks at the roster by itself; only who is bound to a unit can have kin.
    if caller.unit is None or request.method != "GET":
        return caller
    # Who waits for a write may wait for one of the roster's, which the watcher has not seen.
    if services.watcher.is_fresh and "wait_for" not in request.query_params:
        version = services.watcher.seen.roster_version
        if (known := services.ledger.recall_kin(caller, version)) is not None:
            return known
    return await run_sync(services.ledger.with_kin, caller)


Serving = Annotated[Services, Depends(_services)]
Caller = Annotated[Principal, Depends(_caller)]
