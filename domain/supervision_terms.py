"""Without this file an order of one supervision office would mean something else in another."""

from domain.vocabulary import Labelled


class SupervisionState(Labelled):
    """How far a supervision order has come."""

    PROPOSED = "proposed", "待立项", "proposed"
    DISMISSED = "dismissed", "不予立项", "dismissed"
    OPEN = "open", "督办中", "open"
    CLOSED = "closed", "已销号", "closed"


class CircularState(Labelled):
    """Whether a circular stands; the unit is heard before it does."""

    ISSUED = "issued", "复核期内", "issued, may be challenged"
    CHALLENGED = "challenged", "复核中", "challenged"
    UPHELD = "upheld", "维持", "upheld"
    REVOKED = "revoked", "撤销", "revoked"


class SupervisionFinding(Labelled):
    """What the supervision office found when it closed an order."""

    RECTIFIED = "rectified", "整改到位", "rectified"
    PARTLY = "partly", "部分整改", "partly rectified"
    NOT_RECTIFIED = "not_rectified", "未整改到位", "not rectified"
    UNFOUNDED = "unfounded", "问题不成立", "unfounded"
