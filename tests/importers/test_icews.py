import pytest

from graph_service.domain.errors import InvalidRecord
from graph_service.importers.icews import FORMAT
from tests.importers.events import (
    events,
    evidence,
    kinds,
    records,
    source_of,
    state_of,
    ties,
)
from tests.importers.icews import HEADER, IRAN, QATAR, SYRIA, coded, row, table, took
from tests.importers.intake import taken


def test_an_event_becomes_a_claim_that_cites_its_publisher_and_story() -> None:
    graph = took(row()).graph
    assert events(graph) == {("iran", "meets", "qatar", "2018-06-01")}
    (piece,) = evidence(graph)
    assert (piece.locator, piece.confidence, piece.status) == ("story 77", 0.75, "accepted")
    source = source_of(graph, piece)
    assert (source.id, source.title, source.origin) == (
        "icews-gulf-daily", "Gulf Daily", "gulf-daily",
    )  # fmt: skip


def test_columns_named_with_underscores_and_commas_between_them_are_the_same_file() -> None:
    header = ",".join(name.lower().replace(" ", "_") for name in HEADER)
    cells = row(("Police (Iran)", '"Police,Government"', "Iran"), QATAR, Intensity="1.0")
    text = f"{header},year,yearmonth\n{','.join(cells)},2018,201806\n"
    tabbed = took(row(("Police (Iran)", "Police,Government", "Iran"), QATAR))
    assert records(taken(FORMAT, text).graph)[0].claim == records(tabbed.graph)[0].claim


def test_a_story_that_tells_an_event_often_and_from_both_sides_is_one_piece_of_evidence() -> None:
    visits = [
        row(IRAN, QATAR, CAMEO_Code="042", Sentence_Number="1"),
        row(QATAR, IRAN, CAMEO_Code="043", Sentence_Number="1"),
        row(QATAR, IRAN, CAMEO_Code="043", Sentence_Number="5"),
    ]
    told = took(*visits)
    assert told.summary.taken == 3
    assert events(told.graph) == {("iran", "meets", "qatar", "2018-06-01")}
    assert len(evidence(told.graph)) == 1


def test_other_stories_and_publishers_of_an_event_are_further_evidence() -> None:
    told = took(row(), row(Story_ID="78"), row(Story_ID="79", Publisher="Post"))
    assert len(events(told.graph)) == 1
    assert {(piece.source, piece.locator) for piece in evidence(told.graph)} == {
        ("icews-gulf-daily", "story 77"),
        ("icews-gulf-daily", "story 78"),
        ("icews-post", "story 79"),
    }


def test_publishers_that_differ_by_case_are_one_source() -> None:
    graph = took(row(Publisher="Gulf Daily"), row(Publisher="GULF  DAILY")).graph
    assert len(evidence(graph)) == 1


def test_a_publisher_called_by_a_year_is_not_the_data_set_of_that_year() -> None:
    graph = took(row(("Police (Iran)", "Police", "Iran"), Publisher="2018")).graph
    (piece,) = evidence(graph)
    assert source_of(graph, piece).publisher == "2018"
    (tie,) = (found for found in records(graph) if found.claim.relation == "part_of")
    assert source_of(graph, tie.evidence[0]).kind == "data set"


def test_an_event_without_publisher_or_story_cites_the_data_set_and_the_event() -> None:
    graph = took(row(Publisher="NA", Story_ID="", Event_ID="9")).graph
    (piece,) = evidence(graph)
    assert piece.locator == "event 9"
    assert source_of(graph, piece).origin == "icews"


def test_ministries_forces_and_leaders_keep_their_names_and_belong_to_their_state() -> None:
    actors = [
        ("Foreign Affairs (Iran)", "Executive,Foreign Ministry,Government", "Iran"),
        ("Military (Iran)", "Military,Government", "Iran"),
        ("Police (Iran)", "Police,Government", "Iran"),
        ("Government (Iran)", "Government", "Iran"),
        ("Legislature (Iran)", "Government,Legislative / Parliamentary", "Iran"),
        ("Citizen (Iran)", "General Population / Civilian / Social,Social", "Iran"),
        ("Lawmaker (Iran)", "Government,Legislative / Parliamentary", "Iran"),
        ("Farrokh Testname", "Government,Executive,Executive Office", "Iran"),
        ("Iranian Testforce Army", "Military,Government", "Iran"),
    ]
    graph = took(*(row(actor) for actor in actors)).graph
    assert ties(graph) == {
        ("foreign-affairs-iran", "part_of", "iran", "[..2018-06-01]/"),
        ("military-iran", "part_of", "iran", "[..2018-06-01]/"),
        ("police-iran", "part_of", "iran", "[..2018-06-01]/"),
        ("government-iran", "heads", "iran", "[..2018-06-01]/"),
        ("legislature-iran", "organ_of", "iran", "[..2018-06-01]/"),
        ("citizen-iran", "organ_of", "iran", "[..2018-06-01]/"),
        ("lawmaker-iran", "organ_of", "iran", "[..2018-06-01]/"),
        ("farrokh-testname", "holds_office_in", "iran", "[..2018-06-01]/"),
        ("iranian-testforce-army", "part_of", "iran", "[..2018-06-01]/"),
    }


