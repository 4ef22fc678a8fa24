-- Readers that keep a page open learn at once that a run has ended. Said by the database and not by the job, so that it holds for every
-- way a run can end and for every process that ends it; told on commit, which is publication.

create function ingest_run_tell() returns trigger
language plpgsql
as $$
begin
    -- Without a payload, so that what happens at once is told once. Whoever hears it reads mart_freshness.
    perform pg_notify('mooncoon_news', '');
    return null;
end
$$;
comment on function ingest_run_tell is 'Tells all listeners of channel mooncoon_news that a run has ended.';

create trigger ingest_run_tell
after insert or update of state on ingest_run
for each row
when (new.state <> 'running')
execute function ingest_run_tell();
