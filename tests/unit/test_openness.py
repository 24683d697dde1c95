"""Without this file a secret could be made public, or a reply be published by who wrote it."""

import pytest
from msgspec.structs import replace

from domain.archiving import DisposePetition
from domain.callbacks import OrderRework
from domain.confidentiality import MarkConfidential
from domain.corrections import CorrectRecord
from domain.errors import GuardError, ImpossibleTransitionError, NotPermittedError
from domain.metrics import steps
from domain.openness import public_reply
from domain.openness_events import (
    GreenChannelOpened,
    ReplyPublished,
    ReplyUnpublished,
    SharedWithGroup,
)
from domain.petition_facts import PetitionFacts
from domain.principal import Principal
from domain.replying import ApproveReply
from domain.running_clocks import running_clocks
from domain.visibility import is_peer, may_see
from domain.vocabulary import PetitionType, Role
from tests.unit.given_when_then import DAY, Deed, given
from tests.unit.petition_stories import (
    ACCEPTED,
    ARCHIVE,
    CALLBACK_PENDING,
    CALLED_BACK,
    CLOSED,
    HURRY,
    IN_PROGRESS,
    PUBLISH,
    REOPEN,
    REPLIED,
    REPLY,
    SHARE,
    SUBMISSION,
    UNPUBLISH,
    UNSOLVED,
    VOID,
)

DISPOSE = DisposePetition(reviewer_id="second", note="期满销毁。")
HIDE = Deed(MarkConfidential(reason="涉商业秘密。"), Role.DISPATCHER)
TIP_OFF = replace(SUBMISSION, petition_type=PetitionType.TIP_OFF)
NOW_A_TIP_OFF = Deed(
    CorrectRecord(field="petition_type", new="tip_off", reviewer_id="second", reason="实为举报。"),
    Role.INTAKE,
)
PUBLISHED = (*CLOSED, Deed(PUBLISH, Role.REVIEWER))
SHARED = (*IN_PROGRESS, Deed(SHARE, Role.INTAKE))


def petitioner(account: str) -> Principal:
    """Return somebody of a direct group."""
    return Principal(actor_id=account, role=Role.PETITIONER)


def is_public(facts: PetitionFacts) -> bool:
    """Return whether the public may read a reply now."""
    return public_reply(facts) is not None


@pytest.mark.parametrize("before", [CALLBACK_PENDING, CALLED_BACK, CLOSED])
def test_approved_reply_is_published_by_the_hub(before: tuple[Deed, ...]) -> None:
    """Before the callback as well as after the closing; the event names who answered."""
    story = given(*before).when(PUBLISH, Role.REVIEWER).then(ReplyPublished)
    reply = public_reply(story.facts)
    assert reply is not None
    assert reply.published_version == story.facts.version
    event = story.history[-1]
    assert isinstance(event, ReplyPublished)
    assert event.unit == "bureau"


def test_publication_changes_no_state() -> None:
    """A closed petition stays closed, also once its reply is taken down."""
    story = given(*PUBLISHED).when(UNPUBLISH, Role.REVIEWER).then(ReplyUnpublished)
    assert story.facts.state is given(*CLOSED).facts.state
    assert not is_public(story.facts)


def test_reply_is_not_published_when_it_is_not_approved() -> None:
    """What a reviewer has not let pass is nobody's to read."""
    given(*REPLIED).when(PUBLISH, Role.REVIEWER).refuses(GuardError, "reply-not-approved")


def test_reply_is_not_published_by_the_unit_that_answered() -> None:
    """Neither by its reviewer, nor by another unit's than a hub's, nor by its heir."""
    for unit in ("bureau", "roads"):
        attempt = given(*CLOSED).when(PUBLISH, Role.REVIEWER, unit=unit)
        attempt.refuses(NotPermittedError, "not-permitted")
    heir = given(*CLOSED).after_merger("bureau", "hub")
    heir.when(PUBLISH, Role.REVIEWER).refuses(NotPermittedError, "not-permitted")


def test_hub_publishes_no_answer_of_its_own() -> None:
    """Lent to the hub, a role still belongs to whoever is of the unit that answered."""
    attempt = given(*CLOSED).when(PUBLISH, Role.REVIEWER, unit="hub", home="bureau")
    attempt.refuses(NotPermittedError, "not-permitted")


def test_confidential_petition_is_never_published() -> None:
    """Marked before or after; a tip-off neither, though nobody marked it."""
    attempt = given(*CLOSED, HIDE).when(PUBLISH, Role.REVIEWER)
    attempt.refuses(GuardError, "confidential-not-public")
    tip_off = given(*CLOSED, NOW_A_TIP_OFF).when(PUBLISH, Role.REVIEWER)
    tip_off.refuses(GuardError, "confidential-not-public")
    assert not is_public(given(*PUBLISHED, HIDE).facts)
    assert not is_public(given(*PUBLISHED, NOW_A_TIP_OFF).facts)


def test_reply_is_published_once_in_a_cycle() -> None:
    """Also after it was taken down; the next cycle's reply may be published."""
    story = given(*PUBLISHED)
    story.when(PUBLISH, Role.REVIEWER).refuses(GuardError, "reply-published")
    down = story.and_then(Deed(UNPUBLISH, Role.REVIEWER))
    down.when(PUBLISH, Role.REVIEWER).refuses(GuardError, "reply-published")
    again = (Deed(REPLY, Role.HANDLER), Deed(ApproveReply(), Role.REVIEWER))
    reopened = down.and_then(Deed(REOPEN, Role.PETITIONER), *again)
    reopened.when(PUBLISH, Role.REVIEWER).then(ReplyPublished)