def test_how_actors_belong_is_told_once_a_year_since_the_first_day_that_they_act() -> None:
    police = ("Police (Iran)", "Police,Government", "Iran")
    days = ("2018-06-09", "2018-06-01", "2019-01-02", "2018-12-31")
    graph = took(*(row(police, Event_Date=day) for day in days)).graph
    told = [record for record in records(graph) if record.claim.relation == "part_of"]
    assert [record.claim.when.text for record in told] == ["[..2018-06-01]/", "[..2019-01-02]/"]
    source = source_of(graph, told[0].evidence[0])
    assert (source.id, source.published, source.origin) == ("icews-2018", "2018", "icews")


@pytest.mark.parametrize(
    ("actor", "kind"),
    [
        (("Armed Rebel (Syria)", "Rebel,Dissident", "Syria"), "armed_group"),
        (("Main Opposition (Syria)", "Dissident", "Syria"), "coalition"),
        (("Protester (Syria)", "Dissident", "Syria"), "people"),
        (("Criminal (Syria)", "Criminals / Gangs", "Syria"), "people"),
        (("Business (Syria)", "Business", "Syria"), "organisation"),
        (("Nadim Testname", "Parties,Dissident,Opposition Major Party", "Syria"), "person"),
        (("Farid Testname", "Government,Dissident", "Syria"), "person"),
    ],
)
def test_who_stands_apart_from_a_state_has_no_tie_to_it(
    actor: tuple[str, str, str], kind: str
) -> None:
    graph = took(row(actor)).graph
    assert kinds(graph)[actor[0]] == kind
    assert ties(graph) == set()


def test_countries_are_the_states_of_the_reference_set_under_any_of_their_names() -> None:
    names = ("Russian Federation", "Russia", "Congo", "Democratic Republic of Congo")
    graph = took(*(row((name, "", name)) for name in names)).graph
    assert {told[0] for told in events(graph)} <= {
        "russia", "congo", "dr-congo", "republic-of-the-congo", "qatar",
        "democratic-republic-of-the-congo",
    }  # fmt: skip
    assert set(kinds(graph).values()) == {"state"}


def test_statements_nobody_and_ties_to_oneself_are_skipped_and_counted() -> None:
    told = took(
        coded("010"), coded("090"), row(("Unspecified Actor", "Unspecified", "")), row(IRAN, IRAN)
    )
    assert told.summary.skipped == {
        "a mere statement (CAMEO 01)": 1,
        "an investigation (CAMEO 09)": 1,
        "no identified actor": 1,
        "a tie of an actor to itself": 1,
    }
    assert not records(told.graph)


def test_codes_without_a_relation_are_counted_by_code() -> None:
    assert took(coded("999"), coded("999"), coded("888")).summary.unmapped == {"999": 2, "888": 1}


def test_wrong_cells_are_refused_with_line_and_field_while_the_rest_goes_in() -> None:
    told = took(
        row(),
        row(Event_Date="2018-02-30"),
        row(Event_Date="99999999"),
        coded("4x"),
        row(Event_Date="2999-01-01"),
        row(SYRIA),
    )
    assert [(found.line, found.field) for found in told.refused] == [
        (3, "Event Date"), (4, "Event Date"), (5, "CAMEO Code"), (6, "Event Date"),
    ]  # fmt: skip
    assert len(events(told.graph)) == 2


def test_codes_that_lost_their_zeros_are_restored_or_refused() -> None:
    told = took(coded("40"), coded("12"), coded("57"), coded("111"))
    assert {found[1] for found in events(told.graph)} == {"meets", "agrees_with", "denounces"}
    assert [(found.line, found.field) for found in told.refused] == [(3, "CAMEO Code")]
    assert "012" in told.refused[0].reason


def test_the_code_decides_in_a_file_that_has_kept_its_zeros() -> None:
    told = took(coded("12"), coded("040"))
    assert not told.refused
    assert {found[1] for found in events(told.graph)} == {"meets", "denounces"}


def test_another_table_is_refused_as_a_whole_saying_what_is_missing() -> None:
    with pytest.raises(InvalidRecord, match="no table of ICEWS events") as raised:
        taken(FORMAT, "date\tsubject\trelation\tobject\n")
    assert (raised.value.field, raised.value.line) == ("Event Date", 1)


def test_the_user_may_wish_for_another_confidence_and_reliability() -> None:
    graph = taken(FORMAT, table([row()]), confidence=0.3, reliability="A").graph
    (piece,) = evidence(graph)
    assert piece.confidence == 0.3
    assert source_of(graph, piece).reliability == "A"


def test_the_same_file_twice_changes_nothing() -> None:
    text = table([row(), row(("Police (Iran)", "Police", "Iran")), coded("173")])
    once = taken(FORMAT, text)
    before = state_of(once.graph)
    again = taken(FORMAT, text, once.graph)
    assert again.summary.entries == 0
    assert state_of(again.graph) == before
