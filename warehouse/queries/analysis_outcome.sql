-- Launches that have left the pad, by outcome: statuses 3, 7 and 4 are success, partial failure and failure. A date without a precision
-- counts as precise to its year; with a vaguer precision (a fiscal year, a decade, an unknown one) the year is unknown.
with flown as (
    select
        fact_launch.status_id,
        fact_launch.net_at,
        case
            when coalesce(fact_launch.net_precision_id, 14) between 0 and 14 then extract(year from fact_launch.net_at at time zone 'UTC')::integer
        end as flown_year,
        fact_launch.provider_id,
        dim_launch_service_provider.name as provider_name,
        dim_launch_service_provider.abbrev as provider_abbrev,
        fact_launch.rocket_config_id,
        dim_rocket_config.full_name as rocket_name,
        dim_location.country_code,
        dim_mission.orbit_id,
        dim_orbit.name as orbit_name,
        dim_orbit.abbrev as orbit_abbrev
    from fact_launch
    inner join dim_launch_service_provider using (provider_id)
    inner join dim_rocket_config using (rocket_config_id)
    inner join dim_pad using (pad_id)
    inner join dim_location using (location_id)
    left join dim_mission using (mission_id)
    left join dim_orbit using (orbit_id)
    where fact_launch.deleted_at is null
        and has_left_pad(fact_launch.status_id)
)
select
    case grouping(flown_year, provider_id, rocket_config_id, country_code, orbit_id)
        when 15 then 'year'
        when 23 then 'provider'
        when 27 then 'rocket'
        when 29 then 'country'
        else 'orbit'
    end as counted_by,
    coalesce(flown_year, provider_id, rocket_config_id, orbit_id) as id,
    coalesce(provider_name, rocket_name, country_code, orbit_name) as name,
    coalesce(provider_abbrev, orbit_abbrev) as abbrev,
    count(*) filter (where status_id = 3) as succeeded,
    count(*) filter (where status_id = 7) as partly,
    count(*) filter (where status_id = 4) as failed,
    count(*) filter (where not is_final(status_id)) as open,
    min(net_at) as first_at
from flown
group by grouping sets (
    (flown_year),
    (provider_id, provider_name, provider_abbrev),
    (rocket_config_id, rocket_name),
    (country_code),
    (orbit_id, orbit_name, orbit_abbrev)
)
order by counted_by, id, name
