-- How many launches belong to each program? One of two programs counts for both; the last column counts it once.
select
    dim_program.name as program,
    count(*) as launch_count,
    round(sum(1.0 / programs.program_count), 2) as shared_launch_count
from fact_launch
inner join launch_program using (launch_id)
inner join dim_program using (program_id)
inner join (select launch_id, count(*) as program_count from launch_program group by launch_id) as programs using (launch_id)
where fact_launch.deleted_at is null
group by dim_program.name order by launch_count desc, program
