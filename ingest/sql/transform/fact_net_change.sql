-- Adds an entry for every change of NET or precision. Dates are compared as the periods that they stand for (net_span),
-- because an "earlier" date is usually a vague one that became exact (docs/ledger.md).
--
-- The first rule that matches determines the kind:
--   trim         the outcome was known before, or the launch was in flight before and still is
--   actual       the launch has flown: this is the T-0
--   trim         both precise (an hour or better), moved by less than two minutes
--   placeholder  both vague (coarser than a month, or no precision), periods disjoint or of equal length
--   slip         the new period is after the old one
--   pull_in      the new period is before the old one
--   firmed       they overlap and the new one is shorter
--   loosened     they overlap and the new one is longer
--   trim         they overlap and have the same length: another time in the same period
insert into fact_net_change (
    launch_id,
    observed_at,
    ingest_run_id,
    kind,
    net_before_at,
    net_precision_before_id,
    net_after_at,
    net_precision_after_id,
    shift_seconds,
    status_before_id,
    status_after_id,
    was_observed_live
)
-- Materialized: otherwise the planner inlines net_span, a dozen branches, at every use of a span, which takes longer
-- than the query itself.
with moved as materialized (
    select
        stg_ll2__change.launch_id,
        stg_ll2__change.observed_at,
        stg_run.ingest_run_id,
        before.net_at as net_before_at,
        before.net_precision_id as net_precision_before_id,
        stg_ll2__launch.net_at as net_after_at,
        stg_ll2__launch.net_precision_id as net_precision_after_id,
        before.status_id as status_before_id,
        stg_ll2__launch.status_id as status_after_id,
        stg_ll2__change.observed_at - fact_launch.last_seen_at <= 2 * stg_run.poll_seconds * interval '1 second' as was_observed_live,
        net_span(before.net_at, before.net_precision_id) as span_before,
        net_span(stg_ll2__launch.net_at, stg_ll2__launch.net_precision_id) as span_after
    from stg_ll2__change
    cross join stg_run
    inner join stg_ll2__launch using (launch_id)
    inner join fact_launch using (launch_id)
    inner join fact_launch_revision as before
        on before.launch_id = stg_ll2__change.launch_id
        and before.valid_to is null
    where stg_ll2__change.has_record
        and (before.net_at, before.net_precision_id)
            is distinct from (stg_ll2__launch.net_at, stg_ll2__launch.net_precision_id)
),
measured as materialized (
    select
        launch_id,
        observed_at,
        ingest_run_id,
        net_before_at,
        net_precision_before_id,
        net_after_at,
        net_precision_after_id,
        status_before_id,
        status_after_id,
        was_observed_live,
        span_before,
        span_after,
        span_before && span_after as is_overlapping,
        upper(span_before) - lower(span_before) as length_before,
        upper(span_after) - lower(span_after) as length_after,
        coalesce(net_precision_before_id <= 2 and net_precision_after_id <= 2, false) as is_precise,
        -- Q1 to Q4 are the same precision with four ids; H1 and H2 the same with two.
        case
            when net_precision_before_id between 8 and 11 then net_precision_after_id between 8 and 11
            when net_precision_before_id in (12, 13) then net_precision_after_id in (12, 13)
            else net_precision_before_id is not distinct from net_precision_after_id
        end as is_same_precision,
        coalesce(net_precision_before_id >= 8, true) and coalesce(net_precision_after_id >= 8, true) as is_vague
    from moved
)
select
    launch_id,
    observed_at,
    ingest_run_id,
    case
        when is_final(status_before_id) then 'trim'
        when is_final(status_after_id) then 'actual'
        -- If LL2 withdraws the liftoff, the new date is compared like any other.
        when has_left_pad(status_before_id) and has_left_pad(status_after_id) then 'trim'
        when has_left_pad(status_after_id) then 'actual'
        when is_precise
            and net_before_at <> net_after_at
            and net_after_at - net_before_at between interval '-119 seconds' and interval '119 seconds' then 'trim'
        when is_vague and (not is_overlapping or length_before = length_after) then 'placeholder'
        when not is_overlapping and span_after > span_before then 'slip'
        when not is_overlapping then 'pull_in'
        when length_after < length_before then 'firmed'
        when length_after > length_before then 'loosened'
        else 'trim'
    end,
    net_before_at,
    net_precision_before_id,
    net_after_at,
    net_precision_after_id,
    extract(epoch from case
        when is_precise then net_after_at - net_before_at
        when is_overlapping then interval '0'
        when is_same_precision then lower(span_after) - lower(span_before)
        when span_after > span_before then lower(span_after) - upper(span_before) + interval '1 second'
        else upper(span_after) - lower(span_before) - interval '1 second'
    end)::bigint,
    status_before_id,
    status_after_id,
    was_observed_live
from measured
