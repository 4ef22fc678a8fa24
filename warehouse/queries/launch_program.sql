select
    dim_program.program_id,
    dim_program.name,
    dim_program.type,
    dim_program.description,
    dim_program.start_date,
    dim_program.end_date,
    dim_program.info_url,
    dim_program.wiki_url,
    (
        select count(*)
        from launch_program as other
        inner join fact_launch using (launch_id)
        where other.program_id = dim_program.program_id and fact_launch.is_upcoming
    ) as upcoming_count
from launch_program
inner join dim_program using (program_id)
where launch_program.launch_id = $1
order by dim_program.name, dim_program.program_id
