-- Every day of a changed launch, of its period and of its flight, is in the calendar with its year, quarter, month and week.
-- covers: dim_date, fact_launch
-- error_if: > 0
select fact_launch.launch_id, day.date
from stg_ll2__change
inner join fact_launch using (launch_id)
cross join lateral (values (fact_launch.net_from_date), (fact_launch.net_until_date), (fact_launch.flown_date)) as day (date)
left join dim_date on dim_date.date = day.date
where day.date is not null
    and (dim_date.year, dim_date.quarter, dim_date.month, dim_date.iso_week, dim_date.iso_weekday, dim_date.month_start)
        is distinct from (
            extract(year from day.date),
            extract(quarter from day.date),
            extract(month from day.date),
            extract(week from day.date),
            extract(isodow from day.date),
            date_trunc('month', day.date)::date
        )
