"""Without this file whoever is measured by a sample could draw it."""

from typing import ClassVar, Final

from domain.command import Line
from domain.course import refuse_state
from domain.errors import GuardError
from domain.guards import refuse_second_self
from domain.resource import AggregateCommand, Resource
from domain.role_table import who_may
from domain.sample import Sample, SampleState
from domain.sample_commitment import CommitSample, Digest
from domain.sample_draw import seed_digest
from domain.sample_redraw import Redraw, redraw
from domain.situation import Situation
from domain.text import Text
from domain.visibility import OF_ONE_UNIT
from domain.vocabulary import Role

PART_LEN_MAX: Final = 1_000
"""Most petitions named in one event: 39 bytes each, of the 60,000 that an event may have."""


class DrawSample(AggregateCommand[Sample], frozen=True, kw_only=True):
    """Reveal the seed and draw; by somebody else than the one who sealed it."""

    label: ClassVar = Text("抽取样本", "draw the sample")
    path: ClassVar = "draw"
    roles: ClassVar = who_may("DrawSample")
    is_delegable: ClassVar = False

    seed: Digest

    def decide(self, aggregate: Sample, situation: Situation) -> None:
        """Record the seed and who is drawn, as anybody can draw them again.

        Raises:
            NotPermittedError: the actor committed to the sample.
            ImpossibleTransitionError: it is drawn or closed already.
            GuardError: ``seed-mismatch``, ``frame-changed``, ``drawn-confidential``.
        """
        refuse_second_self(aggregate.committer_id, situation)
        refuse_state(self.label, aggregate.state, SampleState.COMMITTED)
        if seed_digest(self.seed) != aggregate.seed_sha256:
            raise GuardError(
                "seed-mismatch",
                "种子与承诺的 SHA-256 不符；未作任何更改，请向承诺人索取原种子。",
                "the seed does not have the SHA-256 that was committed to; nothing was changed, "
                "ask whoever committed for the seed itself.",
            )
        source = situation.figures
        entry_hash = source.entry_hash(aggregate.id, Sample.INITIAL_VERSION).hex()
        petitions = source.petitions(aggregate.position)
        found = redraw(aggregate, petitions, self.seed, entry_hash)
        if found.frame_sha256 != aggregate.frame_sha256:
            raise GuardError(
                "frame-changed",
                "抽样框与承诺时的 SHA-256 不符；未作任何更改，请核验台账后另行承诺抽样。",
                "the frame does not have the SHA-256 that was committed to; nothing was changed, "
                "verify the ledger and commit to a new sample.",
            )
        _refuse_confidential(found, situation)
        aggregate.record(
            Sample.Drawn,
            situation.act,
            number=aggregate.number,
            seed=self.seed,
            entry_hash=entry_hash,
            population=sum(stratum.population for stratum in aggregate.strata),
            size=sum(stratum.size for stratum in aggregate.strata),
        )
        for stratum in aggregate.strata:
            ids = found.drawn[stratum.name]
            for start in range(0, len(ids), PART_LEN_MAX):
                aggregate.record(
                    Sample.StratumDrawn,
                    situation.act,
                    stratum=stratum.name,
                    population=stratum.population,
                    size=stratum.size,
                    petition_ids=ids[start : start + PART_LEN_MAX],
                )


class CloseSample(AggregateCommand[Sample], frozen=True, kw_only=True):
    """End a sample: later answers do not count. Undrawn, it is given up and stays on record."""

    label: ClassVar = Text("结束抽样", "close the sample")
    path: ClassVar = "closure"
    roles: ClassVar = who_may("CloseSample")
    is_delegable: ClassVar = False

    reason: Line

    def decide(self, aggregate: Sample, situation: Situation) -> None:
        """Record the end at the log's present position.

        Raises:
            ImpossibleTransitionError: it is closed already.
        """
        refuse_state(self.label, aggregate.state, SampleState.COMMITTED, SampleState.DRAWN)
        aggregate.record(
            Sample.Closed,
            situation.act,
            number=aggregate.number,
            position=situation.figures.position_known_at(None),
            reason=self.reason,
        )


def _refuse_confidential(found: Redraw, situation: Situation) -> None:
    """Refuse to put a petition on a list that was marked confidential since the commitment."""
    source = situation.figures
    named = frozenset(each for ids in found.drawn.values() for each in ids)
    if any(facts.confidential for facts in source.petitions(source.position_known_at(None), named)):
        raise GuardError(
            "drawn-confidential",
            "抽中的诉求中有承诺之后标为保密的，不得列入名单；未作任何更改，请结束本次抽样并说明理由，"
            "再另行承诺。",
            "a petition that would be drawn was marked confidential since the commitment and may "
            "be on no list; nothing was changed, close this sample with that reason and commit "
            "to a new one.",
        )


_UNCONCERNED: Final = OF_ONE_UNIT | {Role.INTAKE, Role.DISPATCHER, Role.ADMIN}
"""Who neither draws, asks, audits nor counts."""

SAMPLES = Resource(
    path="samples",
    label=Text("抽样", "sample"),
    aggregate=Sample,
    opening=(CommitSample,),
    commands=(DrawSample, CloseSample),
    hidden_from=_UNCONCERNED,
)
"""Samples as API, scenarios and documentation see them.

A unit that knew who will be asked about its work could prepare the answers.
"""
