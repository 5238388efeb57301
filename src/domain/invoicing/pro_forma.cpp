#include "domain/invoicing/pro_forma.hpp"

#include <algorithm>
#include <array>

namespace sluice::invoicing {
namespace {

constexpr std::array<std::string_view, 2> purpose_names{"projected_spending", "order"};
constexpr std::array<std::string_view, 4> state_names{"open", "paid", "expired", "withdrawn"};

template <typename Enum, std::size_t count>
std::optional<Enum> parse(const std::array<std::string_view, count>& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view name_of(ProFormaPurpose purpose) { return purpose_names[static_cast<std::size_t>(purpose)]; }
std::string_view name_of(ProFormaState state) { return state_names[static_cast<std::size_t>(state)]; }
std::optional<ProFormaPurpose> parse_pro_forma_purpose(std::string_view name) {
    return parse<ProFormaPurpose>(purpose_names, name);
}
std::optional<ProFormaState> parse_pro_forma_state(std::string_view name) {
    return parse<ProFormaState>(state_names, name);
}

ProFormaLine pro_forma_line(const Line& line) {
    const auto& charge = line.charge;
    return {charge.sub_service, charge.product, charge.kind, charge.period,
            charge.quantity,    line.net,       line.tax,    line.gross};
}

Money sum_of(const std::vector<ProFormaLine>& lines, Currency currency) {
    Money sum = Money::zero(currency);
    for (const auto& line : lines) sum += line.gross;
    return sum;
}

namespace {

Wanted wanted_by(const std::vector<ProFormaLine>& lines, const AccountFacts& facts, Currency currency) {
    std::map<subscriptions::SubServiceId, std::optional<customers::UnitId>> units;
    for (const auto& sub : facts.sub_services) units.emplace(sub.state.id, sub.state.unit);
    Wanted wanted;
    for (const auto& line : lines)
        wanted.try_emplace({line.sub_service, units[line.sub_service]}, Money::zero(currency)).first->second +=
            line.gross;
    return wanted;
}

}  // namespace

std::optional<Projection> project(const customers::Operator& op, const charging::Book& book, AccountFacts facts,
                                  Date horizon) {
    check(facts.purse.has_value(), "spending is projected with a purse");
    facts.purse->promised = Money::zero(op.currency);  // a promise is no money
    const Purse purse = *facts.purse;
    auto charged = facts;
    charged.purse.reset();
    const auto unfunded = decide(op, book, facts, horizon).unfunded;
    if (unfunded.empty()) return std::nullopt;
    const auto first = std::min_element(unfunded.begin(), unfunded.end(),
                                        [](const auto& one, const auto& other) { return one.date < other.date; });
    Projection projection{first->date, {}, purse.balance, Money::zero(op.currency)};
    const auto drafts = decide(op, book, charged, horizon).drafts;
    for (const auto& draft : drafts)
        for (const auto& line : draft.lines)
            if (book.catalog.product(line.charge.product).projected) projection.lines.push_back(pro_forma_line(line));
    projection.balance += covered(purse.wallets, wanted_by(projection.lines, facts, op.currency), op.currency);
    projection.total = sum_of(projection.lines, op.currency) - projection.balance;
    if (!projection.total.is_positive()) return std::nullopt;
    return projection;
}

std::optional<int> lead_reached(const std::vector<int>& lead_days, int days) {
    std::optional<int> reached;
    for (const int lead : lead_days)
        if (days <= lead && (!reached || lead < *reached)) reached = lead;
    return reached;
}

}  // namespace sluice::invoicing
