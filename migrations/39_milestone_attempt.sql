-- Two facts that follow from the revisions alone, as views: they cannot disagree with the history, and a replay needs not rebuild them.

create view fact_launch_milestone as
with revision as (
    select
        launch_id,
        revision_number,
        valid_from,
        status_id,
        net_at,
        net_precision_id,
        first_value(has_left_pad(status_id)) over (partition by launch_id order by revision_number) as is_backfilled
    from fact_launch_revision
),
reached as (
    select
        launch_id,
        min(valid_from) as announced_at,
        min(valid_from) filter (where net_precision_rank(net_precision_id) <= 2) as precise_at,
        min(valid_from) filter (where status_id = 8) as confirming_at,
        min(valid_from) filter (where status_id = 1) as go_at,
        min(valid_from) filter (where is_final(status_id)) as outcome_at,
        (array_agg(net_at order by revision_number))[1] as first_net_at,
        (array_agg(net_precision_id order by revision_number))[1] as first_net_precision_id
    from revision
    where not is_backfilled
    group by launch_id
)
select
    fact_launch.launch_id,
    reached.launch_id is null as is_backfilled,
    (reached.announced_at at time zone 'UTC')::date as announced_date,
    (reached.precise_at at time zone 'UTC')::date as precise_date,
    (reached.confirming_at at time zone 'UTC')::date as to_be_confirmed_date,
    (reached.go_at at time zone 'UTC')::date as go_date,
    fact_launch.flown_date,
    (reached.outcome_at at time zone 'UTC')::date as outcome_date,
    lag.announced_to_precise_days,
    lag.announced_to_go_days,
    lag.announced_to_flight_days,
    lag.go_to_flight_days,
    lag.flight_to_outcome_days,
    reached.first_net_at,
    reached.first_net_precision_id,
    displacement.shift_min_seconds as displacement_min_seconds,
    displacement.shift_max_seconds as displacement_max_seconds
from fact_launch
left join reached using (launch_id)
cross join lateral (
    select case when has_left_pad(fact_launch.status_id) and net_precision_rank(fact_launch.net_precision_id) <= 2 then fact_launch.net_at end as flown_at
) as flight
cross join lateral (
    select
        round(extract(epoch from reached.precise_at - reached.announced_at) / 86400, 3) as announced_to_precise_days,
        round(extract(epoch from reached.go_at - reached.announced_at) / 86400, 3) as announced_to_go_days,
        round(extract(epoch from flight.flown_at - reached.announced_at) / 86400, 3) as announced_to_flight_days,
        round(extract(epoch from flight.flown_at - reached.go_at) / 86400, 3) as go_to_flight_days,
        round(extract(epoch from reached.outcome_at - flight.flown_at) / 86400, 3) as flight_to_outcome_days
) as lag
-- From the first date to the newest as one move; observed before any of them, so that no old date has passed.
left join lateral net_move(
    reached.first_net_at, reached.first_net_precision_id, fact_launch.net_at, fact_launch.net_precision_id, 1, 1, '0001-01-01 00:00Z'
) as displacement on reached.launch_id is not null;
comment on view fact_launch_milestone is 'When a launch reached each milestone, and how far its date moved in all (accumulating snapshot, from its revisions). One row per launch.';
comment on column fact_launch_milestone.launch_id is 'The launch.';
comment on column fact_launch_milestone.is_backfilled is 'It had left the pad when it was first seen: milestones were not observed and are null, except the day of the flight.';
comment on column fact_launch_milestone.announced_date is 'Day, UTC, on which it was first seen with a date.';
comment on column fact_launch_milestone.precise_date is 'Day, UTC, on which its date was first seen to the hour or better.';
comment on column fact_launch_milestone.to_be_confirmed_date is 'Day, UTC, on which it was first seen as To Be Confirmed.';
comment on column fact_launch_milestone.go_date is 'Day, UTC, on which it was first seen as Go.';
comment on column fact_launch_milestone.flown_date is 'Day of the flight, UTC; null if it is not known to the day.';
comment on column fact_launch_milestone.outcome_date is 'Day, UTC, on which success, failure or partial failure was first seen.';
comment on column fact_launch_milestone.announced_to_precise_days is 'Days from the first sighting to the first date of an hour or better.';
comment on column fact_launch_milestone.announced_to_go_days is 'Days from the first sighting to the first Go.';
comment on column fact_launch_milestone.announced_to_flight_days is 'Days from the first sighting to the flight.';
comment on column fact_launch_milestone.go_to_flight_days is 'Days from the first Go to the flight.';
comment on column fact_launch_milestone.flight_to_outcome_days is 'Days from the flight to the first sighting of its outcome.';
comment on column fact_launch_milestone.first_net_at is 'The first NET that was seen, as LL2 stored it. Read it with its precision.';
comment on column fact_launch_milestone.first_net_precision_id is 'Precision of the first NET; null: LL2 gave none.';
comment on column fact_launch_milestone.displacement_min_seconds is 'The least by which the newest date, or the flight, lies from the first date, in seconds, signed (net_move). Null if a precision is not known.';
comment on column fact_launch_milestone.displacement_max_seconds is 'The most by which it lies from the first date. Equal to the least between instants.';

