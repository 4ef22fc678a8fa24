-- Every launch has an open revision with the same values, and every open revision a launch.
select coalesce(fact_launch.launch_id, revision.launch_id) as launch_id
from fact_launch
full join (select * from fact_launch_revision where valid_to is null) as revision using (launch_id)
where fact_launch.net_at is distinct from revision.net_at
    or fact_launch.net_precision_id is distinct from revision.net_precision_id
    or fact_launch.status_id is distinct from revision.status_id
    or fact_launch.is_upcoming is distinct from revision.is_upcoming
    or (fact_launch.deleted_at is not null) is distinct from revision.is_deleted
