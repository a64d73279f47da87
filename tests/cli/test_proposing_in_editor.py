import re
from pathlib import Path

import pytest

from graph_service.cli.composing import FIELDS, Sketch
from graph_service.cli.forms_writing import ProposeForm
from graph_service.cli.proposal_form import form_of, read_form
from graph_service.cli.proposing import propose
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.ontology import load_ontology
from tests.cli.conftest import Cli, Edits, desk_at_terminal, entries, kept, printed

PREFILLED = ("--subject", "Iran", "--object", "Hamas", "--source", "article-2024-09")
FILL_IN = """
for field, value in (("relation", "backs"), ("when", "2024-07/.."), ("confidence", "0.7")):
    text = text.replace(field + ' = ""', field + ' = "' + value + '"', 1)
"""


def test_a_form_is_prefilled_filled_in_and_proposed(
    cli: Cli, own: str, editor: Edits, tmp_path: Path
) -> None:
    forms = editor(FILL_IN)

    ran = cli("--store", own, "propose", "--edit", *PREFILLED)

    assert ran.code == 0
    told = cli("--store", own, "claim", *ran.body["data"]["claims"]).body["data"]
    assert (told["subject"], told["relation"], told["when"]) == ("iran", "backs", "2024-07/..")
    assert 'subject = "Iran"' in (forms / "0").read_text("utf-8")
    assert kept(tmp_path) == []


def test_the_form_explains_every_word_of_the_ontology() -> None:
    ontology = load_ontology()
    form = form_of(Sketch(), ontology)

    assert all(re.search(rf"^#   {name} ", form, re.MULTILINE) for name in ontology.relations)
    assert all(re.search(rf"^#kind = .*\b{kind}\b", form, re.MULTILINE) for kind in ontology.kinds)
    assert all(
        re.search(rf"^#?{field} = ", form, re.MULTILINE)
        for kind in FIELDS.values()
        for field in kind
    )


def test_everything_that_the_form_offers_can_be_filled_in(
    cli: Cli, own: str, editor: Edits
) -> None:
    editor(
        'text = """'
        '[[source]]\nid = "wire"\ntitle = "A wire"\npublished = 2024-08-02\n'
        '[[episode]]\nid = "hill-talks"\nkind = "talks"\nname = "Hill talks"\nwhen = "2024/.."\n'
        '[[actor]]\nid = "hill-front"\nkind = "armed_group"\nname = "Hill Front"\naliases = ["HF"]\n'
        '[[claim]]\nsubject = "HF"\nrelation = "attacks"\nobject = "Iran"\nwhen = 2024-07-31\n'
        'source = "wire"\nconfidence = "0.7"\namount = 3\nunit = "rockets"\nstance = ""\n'
        'episode = "hill-talks"\n'
        '[[claim]]\nsubject = "HF"\nrelation = "attacks"\nobject = "Iran"\nwhen = 2024\n'
        'source = "wire"\nconfidence = 0.6\n[[claim]]\nsubject = ""\n"""'
    )

    ran = cli("--store", own, "propose", "--edit")

    assert ran.code == 0
    first, second = (
        cli("--store", own, "claim", id_).body["data"] for id_ in ran.body["data"]["claims"]
    )
    assert (first["subject"], first["when"], second["when"]) == (
        "hill-front",
        "2024-07-31",
        "2024",
    )
    assert (first["evidence"][0]["amount"], first["episode"]) == (3, "hill-talks")


@pytest.mark.parametrize(
    "program",
    ["pass", "text = ''", "text = '# nothing\\n\\n'", "path.unlink(); sys.exit()"],
    ids=["unchanged", "empty", "comments", "removed"],
)
def test_an_empty_or_unchanged_form_writes_nothing(
    cli: Cli, own: str, editor: Edits, tmp_path: Path, program: str
) -> None:
    editor(program)

    ran = cli("--store", own, "propose", "--edit", *PREFILLED)

    assert ran.code == 1
    assert "nothing was written" in ran.err
    assert entries(cli, own) == "80"
    assert kept(tmp_path) == []


def test_a_wrong_form_is_opened_again_with_the_reason_and_all_that_was_typed(
    own: str, editor: Edits, tmp_path: Path
) -> None:
    forms = editor(
        FILL_IN.replace("backs", "bakcs"),
        "text = text.replace('bakcs', 'backs').replace('2024-07/..', '2024/2023')",
        "text = text.replace('confidence = \"0.7\"', 'confidence = 0,7')",
        "text = text.replace('0,7', '0.7').replace('2024/2023', '2024/..')",
    )
    here = desk_at_terminal(own)
    form = ProposeForm(edit=True, subject="Iran", object="Hamas", source="article-2024-09")

    assert propose(here, form) == 0

    opened = [(forms / str(turn)).read_text("utf-8").splitlines() for turn in range(4)]
    assert not opened[0][0].startswith("#!")
    assert opened[1][:2] == [
        "#! relation: 'bakcs' is no relation of the ontology",
        "#! Did you mean: backs?",
    ]
    assert opened[2][0] == "#! when: '2024/2023' ends before it starts"
    assert "confidence = 0,7" in opened[3][0]
    assert opened[3][1].startswith("# Claims to propose")
    assert "Iran backs Hamas" in printed(here.out)
    assert kept(tmp_path) == []


