-- severity: block
-- The calendar row of a changed launch has the year, quarter, month and weekday of its NET.
-- covers: dim_date, fact_launch
select fact_launch.launch_id, fact_launch.net_at, dim_date.date, dim_date.year, dim_date.quarter, dim_date.month
from stg_ll2__change
inner join fact_launch using (launch_id)
left join dim_date on dim_date.date = fact_launch.net_date
where (dim_date.year, dim_date.quarter, dim_date.month, dim_date.iso_week, dim_date.iso_weekday, dim_date.month_start)
    is distinct from (
        extract(year from fact_launch.net_at at time zone 'UTC'),
        extract(quarter from fact_launch.net_at at time zone 'UTC'),
        extract(month from fact_launch.net_at at time zone 'UTC'),
        extract(week from fact_launch.net_at at time zone 'UTC'),
        extract(isodow from fact_launch.net_at at time zone 'UTC'),
        date_trunc('month', fact_launch.net_at at time zone 'UTC')::date
    )
