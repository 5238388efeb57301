-- New and lost sub-services of a month are counted without reading all of them.
CREATE INDEX sub_services_started ON sub_services (operator_id, started_on) WHERE started_on IS NOT NULL;
CREATE INDEX sub_services_cancelled ON sub_services (operator_id, changed_on) WHERE status = 'cancelled';
