-- severity: block
-- Coordinates of pads and locations are valid degrees.
-- covers: dim_pad, dim_location
-- A few odd values keep no launch from being published; many mean that they are misread.
-- error_if: > 10
select 'pad' as entity, pad_id as id, latitude, longitude
from dim_pad
where latitude not between -90 and 90 or longitude not between -180 and 180
union all
select 'location', location_id, latitude, longitude
from dim_location
where latitude not between -90 and 90 or longitude not between -180 and 180
