-- Dates named to the day or better, from when we first saw them to when they broke ($1 is now). A finer time of the same day is the same date;
-- a flight, a deletion and today end the watch without a break.
with sight as (
    select
        launch_id,
        valid_from as seen_at,
        net_at,
        net_precision_id,
        null::text as kind
    from fact_launch_revision
    where revision_number = 1
        and not has_left_pad(status_id)
    union all
    select
        launch_id,
        observed_at,
        net_after_at,
        net_precision_after_id,
        kind
    from fact_net_change
    where kind <> 'trim'
        and not (kind = 'firmed' and coalesce(net_precision_before_id between 0 and 5, false))
), watch as (
    select
        launch_id,
        seen_at,
        net_precision_id,
        kind,
        lead(seen_at) over later as broken_at,
        lead(kind) over later as next_kind
    from sight
    window later as (partition by launch_id order by seen_at)
), ended as (
    select
        watch.seen_at,
        next.is_break as is_broken,
        case
            when next.is_break then watch.broken_at
            when has_left_pad(fact_launch.status_id) then fact_launch.net_at
            else coalesce(fact_launch.deleted_at, $1::timestamptz)
        end as ended_at
    from watch
    inner join fact_launch using (launch_id)
    cross join lateral (select watch.next_kind in ('slip', 'pull_in', 'loosened', 'placeholder') as is_break) as next
    where watch.net_precision_id between 0 and 5
        and watch.kind is distinct from 'actual'
)
select
    floor(greatest(extract(epoch from ended_at - seen_at), 0) / 86400)::integer as day_number,
    count(*) filter (where coalesce(is_broken, false)) as broken_count,
    count(*) filter (where not coalesce(is_broken, false)) as kept_count
from ended
group by day_number
order by day_number