create view fact_launch_attempt as
with announced as (
    select
        revision.launch_id,
        revision.net_at,
        revision.window_end_at,
        revision.status_id,
        revision.probability_percent,
        revision.weather_concerns,
        revision.provider_id,
        revision.rocket_config_id,
        revision.pad_id,
        revision.net_precision_id,
        revision.valid_from,
        revision.valid_to,
        coalesce(revision.valid_to, fact_launch.last_seen_at) as listed_until_at
    from fact_launch_revision as revision
    inner join fact_launch using (launch_id)
    where not has_left_pad(revision.status_id) and not revision.is_deleted
),
flight as (
    select launch_id, net_at as flown_at, status_id
    from fact_launch
    where has_left_pad(status_id)
        and net_precision_rank(net_precision_id) <= 1
        -- Of a launch that was first seen after its flight, nothing is known before it.
        and exists (select from announced where announced.launch_id = fact_launch.launch_id)
),
attempt as (
    -- A date of a minute or better that was still announced when its time came, unless it was the flight itself.
    select announced.*, announced.net_at as t_zero_at, false as is_flown
    from announced
    left join flight using (launch_id)
    where net_precision_rank(announced.net_precision_id) <= 1
        and announced.valid_from <= announced.net_at
        and announced.listed_until_at > announced.net_at
        and (flight.flown_at is null or announced.net_at <= flight.flown_at - interval '15 minutes')
    union all
    select known.*, flight.flown_at, true
    from flight
    cross join lateral (
        select announced.*
        from announced
        where announced.launch_id = flight.launch_id and announced.valid_from <= flight.flown_at
        order by announced.valid_from desc
        limit 1
    ) as known
),
numbered as (
    select
        attempt.*,
        row_number() over later as attempt_number,
        lead(t_zero_at) over later as next_t_zero_at
    from attempt
    window later as (partition by launch_id order by t_zero_at)
)
select
    launch_id,
    attempt_number,
    t_zero_at,
    (t_zero_at at time zone 'UTC')::date as t_zero_date,
    case
        when is_flown then 'flown'
        when next_t_zero_at <= window_end_at then 'held'
        when valid_to is null then 'pending'
        else 'scrubbed'
    end as result,
    is_flown,
    probability_percent,
    weather_concerns,
    status_id as status_before_id,
    provider_id,
    rocket_config_id,
    pad_id,
    next_t_zero_at,
    extract(epoch from next_t_zero_at - t_zero_at)::bigint as recycle_seconds
from numbered;
comment on view fact_launch_attempt is 'An attempt to launch: a T-0 that came while it was announced, or the flight. Launches first seen after their flight have none, and T-0s that were announced and withdrawn between two observations are not in it. One row per launch and T-0 reached.';
comment on column fact_launch_attempt.launch_id is 'The launch.';
comment on column fact_launch_attempt.attempt_number is 'From 1, in the order of T-0.';
comment on column fact_launch_attempt.t_zero_at is 'The T-0, to the minute or better: announced when its time came, or flown.';
comment on column fact_launch_attempt.t_zero_date is 'Day of the T-0, UTC.';
comment on column fact_launch_attempt.result is 'flown: it lifted off within 15 minutes of this T-0; held: another T-0 followed within the window; scrubbed: not; pending: nothing has been observed since.';
comment on column fact_launch_attempt.is_flown is 'Whether result is flown.';
comment on column fact_launch_attempt.probability_percent is 'Chance of acceptable weather as last known before the T-0. Null: not given.';
comment on column fact_launch_attempt.weather_concerns is 'Weather concerns as last known before the T-0. Null: not given.';
comment on column fact_launch_attempt.status_before_id is 'Status as last known before the T-0.';
comment on column fact_launch_attempt.provider_id is 'Provider as of the attempt.';
comment on column fact_launch_attempt.rocket_config_id is 'Rocket configuration as of the attempt.';
comment on column fact_launch_attempt.pad_id is 'Pad as of the attempt.';
comment on column fact_launch_attempt.next_t_zero_at is 'T-0 of the next attempt. Null: there was none yet.';
comment on column fact_launch_attempt.recycle_seconds is 'Seconds from this T-0 to the next attempt.';
