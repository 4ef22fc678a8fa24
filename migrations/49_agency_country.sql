-- One dimension for agencies in every role, and one for countries. Before, an agency was a row of one table as provider, a name in three others,
-- and a name with attributes for each launch as agency of a mission.

alter table dim_launch_service_provider rename to dim_agency;
alter table dim_agency rename column provider_id to agency_id;
alter index dim_launch_service_provider_pkey rename to dim_agency_pkey;
alter table dim_agency
    add column is_provider boolean not null default false,
    add column is_manufacturer boolean not null default false,
    add column is_mission_agency boolean not null default false,
    add column is_crew_agency boolean not null default false,
    add column is_operator boolean not null default false;
comment on table dim_agency is 'One row per agency of LL2 in any role: provider, manufacturer, agency of a mission or of a person, operator of a payload; -1 is ours, for a launch of which LL2 does not say.';
comment on column dim_agency.agency_id is 'LL2''s id of the agency; -1: unknown.';
comment on column dim_agency.is_provider is 'It was the launch service provider of a launch (fact_launch.provider_id).';
comment on column dim_agency.is_manufacturer is 'It made a rocket, a spacecraft or a payload (dim_rocket_config, dim_spacecraft, launch_payload).';
comment on column dim_agency.is_mission_agency is 'A mission was flown for it (launch_agency).';
comment on column dim_agency.is_crew_agency is 'A person aboard belonged to it (dim_astronaut.agency_id).';
comment on column dim_agency.is_operator is 'It operated a payload (launch_payload.operator_id).';
update dim_agency set is_provider = true;

insert into dim_agency (agency_id, name, abbrev, type, country_code, first_seen_at, updated_at)
select distinct on (launch_agency.agency_id)
    launch_agency.agency_id,
    launch_agency.name,
    launch_agency.abbrev,
    launch_agency.type,
    launch_agency.country_code,
    min(fact_launch.first_seen_at) over (partition by launch_agency.agency_id),
    fact_launch.last_seen_at
from launch_agency
inner join fact_launch using (launch_id)
order by launch_agency.agency_id, fact_launch.last_seen_at desc
on conflict (agency_id) do nothing;
update dim_agency
set is_mission_agency = true
where exists (select from launch_agency where launch_agency.agency_id = dim_agency.agency_id);

-- Now a bridge: what it said of the agency is in the dimension.
alter table launch_agency
    drop column name,
    drop column abbrev,
    drop column type,
    drop column country_code,
    add foreign key (agency_id) references dim_agency;
create index launch_agency_by_agency on launch_agency (agency_id);
comment on table launch_agency is 'One row per launch and agency for which its mission is flown. Bridge from fact_launch to dim_agency.';
comment on column launch_agency.agency_id is 'The agency: dim_agency.';

alter table stg_ll2__provider rename to stg_ll2__agency;
alter table stg_ll2__agency rename column provider_id to agency_id;
comment on table stg_ll2__agency is 'One row per agency of the current run, in any role.';
comment on column stg_ll2__agency.agency_id is 'LL2''s id of the agency; -1: unknown.';
alter table stg_ll2__launch_agency
    drop column name,
    drop column abbrev,
    drop column type,
    drop column country_code;

alter table dim_rocket_config add column manufacturer_id integer references dim_agency;
comment on column dim_rocket_config.manufacturer_id is 'Manufacturer: dim_agency. Null: not given, or not read since the column was added.';
alter table stg_ll2__rocket_config add column manufacturer_id integer;
comment on column stg_ll2__rocket_config.manufacturer_id is 'Manufacturer: LL2''s id of the agency. Null: not given.';

alter table launch_payload
    add column manufacturer_id integer references dim_agency,
    add column operator_id integer references dim_agency;
comment on column launch_payload.manufacturer_id is 'Manufacturer: dim_agency. Null: not given, or not read since the column was added.';
comment on column launch_payload.operator_id is 'Operator: dim_agency. Null: not given, or not read since the column was added.';
alter table stg_ll2__payload
    add column manufacturer_id integer,
    add column operator_id integer;
