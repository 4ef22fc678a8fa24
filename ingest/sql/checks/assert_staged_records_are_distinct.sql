-- A launch is staged once, and not also as deleted by LL2.
-- covers: stg_ll2__launch, stg_ll2__gone, stg_ll2__change
-- error_if: > 0
select launch_id, 'staged twice' as fault
from stg_ll2__launch
group by launch_id
having count(*) > 1
union all
select launch_id, 'gone twice'
from stg_ll2__gone
group by launch_id
having count(*) > 1
union all
select launch_id, 'gone and staged'
from stg_ll2__gone
inner join stg_ll2__launch using (launch_id)
union all
select launch_id, 'changed twice'
from stg_ll2__change
group by launch_id
having count(*) > 1
