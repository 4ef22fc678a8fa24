-- The NET ledger with separate axes (ADR 0042). What a change means, and whether it is a slip, follows from the columns that were observed,
-- by one function, as generated columns: neither the ingest job nor a data test can decide it differently, and this migration computes it for
-- every row that there is. `kind` and `shift_seconds` become generated too; until now each run wrote them.

create function net_precision_rank(net_precision_id integer) returns smallint
language sql immutable parallel safe
return case
    when net_precision_id in (0, 1, 2) then net_precision_id
    when net_precision_id in (3, 4) then 3
    when net_precision_id in (5, 6, 7) then net_precision_id - 1
    when net_precision_id between 8 and 11 then 7
    when net_precision_id in (12, 13) then 8
    when net_precision_id in (14, 15) then 9
    when net_precision_id = 16 then 10
end::smallint;
comment on function net_precision_rank is 'Precisions by length of their period: 0 second, 1 minute, 2 hour, 3 half a day, 4 day, 5 week, 6 month, 7 quarter, 8 half-year, 9 year, 10 decade. Null: no precision given, or one that is not known here.';

create type net_move as (
    direction text,
    precision_change text,
    is_after_old_date boolean,
    shift_min_seconds bigint,
    shift_max_seconds bigint,
    shift_seconds bigint,
    is_slip boolean,
    is_recycle boolean,
    kind text
);

-- Materialized: otherwise the planner replaces each use of a period by the dozen branches of net_span, and a call takes milliseconds.
-- Differences of timestamptz and the epoch of an interval are immutable; `timestamptz + interval` is not.
create function net_move(
    net_before_at timestamptz,
    net_precision_before_id integer,
    net_after_at timestamptz,
    net_precision_after_id integer,
    status_before_id integer,
    status_after_id integer,
    observed_at timestamptz
) returns net_move
language sql immutable parallel safe
begin atomic
    with period as materialized (
        select
            net_span(net_before_at, net_precision_before_id) as before,
            net_span(net_after_at, net_precision_after_id) as after,
            net_precision_rank(net_precision_before_id) as rank_before,
            net_precision_rank(net_precision_after_id) as rank_after,
            extract(epoch from net_after_at - net_before_at)::bigint as net_seconds,
            not is_final(status_before_id) and not has_left_pad(status_after_id) as is_waiting
    ),
    bounded as materialized (
        select
            period.*,
            observed_at >= upper(before) as is_after_old_date,
            rank_before <= 1 and rank_after <= 1 as is_instant,
            -- It had not flown when the change was observed. If the old date had passed by then, the flight is later than that.
            case
                when is_waiting and observed_at >= upper(before) and observed_at < upper(after) then greatest(lower(after), observed_at)
                else lower(after)
            end as earliest_at
        from period
    ),
    measured as materialized (
        select
            bounded.*,
            case
                when rank_before is null or rank_after is null then 'unknown'
                when is_instant and net_seconds > 0 then 'later'
                when is_instant and net_seconds < 0 then 'earlier'
                when is_instant then 'none'
                when earliest_at >= upper(before) then 'later'
                when upper(after) <= lower(before) then 'earlier'
                else 'none'
            end as direction,
            case
                when coalesce(rank_after, 11) < coalesce(rank_before, 11) then 'finer'
                when coalesce(rank_after, 11) > coalesce(rank_before, 11) then 'coarser'
                else 'same'
            end as precision_change,
            case
                when is_instant then net_seconds
                when rank_before is not null and rank_after is not null
                    then extract(epoch from earliest_at - upper(before))::bigint + 1
            end as shift_min_seconds,
            case
                when is_instant then net_seconds
                when rank_before is not null and rank_after is not null
                    then extract(epoch from upper(after) - lower(before))::bigint - 1
            end as shift_max_seconds
        from bounded
    ),
    judged as materialized (
        select
            measured.*,
            is_waiting and direction = 'later' and shift_max_seconds >= 900 as is_slip
        from measured
    )
    select
        direction,
        precision_change,
        is_after_old_date,
        shift_min_seconds,
        shift_max_seconds,
        case
            when rank_before <= 2 and rank_after <= 2 then net_seconds
            when rank_before = rank_after and not before && after then extract(epoch from lower(after) - lower(before))::bigint
            when direction = 'later' then shift_min_seconds
            when direction = 'earlier' then shift_max_seconds
            else 0
        end,
        is_slip,
        is_slip
        and rank_before <= 4
        and rank_after <= 4
        and extract(epoch from lower(before) - observed_at) <= 86400
        and shift_min_seconds <= 172800,
        case
            when is_final(status_before_id) then 'trim'
            when is_final(status_after_id) then 'actual'
            when has_left_pad(status_before_id) and has_left_pad(status_after_id) then 'trim'
            when has_left_pad(status_after_id) then 'actual'
            when direction = 'unknown' then 'placeholder'
            when is_slip then 'slip'
            when direction = 'earlier' and shift_min_seconds <= -900 then 'pull_in'
            when direction <> 'none' then 'trim'
            when precision_change = 'finer' then 'firmed'
            when precision_change = 'coarser' then 'loosened'
            else 'trim'
        end
    from judged;
end;
comment on function net_move is 'What a change of NET means, and whether it is a slip: the only place of this rule (ADR 0042). Periods are those of net_span, shifts are seconds, signed.';

alter table fact_net_change
    drop column kind,
    drop column shift_seconds,
    add column provider_id integer references dim_launch_service_provider,
    add column rocket_config_id integer references dim_rocket_config,
    add column pad_id integer references dim_pad;

-- One column for each field of net_move.
do $$
declare
    axes text;
