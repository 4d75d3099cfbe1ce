"""The example calls of every op, gathered from the tables of the families."""

import examples_axes
import examples_fourier
import examples_linalg
import examples_parts
import examples_products
import examples_views

import examples

EXAMPLES = {}
for _table in (
    examples,
    examples_axes,
    examples_fourier,
    examples_linalg,
    examples_parts,
    examples_products,
    examples_views,
):
    for _op, _calls in _table.EXAMPLES.items():
        EXAMPLES.setdefault(_op, []).extend(_calls)
