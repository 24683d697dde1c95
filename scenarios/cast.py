"""Without this file the people of a play would have to be invented act by act."""

from domain.principal import Principal
from domain.vocabulary import Role

HUB = "hub"


def staff(role: Role, unit: str = HUB, person: str = "") -> Principal:
    """Return the account in which a unit plays a role; accounts are named by function.

    Args:
        role: The role.
        unit: The unit.
        person: Tells a second person of the same function from the first.
    """
    suffix = f"-{person}" if person else ""
    return Principal(actor_id=f"{unit}-{role.value}{suffix}", role=role, unit=unit)


def petitioner(account: str) -> Principal:
    """Return the liaison of an enterprise."""
    return Principal(actor_id=account, role=Role.PETITIONER)


def liaison(firm: int) -> str:
    """Return the account of a fictional firm's liaison, by the firm's number."""
    return f"liaison-{firm:03d}"


ADMIN = Principal(actor_id="demo-admin", role=Role.ADMIN)
INTAKE = staff(Role.INTAKE)
DISPATCHER = staff(Role.DISPATCHER)
REVIEWER = staff(Role.REVIEWER)
CALLER = staff(Role.CALLBACK)
