"""The arguments and options of the commands that write claims and decide on them."""

from dataclasses import dataclass
from typing import Annotated

from typer import Argument, Option

from graph_service.cli.desk import Format
from graph_service.domain.claims import Modality, Outcome, Stance, Strength
from graph_service.domain.identity import Verdict
from graph_service.domain.sources import Reliability

_SOURCE = "A source that is not known yet"

By = Annotated[str, Option(metavar="NAME", help="Who writes, as the log will say.")]
Key = Annotated[
    str | None,
    Option(metavar="KEY", help="Names this write, so that a retry is not done twice."),
]
HowShown = Annotated[Format | None, Option(help="Default: table on a terminal, JSON when piped.")]
Editing = Annotated[
    bool, Option("--edit", help="Fill in a form with your editor (VISUAL or EDITOR).")
]


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposeForm:
    """Claims to propose: from files, from options, or written in an editor."""

    files: Annotated[
        list[str] | None,
        Argument(metavar="FILE…", help="Files of native records; - for standard input."),
    ] = None
    subject: Annotated[
        str | None, Option(metavar="ACTOR", help="An actor: an id, a name or an alias.")
    ] = None
    relation: Annotated[str | None, Option(metavar="NAME", help="A relation: backs, arms.")] = None
    object: Annotated[str | None, Option(metavar="ACTOR", help="The other actor.")] = None
    when: Annotated[
        str | None, Option(metavar="DATES", help="2024-07-31, 2024, 2023-10/.., /.., [..2024].")
    ] = None
    source: Annotated[str | None, Option(metavar="ID", help="The source that says so.")] = None
    confidence: Annotated[
        float | None, Option(metavar="NUMBER", help="How sure the reading is: above 0, below 1.")
    ] = None
    locator: Annotated[
        str | None, Option(metavar="TEXT", help="Where in the source: paragraph 4.")
    ] = None
    passage: Annotated[str | None, Option(metavar="TEXT", help="The words of the source.")] = None
    stance: Annotated[Stance | None, Option(help="Whether the source says that it is so.")] = None
    modality: Annotated[Modality | None, Option(help="How the act is told.")] = None
    strength: Annotated[Strength | None, Option(help="The degree that the source gives.")] = None
    outcome: Annotated[Outcome | None, Option(help="How a mediation went.")] = None
    attributed_to: Annotated[
        str | None, Option(metavar="TEXT", help="Whose word the source reports.")
    ] = None
    amount: Annotated[float | None, Option(metavar="NUMBER", help="A number.")] = None
    unit: Annotated[str | None, Option(metavar="TEXT", help="What the amount counts.")] = None
    episode: Annotated[str | None, Option(metavar="ID", help="The episode it belongs to.")] = None
    coder: Annotated[str | None, Option(metavar="NAME", help="Who read the source.")] = None
    source_title: Annotated[
        str | None, Option(metavar="TEXT", help="Its title.", rich_help_panel=_SOURCE)
    ] = None
    published: Annotated[
        str | None, Option(metavar="DATE", help="When.", rich_help_panel=_SOURCE)
    ] = None
    publisher: Annotated[
        str | None, Option(metavar="NAME", help="By whom.", rich_help_panel=_SOURCE)
    ] = None
    url: Annotated[str | None, Option(help="Where it is found.", rich_help_panel=_SOURCE)] = None
    reliability: Annotated[
        Reliability | None,
        Option(help="A completely reliable, F cannot be judged.", rich_help_panel=_SOURCE),
    ] = None
    origin: Annotated[
        str | None,
        Option(metavar="NAME", help="The owner or agency behind it.", rich_help_panel=_SOURCE),
    ] = None
    new_actor: Annotated[
        list[str] | None,
        Option(metavar="ID:KIND:NAME", help="An actor that is not known yet; as often as needed."),
    ] = None
    edit: Editing = False
    dry_run: Annotated[
        bool,
        Option("--dry-run", help="Check everything, say what would be written, write nothing."),
    ] = False
    by: By = "desk"
    idempotency_key: Key = None
    format: HowShown = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DecideForm:
    """Decisions on evidence."""

    verdict: Annotated[
        str | None, Argument(metavar="VERDICT", help="accept, reject or retract.")
    ] = None
    ids: Annotated[
        list[str] | None, Argument(metavar="ID…", help="Ids of evidence, or of whole claims.")
    ] = None
    reason: Annotated[
        str | None, Option(metavar="TEXT", help="Why; a retraction has a reason.")
    ] = None
    expected: Annotated[
        int | None,
        Option(metavar="N", min=0, help="The entry you had seen: refused if the claim changed."),
    ] = None
    listed: Annotated[bool, Option("--list", help="What waits for a decision.")] = False
    actor: Annotated[
        str | None, Option(metavar="ACTOR", help="With --list or --edit: only what is about it.")
    ] = None
    limit: Annotated[
        int, Option(min=1, max=1000, help="With --list or --edit: how many pieces of evidence.")
    ] = 50
    file: Annotated[
        str | None,
        Option(metavar="FILE", help="Decisions as JSON, one a line; - for standard input."),
    ] = None
    edit: Editing = False
    by: By = "desk"
    idempotency_key: Key = None
    format: HowShown = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimForm:
    """One claim."""

    id: Annotated[str, Argument(metavar="ID", help="The id of a claim, or of evidence on it.")]
    format: HowShown = None


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgeForm:
    """Two actors, and whether they are one."""

    left: Annotated[str, Argument(metavar="LEFT", help="An actor: an id, a name or an alias.")]
    right: Annotated[str, Argument(metavar="RIGHT", help="The other one.")]
    verdict: Annotated[Verdict, Argument(help="Whether they are one.")]
    reason: Annotated[str | None, Option(metavar="TEXT", help="Why.")] = None
    by: By = "desk"
    format: HowShown = None
