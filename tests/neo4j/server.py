"""A real Neo4j: one of one's own that may be killed, or one that is borrowed."""

import fcntl
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from tests.neo4j import installed

PASSWORD = "only-for-tests"
SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 60.0
UNOFFERED_PORTS = range(20_000, 30_000)
"""Below those that the system gives to clients, so that a server that comes back finds its own."""

JVM = (
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "-Xmx1g",
    # Tests are short: what compiles and collects with the fewest threads is ready first.
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
)
MAIN_CLASS = "org.neo4j.server.CommunityEntryPoint"
WIPE = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS"


class Neo4j:
    """A server that answers: where it is, and as whom it is spoken to.

    `http` is where it serves Neo4j Browser (at `/browser/`), empty where that is not known.
    """

    def __init__(self, url: str, *, username: str, password: str, http: str = "") -> None:
        self.url = url
        self.username = username
        self.password = password
        self.http = http

    def driver(self) -> Driver:
        """A driver of its own for each caller, who closes it."""
        return GraphDatabase.driver(self.url, auth=(self.username, self.password))

    def wipe(self) -> None:
        """Remove every node and relationship; constraints and indexes stay."""
        with self.driver() as driver, driver.session() as session:
            session.run(WIPE).consume()

    def size(self) -> int:
        """How many nodes there are."""
        with self.driver() as driver:
            count: int = driver.execute_query("MATCH (n) RETURN count(n) AS nodes").records[0][0]
            return count


class OwnNeo4j(Neo4j):
    """A server in a folder of its own, which may be stopped, killed and started again: ports and
    data stay the same. It ends with the process that started it, however that ends."""

    def __init__(self, home: Path, *, java: tuple[str, ...] = ()) -> None:
        self.home = home
        self._bolt, self._browser = free_port(), free_port()
        self._java = java
        self._has_password = False
        self._process: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None
        super().__init__(
            f"bolt://127.0.0.1:{self._bolt}",
            username="neo4j",
            password=PASSWORD,
            http=f"http://localhost:{self._browser}",
        )

    def start(self, *settings: str) -> None:
        """Start it with lines like `server.databases.default_to_read_only=true`, which count
        until it is stopped; returns when it answers, fails with its log where it does not. The
        first start makes the databases, so it must be allowed to write."""
        self._configure(settings)
        with self._console().open("wb") as console:
            self._process = subprocess.Popen(
                self._command(),
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._guard = guard(self._process.pid)
        self._wait()

    def stop(self) -> None:
        """Let it finish and close its store."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once; nothing is flushed or closed."""
        self._end(signal.SIGKILL)

    def _configure(self, settings: tuple[str, ...]) -> None:
        own = {
            "dbms.security.auth_enabled": "true",
            "dbms.usage_report.enabled": "false",
            "server.bolt.enabled": "true",
            "server.bolt.listen_address": f"127.0.0.1:{self._bolt}",
            "server.bolt.advertised_address": f"localhost:{self._bolt}",
            "server.http.enabled": "true",
            "server.http.listen_address": f"127.0.0.1:{self._browser}",
            "server.http.advertised_address": f"localhost:{self._browser}",
            "server.memory.pagecache.size": "128m",
            # A quarter of a gigabyte for each database otherwise, before anything is written.
            "db.tx_log.preallocate": "false",
            # It waits for the last transaction to end before; this would be 10 seconds on top.
            "internal.server.bolt.thread_pool_shutdown_wait_time": "0s",
        }
        told = dict(setting.split("=", 1) for setting in settings)
        conf = self.home / "conf" / "neo4j.conf"
        conf.parent.mkdir(parents=True, exist_ok=True)
        conf.write_text("".join(f"{name}={value}\n" for name, value in (own | told).items()))

    def _command(self) -> list[str]:
        folder = installed.jars()
        archive = installed.archive(folder)
        shared = [f"-XX:SharedArchiveFile={archive}"] if archive.exists() else []
        # What is killed leaves its files behind; they go with the folder.
        scratch = self.home / "tmp"
        scratch.mkdir(exist_ok=True)
        java = [installed.java(), *JVM, *shared, f"-Djava.io.tmpdir={scratch}", *self._java]
        places = [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"]
        return [*java, "-cp", installed.class_path(folder), MAIN_CLASS, *places]

    def _console(self) -> Path:
        return self.home / "console.log"

    def _wait(self) -> None:
        end = time.monotonic() + SECONDS_TO_START
        while not listens(self._bolt):
            assert self._process is not None
            if self._process.poll() is not None or time.monotonic() > end:
                self.kill()
                raise AssertionError(f"Neo4j did not start:\n{self._last_words()}")
            time.sleep(0.05)
        try:
            self._let_in()
        except (DriverError, Neo4jError) as error:
            raise AssertionError(f"Neo4j does not answer:\n{self._last_words()}") from error

    def _let_in(self) -> None:
        if not self._has_password:
            with GraphDatabase.driver(self.url, auth=("neo4j", "neo4j")) as driver:
                driver.execute_query(
                    "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password",
                    password=PASSWORD,
                    database_="system",
                )
            self._has_password = True
        self.size()

    def _last_words(self) -> str:
        logs = [self._console(), self.home / "logs" / "neo4j.log", self.home / "logs" / "debug.log"]
        lines = [
            line for log in logs if log.exists() for line in log.read_text().splitlines()[-60:]
        ]
        return "\n".join(lines)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None or self._guard is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(SECONDS_TO_STOP)
        finally:
            self._guard.kill()
            self._guard.communicate()
            self._process.kill()
            self._process.wait()
            self._process = self._guard = None


def guard(pid: int) -> subprocess.Popen[bytes]:
    """A process that kills another one as soon as this one is gone: its input ends then, whether
    this one finished, was interrupted or was killed."""
    return subprocess.Popen(
        ["sh", "-c", 'read _; kill -9 "$0"', str(pid)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def free_port() -> int:
    """A port on which nobody listens. Workers that roll the same dice would take the same one."""
    while True:
        port = secrets.choice(UNOFFERED_PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def listens(port: int) -> bool:
    """Whether anybody answers at a port of this machine."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@contextmanager
def running(home: Path, *settings: str, java: tuple[str, ...] = ()) -> Iterator[OwnNeo4j]:
    """A server of one's own in an empty folder, gone at the end with all that it held; `java` are
    options like `-Xmx4g`."""
    server = OwnNeo4j(home, java=java)
    try:
        server.start(*settings)
        yield server
    finally:
        server.kill()
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def borrowed(environment: Mapping[str, str]) -> Iterator[Neo4j]:
    """The server that the environment names, for one worker at a time and empty at the end. One
    that holds anything at the start is refused: the tests would remove it."""
    server = Neo4j(
        environment["NEO4J_URL"],
        username=environment.get("NEO4J_USERNAME", "neo4j"),
        password=environment.get("NEO4J_PASSWORD", ""),
    )
    name = f"graph-service-tests-{sha256(server.url.encode()).hexdigest()[:12]}.lock"
    with (Path(tempfile.gettempdir()) / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        nodes = server.size()
        assert nodes == 0, (
            f"{server.url} (NEO4J_URL) holds {nodes} nodes, and the tests would remove them: name "
            "an empty database, or none, and the tests start a server of their own"
        )
        try:
            yield server
        finally:
            server.wipe()
