-- What flew from each country in each month, and how did it end?
select
    dim_date.month_start,
    dim_country.name as country,
    dim_status.name as outcome,
    count(*) as flight_count
from fact_launch
inner join dim_date on dim_date.date = fact_launch.flown_date
inner join dim_status using (status_id)
inner join dim_pad_country using (pad_id)
inner join dim_country using (country_code)
where is_final(fact_launch.status_id) and fact_launch.deleted_at is null
group by dim_date.month_start, dim_country.name, dim_status.name order by 1, 2, 3
