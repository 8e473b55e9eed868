"""The first schema: records, journal, what the county said, drafts and settings, and the lists and
indexes made from them.

Plain SQL, never edited after a release: a later change of the schema is a later module. A test
compares the outcome with `rows`.
"""

from __future__ import annotations

VERSION = 1

_RECORDS = (
    "committee", "mediator", "person", "organisation", "case_head", "party", "session",
    "agreement", "follow_up", "review", "submission", "issued_number", "number_block",
)  # fmt: skip
_ON_PAPER = (
    "case_id", "form", "supplement_of", "number", "party_ids", "mediator_ids", "recorder", "facts",
    "responsibility", "clauses", "manner", "manner_code", "deadline", "place", "copies",
    "for_confirmation", "made_on",
)  # fmt: skip

_TABLES = (
    """
    CREATE TABLE case_head (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL,
        owner_device TEXT NOT NULL, committee_id TEXT NOT NULL, stage TEXT NOT NULL,
        stage_before_suspension TEXT, title TEXT NOT NULL, matter TEXT NOT NULL,
        dispute_type TEXT NOT NULL, dispute_tags TEXT NOT NULL, reported_on TEXT, occurred_on TEXT,
        occurred_place TEXT NOT NULL, source TEXT NOT NULL, source_detail TEXT NOT NULL,
        facts TEXT NOT NULL, requests TEXT NOT NULL, amount_claimed INTEGER,
        difficulty TEXT NOT NULL, risk_grade TEXT NOT NULL, risk_reason TEXT NOT NULL,
        special_groups TEXT NOT NULL, prevented_harms TEXT NOT NULL, scope TEXT NOT NULL,
        scope_reason TEXT NOT NULL, accepted_on TEXT, registrar TEXT NOT NULL,
        mediator_ids TEXT NOT NULL, rights_notice TEXT, refusal TEXT, exit_reason TEXT NOT NULL,
        file_no TEXT NOT NULL, retention TEXT, closing TEXT, filed_on TEXT,
        source_note TEXT NOT NULL, PRIMARY KEY ("key"), UNIQUE (id)
    ) STRICT
    """,
    """
    CREATE TABLE committee (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL,
        owner_device TEXT NOT NULL, name TEXT NOT NULL, short_name TEXT NOT NULL,
        kind TEXT NOT NULL, region_code TEXT NOT NULL, region_name TEXT NOT NULL,
        phone TEXT NOT NULL, address TEXT NOT NULL, PRIMARY KEY ("key"), UNIQUE (id)
    ) STRICT
    """,
    """
    CREATE TABLE device_card (
        device TEXT NOT NULL, raw TEXT NOT NULL, signature TEXT NOT NULL, PRIMARY KEY (device)
    ) STRICT
    """,
    """
    CREATE TABLE draft (
        "key" TEXT NOT NULL, body TEXT NOT NULL, kept_at TEXT NOT NULL, PRIMARY KEY ("key")
    ) STRICT
    """,
    """
    CREATE TABLE foreign_entry (
        device TEXT NOT NULL, seq INTEGER NOT NULL, position INTEGER NOT NULL, hash TEXT NOT NULL,
        signature TEXT NOT NULL, act TEXT NOT NULL, actor TEXT NOT NULL, case_id TEXT,
        at TEXT NOT NULL, raw BLOB NOT NULL, PRIMARY KEY (device, seq)
    ) STRICT
    """,
    "CREATE INDEX ix_foreign_entry_case_id ON foreign_entry (case_id)",
    """
    CREATE TABLE issued_number (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL,
        owner_device TEXT NOT NULL, committee_id TEXT NOT NULL, year INTEGER NOT NULL,
        serial INTEGER NOT NULL, text TEXT NOT NULL, agreement_id TEXT, state TEXT NOT NULL,
        void_reason TEXT NOT NULL, PRIMARY KEY ("key"), UNIQUE (id)
    ) STRICT
    """,
    """
    CREATE TABLE journal_entry (
        seq INTEGER NOT NULL, device TEXT NOT NULL, hash TEXT NOT NULL, prev TEXT NOT NULL,
        signature TEXT NOT NULL, act TEXT NOT NULL, actor TEXT NOT NULL, case_id TEXT,
        at TEXT NOT NULL, size INTEGER NOT NULL, records TEXT NOT NULL, raw BLOB NOT NULL,
        PRIMARY KEY (seq)
    ) STRICT
    """,
    "CREATE INDEX journal_entry_of_case ON journal_entry (case_id, seq, size)",
    """
    CREATE TABLE mediator (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL,
        owner_device TEXT NOT NULL, committee_id TEXT NOT NULL, name TEXT NOT NULL,
        role TEXT NOT NULL, full_time INTEGER NOT NULL, phone TEXT NOT NULL, PRIMARY KEY ("key"),
        UNIQUE (id)
    ) STRICT
    """,
    """
    CREATE TABLE number_block (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL,
        owner_device TEXT NOT NULL, committee_id TEXT NOT NULL, year INTEGER NOT NULL,
        first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY ("key"), UNIQUE (id)
    ) STRICT
    """,
    """
    CREATE TABLE organisation (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL,
        owner_device TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
        credit_code TEXT NOT NULL, credit_reason TEXT NOT NULL, legal_representative TEXT NOT NULL,
        representative_post TEXT NOT NULL, phone TEXT NOT NULL, address TEXT NOT NULL,
        note TEXT NOT NULL, PRIMARY KEY ("key"), UNIQUE (id)
    ) STRICT
    """,
    """
    CREATE TABLE person (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL,
        owner_device TEXT NOT NULL, name TEXT NOT NULL, sex TEXT NOT NULL, ethnicity TEXT NOT NULL,
        birth_date TEXT, stated_age INTEGER, stated_age_on TEXT, id_kind TEXT NOT NULL,
        id_no TEXT NOT NULL, id_reason TEXT NOT NULL, occupation TEXT NOT NULL, phone TEXT NOT NULL,
        address TEXT NOT NULL, region_code TEXT NOT NULL, cannot_read INTEGER NOT NULL,
        note TEXT NOT NULL, PRIMARY KEY ("key"), UNIQUE (id)
    ) STRICT
    """,
    """
    CREATE TABLE schema_version (
        version INTEGER NOT NULL, applied_at TEXT NOT NULL, app_version TEXT NOT NULL,
        PRIMARY KEY (version)
    ) STRICT
    """,
    """
    CREATE TABLE setting (
        "key" TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY ("key")
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE agreement (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL,
        owner_device TEXT NOT NULL, case_id TEXT NOT NULL, form TEXT NOT NULL, state TEXT NOT NULL,
        supplement_of TEXT, number TEXT NOT NULL, party_ids TEXT NOT NULL,
        mediator_ids TEXT NOT NULL, recorder TEXT NOT NULL, facts TEXT NOT NULL,
        responsibility TEXT NOT NULL, clauses TEXT NOT NULL, manner TEXT NOT NULL,
        manner_code TEXT NOT NULL, deadline TEXT NOT NULL, place TEXT NOT NULL, copies INTEGER,
        for_confirmation INTEGER NOT NULL, made_on TEXT, content_hash TEXT NOT NULL,
        party_blocks TEXT NOT NULL, sign_offs TEXT NOT NULL, performed_on TEXT,
        void_reason TEXT NOT NULL, PRIMARY KEY ("key"), UNIQUE (id),
        FOREIGN KEY(case_id) REFERENCES case_head (id)
    ) STRICT
    """,
    "CREATE INDEX ix_agreement_case_id ON agreement (case_id)",
    """
    CREATE TABLE case_list (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, committee_id TEXT NOT NULL,
        mediator_ids TEXT NOT NULL, applicants TEXT NOT NULL, respondents TEXT NOT NULL,
        names_sort TEXT NOT NULL, matter TEXT NOT NULL, dispute_type TEXT NOT NULL,
        stage TEXT NOT NULL, grade TEXT NOT NULL, accepted_on TEXT, year INTEGER, amount INTEGER,
        number TEXT NOT NULL, oral INTEGER NOT NULL, review_state TEXT NOT NULL,
        is_foreign INTEGER NOT NULL, touched INTEGER NOT NULL, PRIMARY KEY ("key"),
        FOREIGN KEY("key") REFERENCES case_head ("key")
    ) STRICT
    """,
    "CREATE INDEX case_list_returned ON case_list (is_foreign) WHERE review_state = 'returned'",
    "CREATE INDEX case_list_touched ON case_list (touched)",
    """
    CREATE TABLE follow_up (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL,
        owner_device TEXT NOT NULL, case_id TEXT NOT NULL, agreement_id TEXT, visited_on TEXT,
        method TEXT NOT NULL, party_id TEXT, visitor TEXT NOT NULL, performance TEXT NOT NULL,
        satisfaction TEXT NOT NULL, findings TEXT NOT NULL, new_risk INTEGER NOT NULL, next_on TEXT,
        void_reason TEXT NOT NULL, PRIMARY KEY ("key"), UNIQUE (id),
        FOREIGN KEY(case_id) REFERENCES case_head (id)
    ) STRICT
    """,
    "CREATE INDEX ix_follow_up_case_id ON follow_up (case_id)",
    """
    CREATE TABLE party (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL,
        owner_device TEXT NOT NULL, case_id TEXT NOT NULL, ordinal INTEGER NOT NULL,
        role TEXT NOT NULL, side TEXT NOT NULL, person_id TEXT, organisation_id TEXT,
        "group" TEXT NOT NULL, capacity TEXT, capacity_reason TEXT NOT NULL,
        representations TEXT NOT NULL, void_reason TEXT NOT NULL, PRIMARY KEY ("key"), UNIQUE (id),
        FOREIGN KEY(case_id) REFERENCES case_head (id)
    ) STRICT
    """,
    "CREATE INDEX ix_party_case_id ON party (case_id)",
    "CREATE INDEX party_person ON party (person_id) WHERE person_id IS NOT NULL",
    "CREATE INDEX party_represented ON party (case_id) WHERE representations <> '[]'",
    "CREATE INDEX party_unit ON party (organisation_id) WHERE organisation_id IS NOT NULL",
    """
    CREATE TABLE receipt (
        seq INTEGER NOT NULL, epoch TEXT NOT NULL, device TEXT NOT NULL, entry_hash TEXT NOT NULL,
        position INTEGER NOT NULL, received_at TEXT NOT NULL, signature TEXT NOT NULL,
        raw TEXT NOT NULL, PRIMARY KEY (seq, epoch), FOREIGN KEY(seq) REFERENCES journal_entry (seq)
    ) STRICT
    """,
    """
    CREATE TABLE review (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL,
        owner_device TEXT NOT NULL, case_id TEXT NOT NULL, decision TEXT NOT NULL, at TEXT NOT NULL,
        author TEXT NOT NULL, text TEXT NOT NULL, target TEXT NOT NULL, answers TEXT,
        PRIMARY KEY ("key"), UNIQUE (id), FOREIGN KEY(case_id) REFERENCES case_head (id)
    ) STRICT
    """,
    "CREATE INDEX ix_review_case_id ON review (case_id)",
    """
    CREATE TABLE session (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL,
        owner_device TEXT NOT NULL, case_id TEXT NOT NULL, ordinal INTEGER NOT NULL, held_on TEXT,
        begun_at TEXT, ended_at TEXT, place TEXT NOT NULL, mediator_ids TEXT NOT NULL,
        recorder TEXT NOT NULL, attendance TEXT NOT NULL, participants TEXT NOT NULL,
        steps TEXT NOT NULL, outcome TEXT, outcome_text TEXT NOT NULL, next_on TEXT,
        void_reason TEXT NOT NULL, PRIMARY KEY ("key"), UNIQUE (id),
        FOREIGN KEY(case_id) REFERENCES case_head (id)
    ) STRICT
    """,
    "CREATE INDEX ix_session_case_id ON session (case_id)",
    """
    CREATE TABLE submission (
        "key" INTEGER NOT NULL, id TEXT NOT NULL, touched_by TEXT NOT NULL,
        owner_device TEXT NOT NULL, case_id TEXT NOT NULL, at TEXT NOT NULL, author TEXT NOT NULL,
        note TEXT NOT NULL, answers TEXT, PRIMARY KEY ("key"), UNIQUE (id),
        FOREIGN KEY(case_id) REFERENCES case_head (id)
    ) STRICT
    """,
    "CREATE INDEX ix_submission_case_id ON submission (case_id)",
    """
    CREATE TABLE verdict (
        seq INTEGER NOT NULL, record TEXT NOT NULL, kind TEXT NOT NULL, code TEXT NOT NULL,
        PRIMARY KEY (seq, record), FOREIGN KEY(seq) REFERENCES journal_entry (seq)
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX verdict_kind ON verdict (kind, seq)",
)

# Every character is a token of its own (see `search`); `pinyin` holds whole syllables and initials.
_SEARCH = (
    """
    CREATE VIRTUAL TABLE search_text USING fts5(
        name, body, pinyin, content='', contentless_delete=1,
        tokenize='unicode61 remove_diacritics 2'
    )
    """,
)


def _refusing(name: str, event: str, words: str, condition: str = "1") -> str:
    """A trigger that refuses `event` (``BEFORE DELETE ON case_head``) with `words`."""
    return (
        f"CREATE TRIGGER {name} {event} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{words}'); END"
    )


def _append_only(table: str) -> tuple[str, ...]:
    return (
        _refusing(f"{table}_kept", f"BEFORE DELETE ON {table}", "nothing is deleted"),
        _refusing(f"{table}_fixed", f"BEFORE UPDATE ON {table}", "what was written stays"),
    )


_JOURNAL_TRIGGERS = (
    *_append_only("journal_entry"),
    *_append_only("receipt"),
    *_append_only("foreign_entry"),
    _refusing(
        "journal_entry_chained",
        "BEFORE INSERT ON journal_entry",
        "the journal goes on at its end only",
        "NEW.seq <> 1 + (SELECT COALESCE(MAX(seq), 0) FROM journal_entry) OR NEW.prev <> COALESCE("
        "(SELECT hash FROM journal_entry ORDER BY seq DESC LIMIT 1), printf('%064d', 0))",
    ),
    _refusing(
        "receipt_matches",
        "BEFORE INSERT ON receipt",
        "a receipt of another entry",
        "NEW.entry_hash IS NOT (SELECT hash FROM journal_entry WHERE seq = NEW.seq) OR "
        "EXISTS (SELECT 1 FROM receipt WHERE seq = NEW.seq AND epoch = NEW.epoch)",
    ),
    _refusing(
        "foreign_entry_once",
        "BEFORE INSERT ON foreign_entry",
        "an entry is known for ever",
        "EXISTS (SELECT 1 FROM foreign_entry WHERE device = NEW.device AND seq = NEW.seq)",
    ),
)

_CHANGED_ON_PAPER = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in _ON_PAPER)
_SEALS = (
    # A spoiled paper goes back to a draft: only then hash and blocks are given up (PML art. 29).
    _refusing(
        "agreement_sealed",
        "BEFORE UPDATE ON agreement",
        "agreement frozen",
        f"OLD.state <> 'draft' AND ({_CHANGED_ON_PAPER} OR (NEW.state <> 'draft' AND ("
        "OLD.content_hash IS NOT NEW.content_hash OR OLD.party_blocks IS NOT NEW.party_blocks)))",
    ),
    _refusing(
        "agreement_signed",
        "BEFORE UPDATE ON agreement",
        "agreement frozen",
        "(OLD.state IN ('effective', 'void') AND NEW.state <> OLD.state) OR "
        "(OLD.state = 'final' AND NEW.state = 'draft' AND OLD.sign_offs <> '[]') OR "
        "(OLD.state <> 'draft' AND "
        "json_array_length(NEW.sign_offs) < json_array_length(OLD.sign_offs)) OR "
        "(OLD.state = 'effective' AND OLD.form = 'written' AND NEW.sign_offs <> OLD.sign_offs)",
    ),
)

STATEMENTS: tuple[str, ...] = (
    *_TABLES,
    *_SEARCH,
    *_JOURNAL_TRIGGERS,
    *_SEALS,
    *(
        _refusing(f"{table}_kept", f"BEFORE DELETE ON {table}", "nothing is deleted")
        for table in _RECORDS
    ),
)
