#include <ostream>

#include "serve/cli/commands.hpp"

namespace sluice::serve {

Date Session::today(const customers::Operator& op) const {
    const auto zone = Zone::named(op.time_zone);
    if (!zone)
        throw app::StoreFailure("this machine's time-zone database does not have " + op.time_zone +
                                " (package tzdata)");
    return zone->date_at(now);
}

Date date_option(const std::string& name, const std::string& text) {
    const auto date = Date::parse(text);
    if (!date) throw BadInput(name + ": \"" + text + "\" is no date; write year-month-day, as 2026-01-31");
    return *date;
}

std::vector<customers::Operator> selected_operators(app::Store& store, const StoreOptions& options) {
    auto operators = store.operators();
    if (options.op.empty()) return operators;
    std::string known;
    for (auto& op : operators) {
        if (op.code == options.op) return {op};
        known += (known.empty() ? "" : ", ") + op.code;
    }
    throw BadInput("--operator: there is no operator \"" + options.op + "\" in this store; " +
                   (known.empty() ? "it has none, import one first" : "it has: " + known));
}

customers::Operator selected_operator(app::Store& store, const StoreOptions& options) {
    auto operators = selected_operators(store, options);
    if (operators.empty()) throw BadInput("there is no operator in this store; import one first with `sluice import`");
    if (operators.size() == 1) return operators.front();
    std::string known;
    for (const auto& op : operators) known += (known.empty() ? "" : ", ") + op.code;
    throw BadInput("this store has several operators (" + known + "); say which one with --operator CODE");
}

ProgressLine::ProgressLine(std::ostream& err, bool on_terminal)
    : err_(err), on_terminal_(on_terminal), next_(std::chrono::steady_clock::now() + std::chrono::milliseconds(300)) {}

ProgressLine::~ProgressLine() {
    if (shown_ && on_terminal_) err_ << "\r\033[K" << std::flush;
}

void ProgressLine::show(const std::string& text) {
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + (on_terminal_ ? std::chrono::milliseconds(100) : std::chrono::milliseconds(5'000));
    shown_ = true;
    if (on_terminal_)
        err_ << '\r' << text << "\033[K" << std::flush;
    else
        err_ << text << '\n' << std::flush;
}

}  // namespace sluice::serve
