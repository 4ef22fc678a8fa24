-- Makes the set equal to the record's: removes what is gone, adds what is new, rewrites what differs.
-- Every mode carries the set.
with changed as (
    select stg_ll2__launch.launch_id
    from stg_ll2__change
    inner join stg_ll2__launch using (launch_id)
    where stg_ll2__change.has_record
),
removed as (
    delete from launch_program
    using changed
    where launch_program.launch_id = changed.launch_id
        and not exists (
            select
            from stg_ll2__launch_program
            where stg_ll2__launch_program.launch_id = launch_program.launch_id
                and stg_ll2__launch_program.program_id = launch_program.program_id
        )
)
insert into launch_program (launch_id, program_id)
select stg_ll2__launch_program.launch_id, stg_ll2__launch_program.program_id
from stg_ll2__launch_program
inner join changed using (launch_id)
on conflict (launch_id, program_id) do nothing
