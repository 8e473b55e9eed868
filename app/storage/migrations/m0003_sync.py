"""The third schema: what sync remembers. The county's words about files, files that are still on
their way here, and when a file is sent again; hand-overs, what was written twice, and what was
decided about it.

Plain SQL, never edited after a release.
"""

from __future__ import annotations

VERSION = 3

_FILES = (
    "ALTER TABLE attachment_file ADD COLUMN fetched INTEGER NOT NULL DEFAULT 0",
    # Which files wait is asked of all files at once: the indexes alone answer it.
    "CREATE INDEX attachment_file_put_in ON attachment_file (sha256, size) WHERE fetched = 0",
    "DROP INDEX ix_attachment_sha256",
    "CREATE INDEX attachment_of_file ON attachment (sha256, case_id)",
    """
    CREATE TABLE file_coming (
        sha256 TEXT NOT NULL, secret BLOB NOT NULL, size INTEGER NOT NULL, begun_at TEXT NOT
        NULL, PRIMARY KEY (sha256)
    ) STRICT
    """,
    """
    CREATE TABLE file_outbox (
        sha256 TEXT NOT NULL, tries INTEGER NOT NULL, next_try TEXT, problem TEXT NOT NULL,
        PRIMARY KEY (sha256)
    ) STRICT
    """,
    """
    CREATE TABLE county_pack (
        mark TEXT NOT NULL, ready INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (mark)
    ) STRICT
    """,
    """
    CREATE TABLE file_receipt (
        sha256 TEXT NOT NULL, epoch TEXT NOT NULL, size INTEGER NOT NULL, received_at TEXT
        NOT NULL, signature TEXT NOT NULL, raw TEXT NOT NULL, PRIMARY KEY (sha256, epoch)
    ) STRICT
    """,
)

_TWO_HANDS = (
    """
    CREATE TABLE handover (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL, owner_device TEXT NOT
        NULL, case_id TEXT NOT NULL, from_device TEXT NOT NULL, to_device TEXT NOT NULL,
        from_name TEXT NOT NULL, to_mediator_id TEXT, to_name TEXT NOT NULL, by_name TEXT NOT NULL,
        reason TEXT NOT NULL, "on" TEXT, PRIMARY KEY ("key"), UNIQUE (id), FOREIGN KEY(case_id)
        REFERENCES case_head (id)
    ) STRICT
    """,
    "CREATE INDEX ix_handover_case_id ON handover (case_id)",
    """
    CREATE TABLE settlement (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL, owner_device TEXT NOT
        NULL, entry_hash TEXT NOT NULL, record TEXT NOT NULL, case_id TEXT, choices TEXT NOT NULL,
        settled_by TEXT NOT NULL, "on" TEXT, PRIMARY KEY ("key"), UNIQUE (id), FOREIGN KEY(case_id)
        REFERENCES case_head (id)
    ) STRICT
    """,
    "CREATE INDEX ix_settlement_case_id ON settlement (case_id)",
    "CREATE INDEX ix_settlement_entry_hash ON settlement (entry_hash)",
    "CREATE TABLE mending (id TEXT NOT NULL, PRIMARY KEY (id)) STRICT",
    """
    CREATE TABLE former_entry (
        device TEXT NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, signature TEXT NOT NULL,
        raw BLOB NOT NULL, PRIMARY KEY (device, seq)
    ) STRICT
    """,
    """
    CREATE TABLE former_place (
        hash TEXT NOT NULL, position INTEGER NOT NULL, verdict TEXT NOT NULL, PRIMARY KEY (hash)
    ) STRICT
    """,
    "ALTER TABLE foreign_entry ADD COLUMN verdict TEXT NOT NULL DEFAULT 'applied'",
    "CREATE INDEX foreign_entry_position ON foreign_entry (position)",
    "CREATE INDEX foreign_entry_aside ON foreign_entry (hash, case_id) WHERE verdict = 'conflict'",
    # A county restored from a backup may put an entry at another place and judge it anew.
    "DROP TRIGGER foreign_entry_fixed",
    """
    CREATE TRIGGER foreign_entry_fixed BEFORE UPDATE ON foreign_entry
    WHEN OLD.device IS NOT NEW.device OR OLD.seq IS NOT NEW.seq OR OLD.hash IS NOT NEW.hash
    OR OLD.signature IS NOT NEW.signature OR OLD.act IS NOT NEW.act OR OLD.actor IS NOT NEW.actor
    OR OLD.case_id IS NOT NEW.case_id OR OLD.at IS NOT NEW.at OR OLD.raw IS NOT NEW.raw
    BEGIN SELECT RAISE(ABORT, 'what was written stays'); END
    """,
    *(
        f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END"
        for table in ("handover", "settlement", "former_entry")
    ),
    "CREATE TRIGGER former_entry_fixed BEFORE UPDATE ON former_entry "
    "BEGIN SELECT RAISE(ABORT, 'what was written stays'); END",
)

# The seals as they were, but for the one agreement that is being made anew from its entries.
_ON_PAPER = (
    "case_id", "form", "supplement_of", "number", "party_ids", "mediator_ids", "recorder", "facts",
    "responsibility", "clauses", "manner", "manner_code", "deadline", "place", "copies",
    "for_confirmation", "made_on",
)  # fmt: skip
_CHANGED_ON_PAPER = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in _ON_PAPER)


def _seal(name: str, condition: str) -> tuple[str, str]:
    return (
        f"DROP TRIGGER {name}",
        f"CREATE TRIGGER {name} BEFORE UPDATE ON agreement WHEN ({condition}) "
        "AND OLD.id NOT IN (SELECT id FROM mending) "
        "BEGIN SELECT RAISE(ABORT, 'agreement frozen'); END",
    )


_SEALS = (
    *_seal(
        "agreement_sealed",
        f"OLD.state <> 'draft' AND ({_CHANGED_ON_PAPER} OR (NEW.state <> 'draft' AND ("
        "OLD.content_hash IS NOT NEW.content_hash OR OLD.party_blocks IS NOT NEW.party_blocks)))",
    ),
    *_seal(
        "agreement_signed",
        "(OLD.state IN ('effective', 'void') AND NEW.state <> OLD.state) OR "
        "(OLD.state = 'final' AND NEW.state = 'draft' AND OLD.sign_offs <> '[]') OR "
        "(OLD.state <> 'draft' AND "
        "json_array_length(NEW.sign_offs) < json_array_length(OLD.sign_offs)) OR "
        "(OLD.state = 'effective' AND OLD.form = 'written' AND NEW.sign_offs <> OLD.sign_offs)",
    ),
    *_seal(
        "agreement_names_sealed",
        "OLD.state <> 'draft' AND NEW.state <> 'draft' AND ("
        "OLD.version IS NOT NEW.version OR OLD.frozen_names IS NOT NEW.frozen_names "
        "OR OLD.frozen_at IS NOT NEW.frozen_at)",
    ),
)

STATEMENTS: tuple[str, ...] = (*_FILES, *_TWO_HANDS, *_SEALS)
