-- Scores of date forecasts are computed once, by the ingest job, from the whole predicted distribution (ADR 0049). Before, a view computed them at
-- each reading from two quantiles, on all forecasts; of launches that wait, only the part until the newest observation.
create table model_forecast_score (
    launch_id uuid not null,
    made_at timestamptz not null,
    next_at timestamptz,
    ingest_run_id bigint,
    horizon text,
    look_ahead_days smallint,
    within_7_days_chance double precision,
    within_30_days_chance double precision,
    within_90_days_chance double precision,
    left_out text,
    flown_at timestamptz,
    integrated_brier_days double precision,
    announced_integrated_brier_days double precision,
    horizon_integrated_brier_days double precision,
    weibull_integrated_brier_days double precision,
    p50_pinball_days double precision,
    announced_p50_pinball_days double precision,
    horizon_p50_pinball_days double precision,
    weibull_p50_pinball_days double precision,
    p80_pinball_days double precision,
    announced_p80_pinball_days double precision,
    horizon_p80_pinball_days double precision,
    weibull_p80_pinball_days double precision,
    primary key (launch_id, made_at),
    constraint model_forecast_score_of_forecast
        foreign key (launch_id, made_at) references model_forecast (launch_id, made_at) on update cascade on delete cascade,
    constraint model_forecast_score_is_whole check (
        num_nonnulls(
            integrated_brier_days, announced_integrated_brier_days, horizon_integrated_brier_days, weibull_integrated_brier_days,
            p50_pinball_days, announced_p50_pinball_days, horizon_p50_pinball_days, weibull_p50_pinball_days,
            p80_pinball_days, announced_p80_pinball_days, horizon_p80_pinball_days, weibull_p80_pinball_days
        ) in (0, 12)
    ),
    -- A row is either to be looked at, or left out, or scored.
    constraint model_forecast_score_is_one_state check (num_nonnulls(next_at, left_out, integrated_brier_days) = 1)
);
comment on table model_forecast_score is 'One row per launch and UTC day with a date forecast: the first of the day, with its score over a fixed look-ahead. A score can be computed again, unlike a forecast: a change of the outcome and a replay do so.';
comment on column model_forecast_score.launch_id is 'The launch.';
comment on column model_forecast_score.made_at is 'When the forecast was made.';
comment on column model_forecast_score.next_at is 'When the forecast can be scored: at the end of the look-ahead; before it was first read, when it was made. Null: scored, or left out for good.';
comment on column model_forecast_score.ingest_run_id is 'The run that last looked at the row. Null: none yet.';
comment on column model_forecast_score.horizon is 'How far ahead of the forecast the launch was announced: overdue, under_a_day, to_a_week, to_a_month, to_ninety_days, beyond. Null: not read yet, or unreadable.';
comment on column model_forecast_score.look_ahead_days is 'Days after the forecast over which it is scored; follows from the horizon. Null: not read yet, or unreadable.';
comment on column model_forecast_score.within_7_days_chance is 'Predicted chance that the launch flies within 7 days after the forecast, 0 to 1. Null: not read yet, or unreadable.';
comment on column model_forecast_score.within_30_days_chance is 'Predicted chance that the launch flies within 30 days after the forecast, 0 to 1. Null: not read yet, or unreadable.';
comment on column model_forecast_score.within_90_days_chance is 'Predicted chance that the launch flies within 90 days after the forecast, 0 to 1. Null: not read yet, or unreadable.';
comment on column model_forecast_score.left_out is 'Why the forecast is not scored: unreadable; deleted (the launch is); stale (LL2 no longer listed the launch when the forecast was made); not_waiting (the launch had flown by then, as is known now); outcome_unknown (it was last seen after its T-0, and may have flown unseen). Null: not left out.';
comment on column model_forecast_score.flown_at is 'The outcome that the score uses: when the launch flew. Null: not within the look-ahead, or not scored.';
do $$
declare
    rule text;
    forecaster text;
begin
    foreach rule in array array['', 'announced_', 'horizon_', 'weibull_'] loop
        forecaster := case rule
            when '' then 'our forecast'
            when 'announced_' then 'the rule that the announced date is right'
            when 'horizon_' then 'the rule of the quantiles of all launches announced as far ahead and as exactly, as known at 00:00 UTC of the day of the forecast'
            else 'the published Weibull model'
        end;
        execute format(
            'comment on column model_forecast_score.%sintegrated_brier_days is %L', rule,
            'Integrated Brier score of ' || forecaster || ', in days: the squared difference between the chance to have flown and whether it has, summed over the look-ahead. Null: not scored.'
        );
        execute format(
            'comment on column model_forecast_score.%sp50_pinball_days is %L', rule,
            'Pinball loss of P50 of ' || forecaster || ', in days; times after the look-ahead count as its end. Null: not scored.'
        );
        execute format(
            'comment on column model_forecast_score.%sp80_pinball_days is %L', rule,
            'Pinball loss of P80 of ' || forecaster || ', in days; times after the look-ahead count as its end. Null: not scored.'
        );
    end loop;
