-- Every launch has a provider, and every provider has a name.
-- covers: fact_launch, dim_launch_service_provider
-- error_if: > 0
-- cause: LL2
select fact_launch.launch_id, fact_launch.provider_id
from fact_launch
left join dim_launch_service_provider using (provider_id)
where coalesce(dim_launch_service_provider.name, '') = ''
