from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.un_votes import FORMAT, MOST_CITED
from graph_service.importers.un_votes_agreement import agreement
from tests.importers.intake import taken
from tests.importers.un_votes import LINE, WORDS, ballots, pairs, records, table, un, votes


@given(ballots, ballots)
def test_agreement_is_what_counting_vote_by_vote_gives(one: list[str], other: list[str]) -> None:
    both = [(a, b) for a, b in zip(one, other, strict=False) if "-" not in (a, b)]
    worth = {("y", "n"): 0.0, ("n", "y"): 0.0}
    seen = [how for pair in both for how in pair]

    found = agreement(votes(one), votes(other))

    if not both:
        assert found is None
        return
    assert found is not None
    share = sum(worth.get(pair, 1.0 if pair[0] == pair[1] else 0.5) for pair in both) / len(both)
    chance = sum(
        worth.get((a, b), 1.0 if a == b else 0.5) * seen.count(a) * seen.count(b) / len(seen) ** 2
        for a, b in product("yna", repeat=2)
    )
    assert found.votes == len(both)
    assert found.share == pytest.approx(share)
    if len(set(seen)) == 1:
        assert found.beyond_chance is None
    else:
        assert found.beyond_chance == pytest.approx((share - chance) / (1 - chance))


@given(ballots, ballots)
def test_agreement_is_mutual_and_never_more_than_full(one: list[str], other: list[str]) -> None:
    found = agreement(votes(one), votes(other))

    assert found == agreement(votes(other), votes(one))
    if found is not None and found.beyond_chance is not None:
        assert found.beyond_chance <= found.share <= 1
        assert (found.beyond_chance == 1) is (found.alike == found.votes)


@given(ballots, ballots, st.floats(0, 1))
def test_a_share_below_the_least_is_no_agreement(
    one: list[str], other: list[str], least: float
) -> None:
    found = agreement(votes(one), votes(other))
    enough = found is not None and found.share >= least

    assert agreement(votes(one), votes(other), least=least) == (found if enough else None)


def test_states_that_vote_alike_are_aligned_in_that_year() -> None:
    found = un(table({"Iran": LINE, "Syria": LINE, "Canada": "nnnyyyyyynyy"}))

    (record,) = records(found.graph)
    assert pairs(found.graph) == {("iran", "syria", "1990")}
    piece = record.evidence[0]
    assert (piece.amount, piece.unit, piece.confidence) == (1.0, "share of 12 votes", 0.6)
    assert piece.source == "un-ga-votes-1990"
    assert found.graph.source(piece.source).origin == "un-general-assembly"
    assert found.summary.rows == found.summary.taken == 36


def test_the_resolutions_are_cited_the_lonely_ones_first() -> None:
    others = {name: "y" * 20 for name in ("Canada", "France", "Japan")}

    found = un(table({"Iran": "y" * 18 + "nn", "Syria": "y" * 18 + "nn"} | others))

    locator = next(
        record.evidence[0].locator
        for record in records(found.graph)
        if record.claim.subject == "iran"
    )
    assert locator is not None
    assert locator.startswith("alike on R/19, R/20, R/1, ")
    assert f" and {20 - MOST_CITED} more; opposed on 0; beyond chance 1.00" in locator


def test_who_only_ever_votes_yes_is_aligned_with_nobody() -> None:
    found = un(table({"Iran": "y" * 40, "Syria": "y" * 40, "Canada": "y" * 39 + "n"}))

    assert pairs(found.graph) == set()
    assert found.summary.taken == 120


def test_votes_of_which_few_are_common_tell_nothing() -> None:
    cast = {"Iran": LINE[:9], "Syria": LINE[:9]}

    assert pairs(un(table(cast)).graph) == set()
    assert pairs(un(table(cast), votes="9").graph) == {("iran", "syria", "1990")}


