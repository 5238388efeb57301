#!/usr/bin/env python3
"""make_data.py DIR N   makes an operator with N subscribers to import as of 2026-03-01: a mix as an ISP has it.

The same N gives the same files. Nine in ten subscribers are homes; a tenth has a second sub-service, a fifth an add-on, a
third a device with a serial number; one in a hundred is a building with units. Cycle days are spread over the month.
"""
import csv
import datetime
import os
import random
import sys

OPERATOR = """\
operator:
  code: bench
  name: Bench Fibre
  currency: EUR
  time_zone: Europe/Warsaw
  billing: {model: cycle, invoicing: independent}
  policies:
  - {when: {category: business}, model: pro_rata, cycle_day: '1', invoicing: merged}
catalog:
  taxes:
  - {code: vat, name: VAT, rate: '23', included: true}
  - {code: vat-top, name: VAT, rate: '23', included: false}
  services:
  - {code: net-100, name: Internet 100, kind: internet, price: '24.90', period: 1 month, taxes: [vat]}
  - {code: net-300, name: Internet 300, kind: internet, price: '34.90', period: 1 month, taxes: [vat]}
  - {code: net-1000, name: Internet 1000, kind: internet, price: '59.99', period: 1 month, taxes: [vat]}
  - {code: tv, name: Television, kind: tv, price: '12.50', period: 1 month, taxes: [vat]}
  - {code: voip, name: Telephone, kind: voice, price: '5.00', period: 1 month, taxes: [vat-top]}
  add_ons:
  - {code: public-ip, name: Public address, mode: recurring, price: '3.00', taxes: [vat]}
  cpes:
  - {code: ont, name: Optical terminal, mode: recurring, price: '1.50', taxes: [vat]}
"""
FIRST = ("Anna Bruno Carla Diego Élodie Fatima Goran Hana Ingrid João Karel Lucía Mārtiņš Nadia Olga Pedro Quentin Rosa "
         "Stefan Tomasz Ulla Viktor Wanda Xenia Yusuf Zofia").split()
LAST = ("García Müller Nowak Rossi Silva Smith Novák Dubois Ivanov Kowalski Andersen Öztürk Horváth Popescu Jensen "
        "Fernández Schmidt Bianchi Kovač Lindqvist O'Brien Martin Weber Santos Petrov Zieliński").split()
TRADES = "Bakery Clinic Garage Hotel Institute Library Museum Pharmacy Restaurant School Studio Workshop".split()
IMPORTED_ON = datetime.date(2026, 3, 1)
SETTINGS = ["model", "cycle_day", "first_charge", "invoicing"]


def write(directory, name, header):
    stream = open(os.path.join(directory, name), "w", newline="", encoding="utf-8")
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow(header + SETTINGS)
    return rows


def main():
    directory, count = sys.argv[1], int(sys.argv[2])
    os.makedirs(directory, exist_ok=True)
    with open(os.path.join(directory, "operator.yaml"), "w", encoding="utf-8") as stream:
        stream.write(OPERATOR)
    subscribers = write(directory, "subscribers.csv",
                        ["code", "contact", "organization", "country", "region", "pop", "category"])
    units = write(directory, "units.csv", ["subscriber", "code", "name"])
    subs = write(directory, "sub_services.csv",
                 ["subscriber", "unit", "code", "service", "status", "activated_on", "charged_to", "add_ons", "cpes"])
    chance = random.Random(2026)
    unset = [""] * len(SETTINGS)

    def sell(subscriber, unit, code, service, category):
        day = chance.randrange(1, 29)
        activated = datetime.date(chance.randrange(2022, 2026), chance.randrange(1, 13), day)
        # Charged ahead to the day on which the next period begins: in March, on the day of the cycle.
        charged_to = IMPORTED_ON if category == "business" else IMPORTED_ON.replace(day=day)
        status = "suspended" if chance.random() < 0.01 else "active"
        add_ons = "public-ip" if chance.random() < 0.2 else ""
        cpes = f"ont:ONT-{subscriber}-{unit}{code}" if service.startswith("net") and chance.random() < 0.33 else ""
        subs.writerow([subscriber, unit, code, service, status, activated, charged_to, add_ons, cpes] + unset)

    for number in range(count):
        code = f"S{1_000_000 + number}"
        kind = chance.random()
        category = "residential" if kind < 0.9 else "business" if kind < 0.99 else "building"
        last = chance.choice(LAST)
        organization = "" if category == "residential" else f"{last} {chance.choice(TRADES)} {chance.randrange(500)}"
        subscribers.writerow([code, f"{chance.choice(FIRST)} {last}", organization, "PL",
                              f"region-{chance.randrange(16)}", f"pop-{chance.randrange(300)}", category] + unset)
        net = chance.choices(["net-100", "net-300", "net-1000"], [6, 3, 1])[0]
        if category == "building":
            for unit in range(1, 4):
                units.writerow([code, f"u{unit}", f"Flat {unit}"] + unset)
                sell(code, f"u{unit}", f"net{unit}", net, category)
        else:
            sell(code, "", "net", net, category)
            if chance.random() < 0.1:
                sell(code, "", "more", chance.choice(["tv", "voip"]), category)


main()
