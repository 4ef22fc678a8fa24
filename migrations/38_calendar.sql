-- Calendar keys that say what is known: the announced period instead of the one day that LL2 stores for it, and the day of the flight once it
-- has flown. `net_date` was the last day of the period for every launch vaguer than a day.

-- Periods reach beyond the years that LL2's dates lie in: decades, and fiscal years.
insert into dim_date
select
    day::date,
    extract(year from day),
    extract(quarter from day),
    extract(month from day),
    extract(week from day),
    extract(isodow from day),
    date_trunc('month', day)::date,
    trim(to_char(day, 'Month'))
from (
    select generate_series('1940-01-01'::timestamp, '1941-12-31'::timestamp, interval '1 day')
    union all
    select generate_series('2100-01-01'::timestamp, '2100-12-31'::timestamp, interval '1 day')
) as missing (day)
on conflict do nothing;
comment on table dim_date is 'The calendar, UTC, 1940 to 2100: every day of every period that LL2 announces. One row per day.';

alter table fact_launch
    drop column net_date,
    add column net_from_date date generated always as (
        case when net_precision_rank(net_precision_id) is not null
            then (lower(net_span(net_at, net_precision_id)) at time zone 'UTC')::date
        end
    ) stored references dim_date,
    add column net_until_date date generated always as (
        case when net_precision_rank(net_precision_id) is not null
            then ((upper(net_span(net_at, net_precision_id)) at time zone 'UTC') - interval '1 microsecond')::date
        end
    ) stored references dim_date,
    add column flown_date date generated always as (
        case when has_left_pad(status_id) and (net_precision_id is null or net_precision_rank(net_precision_id) <= 4)
            then (net_at at time zone 'UTC')::date
        end
    ) stored references dim_date;
create index fact_launch_by_flown_date on fact_launch (flown_date);
create index fact_launch_by_net_from_date on fact_launch (net_from_date) where is_upcoming;

comment on column fact_launch.net_from_date is 'First day, UTC, of the announced period. Null: LL2 gave no precision, or one that is not known here.';
comment on column fact_launch.net_until_date is 'Last day, UTC, of the announced period; equal to net_from_date if the day is known. Null like net_from_date.';
comment on column fact_launch.flown_date is 'Day of the flight, UTC. Null until LL2 shows that the launch has left the pad, and if its date is vaguer than a day. A flight without a precision is taken to be dated.';

create view mart_upcoming_per_month as
with record as (
    select (max(last_seen_at) at time zone 'UTC')::date as as_of_date from fact_launch
),
month as (
    select month_start, min(date) as first_date, max(date) as last_date from dim_date group by month_start
),
waiting as (
    -- It has not flown, so of its period only the days that are left can be the day; of a period that has passed, the last one.
    select
        least(greatest(fact_launch.net_from_date, record.as_of_date), fact_launch.net_until_date) as from_date,
        fact_launch.net_until_date as until_date
    from fact_launch
    cross join record
    where fact_launch.is_upcoming
        and fact_launch.deleted_at is null
        and not has_left_pad(fact_launch.status_id)
        and fact_launch.net_until_date is not null
)
select
    month.month_start,
    count(*) filter (where within.is_within) as launch_count,
    count(*) filter (where not within.is_within) as vague_launch_count,
    round(sum(within.day_count::numeric / (waiting.until_date - waiting.from_date + 1)), 3) as spread_launch_count
from waiting
inner join month on month.first_date <= waiting.until_date and month.last_date >= waiting.from_date
cross join lateral (
    select
        waiting.from_date >= month.first_date and waiting.until_date <= month.last_date as is_within,
        least(waiting.until_date, month.last_date) - greatest(waiting.from_date, month.first_date) + 1 as day_count
) as within
group by month.month_start;
comment on view mart_upcoming_per_month is 'Launches that are announced and have not flown, by the months that their periods touch; launches without a precision are in none. One row per month.';
comment on column mart_upcoming_per_month.month_start is 'First day of the month, UTC.';
comment on column mart_upcoming_per_month.launch_count is 'Launches announced for this month and no other.';
comment on column mart_upcoming_per_month.vague_launch_count is 'Launches announced for a longer period, or a week, that this month is a part of; each is counted in several months.';
comment on column mart_upcoming_per_month.spread_launch_count is 'All of them, each spread evenly over the days that are left of its period: an assumption, not an announcement. Sums to the number of launches.';