def test_how_far_a_pair_must_agree_can_be_wished() -> None:
    cast = {"Iran": LINE, "Syria": "yyynnnaayyay"}

    assert pairs(un(table(cast), agreement="0.9").graph) == set()
    assert pairs(un(table(cast), agreement="0.5").graph) == {("iran", "syria", "1990")}


def test_years_are_counted_apart_or_by_windows() -> None:
    rows = "".join(
        table({"Iran": LINE[:6], "Syria": LINE[:6]}, year=year, first=place * 100)
        for place, year in enumerate((1990, 1991, 1995))
    )

    assert pairs(un(rows).graph) == set()
    assert pairs(un(rows, window="5").graph) == {("iran", "syria", "1990/1994")}


def test_rows_may_come_in_any_order() -> None:
    rows = table({"Iran": LINE, "Syria": LINE, "Canada": "nnnyyyyyynyy"}).splitlines(keepends=True)

    there, back = un("".join(rows)), un("".join(reversed(rows)))

    assert pairs(there.graph) == pairs(back.graph)
    assert there.summary.taken == back.summary.taken


def test_roll_calls_may_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    listed = tmp_path / "roll_calls.csv"
    listed.write_text(
        "rcid,session,date,unres\n"
        + "".join(f"{number},1,1990-03-01,\n" for number in range(1, 13))
        + "x,1,1990-03-01,R/1\n13,1,unknown,R/1\n"
    )
    rows = "".join(
        f"{bit + 1},{country},{code},{WORDS[how]}\n"
        for country, code in (("Iran", "IR"), ("Syria", "SY"))
        for bit, how in enumerate(LINE)
    )

    found = taken(
        FORMAT,
        f"rcid,country,country_code,vote\n{rows}13,Iran,IR,yes\n",
        more={"roll_calls": str(listed)},
    )

    assert pairs(found.graph) == {("iran", "syria", "1990")}
    assert "roll call 1," in str(records(found.graph)[0].evidence[0].locator)
    assert [refusal.reason for refusal in found.refused] == ["roll call 13 has no date"]


def test_votes_without_dates_need_the_list_of_roll_calls() -> None:
    with pytest.raises(InvalidRecord, match="name the list of roll calls too, as roll_calls"):
        taken(FORMAT, "rcid,country,country_code,vote\n1,Iran,IR,yes\n")
    with pytest.raises(InvalidRecord, match="No such file"):
        un(table({"Iran": LINE}), roll_calls="nowhere.csv")


def test_members_keep_their_codes_and_those_that_are_no_more_their_names() -> None:
    cast = dict.fromkeys(
        ("Iran", "Yugoslavia", "Federal Republic of Germany", "Yemen Arab Republic"), LINE
    )

    found = un(table(cast, codes={"Iran": "IR", "Yugoslavia": "YU"}))
    later = un(table(cast | {"Yemen": LINE}, year=1995))

    assert {subject for one, other, _ in pairs(found.graph) for subject in (one, other)} == {
        "iran", "yugoslavia", "germany", "north-yemen",
    }  # fmt: skip
    assert dict(found.graph.actor("iran").ids)["un"] == "IR"
    assert ("iran", "serbia-and-montenegro", "1995") in pairs(later.graph)


def test_the_numbers_of_the_voting_data_are_votes_too() -> None:
    numbered = table({"Iran": LINE, "Syria": LINE})
    for word, number in (("yes", "1"), ("abstain", "2"), ("no", "3")):
        numbered = numbered.replace(f",{word},", f",{number},")

    found = un(f"{numbered}99,Iran,IR,8,1990-03-01,R/99\n")

    assert pairs(found.graph) == {("iran", "syria", "1990")}
    assert found.summary.skipped == {"no vote was cast": 1}


def test_a_vote_that_was_told_is_not_counted_again() -> None:
    found = un(table({"Iran": "yn"}) + table({"Iran": "yy"}))

    assert found.summary.skipped == {"said by an earlier row": 2}
    assert found.summary.taken == 2
