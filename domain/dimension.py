"""Without this file figures could be grouped by anything."""

from domain.vocabulary import Labelled


class Dimension(Labelled):
    """What figures are grouped by."""

    TOTAL = "total", "合计", "total"
    UNIT = "unit", "单位", "unit"
    TYPE = "type", "类型", "type"
    CHANNEL = "channel", "渠道", "channel"
    REGION = "region", "区域", "region"
