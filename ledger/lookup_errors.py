"""Without this file a missing petition, roster or pack would look like a broken program."""

from uuid import UUID

from domain.errors import unknown_petition
from domain.resource import Resource
from domain.text import Text
from ledger.errors import LedgerError


class UnknownPetitionError(LedgerError):
    """No petition has this id."""

    code = "unknown-petition"

    def __init__(self, petition_id: UUID | str) -> None:
        super().__init__(unknown_petition(petition_id))


class UnknownAggregateError(LedgerError):
    """No session, enterprise, … has this id."""

    def __init__(self, resource: Resource, aggregate_id: UUID) -> None:
        super().__init__(
            Text(
                f"没有标识为 {aggregate_id} 的{resource.label.zh}；未作任何记录，请核对标识。",
                f"there is no {resource.label.en} {aggregate_id}; nothing was recorded, check "
                "its id.",
            )
        )
        self.code = resource.unknown_code


class AlreadyOpenedError(LedgerError):
    """What is to begin is there already, under the id that its name gives."""

    code = "already-opened"

    def __init__(self, resource: Resource, aggregate_id: UUID) -> None:
        super().__init__(
            Text(
                f"该{resource.label.zh}已经建立，标识为 {aggregate_id}；未作任何记录，"
                "请在其上继续办理。",
                f"the {resource.label.en} is there already, as {aggregate_id}; nothing was "
                "recorded, go on with it.",
            )
        )


class LedgerNotOpenedError(LedgerError):
    """The ledger has no roster or no policy pack in force yet."""

    code = "ledger-not-opened"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "台账尚未建册：没有名册或没有采用规则包；未作任何记录，"
                "请先运行 taizhang open --help，按说明建册。",
                "the ledger is not opened: it has no roster or no policy pack in force; nothing "
                "was recorded, see 'taizhang open --help' and open it first.",
            )
        )


class UnknownPackError(LedgerError):
    """No policy pack of this id was published in the ledger."""

    code = "unknown-pack"

    def __init__(self, pack_id: str) -> None:
        super().__init__(
            Text(
                f"台账中没有发布规则包“{pack_id}”；未作任何更改，请先发布。",
                f"no policy pack '{pack_id}' is published in this ledger; nothing was changed, "
                "publish it first.",
            )
        )
