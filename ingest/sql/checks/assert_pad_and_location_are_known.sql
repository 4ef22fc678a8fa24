-- Every launch has a pad, and every pad has a location with a name.
-- covers: fact_launch, dim_pad, dim_location
-- error_if: > 0
-- cause: LL2
select fact_launch.launch_id, fact_launch.pad_id
from fact_launch
left join dim_pad using (pad_id)
left join dim_location using (location_id)
where coalesce(dim_location.name, '') = ''
