"""Without this file two commands could print JSON in two ways."""

import sys
from collections.abc import Mapping

import click


def print_json(document: Mapping[str, object]) -> None:
    """Write one JSON document to stdout, as text a terminal of any encoding can show.

    Args:
        document: Plain values alone; its first member names its schema.
    """
    import json

    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    click.echo(json.dumps(document, ensure_ascii=encoding != "utf8", indent=2))
