-- No program ends before it starts.
-- covers: dim_program
-- warn_if: > 0
select program_id, name, start_date, end_date
from dim_program
where end_date < start_date
