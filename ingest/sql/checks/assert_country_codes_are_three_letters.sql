-- severity: warn
-- Country codes are three capital letters, several joined by commas, or the ??? that LL2 sends.
-- covers: dim_location, dim_pad, dim_launch_service_provider
select 'location' as entity, location_id as id, country_code
from dim_location
where country_code !~ '^([A-Z]{3}(, ?[A-Z]{3})*|\?\?\?)$'
union all
select 'pad', pad_id, country_code
from dim_pad
where country_code !~ '^([A-Z]{3}(, ?[A-Z]{3})*|\?\?\?)$'
union all
select 'provider', provider_id, country_code
from dim_launch_service_provider
where country_code !~ '^([A-Z]{3}(, ?[A-Z]{3})*|\?\?\?)$'
