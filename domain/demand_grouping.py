"""Without this file topics and forecasts could be grouped by anything."""

from domain.vocabulary import Labelled


class DemandGrouping(Labelled):
    """What petitions are grouped by to see what is asked for."""

    TOTAL = "total", "合计", "total"
    TYPE = "type", "类型", "type"
    CATEGORY = "category", "类别", "category"
    CHANNEL = "channel", "渠道", "channel"
    REGION = "region", "区域", "region"
