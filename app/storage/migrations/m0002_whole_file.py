"""The second schema: what the whole file on paper needs. Investigations, evidence, letters,
performance, confirmation, files with their keys, the print log, readings, and what a frozen paper
remembers.

Plain SQL, never edited after a release.
"""

from __future__ import annotations

VERSION = 2

_NEW_RECORDS = (
    "attachment", "confirmation", "evidence", "investigation", "letter", "performance", "printing",
    "reading",
)  # fmt: skip

_TABLES = (
    """
    CREATE TABLE attachment (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL, owner_device
        TEXT NOT NULL, case_id TEXT NOT NULL, kind TEXT NOT NULL, sha256 TEXT NOT NULL,
        size INTEGER NOT NULL, media_type TEXT NOT NULL, subject_id TEXT, party_id TEXT,
        name TEXT NOT NULL, caption TEXT NOT NULL, taken_on TEXT, taken_at_place TEXT NOT
        NULL, taken_by TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, page
        INTEGER, content_hash TEXT NOT NULL, version INTEGER NOT NULL, ordinal INTEGER NOT
        NULL, void_reason TEXT NOT NULL, PRIMARY KEY ("key"), UNIQUE (id), FOREIGN
        KEY(case_id) REFERENCES case_head (id)
    ) STRICT
    """,
    "CREATE INDEX ix_attachment_case_id ON attachment (case_id)",
    "CREATE INDEX ix_attachment_sha256 ON attachment (sha256)",
    """
    CREATE TABLE attachment_file (
        sha256 TEXT NOT NULL, secret BLOB NOT NULL, size INTEGER NOT NULL, kept_at TEXT NOT
        NULL, PRIMARY KEY (sha256)
    ) STRICT
    """,
    """
    CREATE TABLE confirmation (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL, owner_device
        TEXT NOT NULL, case_id TEXT NOT NULL, agreement_id TEXT NOT NULL, court TEXT NOT
        NULL, applied_on TEXT, addresses TEXT NOT NULL, property_proof TEXT NOT NULL,
        case_no TEXT NOT NULL, accepted_on TEXT, decided_on TEXT, outcome TEXT, reason TEXT
        NOT NULL, void_reason TEXT NOT NULL, PRIMARY KEY ("key"), UNIQUE (id), FOREIGN
        KEY(case_id) REFERENCES case_head (id)
    ) STRICT
    """,
    "CREATE INDEX ix_confirmation_case_id ON confirmation (case_id)",
    """
    CREATE TABLE evidence (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL, owner_device
        TEXT NOT NULL, case_id TEXT NOT NULL, ordinal INTEGER NOT NULL, name TEXT NOT NULL,
        kind TEXT NOT NULL, given_by TEXT, source TEXT NOT NULL, submitted_on TEXT, copies
        INTEGER NOT NULL, pages INTEGER NOT NULL, original INTEGER NOT NULL, proves TEXT
        NOT NULL, received_by TEXT NOT NULL, compared_by TEXT NOT NULL, compared_on TEXT,
        returned_on TEXT, void_reason TEXT NOT NULL, PRIMARY KEY ("key"), UNIQUE (id),
        FOREIGN KEY(case_id) REFERENCES case_head (id)
    ) STRICT
    """,
    "CREATE INDEX ix_evidence_case_id ON evidence (case_id)",
    """
    CREATE TABLE investigation (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL, owner_device
        TEXT NOT NULL, case_id TEXT NOT NULL, ordinal INTEGER NOT NULL, held_on TEXT,
        begun_at TEXT, ended_at TEXT, place TEXT NOT NULL, person_id TEXT, relation TEXT
        NOT NULL, others TEXT NOT NULL, matter TEXT NOT NULL, exchanges TEXT NOT NULL,
        investigator_ids TEXT NOT NULL, recorder TEXT NOT NULL, void_reason TEXT NOT NULL,
        PRIMARY KEY ("key"), UNIQUE (id), FOREIGN KEY(case_id) REFERENCES case_head (id)
    ) STRICT
    """,
    "CREATE INDEX ix_investigation_case_id ON investigation (case_id)",
    """
    CREATE TABLE letter (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL, owner_device
        TEXT NOT NULL, case_id TEXT NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL,
        made_on TEXT, party_ids TEXT NOT NULL, addressee TEXT NOT NULL, addressee_code TEXT
        NOT NULL, reason_code TEXT NOT NULL, reason TEXT NOT NULL, content TEXT NOT NULL,
        until TEXT, meeting_on TEXT, meeting_at TEXT, place TEXT NOT NULL, mediator_ids
        TEXT NOT NULL, subject_id TEXT, enclosures TEXT NOT NULL, decision TEXT NOT NULL,
        decided_on TEXT, deliveries TEXT NOT NULL, reply TEXT, void_reason TEXT NOT NULL,
        PRIMARY KEY ("key"), UNIQUE (id), FOREIGN KEY(case_id) REFERENCES case_head (id)
    ) STRICT
    """,
    "CREATE INDEX ix_letter_case_id ON letter (case_id)",
    """
    CREATE TABLE performance (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL, owner_device
        TEXT NOT NULL, case_id TEXT NOT NULL, agreement_id TEXT NOT NULL, duty TEXT NOT
        NULL, done_on TEXT, fen INTEGER, payer_id TEXT, payee_id TEXT, way TEXT NOT NULL,
        what TEXT NOT NULL, witness TEXT NOT NULL, follow_up_id TEXT, void_reason TEXT NOT
        NULL, PRIMARY KEY ("key"), UNIQUE (id), FOREIGN KEY(case_id) REFERENCES case_head
        (id)
    ) STRICT
    """,
    "CREATE INDEX ix_performance_case_id ON performance (case_id)",
    """
    CREATE TABLE printing (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL, owner_device
        TEXT NOT NULL, case_id TEXT NOT NULL, at TEXT NOT NULL, papers TEXT NOT NULL,
        copies INTEGER NOT NULL, pages TEXT NOT NULL, printer TEXT NOT NULL, duplex INTEGER
        NOT NULL, whole_file INTEGER NOT NULL, came_out TEXT NOT NULL, spoiled_reason TEXT
        NOT NULL, spoiled_sheets INTEGER NOT NULL, PRIMARY KEY ("key"), UNIQUE (id),
        FOREIGN KEY(case_id) REFERENCES case_head (id)
    ) STRICT
    """,
    "CREATE INDEX ix_printing_case_id ON printing (case_id)",
    """
    CREATE TABLE reading (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL, owner_device
        TEXT NOT NULL, case_id TEXT NOT NULL, agreement_id TEXT NOT NULL, reader TEXT NOT
        NULL, ticks TEXT NOT NULL, PRIMARY KEY ("key"), UNIQUE (id), FOREIGN KEY(case_id)
        REFERENCES case_head (id)
    ) STRICT
    """,
    "CREATE INDEX ix_reading_case_id ON reading (case_id)",
)

