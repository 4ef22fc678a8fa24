-- No revision or ledger entry of a changed launch is dated before the launch was first seen.
-- covers: fact_launch_revision, fact_net_change, fact_launch
-- error_if: > 0
select launch_id, 'revision' as entity, fact_launch_revision.valid_from as dated_at, fact_launch.first_seen_at
from stg_ll2__change
inner join fact_launch using (launch_id)
inner join fact_launch_revision using (launch_id)
where fact_launch_revision.valid_from < fact_launch.first_seen_at
union all
select launch_id, 'net_change', fact_net_change.observed_at, fact_launch.first_seen_at
from stg_ll2__change
inner join fact_launch using (launch_id)
inner join fact_net_change using (launch_id)
where fact_net_change.observed_at <= fact_launch.first_seen_at
