"""A petition that is on every list for its unit, and is then hidden from that unit."""

import dataclasses
from collections.abc import Iterator
from typing import Any, cast
from uuid import UUID

from msgspec import structs
from msgspec.structs import replace

from domain.backlogs import ClearBacklog
from domain.confidentiality import MarkConfidential
from domain.transfers import TransferAssignment
from domain.vocabulary import Role
from ledger.codec import DomainEvent
from tests.integration.government_log import life
from tests.integration.story_log import given
from tests.unit.given_when_then import DAY, MINUTE, START, Deed, Story
from tests.unit.government_lives import LIVES, OPEN_ORDER
from tests.unit.petition_stories import CLOSED, EXPLAIN, LIST, PUBLISH, SIGN, SUBMISSION
from tests.unit.petition_stories import IN_PROGRESS as ORDINARY
from tests.unit.resource_story import FIRM, PETITION
from tests.unit.test_tracked_promises import PLAN
from tests.unit.test_upward_duties import REPORTED, TOLD

SECRET = str(PETITION)
IN_PROGRESS = (Deed(replace(SUBMISSION, enterprise=FIRM), Role.PETITIONER), *ORDINARY[1:])
OTHER = UUID(int=11)
"""A petition like it that stays open to everybody."""
BOTH = dataclasses.replace(
    OPEN_ORDER,
    command=structs.replace(cast("Any", OPEN_ORDER.command), petitions=(PETITION, OTHER)),
)
HIDE = Deed(MarkConfidential(accused_unit="bureau", reason="举报承办单位。"), Role.DISPATCHER)


def open_story(number: int = PETITION.int) -> Story:
    """Return a petition that the bureau planned, explained, reported, put off and gave away."""
    transfer = TransferAssignment(to_unit="roads", reason="职责所在。")
    return given(
        number,
        *IN_PROGRESS,
        Deed(replace(PLAN, due_at=START + DAY), Role.HANDLER),
        Deed(EXPLAIN, Role.HANDLER),
        TOLD,
        REPORTED,
        Deed(LIST, Role.REVIEWER),
        Deed(ClearBacklog(note="已批复。"), Role.REVIEWER),
        Deed(transfer, Role.DISPATCHER, after=MINUTE),
        Deed(SIGN, Role.HANDLER, unit="roads", after=DAY),
    )


def secret_story() -> Story:
    """Return the same petition once it is hidden from the bureau."""
    return open_story().and_then(HIDE)


def public_story() -> Story:
    """Return a petition whose reply is public."""
    return given(12, *CLOSED, Deed(PUBLISH, Role.REVIEWER))


def beside() -> Iterator[DomainEvent]:
    """Yield a session, orders, an enterprise and an appeal that name the petition."""
    for place, name in enumerate(("session", "supervision", "enterprise", "appeal")):
        yield from life(900 + place, *LIVES[name])
    yield from life(950, OPEN_ORDER)
    yield from life(951, BOTH)
