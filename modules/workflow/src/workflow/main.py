"""The steps, in order: replace them with your own.

A step is a plain function. It is given the paths of its inputs, then those of its outputs, reads
the first and writes the second. It can be called, and tested, without the rest.
"""

import csv
from collections import defaultdict
from pathlib import Path

from workflow.steps import Step


def keep_paid(orders: Path, paid: Path) -> None:
    """Orders with customer, date, quantity and amount → those with an amount above 0."""
    with orders.open(newline="") as source, paid.open("w", newline="") as target:
        reader = csv.DictReader(source)
        writer = csv.DictWriter(target, reader.fieldnames or [])
        writer.writeheader()
        writer.writerows(order for order in reader if float(order["amount"]) > 0)


def sum_months(paid: Path, months: Path) -> None:
    """Orders with date and amount → the sum of the amounts in each month."""
    amounts: dict[str, float] = defaultdict(float)
    with paid.open(newline="") as source:
        for order in csv.DictReader(source):
            amounts[order["date"][:7]] += float(order["amount"])
    with months.open("w", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["month", "amount"])
        writer.writerows((month, f"{amount:.2f}") for month, amount in sorted(amounts.items()))


STEPS = (
    Step(keep_paid, inputs=("orders.csv",), outputs=("paid.csv",)),
    Step(sum_months, inputs=("paid.csv",), outputs=("months.csv",)),
)
