#include "app/verify_pro_formas.hpp"

#include <map>

namespace sluice::app {
namespace {

constexpr std::int64_t page_rows = 500;
constexpr std::size_t most_numbers = 1'000'000'000;  // of a year; a greater one is damage that its text tells

class ProFormaCheck {
public:
    ProFormaCheck(Store& store, const customers::Operator& op, Findings& findings)
        : store_(store), op_(op), findings_(findings) {}

    void run() {
        std::optional<invoicing::ProFormaId> after;
        for (auto page = store_.pro_formas().all(op_.id, after, page_rows); !page.empty();
             page = store_.pro_formas().all(op_.id, after, page_rows)) {
            for (const auto& pro_forma : page) look_at(pro_forma);
            after = page.back().id;
        }
    }

private:
    void look_at(const invoicing::ProForma& pro_forma) {
        const auto asked = invoicing::sum_of(pro_forma.lines, op_.currency) - pro_forma.paid_ahead;
        if (asked != pro_forma.total)
            findings_.add("pro_forma_total", pro_forma.number,
                          "asks for " + words(pro_forma.total) + ", its lines less the balance are " + words(asked));
        const auto expected =
            invoicing::format_number(invoicing::pro_forma_pattern, pro_forma.year, pro_forma.sequence);
        if (pro_forma.number != expected) findings_.add("pro_forma_number", pro_forma.number, "should be " + expected);
        auto& taken = taken_[pro_forma.year];
        const auto at = static_cast<std::size_t>(pro_forma.sequence);
        if (pro_forma.sequence < 1 || at > most_numbers) return;
        if (at >= taken.size()) taken.resize(at + 1);
        if (taken[at]) findings_.add("pro_forma_number", pro_forma.number, "is there twice");
        taken[at] = true;
    }

    Store& store_;
    const customers::Operator& op_;
    Findings& findings_;
    std::map<std::int32_t, std::vector<bool>> taken_;  // numbers, by year
};

}  // namespace

void verify_pro_formas(Store& store, const customers::Operator& op, Findings& findings) {
    findings.guard("pro-forma documents", [&] { ProFormaCheck(store, op, findings).run(); });
}

}  // namespace sluice::app
