"""From records to periods."""

import pandas as pd
from demand_classes import demand_per_period

RECORDS = pd.DataFrame(
    [
        ["pump", "2026-01-05", 2],
        ["pump", "2026-01-30", 1],
        ["pump", "2026-04-11", 4],
        ["seal", "2026-03-01", 9],
    ],
    columns=["item", "date", "demand"],
)


def test_sums_a_period_and_fills_the_gaps_with_0() -> None:
    periods = demand_per_period(RECORDS, every="month")
    pump = periods[periods["item"] == "pump"]
    assert pump["period"].astype(str).tolist() == ["2026-01", "2026-02", "2026-03", "2026-04"]
    assert pump["demand"].tolist() == [3, 0, 0, 4]


def test_an_item_begins_with_its_own_first_record_and_ends_with_the_last_of_all() -> None:
    periods = demand_per_period(RECORDS, every="month")
    seal = periods[periods["item"] == "seal"]
    assert seal["period"].astype(str).tolist() == ["2026-03", "2026-04"]
    assert seal["demand"].tolist() == [9, 0]


def test_the_order_of_records_does_not_matter() -> None:
    backwards = demand_per_period(RECORDS[::-1], every="week")
    pd.testing.assert_frame_equal(backwards, demand_per_period(RECORDS, every="week"))