def test_reopening_leaves_the_public_reply_and_rework_ends_it() -> None:
    """The public reads on what was said, but not what a reviewer sent back."""
    reopened = given(*PUBLISHED, Deed(REOPEN, Role.PETITIONER))
    assert is_public(reopened.facts)
    reopened.when(PUBLISH, Role.REVIEWER).refuses(
        ImpossibleTransitionError, "impossible-transition"
    )
    reopened.when(UNPUBLISH, Role.REVIEWER).then(ReplyUnpublished)
    redone = given(
        *CALLBACK_PENDING,
        Deed(PUBLISH, Role.REVIEWER),
        Deed(UNSOLVED, Role.CALLBACK),
        Deed(OrderRework(reason="未解决。"), Role.REVIEWER),
    )
    assert not is_public(redone.facts)
    answered = redone.and_then(Deed(REPLY, Role.HANDLER), Deed(ApproveReply(), Role.REVIEWER))
    answered.when(PUBLISH, Role.REVIEWER).then(ReplyPublished)


def test_nothing_is_public_of_what_was_voided_or_destroyed() -> None:
    """It ends without an act of its own."""
    voided = given(*CALLBACK_PENDING, Deed(PUBLISH, Role.REVIEWER))
    assert is_public(voided.facts)
    assert not is_public(voided.and_then(Deed(VOID, Role.INTAKE)).facts)
    archived = given(*PUBLISHED, Deed(ARCHIVE, Role.SYSTEM, after=40 * DAY))
    assert is_public(archived.facts)
    destroyed = archived.and_then(Deed(DISPOSE, Role.INTAKE, after=11 * 366 * DAY))
    assert not is_public(destroyed.facts)


def test_nothing_is_taken_down_that_is_not_public() -> None:
    """Never published, or down already; and not by the unit that answered."""
    given(*CLOSED).when(UNPUBLISH, Role.REVIEWER).refuses(GuardError, "reply-not-public")
    down = given(*PUBLISHED, Deed(UNPUBLISH, Role.REVIEWER))
    down.when(UNPUBLISH, Role.REVIEWER).refuses(GuardError, "reply-not-public")
    attempt = given(*PUBLISHED).when(UNPUBLISH, Role.REVIEWER, unit="bureau")
    attempt.refuses(NotPermittedError, "not-permitted")


def test_green_channel_is_opened_once_and_moves_no_clock() -> None:
    """It is marked with its instant, and every clock runs as before."""
    before = given(*IN_PROGRESS)
    story = before.when(HURRY, Role.DISPATCHER).then(GreenChannelOpened)
    assert story.facts.green_channel_at == story.at
    assert running_clocks(story.facts) == running_clocks(before.facts)
    story.when(HURRY, Role.DISPATCHER).refuses(GuardError, "green-channel-open")


def test_openness_is_in_no_rate() -> None:
    """Hurrying, publishing and sharing change no measure of the petition."""
    before = given(*IN_PROGRESS)
    story = before.and_then(Deed(HURRY, Role.DISPATCHER), Deed(SHARE, Role.DISPATCHER))
    assert steps(story.facts) == steps(before.facts)
    assert steps(given(*PUBLISHED).facts) == steps(given(*CLOSED).facts)


def test_petition_is_shared_with_the_members_of_then() -> None:
    """Whoever joins later is added by name of account; nobody stands there twice."""
    story = given(*IN_PROGRESS).when(SHARE, Role.DISPATCHER).then(SharedWithGroup)
    story.when(SHARE, Role.INTAKE).refuses(GuardError, "shared-with-group")
    later = replace(SHARE, members=("petitioner-2", "petitioner-4"))
    story.when(later, Role.INTAKE).then(SharedWithGroup)
    twice = replace(SHARE, members=("petitioner-2", "petitioner-2"))
    given(*ACCEPTED).when(twice, Role.INTAKE).refuses(GuardError, "member-named-twice")


def test_secret_is_shared_with_no_group() -> None:
    """Neither a confidential petition nor a tip-off."""
    hidden = given(*IN_PROGRESS, HIDE).when(SHARE, Role.DISPATCHER)
    hidden.refuses(GuardError, "confidential-not-shared")
    accusing = given(Deed(TIP_OFF, Role.PETITIONER)).when(SHARE, Role.INTAKE)
    accusing.refuses(GuardError, "confidential-not-shared")


def test_peer_may_see_what_was_shared_until_it_is_a_secret() -> None:
    """Members of the group then, and nobody else; an accusation ends it for all of them."""
    story = given(*SHARED)
    peer, stranger = petitioner("petitioner-2"), petitioner("petitioner-9")
    assert may_see(peer, story.facts)
    assert is_peer(peer, story.facts)
    assert not may_see(stranger, story.facts)
    assert not may_see(peer, given(*IN_PROGRESS).facts)
    for secret in (HIDE, NOW_A_TIP_OFF):
        assert not may_see(peer, story.and_then(secret).facts)


def test_peer_is_nobody_who_sees_it_anyway() -> None:
    """The petitioner in the group stays the petitioner; a clerk of another unit is a peer."""
    named = replace(SHARE, members=("petitioner-1", "officer-1"))
    facts = given(*IN_PROGRESS, Deed(named, Role.INTAKE)).facts
    assert may_see(petitioner("petitioner-1"), facts)
    assert not is_peer(petitioner("petitioner-1"), facts)
    officer = Principal(actor_id="officer-1", role=Role.HANDLER, unit="roads")
    assert is_peer(officer, facts)
    handling = Principal(actor_id="officer-1", role=Role.HANDLER, unit="bureau")
    assert not is_peer(handling, facts)
    for role in set(Role) - {Role.PETITIONER, Role.HANDLER, Role.DEPARTMENT_HEAD}:
        assert not is_peer(Principal(actor_id="officer-1", role=role, unit="hub"), facts)
