-- How many launches may vanish from the upcoming list before it is doubted: for the transform that closes them, and for
-- the requests by id.
create function vanished_limit(listed_count bigint) returns bigint
language sql immutable parallel safe
return greatest(10, listed_count / 20);
comment on function vanished_limit is 'The most launches that may vanish from a list of this many, within a day and without an outcome, before each of them must stay missing for a day: one in twenty, but ten of a short list.';

comment on column fact_launch.missed_at is 'Since when no complete sweep has listed the launch although it is upcoming; null while it is listed. It leaves the list when that is confirmed: by the next complete sweep if LL2''s own response still had a date in the future, after a day if many launches vanished.';

-- The longest complete list of a week, for the data test that compares a list with it.
create index ingest_run_complete on ingest_run (observed_at) where state = 'succeeded' and is_complete;
