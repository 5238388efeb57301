#include "serve/api/preview.hpp"

#include <algorithm>
#include <map>

#include "domain/invoicing/decide.hpp"
#include "serve/api/encode.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

struct PreviewedLine {
    invoicing::Line line;
    std::string sub_service;
};
using LinesByDate = std::map<Date, std::vector<PreviewedLine>>;

// One sub-service, decided through later and later dates until two billing dates after `date` are known.
class Foresight {
public:
    Foresight(Desk& desk, const app::SubServicePath& path) : desk_(desk), path_(path) {}

    void collect(Date date, LinesByDate& lines) {
        auto [drafts, next] = decide(date);
        for (int ahead = 0; ahead < 2 && next; ++ahead) std::tie(drafts, next) = decide(*next);
        for (auto& draft : drafts)
            for (auto& line : draft.lines) lines[draft.date].push_back({std::move(line), path_.sub_service});
    }

private:
    std::pair<std::vector<invoicing::Draft>, std::optional<Date>> decide(Date through) {
        auto& store = desk_.store();
        const auto& op = desk_.op();
        const auto subscriber = store.find_subscriber(op.id, path_.subscriber);
        check(subscriber.has_value(), "the subscriber of a previewed sub-service is there");
        auto account = store.find_account(*subscriber, path_.sub_service, through);
        check(account.has_value(), "a previewed sub-service is there");
        for (auto& pending : store.pending_lines(subscriber->id))
            if (pending.sub_service_code == path_.sub_service)
                account->pending_lines.push_back(std::move(pending.line));
        const auto catalog = store.catalog(op.id);  // as the commands have left it
        const charging::Book book{catalog, op.currency, op.rounding, desk_.ids()};
        auto proposal = invoicing::decide(op, book, *account, through);
        return {std::move(proposal.drafts), proposal.next_billing_dates.front()};
    }

    Desk& desk_;
    const app::SubServicePath& path_;
};

json::object charge_json(Desk& desk, const catalog::Catalog& catalog, Date date,
                         const std::vector<PreviewedLine>& lines) {
    const auto nothing = Money::zero(desk.op().currency);
    Money net = nothing;
    Money tax = nothing;
    Money total = nothing;
    json::array all;
    for (const auto& [line, sub_service] : lines) {
        net += line.net;
        tax += line.tax;
        total += line.gross;
        all.push_back(line_json(line, sub_service, static_cast<std::int64_t>(all.size()) + 1, catalog));
    }
    return {{"billing_date", date.text()},
            {"lines", std::move(all)},
            {"net", json_of(net)},
            {"tax", json_of(tax)},
            {"total", json_of(total)}};
}

}  // namespace

json::object preview_json(Desk& desk, Date date, const std::vector<app::SubServicePath>& sub_services,
                          const std::function<void()>& carry_out) {
    app::Transaction not_kept(desk.store());
    carry_out();
    LinesByDate lines;
    for (const auto& path : sub_services) Foresight(desk, path).collect(date, lines);
    const auto catalog = desk.store().catalog(desk.op_id());
    json::array charges;
    int ahead = 0;
    for (const auto& [billing_date, due] : lines) {
        if (billing_date > date && ++ahead > 2) break;
        charges.push_back(charge_json(desk, catalog, billing_date, due));
    }
    return {{"object", "preview"}, {"charges", std::move(charges)}};
}

}  // namespace sluice::serve::api
