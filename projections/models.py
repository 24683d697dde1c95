"""Without this file the program would not know which read models it has."""

from typing import Final

from projections.activity_counts import ActivityCounts
from projections.assessment_appeals import AssessmentAppeals
from projections.enterprise_profile import EnterpriseProfiles
from projections.incomplete_scopes import IncompleteScopes
from projections.metric_definitions import MetricDefinitions
from projections.model import ModelFactory
from projections.petitions import Petitions
from projections.policies import Policies
from projections.session_board import SessionBoard
from projections.supervision_ledger import SupervisionLedger
from projections.units import Units

MODELS: Final[tuple[ModelFactory, ...]] = (
    Units,
    Petitions,
    Policies,
    ActivityCounts,
    EnterpriseProfiles,
    SessionBoard,
    SupervisionLedger,
    AssessmentAppeals,
    IncompleteScopes,
    MetricDefinitions,
)
"""Every read model. Units first: the roster may fix the zone that petitions are counted in."""
