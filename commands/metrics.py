"""Without this file nobody could look up what a printed rate counts."""

import click

from commands.invocation import Invocation
from commands.language import say
from domain.text import Text

_METRICS = Text(
    "列出全部指标定义：标识与版本、名称、公式、来源、状态。",
    "List every definition of every metric: version, name, formula, source and state.",
)
_JSON = Text("输出 JSON（taizhang.metrics/1）。", "Print JSON (taizhang.metrics/1).")
_EVER = Text("一直有效", "always")


@click.command("metrics", help=say(_METRICS))
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def metrics(invocation: Invocation, *, as_json: bool) -> None:
    """Print the catalogue of metrics."""
    from commands.json_text import print_json
    from commands.reading import open_reading
    from commands.table_text import Column, print_table
    from domain.metric_catalogue import BUILT_IN_SOURCE
    from domain.metric_definition import MetricState
    from domain.other_metrics import OTHER_METRICS
    from projections.metric_definitions import read_catalogue

    with open_reading(invocation) as reading:
        entries = read_catalogue(reading.connection).entries
    if as_json:
        print_json(
            {
                "schema": "taizhang.metrics/1",
                "rates": [
                    {
                        "reference": each.definition.reference,
                        "label": each.definition.label._asdict(),
                        "numerator": list(each.definition.numerator),
                        "less": list(each.definition.less),
                        "denominator": list(each.definition.denominator),
                        "state": each.state.value,
                        "effective_on": each.effective_on and each.effective_on.isoformat(),
                        "source": each.source,
                    }
                    for each in entries
                ],
                "others": [
                    {
                        "reference": each.reference,
                        "label": each.label._asdict(),
                        "formula": each.formula._asdict(),
                    }
                    for each in OTHER_METRICS
                ],
            }
        )
        return
    print_table(
        [
            Column(Text("指标", "metric"), is_number=False),
            Column(Text("名称", "name"), is_number=False),
            Column(Text("公式", "formula"), is_number=False),
            Column(Text("状态", "state"), is_number=False),
            Column(Text("生效日", "effective on"), is_number=False),
            Column(Text("来源", "source"), is_number=False),
        ],
        [
            *(
                [
                    each.definition.reference,
                    say(each.definition.label),
                    each.definition.formula,
                    say(each.state.label),
                    str(each.effective_on or say(_EVER)),
                    each.source,
                ]
                for each in entries
            ),
            *(
                [
                    each.reference,
                    say(each.label),
                    say(each.formula),
                    say(MetricState.BUILT_IN.label),
                    say(_EVER),
                    BUILT_IN_SOURCE,
                ]
                for each in OTHER_METRICS
            ),
        ],
    )
