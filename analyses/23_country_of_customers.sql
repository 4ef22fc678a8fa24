-- For the agencies of which countries are missions flown? A mission is shared by its agencies, and an agency by its countries.
select dim_country.name as country, round(sum(1.0 / mission.agency_count / agency.country_count), 2) as shared_launch_count
from fact_launch
inner join launch_agency using (launch_id)
inner join (select launch_id, count(*) as agency_count from launch_agency group by launch_id) as mission using (launch_id)
inner join dim_agency_country using (agency_id)
inner join (select agency_id, count(*) as country_count from dim_agency_country group by agency_id) as agency using (agency_id)
inner join dim_country using (country_code)
where fact_launch.deleted_at is null
group by dim_country.name order by shared_launch_count desc, country
