"""Every setting, in one place; read from the environment (`GRAPH_SERVICE_…`) when it is made."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_STORE = "sqlite:graph.sqlite"


class Settings(BaseSettings):
    """What can be set from outside; handed to `create_app` and `serve`, and never changed.

    Sizes are bytes, times are seconds. `Settings(port=8001)` wins over `GRAPH_SERVICE_PORT`.
    """

    model_config = SettingsConfigDict(env_prefix="GRAPH_SERVICE_", frozen=True, extra="forbid")

    store: str = Field(default=DEFAULT_STORE, min_length=1, description="The store, as a URL.")
    host: str = Field(default="127.0.0.1", min_length=1, description="The address to listen on.")
    port: int = Field(default=8000, ge=0, le=65_535, description="The port; 0 takes a free one.")
    workers: int = Field(default=1, ge=1, le=64, description="How many processes answer.")

    keys: Path | None = Field(
        default=None, description="The file of keys; without it, it lies beside the store."
    )
    local_writes: bool = Field(
        default=True,
        description="Whether programs of this machine may write without a key, where the service "
        "listens to them only. To be switched off behind a proxy.",
    )
    private: bool = Field(
        default=False, description="Whether every question needs a key, on loopback too."
    )
    read_only: bool = Field(default=False, description="Whether nothing can be written.")
    mcp: bool = Field(
        default=False,
        description="Whether assistants are answered at `/mcp`; every request there needs a key.",
    )
    mcp_hosts: str = Field(
        default="",
        description="The names, separated by commas, by which `/mcp` may be asked for beside those "
        "of this machine, such as `graph.example.org`.",
    )
    neo4j_browser: str | None = Field(
        default=None,
        pattern="^(https?://[^/?#]+[^#]*)?$",
        description="The address of the Neo4j Browser that answers link to, such as "
        "`http://localhost:7474/browser/`; with `?dbms=bolt://HOST:PORT` where it reaches the "
        "database elsewhere than the service does. Without it, the one beside a Neo4j of this "
        "machine; empty for no links.",
    )

    question_seconds: float = Field(
        default=2.5, gt=0, description="How long a question may take before it answers what it has."
    )
    concurrency: int = Field(
        default=4, ge=1, description="How many heavy questions are worked on at once."
    )
    waiting: int = Field(
        default=16, ge=0, description="How many more may wait before the rest is refused."
    )
    writers: int = Field(
        default=64, ge=1, description="How many writes are worked on at once; they share the disk."
    )
    catch_up_seconds: float = Field(
        default=2.0, ge=0, description="How long a question waits for the entry it wants to see."
    )

    url_limit: int = Field(default=8_192, ge=256, description="The longest URL: path and query.")
    header_limit: int = Field(default=32_768, ge=1_024, description="The largest header section.")
    body_limit: int = Field(default=2_097_152, ge=0, description="The largest body of a request.")
    bundle_limit: int = Field(
        default=10_000, ge=1, description="The most records in one request, counted not weighed."
    )

    import_limit: int = Field(
        default=1 << 30, ge=0, description="The largest file that is sent to be taken in."
    )
    imports_waiting: int = Field(
        default=4,
        ge=0,
        description="How many more files may arrive or wait while one is taken in; each takes room "
        "on the disk.",
    )

    receive_seconds: float = Field(
        default=8.0,
        gt=0,
        description="A request must have arrived whole within this time; of a file that is sent to "
        "be taken in, a part must have.",
    )
    send_seconds: float = Field(
        default=30.0, gt=0, description="An answer must have been taken within this time."
    )
    keep_alive_seconds: int = Field(
        default=5, ge=1, description="How long an idle connection is kept open."
    )
    stop_seconds: int = Field(
        default=5, ge=0, description="How long requests under way may take when the service stops."
    )