comment on column stg_ll2__payload.manufacturer_id is 'Manufacturer: LL2''s id of the agency. Null: not given.';
comment on column stg_ll2__payload.operator_id is 'Operator: LL2''s id of the agency. Null: not given.';

alter table launch_patch add column agency_id integer references dim_agency;
comment on column launch_patch.agency_id is 'Agency of the patch: dim_agency. Null: not given, or not read since the column was added.';
alter table stg_ll2__patch add column agency_id integer;
comment on column stg_ll2__patch.agency_id is 'Agency of the patch: LL2''s id. Null: not given.';

create view dim_launch_service_provider as
select
    agency_id as provider_id,
    name,
    abbrev,
    type,
    country_code,
    description,
    administrator,
    founding_year,
    total_launch_count,
    successful_launch_count,
    failed_launch_count,
    pending_launch_count,
    consecutive_successful_launch_count,
    info_url,
    wiki_url,
    logo_url,
    image_url,
    first_seen_at,
    updated_at
from dim_agency
where is_provider;
comment on view dim_launch_service_provider is 'One row per agency that was the launch service provider of a launch: dim_agency in that role.';
comment on column dim_launch_service_provider.provider_id is 'LL2''s id of the agency; -1: unknown.';

create table dim_country (
    country_code text primary key,
    alpha_2_code text unique,
    name text not null,
    nationality_name text
);
comment on table dim_country is 'One row per country of ISO 3166-1, and one for countries that LL2 does not know (???).';
comment on column dim_country.country_code is 'ISO 3166-1 alpha-3, the code that LL2 gives; ???: unknown.';
comment on column dim_country.alpha_2_code is 'ISO 3166-1 alpha-2. Null: the unknown country.';
comment on column dim_country.name is 'Common English name.';
comment on column dim_country.nationality_name is 'Adjective for its people, as LL2 writes it. Null: nobody from there was aboard so far.';
insert into dim_country (country_code, alpha_2_code, name, nationality_name)
values
    ('ABW', 'AW', 'Aruba', null),
    ('AFG', 'AF', 'Afghanistan', 'Afghan'),
    ('AGO', 'AO', 'Angola', null),
    ('AIA', 'AI', 'Anguilla', null),
    ('ALA', 'AX', 'Åland Islands', null),
    ('ALB', 'AL', 'Albania', null),
    ('AND', 'AD', 'Andorra', null),
    ('ARE', 'AE', 'United Arab Emirates', 'Emirati'),
    ('ARG', 'AR', 'Argentina', 'Argentine'),
    ('ARM', 'AM', 'Armenia', 'Armenian'),
    ('ASM', 'AS', 'American Samoa', null),
    ('ATA', 'AQ', 'Antarctica', null),
    ('ATF', 'TF', 'French Southern Territories', null),
    ('ATG', 'AG', 'Antigua and Barbuda', 'Antiguan'),
    ('AUS', 'AU', 'Australia', 'Australian'),
    ('AUT', 'AT', 'Austria', 'Austrian'),
    ('AZE', 'AZ', 'Azerbaijan', 'Azerbaijani'),
    ('BDI', 'BI', 'Burundi', null),
    ('BEL', 'BE', 'Belgium', 'Belgian'),
    ('BEN', 'BJ', 'Benin', null),
    ('BES', 'BQ', 'Bonaire, Sint Eustatius and Saba', null),
    ('BFA', 'BF', 'Burkina Faso', null),
    ('BGD', 'BD', 'Bangladesh', null),
    ('BGR', 'BG', 'Bulgaria', 'Bulgarian'),
    ('BHR', 'BH', 'Bahrain', null),
    ('BHS', 'BS', 'Bahamas', 'Bahamian'),
    ('BIH', 'BA', 'Bosnia and Herzegovina', null),
    ('BLM', 'BL', 'Saint Barthélemy', null),
    ('BLR', 'BY', 'Belarus', 'Belarusian'),
    ('BLZ', 'BZ', 'Belize', null),
    ('BMU', 'BM', 'Bermuda', null),
    ('BOL', 'BO', 'Bolivia', null),
    ('BRA', 'BR', 'Brazil', 'Brazilian'),
    ('BRB', 'BB', 'Barbados', null),
    ('BRN', 'BN', 'Brunei', null),
    ('BTN', 'BT', 'Bhutan', null),
    ('BVT', 'BV', 'Bouvet Island', null),
    ('BWA', 'BW', 'Botswana', null),
    ('CAF', 'CF', 'Central African Republic', null),
    ('CAN', 'CA', 'Canada', 'Canadian'),
    ('CCK', 'CC', 'Cocos (Keeling) Islands', null),
    ('CHE', 'CH', 'Switzerland', 'Swiss'),
    ('CHL', 'CL', 'Chile', 'Chilean'),
    ('CHN', 'CN', 'China', 'Chinese'),
    ('CIV', 'CI', 'Côte d''Ivoire', null),
    ('CMR', 'CM', 'Cameroon', null),
    ('COD', 'CD', 'Democratic Republic of the Congo', null),
    ('COG', 'CG', 'Republic of the Congo', null),
    ('COK', 'CK', 'Cook Islands', null),
    ('COL', 'CO', 'Colombia', 'Colombian'),
    ('COM', 'KM', 'Comoros', null),
    ('CPV', 'CV', 'Cabo Verde', null),
    ('CRI', 'CR', 'Costa Rica', null),
    ('CUB', 'CU', 'Cuba', 'Cuban'),
    ('CUW', 'CW', 'Curaçao', null),
    ('CXR', 'CX', 'Christmas Island', null),
    ('CYM', 'KY', 'Cayman Islands', null),
    ('CYP', 'CY', 'Cyprus', null),
    ('CZE', 'CZ', 'Czechia', 'Czech'),
    ('DEU', 'DE', 'Germany', 'German'),
    ('DJI', 'DJ', 'Djibouti', null),
    ('DMA', 'DM', 'Dominica', null),
    ('DNK', 'DK', 'Denmark', 'Danish'),
    ('DOM', 'DO', 'Dominican Republic', null),
    ('DZA', 'DZ', 'Algeria', null),
    ('ECU', 'EC', 'Ecuador', null),
    ('EGY', 'EG', 'Egypt', 'Egyptian'),
    ('ERI', 'ER', 'Eritrea', null),
    ('ESH', 'EH', 'Western Sahara', null),
    ('ESP', 'ES', 'Spain', 'Spanish'),
    ('EST', 'EE', 'Estonia', 'Estonian'),
    ('ETH', 'ET', 'Ethiopia', null),
    ('FIN', 'FI', 'Finland', 'Finnish'),
    ('FJI', 'FJ', 'Fiji', null),
    ('FLK', 'FK', 'Falkland Islands', null),
    ('FRA', 'FR', 'France', 'French'),
    ('FRO', 'FO', 'Faroe Islands', null),
    ('FSM', 'FM', 'Micronesia', null),
    ('GAB', 'GA', 'Gabon', null),
    ('GBR', 'GB', 'United Kingdom', 'British'),
    ('GEO', 'GE', 'Georgia', 'Georgian'),
    ('GGY', 'GG', 'Guernsey', null),
    ('GHA', 'GH', 'Ghana', null),
    ('GIB', 'GI', 'Gibraltar', null),
    ('GIN', 'GN', 'Guinea', null),
    ('GLP', 'GP', 'Guadeloupe', null),
    ('GMB', 'GM', 'Gambia', null),
    ('GNB', 'GW', 'Guinea-Bissau', null),
    ('GNQ', 'GQ', 'Equatorial Guinea', null),
    ('GRC', 'GR', 'Greece', 'Greek'),
    ('GRD', 'GD', 'Grenada', null),
    ('GRL', 'GL', 'Greenland', null),
    ('GTM', 'GT', 'Guatemala', null),
    ('GUF', 'GF', 'French Guiana', 'French Guianan'),
    ('GUM', 'GU', 'Guam', null),
    ('GUY', 'GY', 'Guyana', null),
    ('HKG', 'HK', 'Hong Kong', null),
    ('HMD', 'HM', 'Heard Island and McDonald Islands', null),
    ('HND', 'HN', 'Honduras', null),
    ('HRV', 'HR', 'Croatia', 'Croatian'),
    ('HTI', 'HT', 'Haiti', null),
    ('HUN', 'HU', 'Hungary', 'Hungarian'),
    ('IDN', 'ID', 'Indonesia', 'Indonesian'),
    ('IMN', 'IM', 'Isle of Man', null),
    ('IND', 'IN', 'India', 'Indian'),
    ('IOT', 'IO', 'British Indian Ocean Territory', null),
    ('IRL', 'IE', 'Ireland', 'Irish'),
    ('IRN', 'IR', 'Iran', 'Iranian'),
    ('IRQ', 'IQ', 'Iraq', null),
    ('ISL', 'IS', 'Iceland', 'Icelandic'),
    ('ISR', 'IL', 'Israel', 'Israeli'),
    ('ITA', 'IT', 'Italy', 'Italian'),
    ('JAM', 'JM', 'Jamaica', null),
    ('JEY', 'JE', 'Jersey', null),
    ('JOR', 'JO', 'Jordan', null),
    ('JPN', 'JP', 'Japan', 'Japanese'),
    ('KAZ', 'KZ', 'Kazakhstan', 'Kazakh'),
    ('KEN', 'KE', 'Kenya', null),
    ('KGZ', 'KG', 'Kyrgyzstan', 'Kyrgyz'),
    ('KHM', 'KH', 'Cambodia', null),
    ('KIR', 'KI', 'Kiribati', null),
    ('KNA', 'KN', 'Saint Kitts and Nevis', null),
    ('KOR', 'KR', 'South Korea', 'South Korean'),
    ('KWT', 'KW', 'Kuwait', null),
    ('LAO', 'LA', 'Laos', null),
    ('LBN', 'LB', 'Lebanon', null),
    ('LBR', 'LR', 'Liberia', null),
    ('LBY', 'LY', 'Libya', null),
    ('LCA', 'LC', 'Saint Lucia', null),
    ('LIE', 'LI', 'Liechtenstein', null),
    ('LKA', 'LK', 'Sri Lanka', null),
    ('LSO', 'LS', 'Lesotho', null),
    ('LTU', 'LT', 'Lithuania', 'Lithuanian'),
    ('LUX', 'LU', 'Luxembourg', 'Luxembourger'),
    ('LVA', 'LV', 'Latvia', 'Latvian'),
    ('MAC', 'MO', 'Macao', null),
    ('MAF', 'MF', 'Saint Martin', null),
    ('MAR', 'MA', 'Morocco', null),
    ('MCO', 'MC', 'Monaco', null),
    ('MDA', 'MD', 'Moldova', null),
    ('MDG', 'MG', 'Madagascar', null),
    ('MDV', 'MV', 'Maldives', null),
    ('MEX', 'MX', 'Mexico', 'Mexican'),
    ('MHL', 'MH', 'Marshall Islands', 'Marshallese'),
    ('MKD', 'MK', 'North Macedonia', null),
    ('MLI', 'ML', 'Mali', null),
    ('MLT', 'MT', 'Malta', null),
    ('MMR', 'MM', 'Myanmar', null),
    ('MNE', 'ME', 'Montenegro', null),
    ('MNG', 'MN', 'Mongolia', 'Mongolian'),
    ('MNP', 'MP', 'Northern Mariana Islands', null),
    ('MOZ', 'MZ', 'Mozambique', null),
    ('MRT', 'MR', 'Mauritania', null),
    ('MSR', 'MS', 'Montserrat', null),
    ('MTQ', 'MQ', 'Martinique', null),
    ('MUS', 'MU', 'Mauritius', null),
    ('MWI', 'MW', 'Malawi', null),
    ('MYS', 'MY', 'Malaysia', 'Malaysian'),
    ('MYT', 'YT', 'Mayotte', null),
    ('NAM', 'NA', 'Namibia', null),
    ('NCL', 'NC', 'New Caledonia', null),
    ('NER', 'NE', 'Niger', null),
    ('NFK', 'NF', 'Norfolk Island', null),
    ('NGA', 'NG', 'Nigeria', 'Nigerian'),
    ('NIC', 'NI', 'Nicaragua', null),
    ('NIU', 'NU', 'Niue', null),
    ('NLD', 'NL', 'Netherlands', 'Dutch'),
    ('NOR', 'NO', 'Norway', 'Norwegian'),
    ('NPL', 'NP', 'Nepal', null),
    ('NRU', 'NR', 'Nauru', null),
    ('NZL', 'NZ', 'New Zealand', 'Kiwi'),
    ('OMN', 'OM', 'Oman', 'Omani'),
    ('PAK', 'PK', 'Pakistan', 'Pakistani'),
    ('PAN', 'PA', 'Panama', null),
    ('PCN', 'PN', 'Pitcairn', null),
    ('PER', 'PE', 'Peru', 'Peruvian'),
    ('PHL', 'PH', 'Philippines', 'Filipino'),
    ('PLW', 'PW', 'Palau', null),
    ('PNG', 'PG', 'Papua New Guinea', null),
    ('POL', 'PL', 'Poland', 'Polish'),
    ('PRI', 'PR', 'Puerto Rico', null),
    ('PRK', 'KP', 'North Korea', 'North Korean'),
    ('PRT', 'PT', 'Portugal', 'Portuguese'),
    ('PRY', 'PY', 'Paraguay', null),
    ('PSE', 'PS', 'Palestine', null),
    ('PYF', 'PF', 'French Polynesia', null),
    ('QAT', 'QA', 'Qatar', null),
    ('REU', 'RE', 'Réunion', null),
    ('ROU', 'RO', 'Romania', 'Romanian'),
    ('RUS', 'RU', 'Russia', 'Russian'),
    ('RWA', 'RW', 'Rwanda', null),
    ('SAU', 'SA', 'Saudi Arabia', 'Saudi'),
    ('SDN', 'SD', 'Sudan', null),
    ('SEN', 'SN', 'Senegal', null),
    ('SGP', 'SG', 'Singapore', 'Singaporean'),
    ('SGS', 'GS', 'South Georgia and the South Sandwich Islands', null),
    ('SHN', 'SH', 'Saint Helena, Ascension and Tristan da Cunha', null),
    ('SJM', 'SJ', 'Svalbard and Jan Mayen', null),
    ('SLB', 'SB', 'Solomon Islands', null),
    ('SLE', 'SL', 'Sierra Leone', null),
    ('SLV', 'SV', 'El Salvador', null),
    ('SMR', 'SM', 'San Marino', null),
    ('SOM', 'SO', 'Somalia', null),
    ('SPM', 'PM', 'Saint Pierre and Miquelon', null),
    ('SRB', 'RS', 'Serbia', null),
    ('SSD', 'SS', 'South Sudan', null),
    ('STP', 'ST', 'Sao Tome and Principe', null),
    ('SUR', 'SR', 'Suriname', null),
    ('SVK', 'SK', 'Slovakia', 'Slovak'),
    ('SVN', 'SI', 'Slovenia', 'Slovenian'),
    ('SWE', 'SE', 'Sweden', 'Swedish'),
    ('SWZ', 'SZ', 'Eswatini', null),
    ('SXM', 'SX', 'Sint Maarten', null),
    ('SYC', 'SC', 'Seychelles', null),
    ('SYR', 'SY', 'Syria', 'Syrian'),
    ('TCA', 'TC', 'Turks and Caicos Islands', null),
    ('TCD', 'TD', 'Chad', null),
    ('TGO', 'TG', 'Togo', null),
    ('THA', 'TH', 'Thailand', 'Thai'),
    ('TJK', 'TJ', 'Tajikistan', null),
    ('TKL', 'TK', 'Tokelau', null),
    ('TKM', 'TM', 'Turkmenistan', null),
    ('TLS', 'TL', 'Timor-Leste', null),
    ('TON', 'TO', 'Tonga', null),
    ('TTO', 'TT', 'Trinidad and Tobago', null),
    ('TUN', 'TN', 'Tunisia', null),
    ('TUR', 'TR', 'Türkiye', 'Turkish'),
    ('TUV', 'TV', 'Tuvalu', null),
    ('TWN', 'TW', 'Taiwan', null),
    ('TZA', 'TZ', 'Tanzania', null),
    ('UGA', 'UG', 'Uganda', null),
    ('UKR', 'UA', 'Ukraine', 'Ukrainian'),
    ('UMI', 'UM', 'United States Minor Outlying Islands', null),
    ('URY', 'UY', 'Uruguay', 'Uruguayan'),
    ('USA', 'US', 'United States', 'American'),
    ('UZB', 'UZ', 'Uzbekistan', 'Uzbekistani'),
    ('VAT', 'VA', 'Vatican City', null),
    ('VCT', 'VC', 'Saint Vincent and the Grenadines', null),
    ('VEN', 'VE', 'Venezuela', null),
    ('VGB', 'VG', 'British Virgin Islands', null),
    ('VIR', 'VI', 'US Virgin Islands', null),
    ('VNM', 'VN', 'Vietnam', 'Vietnamese'),
    ('VUT', 'VU', 'Vanuatu', null),
    ('WLF', 'WF', 'Wallis and Futuna', null),
    ('WSM', 'WS', 'Samoa', null),
    ('YEM', 'YE', 'Yemen', null),
    ('ZAF', 'ZA', 'South Africa', 'South African'),
    ('ZMB', 'ZM', 'Zambia', null),
    ('ZWE', 'ZW', 'Zimbabwe', null),
    ('???', null, 'Unknown', null);

