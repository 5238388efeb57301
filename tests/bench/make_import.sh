#!/usr/bin/env bash
# tests/bench/make_import.sh DIR N   makes an operator with N subscribers, one monthly service with tax each, to import
set -euo pipefail
directory=$1 count=$2
mkdir -p "$directory"
cat >"$directory/operator.yaml" <<'YAML'
operator: {code: bench, name: Bench, currency: EUR, time_zone: Europe/Warsaw}
catalog:
  taxes: [{code: vat, name: VAT, rate: 23, included: false}]
  services: [{code: net, name: Internet 100, kind: internet, price: 24.90, period: 1 month, taxes: [vat]}]
YAML
awk -v n="$count" 'BEGIN {
    print "code,contact,organization,country,region,pop,category,model,cycle_day,first_charge,invoicing"
    for (i = 0; i < n; ++i) printf "S%07d,Customer %d,,PL,,,,,,,\n", i, i }' >"$directory/subscribers.csv"
awk -v n="$count" 'BEGIN {
    print "subscriber,unit,code,service,status,activated_on,charged_to,add_ons,cpes,model,cycle_day,first_charge,invoicing"
    for (i = 0; i < n; ++i) printf "S%07d,,net,net,active,2026-01-01,2026-03-01,,,,,,\n", i }' >"$directory/sub_services.csv"
