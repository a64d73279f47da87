"""The command line: thin commands over the same questions that the API asks.

Exit codes: 0 an answer, 1 no result, 2 usage, 3 refused, 4 unavailable.
"""

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated

import typer
from typer.main import get_command

from graph_service.cli import (
    asking,
    claims,
    copying,
    deciding,
    evaluating,
    exporting,
    files,
    forms,
    forms_copying,
    forms_evaluating,
    forms_exporting,
    forms_importing,
    forms_keys,
    forms_questions,
    forms_writing,
    identifying,
    importing,
    importing_table,
    judging,
    keys,
    other_questions,
    proposing,
    questions,
    upkeep,
)
from graph_service.cli.desk import open_desk
from graph_service.cli.failures import ANSWERED, NO_RESULT, USAGE, is_debugging, report

DEFAULT_STORE = "sqlite:graph.sqlite"
_NAME = "graph-service"


def main(args: Sequence[str] | None = None) -> int:
    """Run one command (without `args`, the one that this process was called with); answers its
    exit code."""
    command = get_command(command_line())
    try:
        code = command.main(args=args, prog_name=_NAME, standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NO_RESULT
    except Exception as error:
        if is_debugging():
            raise
        return report(error, open_desk(DEFAULT_STORE).err)
    return int(code or ANSWERED)


def command_line() -> typer.Typer:
    """Every command under the name that it is called by."""
    app = typer.Typer(name=_NAME, invoke_without_command=True)
    app.callback()(_enter)
    _add_questions(app)
    app.command("claim")(forms.as_command(forms_writing.ClaimForm, claims.claim))
    app.command("propose")(forms.as_command(forms_writing.ProposeForm, proposing.propose))
    app.command("decide")(forms.as_command(forms_writing.DecideForm, deciding.decide))
    app.command("judge")(forms.as_command(forms_writing.JudgeForm, judging.judge))
    app.command("resolve")(forms.as_command(identifying.ResolveForm, identifying.resolve))
    app.command("candidates")(forms.as_command(identifying.CandidatesForm, identifying.candidates))
    app.command("serve")(forms.as_command(forms_keys.ServeForm, upkeep.serve))
    app.command("mcp")(forms.as_command(forms_keys.McpForm, upkeep.mcp))
    app.command("copy")(forms.as_command(forms_copying.CopyForm, copying.copy, takes_store=False))
    app.command("verify")(forms.as_command(forms_copying.VerifyForm, copying.verify))
    app.command("evaluate")(
        forms.as_command(forms_evaluating.EvaluateForm, evaluating.evaluate, takes_store=False)
    )
    app.command("doctor")(forms.as_command(forms.NoForm, upkeep.doctor))
    app.command(
        "bench",
        add_help_option=False,
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    )(upkeep.bench)
    takers = typer.Typer(help="Take in files of claims.")
    takers.command("native")(forms.as_command(forms.ImportForm, files.import_native))
    takers.command("table")(
        forms.as_command(importing_table.TableForm, importing_table.import_table)
    )
    for name, act in importing.commands():
        takers.command(name)(forms.as_command(forms_importing.ImportFilesForm, act))
    app.add_typer(takers, name="import")
    app.command("export")(forms.as_command(forms_exporting.ExportForm, exporting.export))
    app.add_typer(_holders(), name="keys")
    return app


def _add_questions(app: typer.Typer) -> None:
    app.command("leverage")(forms.as_command(forms.LeverageForm, questions.leverage))
    app.command("influence")(forms.as_command(forms.InfluenceForm, questions.influence))
    app.command("neighbours")(forms.as_command(forms.NeighboursForm, questions.neighbours))
    app.command("paths")(forms.as_command(forms.PathsForm, questions.paths))
    for name, form in forms_questions.FORMS.items():
        app.command(name)(forms.as_command(form, getattr(other_questions, name)))
    app.command("ask")(forms.as_command(forms.AskForm, asking.ask))


def _holders() -> typer.Typer:
    holders = typer.Typer(help="Say who may write, and who may read a private service.")
    holders.command("add")(forms.as_command(forms_keys.AddKeyForm, keys.add_key))
    holders.command("list")(forms.as_command(forms_keys.ListKeysForm, keys.list_keys))
    holders.command("revoke")(forms.as_command(forms_keys.RevokeKeyForm, keys.revoke_key))
    return holders


def _enter(
    ctx: typer.Context,
    store: Annotated[
        str,
        typer.Option(
            metavar="URL",
            envvar="GRAPH_SERVICE_STORE",
            help="The store: sqlite:PATH, memory:, bolt://HOST.",
        ),
    ] = DEFAULT_STORE,
    show_version: Annotated[
        bool, typer.Option("--version", help="Say which version this is.")
    ] = False,
) -> int:
    """A knowledge graph of actors: who has leverage over whom, with dates and sources."""
    desk = open_desk(store)
    ctx.obj = desk
    if show_version:
        desk.out.print(f"{_NAME} {version(_NAME)}")
        raise typer.Exit(ANSWERED)
    if ctx.invoked_subcommand is None:
        ctx.get_help()
        raise typer.Exit(USAGE)
    return ANSWERED
