-- At which hour of the pad's local day do rockets fly? Only flights whose time is known to the hour or better.
select
    extract(hour from fact_launch.net_at at time zone dim_location.timezone_name)::integer as local_hour,
    count(*) as flight_count
from fact_launch
inner join dim_pad using (pad_id)
inner join dim_location using (location_id)
where fact_launch.flown_date is not null
    and net_precision_rank(fact_launch.net_precision_id) <= 2
    and dim_location.timezone_name is not null
group by local_hour order by local_hour
