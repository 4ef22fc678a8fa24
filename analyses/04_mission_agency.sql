-- For which agencies are missions flown? A mission of two agencies counts for both; the last column counts it once.
select
    dim_agency.name as agency,
    count(*) as launch_count,
    count(*) filter (where has_left_pad(fact_launch.status_id)) as flown_count,
    round(sum(1.0 / agencies.agency_count), 2) as shared_launch_count
from fact_launch
inner join launch_agency using (launch_id)
inner join dim_agency using (agency_id)
inner join (select launch_id, count(*) as agency_count from launch_agency group by launch_id) as agencies using (launch_id)
where fact_launch.deleted_at is null
group by dim_agency.agency_id, dim_agency.name order by launch_count desc, agency
