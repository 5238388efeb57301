// Pro-forma documents, and documents of advance payments.
#pragma once

#include <map>

#include "app/ports/pro_forma_store.hpp"
#include "store/sql/connection.hpp"
#include "store/sql/sql.hpp"

namespace sluice::store {

class SqlProFormas final : public app::ProFormaStore {
public:
    explicit SqlProFormas(Connection& db) : db_(db) {}

    void add(customers::OperatorId op, const invoicing::ProForma& pro_forma) override;
    void update(const invoicing::ProForma& pro_forma) override;
    std::vector<app::ProFormaRow> open(customers::SubscriberId first, customers::SubscriberId last) override;
    std::vector<invoicing::ProForma> latest_projected(customers::OperatorId op, customers::SubscriberId first,
                                                      customers::SubscriberId last) override;
    std::vector<invoicing::ProForma> expired(customers::OperatorId op, Date date, std::int64_t limit) override;
    std::optional<app::ProFormaRow> find(customers::OperatorId op, std::string_view number) override;
    std::vector<app::ProFormaRow> list(customers::OperatorId op, const app::ProFormaQuery& query) override;
    std::vector<invoicing::ProForma> all(customers::OperatorId op, std::optional<invoicing::ProFormaId> after,
                                         std::int64_t limit) override;
    Money paid_since(const invoicing::ProForma& pro_forma) override;
    void add(customers::OperatorId op, const app::AdvancePayment& advance) override;
    std::optional<app::AdvancePaymentRow> find_advance(customers::OperatorId op, payments::PaymentId payment) override;
    std::optional<app::AdvancePaymentRow> find_advance(customers::OperatorId op, std::string_view number) override;
    std::vector<app::AdvancePaymentRow> list(customers::OperatorId op, const app::AdvancePaymentQuery& query) override;
    std::int64_t take_number(customers::OperatorId op, app::AdvanceSeries series, std::int32_t year) override;

private:
    // `which`: the condition on `pro_formas f` by which those in `of` were read.
    using ById = std::map<invoicing::ProFormaId, invoicing::ProForma*>;
    void read_items(const ById& of, const Sql& which);
    void read_lines(const ById& of, const Sql& which);

    Connection& db_;
};

}  // namespace sluice::store
