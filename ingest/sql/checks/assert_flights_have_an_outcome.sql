-- severity: block
-- The training view of the models contains a changed launch exactly once if it has an outcome, and not if it has none or is deleted.
-- covers: mart_flight, fact_launch
select fact_launch.launch_id, fact_launch.status_id, count(mart_flight.launch_id) as row_count
from stg_ll2__change
inner join fact_launch using (launch_id)
left join mart_flight using (launch_id)
group by fact_launch.launch_id
having count(mart_flight.launch_id) <> (is_final(fact_launch.status_id) and fact_launch.deleted_at is null)::integer
