create table record_defect (
    api_version text not null,
    part text not null,
    treatment text not null check (treatment in ('cut', 'left_out', 'unknown', 'repaired')),
    record_count bigint not null,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    last_launch_id uuid,
    last_run_id bigint not null references ingest_run,
    primary key (api_version, part, treatment)
);
comment on table record_defect is 'A part of records that could not be kept as LL2 sent it, although the records could be used. One row per API version, part and treatment.';
comment on column record_defect.part is 'A kind of text (name, description), a list (videos), or a field (net).';
comment on column record_defect.treatment is 'cut: only its beginning is kept; left_out: a link that is none or carries credentials; unknown: missing or unreadable, shown as unknown; repaired: JSON that no parser takes, put right.';
comment on column record_defect.record_count is 'Records met with it, all runs together.';
comment on column record_defect.last_launch_id is 'The launch of the newest such record, to look it up by.';
