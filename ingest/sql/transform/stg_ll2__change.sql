-- Determines what the run changes. An unchanged launch gets no row and is not processed further.
--
-- Late records: a record that is older than the newest observation of its launch changes nothing; newer data is never
-- overwritten.
--
-- Leaving the upcoming list: only a complete sweep without a launch may end its membership. In two cases it must be
-- confirmed (`missed_at`):
--
-- - LL2's response about the launch still has a date in the future, so that its row may have moved between two pages
--   while others were inserted or deleted. The next complete sweep confirms it,
--   unless it is doubtful.
-- - More launches vanished within a day than vanished_limit. The list itself is doubtful then, and the same faulty
--   response may be received again minutes later, so each of them must be missing from every complete list for a day.
--   What left within the last day counts, because a list that shrinks in small steps would never be doubted otherwise.
--   Launches with an outcome do not count, and are not held: LL2 lists them for a day after their flight.
insert into stg_ll2__change (launch_id, observed_at, has_record, is_upcoming, is_deleted, missed_at, last_updated_before_at)
with known as (
    select
        launch_id,
        content_hash,
        is_upcoming,
        status_id,
        deleted_at,
        last_updated_at,
        missed_at,
        left_upcoming_at,
        heard_at(last_seen_at, left_upcoming_at, missed_at, deleted_at) as heard_at
    from fact_launch
),
received as (
    select
        stg_ll2__launch.launch_id,
        stg_ll2__launch.observed_at,
        known.content_hash is distinct from stg_ll2__launch.content_hash as has_record,
        -- Null for a follow-up: that depends on the list, too.
        case stg_ll2__launch.listing
            when 'upcoming' then true
            when 'previous' then false
            -- LL2's own rule for its list: future launches, and those of the last 24 hours.
            when 'feed' then coalesce(known.is_upcoming, false) or stg_ll2__launch.net_at > stg_ll2__launch.observed_at - interval '24 hours'
            when 'single' then stg_ll2__launch.net_at > stg_ll2__launch.observed_at - interval '24 hours'
        end as is_upcoming,
        -- LL2 still calls it upcoming, and the list does not contain it.
        stg_ll2__launch.listing = 'follow_up'
            and coalesce(known.is_upcoming, false)
            and not is_final(stg_ll2__launch.status_id)
            and stg_ll2__launch.net_at > stg_ll2__launch.observed_at - interval '24 hours' as is_missed,
        stg_ll2__launch.listing,
        known.is_upcoming as was_upcoming,
        known.deleted_at is not null as was_deleted,
        known.missed_at as was_missed_at,
        known.last_updated_at as last_updated_before_at
    from stg_ll2__launch
    left join known using (launch_id)
    where known.launch_id is null or known.heard_at <= stg_ll2__launch.observed_at
),
missing as (
    select
        known.launch_id,
        stg_run.observed_at,
        known.missed_at,
        is_final(known.status_id) as has_outcome
    from known
    cross join stg_run
    where stg_run.is_complete
        and known.is_upcoming
        and known.heard_at <= stg_run.observed_at
        and not exists (select from stg_ll2__launch where stg_ll2__launch.launch_id = known.launch_id)
        and not exists (select from stg_ll2__unread where stg_ll2__unread.launch_id = known.launch_id)
        and not exists (select from stg_ll2__gone where stg_ll2__gone.launch_id = known.launch_id)
),
list as (
    select
        (select count(*) from missing where not has_outcome)
        + (select count(*) from received where is_missed)
        + count(*) filter (
            where not known.is_upcoming
                and not is_final(known.status_id)
                and known.deleted_at is null
                and known.left_upcoming_at > stg_run.observed_at - interval '1 day'
                and known.left_upcoming_at <= stg_run.observed_at
        )
        > vanished_limit(count(*) filter (where known.is_upcoming)) as is_doubtful
    from known
    cross join stg_run
)
select
    launch_id,
    observed_at,
    has_record,
    is_listed,
    false,
    is_missed_since,
    last_updated_before_at
from received
cross join list
cross join lateral (
    select
        is_missed
        and (was_missed_at is null or (list.is_doubtful and was_missed_at > observed_at - interval '1 day')) as is_held
) as hold
cross join lateral (
    select
        is_held or coalesce(is_upcoming, false) as is_listed,
        case when is_held then coalesce(was_missed_at, observed_at) end as is_missed_since
) as membership
where has_record
    or was_upcoming is distinct from is_listed
    or was_deleted
    or was_missed_at is distinct from is_missed_since
union all
select
    launch_id,
    observed_at,
    false,
    is_held,
    false,
    case when is_held then observed_at end,
    null
from missing
cross join list
cross join lateral (
    select
        list.is_doubtful
        and not missing.has_outcome
        and coalesce(missing.missed_at > missing.observed_at - interval '1 day', true) as is_held
) as hold
where not is_held or missed_at is null
union all
select
    stg_ll2__gone.launch_id,
    stg_ll2__gone.observed_at,
    false,
    false,
    true,
    null,
    null
from stg_ll2__gone
inner join known using (launch_id)
where known.deleted_at is null
    and known.heard_at <= stg_ll2__gone.observed_at