end
$$;
create unique index model_forecast_score_by_day on model_forecast_score (launch_id, ((made_at at time zone 'UTC')::date));
create index model_forecast_score_due on model_forecast_score (next_at) where next_at is not null;
create index model_forecast_score_by_run on model_forecast_score (ingest_run_id);
create index model_forecast_score_by_time on model_forecast_score (made_at);

-- The next runs read them, oldest first, a few thousand each.
insert into model_forecast_score (launch_id, made_at, next_at)
select distinct on (launch_id, (made_at at time zone 'UTC')::date) launch_id, made_at, made_at
from model_forecast
where p50_at is not null
order by launch_id, (made_at at time zone 'UTC')::date, made_at;

drop view mart_forecast_date;
drop function moved_days;

create view mart_forecast_date as
with record as (
    select max(last_seen_at) as until_at from fact_launch
)
select
    score.launch_id,
    score.made_at,
    fact_launch.provider_id,
    score.horizon,
    score.look_ahead_days,
    model_forecast.p10_at,
    model_forecast.p90_at,
    score.within_7_days_chance,
    score.within_30_days_chance,
    score.within_90_days_chance,
    flown.flown_at,
    case
        when flown.flown_at is null and fact_launch.net_precision_id <= 2 and fact_launch.net_at <= fact_launch.last_seen_at
            then fact_launch.last_seen_at
        else record.until_at
    end as known_until_at,
    score.integrated_brier_days,
    score.announced_integrated_brier_days,
    score.horizon_integrated_brier_days,
    score.weibull_integrated_brier_days,
    score.p50_pinball_days,
    score.announced_p50_pinball_days,
    score.horizon_p50_pinball_days,
    score.weibull_p50_pinball_days,
    score.p80_pinball_days,
    score.announced_p80_pinball_days,
    score.horizon_p80_pinball_days,
    score.weibull_p80_pinball_days
from model_forecast_score as score
-- Every score has its forecast; an outer join is left out of queries that read nothing of it.
left join model_forecast using (launch_id, made_at)
inner join fact_launch using (launch_id)
cross join record
cross join lateral (
    select case when has_left_pad(fact_launch.status_id) then fact_launch.net_at end as flown_at
) as flown
where
    score.horizon is not null
    and fact_launch.deleted_at is null
    and score.made_at <= fact_launch.last_seen_at
    and (flown.flown_at is null or score.made_at < flown.flown_at);
comment on view mart_forecast_date is 'One row per launch and UTC day with a date forecast (the first of the day) of a launch that was listed and waiting: the forecast beside its outcome and its score. The score is null until the look-ahead is over.';
comment on column mart_forecast_date.launch_id is 'The launch.';
comment on column mart_forecast_date.made_at is 'When the forecast was made.';
comment on column mart_forecast_date.provider_id is 'The provider of the launch, as known now.';
comment on column mart_forecast_date.p10_at is 'Start of the 80 % band.';
comment on column mart_forecast_date.p90_at is 'End of the 80 % band.';
comment on column mart_forecast_date.flown_at is 'When the launch flew. Null: it has not, or was not seen to fly.';
comment on column mart_forecast_date.known_until_at is 'Until when it is known whether the launch flew: the newest observation of any launch; of a launch that waits after its T-0, the last one of itself, since it may have flown unseen.';
do $$
declare
    shared record;
begin
    for shared in
        select attname, col_description('model_forecast_score'::regclass, attnum) as words
        from pg_attribute
        where attrelid = 'model_forecast_score'::regclass
            and attname in (select attname from pg_attribute where attrelid = 'mart_forecast_date'::regclass)
            and attname not in ('launch_id', 'made_at', 'flown_at')
            and attnum > 0
    loop
        execute format('comment on column mart_forecast_date.%I is %L', shared.attname, shared.words);
    end loop;
end
$$;

comment on column model_forecast.horizon_p50_at is 'The baseline: half of all launches announced as far ahead and, in forecasts from here on, as exactly had flown this much after their NET. The NET where none are known.';
comment on column model_forecast.horizon_p80_at is 'Baseline by days ahead and, in forecasts from here on, exactness: when four of five have flown.';
