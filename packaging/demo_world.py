"""A county on this computer: a real server on loopback, a mediator's laptop and a supervisor's, and
the demo village's cases.

Everything is made through the program's own commands, as an administrator would. Never used with
real records: the password of the demo laptops stands here for everybody to read.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import socket
import subprocess
import sys
import urllib.request
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
DEMO = ROOT / "resources" / "demo"
PASSWORD = "heshi-demo-2026"
COUNTY_NAME = "演示县司法局"
SUPERVISOR = "审核员"
READY_LINE = "listening on "
_NO_BYTECODE = {"PYTHONDONTWRITEBYTECODE"}
BYTECODE = ROOT / "build" / "bytecode"


def environment() -> dict[str, str]:
    """What a program of the demo is started with: the laptops' password, and a place for compiled
    files, so that the second program starts faster than the first.
    """
    kept = {name: value for name, value in os.environ.items() if name not in _NO_BYTECODE}
    return {**kept, "HESHI_PASSWORD": PASSWORD, "PYTHONPYCACHEPREFIX": str(BYTECODE)}


def run_program(module: str, *words: str, expect: tuple[int, ...] = (0,)) -> str:
    """What `python -m module words` prints. RuntimeError with its own words when it does not end as
    expected.
    """
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in expect:
        raise RuntimeError(
            f"{module} {' '.join(words[:2])}: {done.stderr.strip() or done.stdout.strip()}"
        )
    return done.stdout


def call_program(module: str, *words: str, expect: tuple[int, ...] = (0,)) -> str:
    """As `run_program`, but in this process, which has loaded the program already."""
    verb = importlib.import_module({"app": "app.cli", "app.county": "app.county.__main__"}[module])
    said, trouble = io.StringIO(), io.StringIO()
    before = os.environ.get("HESHI_PASSWORD")
    os.environ["HESHI_PASSWORD"] = PASSWORD
    try:
        with redirect_stdout(said), redirect_stderr(trouble):
            code = verb.main([*words])
    finally:
        if before is None:
            del os.environ["HESHI_PASSWORD"]
        else:
            os.environ["HESHI_PASSWORD"] = before
    if code not in expect:
        raise RuntimeError(f"{module} {words[0]}: {trouble.getvalue() or said.getvalue()}")
    return said.getvalue()


@dataclass
class DemoWorld:
    """One folder with three homes: ``county``, ``mediator``, ``supervisor``."""

    folder: Path
    server: subprocess.Popen[str] | None = field(default=None, init=False)

    @property
    def county(self) -> Path:
        return self.folder / "county"

    @property
    def mediator(self) -> Path:
        return self.folder / "mediator"

    @property
    def supervisor(self) -> Path:
        return self.folder / "supervisor"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port()}"

    def build(self, *, cases: bool = True, complete: bool = False) -> None:
        """Makes what is not there yet: county, accounts, two enrolled laptops, the village's cases;
        with `complete`, also the invented case whose file lacks nothing. Needs the server to run.
        """
        village = json.loads((DEMO / "village.json").read_text(encoding="utf-8"))
        done = self.folder / "built"
        if done.exists():
            return
        committee, mediator = village["committee"], village["mediator"]
        region = committee["region_code"]
        found = self._ask_county("committee", "list")
        committee_id = found[0]["committee"] if found else self._add_committee(committee)
        for home, account in (
            (
                self.mediator,
                (
                    "mediator",
                    "add",
                    "--committee",
                    committee_id,
                    "--name",
                    mediator["name"],
                    "--place",
                    "director",
                ),
            ),
            (self.supervisor, ("supervisor", "add", "--name", SUPERVISOR, "--region", region[:6])),
        ):
            code = self._ask_county("enrol", self._ask_county(*account)["account"])["code"]
            run_program("app", "enrol", self.url, code, "--data", str(home))
        if cases:
            self.import_cases()
            self.hand_in_practice()
        if complete:
            self.tell_complete_case()
        done.write_text("", encoding="utf-8")

    def import_cases(self) -> None:
        """The village's disputes in one file, through the door that users have."""
        cases = []
        for file in sorted(DEMO.glob("*.json")):
            if file.name != "village.json":
                cases += json.loads(file.read_text(encoding="utf-8"))["cases"]
        together = self.folder / "village-cases.json"
        whole = {"format": "heshi-cases/1", "cases": cases}
        together.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
        run_program("app", "case", "import", str(together), "--data", str(self.mediator))

    def hand_in_practice(self) -> None:
        """The invented practice case goes to the supervisor: there is something to review."""
        from app.services.lines import CaseQuery
        from app.services.reviews import submit_file
        from laptop import open_laptop

        with open_laptop(self.mediator, PASSWORD) as mediator:
            found = mediator.read(lambda unit: unit.lists.case_keys(CaseQuery(text="演练")))
            lines = mediator.read(lambda unit: unit.lists.case_lines(found))
            for line in lines:
                mediator.do(submit_file, line.id, "演练案件，请审核")
            mediator.exchange()
        with open_laptop(self.supervisor, PASSWORD) as supervisor:
            supervisor.exchange()

    def tell_complete_case(self) -> None:
        """The invented case whose file lacks nothing, up to its closing: to look at, and to hand
        in.
        """
        import story
        import story_agreement
        import story_end
        from laptop import open_laptop

        with open_laptop(self.mediator, PASSWORD) as mediator:
            case_id = story.take_in(mediator)
            story.call_to_the_table(mediator, case_id)
            story.look_into(mediator, case_id)
            story.mediate(mediator, case_id)
            story_agreement.draft(mediator, case_id)
            story_agreement.check(mediator, case_id)
            story_agreement.read_aloud(mediator, case_id)
            printed = story_agreement.freeze(mediator, case_id)
            story_agreement.came_out_well(mediator, case_id)
            for page in story_agreement.scans(printed):
                story_agreement.scan_in(mediator, case_id, page)
            story_agreement.scan_records(mediator, case_id)
            story_agreement.sign_off(mediator, case_id)
            story_end.pay_first(mediator, case_id)
            story_end.confirm(mediator, case_id)
            story_end.visit(mediator, case_id)
            story_end.close(mediator, case_id)
            story_end.file_came_out_well(mediator, case_id)
            mediator.exchange()

    def start_county(self) -> None:
        """Starts the county server and waits until it says that it listens. One that runs already,
        started by another window of this demo, is used as it is.
        """
        if self._answers():
            return
        if not (self.folder / "built").exists():
            self._ask_county("init", "--name", COUNTY_NAME)
        self.folder.mkdir(parents=True, exist_ok=True)
        log = (self.folder / "county.log").open("a")
        self.server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "app.county",
                "serve",
                "--data",
                str(self.county),
                "--port",
                str(self._port()),
            ],
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        log.close()
        assert self.server.stdout is not None
        line = self.server.stdout.readline()
        if READY_LINE not in line:
            raise RuntimeError(f"the county server did not start; see {self.folder / 'county.log'}")

    def stop_county(self) -> None:
        """Ends the server that this object started, and only that."""
        if self.server is not None:
            self.server.terminate()
            self.server.wait(timeout=20)
            if self.server.stdout is not None:
                self.server.stdout.close()
            self.server = None

    def county_entries(self) -> list[dict[str, Any]]:
        """What the county holds of each laptop."""
        return list(self._ask_county("status"))

    def _add_committee(self, committee: dict[str, str]) -> str:
        words = [
            "--name",
            committee["name"],
            "--short",
            committee["short_name"],
            "--region",
            committee["region_code"],
        ]
        return str(
            self._ask_county("committee", "add", *words, "--region-name", committee["region_name"])[
                "committee"
            ]
        )

    def _ask_county(self, *words: str) -> Any:
        return json.loads(call_program("app.county", *words, "--data", str(self.county), "--json"))

    def _answers(self) -> bool:
        """Whether this demo's county listens already."""
        if not (self.folder / "port").exists():
            return False
        past_proxies = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with past_proxies.open(f"{self.url}/v1/health", timeout=2) as answer:
                return bool(answer.status == HTTPStatus.OK)
        except OSError:
            return False

    def _port(self) -> int:
        """The port of this demo county: chosen once, so that the laptops find it again."""
        kept = self.folder / "port"
        if not kept.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            with socket.create_server(("127.0.0.1", 0)) as probe:
                kept.write_text(str(probe.getsockname()[1]), encoding="utf-8")
        return int(kept.read_text(encoding="utf-8"))
