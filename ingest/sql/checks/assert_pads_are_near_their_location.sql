-- A pad on Earth is within three degrees of latitude of its location.
-- covers: dim_pad, dim_location
-- warn_if: > 0
select dim_pad.pad_id, dim_pad.name, dim_pad.latitude, dim_location.name as location_name, dim_location.latitude as location_latitude
from dim_pad
inner join dim_location using (location_id)
where coalesce(dim_location.celestial_body, 'Earth') = 'Earth'
    and abs(dim_pad.latitude - dim_location.latitude) > 3