def test_the_table_that_is_wrong_is_named(own: str, editor: Edits) -> None:
    forms = editor(
        FILL_IN + 'text += \'[[claim]]\\nsubject = "Iran"\\nobject = "Atlantis"\\n'
        'relation = "backs"\\nwhen = "/.."\\nsource = "article-2024-09"\\nconfidence = 0.5\\n\'',
        "pass",
    )
    form = ProposeForm(edit=True, subject="Iran", object="Hamas", source="article-2024-09")

    with pytest.raises(InvalidRecord):
        propose(desk_at_terminal(own), form)

    assert "#! claim 2: object: no actor 'Atlantis'" in (forms / "1").read_text("utf-8")


def test_where_nobody_can_mend_it_the_text_is_kept_and_can_be_gone_on_with(
    cli: Cli, own: str, editor: Edits, tmp_path: Path
) -> None:
    editor(FILL_IN.replace("backs", "bakcs"), "text = text.replace('bakcs', 'backs')")

    refused = cli("--store", own, "propose", "--edit", *PREFILLED)
    [path] = kept(tmp_path)
    mended = cli("--store", own, "propose", "--edit", str(path))

    assert refused.code == 3
    assert f"What was typed is kept in {path}" in refused.err
    assert "bakcs" in path.read_text("utf-8")
    assert path.stat().st_mode & 0o077 == 0
    assert mended.code == 0


@pytest.mark.parametrize(
    ("ending", "says"),
    [("sys.exit(3)", "ended with 3"), ("os.kill(os.getpid(), signal.SIGINT)", "ended with")],
    ids=["failed", "interrupted"],
)
def test_an_interrupted_editor_writes_nothing_and_loses_nothing(
    cli: Cli, own: str, editor: Edits, tmp_path: Path, ending: str, says: str
) -> None:
    editor(f"{FILL_IN}\npath.write_text(text, 'utf-8')\n{ending}")

    ran = cli("--store", own, "propose", "--edit", *PREFILLED)

    assert ran.code == 1
    assert says in ran.err
    assert entries(cli, own) == "80"
    [path] = kept(tmp_path)
    assert 'relation = "backs"' in path.read_text("utf-8")


def test_bytes_that_are_no_text_are_not_lost(
    cli: Cli, own: str, editor: Edits, tmp_path: Path
) -> None:
    editor("path.write_bytes(b'[[claim]]\\nsubject = \"\\xff\"\\n'); sys.exit()")

    assert cli("--store", own, "propose", "--edit").code == 3
    [path] = kept(tmp_path)
    assert b"\xff" in path.read_bytes()


def test_a_dry_run_checks_a_form_and_writes_nothing(cli: Cli, own: str, editor: Edits) -> None:
    editor(FILL_IN)

    ran = cli("--store", own, "propose", "--edit", "--dry-run", *PREFILLED, "--format", "table")

    assert ran.code == 0
    assert "1 would be taken" in ran.out
    assert entries(cli, own) == "80"


@pytest.mark.parametrize(
    ("editor_is", "says"),
    [
        ("", "no editor is set"),
        ("'vi", "VISUAL or EDITOR cannot be read"),
        ("/nowhere/vi --wait", "the editor /nowhere/vi cannot be started"),
    ],
)
def test_without_an_editor_it_says_how_to_set_one(
    cli: Cli, own: str, monkeypatch: pytest.MonkeyPatch, editor_is: str, says: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor_is)

    ran = cli("--store", own, "propose", "--edit")

    assert ran.code == 2
    assert says in ran.err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('subject = "Iran"\n', "'subject' stands outside of a table"),
        ('[claim]\nsubject = "Iran"\n', r"two brackets: \[\[claim\]\]"),
        ("[[claim]]\nsubject = Iran\n", "subject = Iran"),
        (f"[[claim]]\namount = {'9' * 5_000}\n", "cannot be read"),
        (f"[[claim]]\nwhen = {'[' * 5_000}\n", "cannot be read"),
    ],
)
def test_a_form_that_cannot_be_read_says_where(text: str, says: str) -> None:
    with pytest.raises(InvalidRecord, match=says):
        read_form(text)
