"""Without this file enterprises of different cities could not be counted by size."""

from domain.vocabulary import Labelled


class EnterpriseSize(Labelled):
    """Size by the national standard; what nobody stated is never guessed."""

    LARGE = "large", "大型", "large"
    MEDIUM = "medium", "中型", "medium"
    SMALL = "small", "小型", "small"
    MICRO = "micro", "微型", "micro"
    NOT_RECORDED = "not_recorded", "未记录", "not recorded"


class LiaisonSide(Labelled):
    """Whose fixed liaison somebody is (domain.md §1.1: both sides have one)."""

    GOVERNMENT = "government", "政府方", "government"
    ENTERPRISE = "enterprise", "企业方", "enterprise"
