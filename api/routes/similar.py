"""Without this file no clerk could see over HTTP how a matter was answered before."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.operation import describe_read
from api.reading import answer_itself, waiting_for
from api.seen_positions import LOG
from api.services import Caller, Serving
from api.similar_views import SIMILAR, SimilarView, show_similar
from api.visibility import STAFF, opens_personal
from domain.petition_facts import PetitionFacts
from domain.text import Text
from domain.visibility import sees_whole
from ledger.lookup_errors import UnknownPetitionError
from replay.demand_similar import MATCHES_MAX, find_similar, read_question
from replay.demand_words import count_words

router: Final = APIRouter(prefix="/v1/petitions", tags=["petitions"])

_SIMILAR: Final = Text("相似的既往诉求及其答复", "find similar petitions and their replies")


@router.get(
    "/{petition_id}/similar",
    operation_id="find_similar_petitions",
    dependencies=[allow_roles(STAFF, _SIMILAR), waiting_for(LOG)],
    **describe_read(_SIMILAR, SimilarView, SIMILAR, 404),
)
def find_similar_petitions(
    petition_id: UUID,
    caller: Caller,
    request: Request,
    serving: Serving,
    limit: Annotated[int, Query(ge=1, le=MATCHES_MAX)] = 10,
) -> Response:
    """Return the petitions whose words are most like this one's, with outcome and reply.

    Only what the caller may see is among them, and never a confidential petition. Petitions
    filed after `words_position` cannot be found yet. The tag is the answer's own, since an
    erasure changes it without an event.
    """

    def is_visible(facts: PetitionFacts) -> bool:
        # A peer follows a course and reads nobody's words.
        return sees_whole(caller, facts)

    with serving.sessions.snapshot() as connection:
        timeline, texts = read_question(connection, petition_id)
        if not is_visible(timeline.facts):
            raise UnknownPetitionError(petition_id)
        similar = find_similar(
            connection,
            count_words(texts),
            petition_id=petition_id,
            may_see=is_visible,
            open_personal=opens_personal(caller),
            matches_max=limit,
        )
    return answer_itself(request, show_similar(similar), similar.place.position)
