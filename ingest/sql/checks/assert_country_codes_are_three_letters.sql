-- Country codes are those of ISO 3166-1 (three capital letters, in dim_country), several joined by commas, or the ??? that LL2 sends.
-- covers: dim_location, dim_agency_country, dim_pad_country, dim_astronaut, dim_astronaut_country, dim_country
-- warn_if: > 0
select 'location' as entity, location_id as id, country_code
from dim_location
where country_code <> '???' and not exists (select from dim_country where dim_country.country_code = dim_location.country_code)
union all
select 'pad', pad_id, pad_country_code
from dim_pad_country
where pad_country_code <> '???' and not exists (select from dim_country where dim_country.country_code = pad_country_code)
union all
select 'agency', agency_id, received_code
from dim_agency_country
where country_code = '???' and received_code <> '???'
union all
select 'astronaut', astronaut_id, dim_astronaut.country_code
from dim_astronaut
inner join dim_astronaut_country using (astronaut_id)
where dim_astronaut_country.country_code = '???' and dim_astronaut.country_code <> '???'
