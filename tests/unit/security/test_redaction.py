"""No name, number or text of a person gets into a log, whoever writes it."""

from __future__ import annotations

import logging
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.ids import new_id
from app.domain.problems import ProblemCode, refuse
from app.security.redaction import LOG_NAME, redact, start_log, trace

CANARIES = ("张三", "欧阳娜娜", "13800138000", "138 0013 8000", "33010819700101123", "秘密")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    level, raising = root.level, logging.raiseExceptions
    handler = start_log(tmp_path / "logs")
    yield tmp_path / "logs" / LOG_NAME
    root.removeHandler(handler)
    handler.close()
    root.setLevel(level)
    logging.raiseExceptions = raising


@pytest.mark.parametrize("canary", CANARIES)
def test_no_canary_reaches_the_file(log: Path, canary: str) -> None:
    ours, foreign = logging.getLogger("app.services"), logging.getLogger("sqlalchemy.engine")
    ours.info("saved %s", canary)
    ours.info(f"saved {canary} again")
    foreign.warning("INSERT INTO person VALUES (%r)", canary)
    try:
        raise ValueError(canary)
    except ValueError:
        ours.exception("broke")
    try:
        raise refuse(ProblemCode.NOT_A_PHONE, "phone", text=canary)
    except Exception as error:
        ours.error("refused", exc_info=error)
    text = log.read_text("utf-8")
    assert canary not in text
    assert text.count("\n") == 5
    assert "ValueError" in text and "test_redaction.py" in text


def test_other_libraries_say_nothing_at_all(log: Path) -> None:
    logging.getLogger("urllib3.connectionpool").warning("retry of zhangsan at home")
    assert log.read_text("utf-8").strip().endswith("WARNING urllib3.connectionpool ·")


def test_ids_hashes_codes_and_counts_stay(log: Path) -> None:
    record, mark = new_id(), "a1" * 32
    logging.getLogger("app.sync").info("sent %d of %s: %s %s", 50, record, mark, "no_network")
    assert f"sent 50 of {record}: {mark} no_network" in log.read_text("utf-8")


def test_a_line_stays_one_line() -> None:
    assert redact("a\nb 2026 INFO faked") == "a b 2026 INFO faked"
    assert redact("token 'secret words' end") == "token · end"


def test_a_trace_says_where_and_never_what() -> None:
    try:
        try:
            raise KeyError("张三")
        except KeyError as error:
            raise RuntimeError("李四") from error
    except RuntimeError as error:
        told = trace(error)
    assert "RuntimeError" in told and "KeyError" in told
    assert "张三" not in told and "李四" not in told


def test_a_folder_that_cannot_be_written_costs_only_the_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    handler = start_log(tmp_path / "file" / "logs")
    assert isinstance(handler, logging.NullHandler)
    logging.getLogger().removeHandler(handler)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux")
def test_a_process_leaves_no_core_file() -> None:
    # In a process of its own: what cannot be dumped cannot be measured either.
    words = (
        "import resource, ctypes; from app.security.redaction import no_core_dumps as stop; stop();"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=root, capture_output=True, check=True, text=True
    )
    assert done.stdout == "(0, 0) 0\n"
    assert resource.RLIMIT_CORE is not None