begin
    select string_agg(
        format(
            'add column %I %s generated always as ((net_move(
                net_before_at, net_precision_before_id, net_after_at, net_precision_after_id, status_before_id, status_after_id, observed_at
            )).%I) stored',
            attname, format_type(atttypid, atttypmod), attname
        ),
        ', ' order by attnum
    )
    from pg_attribute
    where attrelid = 'net_move'::regclass and attnum > 0
    into strict axes;
    execute 'alter table fact_net_change ' || axes;
end
$$;

-- As of the change: the revision that it opened has them. A ledger without that revision has lost it to a replay of an older release.
update fact_net_change
set provider_id = credited.provider_id, rocket_config_id = credited.rocket_config_id, pad_id = credited.pad_id
from (
    select
        fact_net_change.launch_id,
        fact_net_change.observed_at,
        coalesce(revision.provider_id, fact_launch.provider_id) as provider_id,
        coalesce(revision.rocket_config_id, fact_launch.rocket_config_id) as rocket_config_id,
        coalesce(revision.pad_id, fact_launch.pad_id) as pad_id
    from fact_net_change
    inner join fact_launch using (launch_id)
    left join fact_launch_revision as revision
        on revision.launch_id = fact_net_change.launch_id
        and revision.valid_from <= fact_net_change.observed_at
        and (revision.valid_to is null or revision.valid_to > fact_net_change.observed_at)
) as credited
where (credited.launch_id, credited.observed_at) = (fact_net_change.launch_id, fact_net_change.observed_at);

alter table fact_net_change
    alter column provider_id set not null,
    alter column rocket_config_id set not null,
    alter column pad_id set not null,
    alter column direction set not null,
    alter column precision_change set not null,
    alter column is_after_old_date set not null,
    alter column shift_seconds set not null,
    alter column is_slip set not null,
    alter column is_recycle set not null,
    alter column kind set not null,
    add constraint fact_net_change_direction_check check (direction in ('later', 'earlier', 'none', 'unknown')),
    add constraint fact_net_change_precision_change_check check (precision_change in ('finer', 'coarser', 'same')),
    add constraint fact_net_change_kind_check
    check (kind in ('slip', 'pull_in', 'firmed', 'loosened', 'placeholder', 'trim', 'actual'));

-- The pages count slips by the same rule.
update fact_launch
set slip_count = counted.slip_count
from (
    select launch_id, count(*) filter (where is_slip)::integer as slip_count
    from fact_net_change
    group by launch_id
) as counted
where counted.launch_id = fact_launch.launch_id and counted.slip_count <> fact_launch.slip_count;

comment on table fact_net_change is 'An observed change of NET or of its precision, on separate axes: direction, precision, whether the old date had passed. One row per launch and observation that changed it.';
comment on column fact_net_change.launch_id is 'The launch.';
comment on column fact_net_change.observed_at is 'When the change was first observed, not when LL2 entered it.';
comment on column fact_net_change.ingest_run_id is 'The run that published the observation.';
comment on column fact_net_change.net_before_at is 'NET before the change, as LL2 stored it. Read it with its precision.';
comment on column fact_net_change.net_precision_before_id is 'Precision before the change; null: LL2 gave none.';
comment on column fact_net_change.net_after_at is 'NET after the change, as LL2 stores it. Read it with its precision.';
comment on column fact_net_change.net_precision_after_id is 'Precision after the change; null: LL2 gave none.';
comment on column fact_net_change.status_before_id is 'Status before the change.';
comment on column fact_net_change.status_after_id is 'Status after the change.';
comment on column fact_net_change.provider_id is 'Provider as of the change; fact_launch has the present one.';
comment on column fact_net_change.rocket_config_id is 'Rocket configuration as of the change; fact_launch has the present one.';
comment on column fact_net_change.pad_id is 'Pad as of the change; fact_launch has the present one.';
comment on column fact_net_change.direction is 'later, earlier: the new period lies wholly after, before the old one; none: they overlap; unknown: a precision is not given or not known. If the old date had passed, only the rest of the new period counts. Instants (minute or second) are compared as such.';
comment on column fact_net_change.precision_change is 'finer, coarser, same, by net_precision_rank. No precision is coarser than any.';
comment on column fact_net_change.is_after_old_date is 'The old period had passed when the change was observed.';
comment on column fact_net_change.shift_min_seconds is 'The least by which the flight moved, in seconds, signed: from the end of the old period to the start of the new one. Null if the direction is unknown.';
comment on column fact_net_change.shift_max_seconds is 'The most by which the flight moved, in seconds, signed: from the start of the old period to the end of the new one. Equal to shift_min_seconds between instants.';
comment on column fact_net_change.shift_seconds is 'One figure for how far the NET moved, in seconds, signed: between dates of an hour or better their difference; between periods of one precision their distance; else the bound nearest to zero; 0 if neither later nor earlier.';
comment on column fact_net_change.is_slip is 'A slip: before the flight, and later than the whole announced period, by at least 15 minutes.';
comment on column fact_net_change.is_recycle is 'A slip of a scrub: observed from 24 hours before the old date on, day or better before and after, to at most 48 hours later. All other slips are moves beyond the announced period.';
comment on column fact_net_change.kind is 'One word for the axes: slip; pull_in: earlier by at least 15 minutes; firmed, loosened: within the old period, finer or coarser; placeholder: direction unknown; trim: less than 15 minutes, the same period, or after the flight; actual: the T-0 flown, given at lift-off or with the outcome.';
comment on column fact_net_change.was_observed_live is 'Seen within two polling intervals of the previous sighting of the launch; otherwise caught up: several changes may hide in one.';
comment on column fact_launch.net_change_count is 'Rows of fact_net_change.';
comment on column fact_launch.slip_count is 'Rows of fact_net_change with is_slip.';