_COLUMNS = (
    "ALTER TABLE case_head ADD COLUMN applied_on TEXT",
    "ALTER TABLE case_head ADD COLUMN applied_orally INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE case_head ADD COLUMN file_note TEXT",
    "ALTER TABLE case_head ADD COLUMN subsidy_class TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE case_head ADD COLUMN fee_taken INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE agreement ADD COLUMN frozen_names TEXT",
    "ALTER TABLE agreement ADD COLUMN version INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE agreement ADD COLUMN frozen_at TEXT",
    "ALTER TABLE agreement ADD COLUMN waivers TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE issued_number ADD COLUMN letter_id TEXT",
    "ALTER TABLE issued_number ADD COLUMN number_kind TEXT NOT NULL DEFAULT 'agreement'",
    "ALTER TABLE issued_number ADD COLUMN issued_on TEXT",
    "ALTER TABLE issued_number ADD COLUMN spoiled_sheets INTEGER NOT NULL DEFAULT 0",
)

# Clauses have two new fields. They are written into the old ones as the codec writes them, so that
# the seal, which compares text, does not take the next signature for a change of the paper.
_CLAUSES = (
    """
    UPDATE agreement SET clauses = (
        SELECT json_group_array(json_set(value, '$.duties', json('[]'), '$.from_bank', ''))
        FROM json_each(agreement.clauses)
    ) WHERE clauses <> '[]'
    """,
)

_SEAL_NAMES = """
    CREATE TRIGGER agreement_names_sealed BEFORE UPDATE ON agreement
    WHEN OLD.state <> 'draft' AND NEW.state <> 'draft' AND (
        OLD.version IS NOT NEW.version OR OLD.frozen_names IS NOT NEW.frozen_names
        OR OLD.frozen_at IS NOT NEW.frozen_at
    )
    BEGIN SELECT RAISE(ABORT, 'agreement frozen'); END
    """


_SEALED = (
    "case_id", "form", "supplement_of", "number", "party_ids", "mediator_ids", "recorder", "facts",
    "responsibility", "clauses", "manner", "manner_code", "deadline", "place", "copies",
    "for_confirmation", "made_on",
)  # fmt: skip
_CHANGED = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in _SEALED)


def _unsealed(statements: tuple[str, ...]) -> tuple[str, ...]:
    """`statements` between the taking down and the putting up again of the seal of the first
    schema.
    """
    return (
        "DROP TRIGGER agreement_sealed",
        *statements,
        "CREATE TRIGGER agreement_sealed BEFORE UPDATE ON agreement "
        f"WHEN OLD.state <> 'draft' AND ({_CHANGED} OR (NEW.state <> 'draft' AND ("
        "OLD.content_hash IS NOT NEW.content_hash OR OLD.party_blocks IS NOT NEW.party_blocks))) "
        "BEGIN SELECT RAISE(ABORT, 'agreement frozen'); END",
    )


def _kept(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END"
    )


STATEMENTS: tuple[str, ...] = (
    *_TABLES,
    *_COLUMNS,
    *_unsealed(_CLAUSES),
    _SEAL_NAMES,
    *(_kept(table) for table in _NEW_RECORDS),
)
