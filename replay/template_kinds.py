"""Without this file the monthly and yearly forms would have no names."""

from domain.vocabulary import Labelled


class Template(Labelled):
    """Forms that offices hand in every month, quarter or year."""

    CLOSURE_MONTHLY = "closure-monthly", "办结情况月报", "Closure report"
    UNIT_RANKING = "unit-ranking", "部门考评排名", "Unit ranking"
    SATISFACTION = "satisfaction-callback", "满意度回访报告", "Satisfaction and callback report"
    SUPERVISION = "supervision-ledger", "督办台账", "Supervision ledger"
    SESSIONS = "session-results", "活动成效", "Session results"

    @property
    def is_of_rates(self) -> bool:
        """Whether it is made of petitions' integers, and so can be told of any instant."""
        return self not in {Template.SUPERVISION, Template.SESSIONS}


def find_template(text: str) -> Template | None:
    """Return the template of an identifier, or of its name in either language; pure."""
    wanted = text.casefold()
    for each in Template:
        if wanted in {each.value, each.label.zh, each.label.en.casefold()}:
            return each
    return None
