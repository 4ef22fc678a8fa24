-- What was not observed is null (ADR 0048): a launch that was first seen with its outcome, or when it was no longer listed as upcoming, had the
-- day of the backfill as the time of its outcome and of its leaving the list.

-- First, since readers lock the view before the table.
create or replace view ingest_due_follow_up as
select fact_launch.launch_id, fact_launch.last_seen_at
from fact_launch
where not is_upcoming
    and not is_final(status_id)
    and deleted_at is null
    -- Of a launch that was first seen after it left, the first sighting is the latest time at which it can have left.
    and coalesce(left_upcoming_at, first_seen_at) > ingest_now() - interval '30 days'
    and ingest_now() - last_seen_at >= greatest((ingest_now() - coalesce(left_upcoming_at, first_seen_at)) / 4, interval '30 minutes')
    -- If it was asked for and no response could be used, not at once again.
    and not exists (
        select
        from ingest_request
        where purpose = 'follow_up'
            and sent_at > ingest_now() - interval '1 hour'
            and position(fact_launch.launch_id::text in url) > 0
    );

update fact_launch
set
    left_upcoming_at = case when left_upcoming_at > first_seen_at then left_upcoming_at end,
    outcome_seen_at = case
        when outcome_seen_at > first_seen_at then outcome_seen_at
        -- LL2 withdrew the outcome that it had at first: the next one was observed.
        else (
            select min(revision.valid_from)
            from (
                select valid_from, status_id, lag(status_id) over (order by revision_number) as status_before_id
                from fact_launch_revision
                where fact_launch_revision.launch_id = fact_launch.launch_id
            ) as revision
            where is_final(revision.status_id) and not is_final(revision.status_before_id)
        )
    end
where left_upcoming_at <= first_seen_at or outcome_seen_at <= first_seen_at;

-- A program of an older release would store such times again. It gets an error, and publishes nothing.
alter table fact_launch
    add constraint fact_launch_left_observed check (left_upcoming_at > first_seen_at),
    add constraint fact_launch_outcome_observed check (outcome_seen_at > first_seen_at);

comment on column fact_launch.left_upcoming_at is 'When a complete sweep, or LL2''s own response for the launch, first showed that it is no longer upcoming. Null: it is upcoming, or was never seen as upcoming.';
comment on column fact_launch.outcome_seen_at is 'When a status of success, failure or partial failure was first observed of a launch that had been seen without. Null: there is none yet, or the launch had it when it was first seen.';