-- Bridges. LL2 gives the countries of an agency as codes joined by commas. A code that is no country of ISO 3166-1 leads to the unknown one.
create view dim_agency_country as
select
    dim_agency.agency_id,
    code.list_position::integer as list_position,
    coalesce(dim_country.country_code, '???') as country_code,
    trim(code.received_code) as received_code
from dim_agency
cross join string_to_table(dim_agency.country_code, ',') with ordinality as code (received_code, list_position)
left join dim_country on dim_country.country_code = trim(code.received_code)
where trim(code.received_code) <> '';
comment on view dim_agency_country is 'One row per agency and country that LL2 gives for it. Bridge from dim_agency to dim_country: an agency of 23 countries has 23 rows, so weigh before adding up.';
comment on column dim_agency_country.list_position is 'Position in LL2''s list, from 1.';
comment on column dim_agency_country.country_code is 'The country: dim_country. ???: the received code is no country.';
comment on column dim_agency_country.received_code is 'The code as LL2 gives it.';

create view dim_pad_country as
select
    dim_pad.pad_id,
    coalesce(of_pad.country_code, of_location.country_code, '???') as country_code,
    dim_pad.country_code as pad_country_code,
    dim_location.country_code as location_country_code,
    coalesce(of_pad.country_code <> of_location.country_code, false) as is_disputed
from dim_pad
inner join dim_location using (location_id)
left join dim_country as of_pad on of_pad.country_code = dim_pad.country_code and of_pad.country_code <> '???'
left join dim_country as of_location on of_location.country_code = dim_location.country_code and of_location.country_code <> '???';
comment on view dim_pad_country is 'One row per pad with its country, that of its own record before that of its location. Every launch has exactly one.';
comment on column dim_pad_country.country_code is 'The country: dim_country. That of the pad; if it has none, that of its location; ???: neither is known.';
comment on column dim_pad_country.pad_country_code is 'The code of the pad, as LL2 gives it.';
comment on column dim_pad_country.location_country_code is 'The code of its location, as LL2 gives it.';
comment on column dim_pad_country.is_disputed is 'Pad and location have different countries, as on Kwajalein.';
