-- What the data tests compare the result of a run with.
alter table stg_ll2__change add column last_updated_before_at timestamptz;
comment on column stg_ll2__change.last_updated_before_at is 'The time of LL2''s last edit that was stored before this record; null without a record or for a launch that was unknown.';

alter table stg_run add column record_count integer not null default 0;
alter table stg_run add column quarantined_count integer not null default 0;
comment on column stg_run.record_count is 'Records that the run received; 0 in a replay, whose records were judged when they were received.';
comment on column stg_run.quarantined_count is 'How many of them are unusable.';
