"""Without this file no enterprise could be entered, corrected, marked or put into a group."""

from typing import ClassVar
from uuid import UUID

from domain.command import Line
from domain.credit_code import validate_credit_code
from domain.enterprise import Enterprise, Particulars
from domain.enterprise_terms import EnterpriseSize
from domain.errors import GuardError
from domain.resource import AggregateCommand, OpeningCommand
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text

ENTERPRISE = Text("企业", "enterprise")


class RecordEnterprise(OpeningCommand[Enterprise], frozen=True, kw_only=True):
    """Enter an enterprise; its stream follows from its code, so it can be entered once."""

    label: ClassVar = Text("登记企业", "record an enterprise")
    roles: ClassVar = who_may("RecordEnterprise")

    credit_code: Line
    name: Line
    industry: Line
    size: EnterpriseSize = EnterpriseSize.NOT_RECORDED
    region: Line | None = None
    key_enterprise: bool = False

    @property
    def stream_name(self) -> str:
        """The enterprise's own: one code, one stream."""
        return f"enterprise/{self.credit_code}"

    def create(self, aggregate_id: UUID, situation: Situation) -> Enterprise:
        """Return the enterprise.

        Raises:
            InvalidCreditCodeError: the code is not valid in its normal form.
        """
        return Enterprise.begin(
            Enterprise.Created,
            aggregate_id,
            situation.act,
            credit_code=validate_credit_code(self.credit_code),
            particulars=Particulars(
                name=self.name, industry=self.industry, size=self.size, region=self.region
            ),
            key_enterprise=self.key_enterprise,
        )


class ReviseEnterprise(AggregateCommand[Enterprise], frozen=True, kw_only=True):
    """Say what is known of it from now on, all of it."""

    label: ClassVar = Text("变更企业信息", "revise the enterprise")
    path: ClassVar = "revisions"
    roles: ClassVar = who_may("ReviseEnterprise")

    name: Line
    industry: Line
    size: EnterpriseSize
    region: Line | None

    def decide(self, aggregate: Enterprise, situation: Situation) -> None:
        """Record particulars that differ.

        Raises:
            GuardError: ``nothing-revised``.
        """
        particulars = Particulars(
            name=self.name, industry=self.industry, size=self.size, region=self.region
        )
        if particulars == aggregate.particulars:
            raise GuardError(
                "nothing-revised",
                "企业信息与现有记录相同；未作任何更改，无需变更。",
                "the particulars are those on record; nothing was changed, there is nothing to "
                "revise.",
            )
        aggregate.record(Enterprise.Revised, situation.act, particulars=particulars)


class MarkKeyEnterprise(AggregateCommand[Enterprise], frozen=True, kw_only=True):
    """Make it a key enterprise, or no longer, on a stated basis."""

    label: ClassVar = Text("认定重点企业", "mark a key enterprise")
    path: ClassVar = "key-marks"
    roles: ClassVar = who_may("MarkKeyEnterprise")

    key_enterprise: bool
    basis: Line

    def decide(self, aggregate: Enterprise, situation: Situation) -> None:
        """Record the change.

        Raises:
            GuardError: ``nothing-revised``.
        """
        if self.key_enterprise is aggregate.key_enterprise:
            raise GuardError(
                "nothing-revised",
                "重点企业认定与现有记录相同；未作任何更改，无需重复认定。",
                "the mark is the one on record; nothing was changed, there is nothing to revise.",
            )
        aggregate.record(
            Enterprise.KeyEnterpriseMarked,
            situation.act,
            key_enterprise=self.key_enterprise,
            basis=self.basis,
        )
