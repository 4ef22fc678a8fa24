-- What flew from each country in each month, and how did it end?
select
    dim_date.month_start,
    coalesce(dim_pad.country_code, dim_location.country_code) as country_code,
    dim_status.name as outcome,
    count(*) as flight_count
from fact_launch
inner join dim_date on dim_date.date = fact_launch.flown_date
inner join dim_status using (status_id)
inner join dim_pad using (pad_id)
inner join dim_location using (location_id)
where is_final(fact_launch.status_id) and fact_launch.deleted_at is null
group by dim_date.month_start, coalesce(dim_pad.country_code, dim_location.country_code), dim_status.name order by 1, 2, 3
