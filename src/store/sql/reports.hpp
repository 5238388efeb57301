#pragma once

#include "app/ports/report_store.hpp"
#include "store/sql/connection.hpp"

namespace sluice::store {

class SqlReports final : public app::ReportStore {
public:
    explicit SqlReports(Connection& db) : db_(db) {}

    app::MonthFigures month(customers::OperatorId op, Currency currency, Date first) override;
    std::vector<app::DebtAge> debts_by_age(customers::OperatorId op, Currency currency, Date today) override;

private:
    Connection& db_;
};

}  // namespace sluice::store
