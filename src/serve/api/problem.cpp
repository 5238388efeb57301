#include "serve/api/problem.hpp"

namespace sluice::serve::api {
namespace {

namespace json = boost::json;

std::string_view title_of(int status) {
    switch (status) {
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 411:
            return "Length Required";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return status < 500 ? "Bad Request" : "Internal Server Error";
    }
}

int status_of(app::RefusalCode code) {
    using enum app::RefusalCode;
    switch (code) {
        case code_taken:
        case serial_number_in_use:
        case life_of_sub_service:
        case item_not_held:
        case bank_line_matched:
        case bank_line_set_aside:
        case bank_line_not_set_aside:
        case nothing_to_pay:
        case settlement_under_way:
        case not_enough_funds:
        case overdue_debt:
        case promise_not_allowed:
        case plan_not_allowed:
        case automatic_payment_not_allowed:
        case payout_settled:
        case cash_desk_in_use:
        case cash_shift_closed:
        case not_enough_cash:
        case cheque_settled:
        case pro_forma_settled:
        case promo_code_used_up:
        case promo_code_not_valid:
        case discount_not_allowed:
        case discount_in_use:
            return 409;
        case gateway_unavailable:
            return 503;
        case unknown_cash_shift:
        case unknown_cheque:
        case unknown_pro_forma:
        case unknown_payout:
            return 404;
        case difference_not_explained:
        case unknown_payment_method:
        case unknown_checkout:
        case unknown_saved_method:
        case payment_method_not_usable:
        case gateway_refused:
        case settings_not_allowed:
        case unknown_operator:
        case unknown_subscriber:
        case unknown_unit:
        case unknown_sub_service:
        case unknown_product:
        case contact_or_organization_needed:
        case not_sold_on_that_date:
        case price_not_allowed:
        case amount_not_allowed:
        case quantity_not_allowed:
        case installments_not_allowed:
        case unknown_payment:
        case unknown_document:
        case unknown_line:
        case document_not_allowed:
        case date_not_allowed:
        case bank_line_in_other_currency:
        case unknown_hold:
        case unknown_plan:
        case unknown_automatic_payment:
        case unknown_discount:
        case unknown_promo_code:
        case unknown_discount_grant:
            return 422;
    }
    return 422;
}

}  // namespace

http::Response Problem::response(const std::string& request_id) const {
    json::object problem{{"type", "about:blank"}, {"title", title_of(status_)}, {"status", status_}, {"detail", what()},
                         {"code", code_},         {"instance", request_id}};
    if (!faults_.empty()) {
        json::array errors;
        for (const auto& [where, field, message] : faults_)
            errors.push_back(json::object{{"where", where}, {"field", field}, {"message", message}});
        problem["errors"] = std::move(errors);
    }
    http::Response response{
        .status = status_, .content_type = "application/problem+json", .body = json::serialize(problem)};
    if (status_ == 503) response.headers.emplace_back("Retry-After", "1");
    if (status_ == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"Sluice\"");
    return response;
}

Problem invalid_request(std::vector<Fault> faults) {
    const auto& first = faults.front();
    std::string detail = first.field.empty() ? "The " + first.where + " " : "\"" + first.field + "\" ";
    detail += first.message;
    if (faults.size() > 1) detail += " (and " + std::to_string(faults.size() - 1) + " more)";
    return {400, "invalid_request", detail, std::move(faults)};
}

Problem invalid_request(const InputError& error) {
    return invalid_request(std::vector<Fault>{{"body", error.key(), error.what()}});
}

Problem refused(const app::Refusal& refusal) {
    return {status_of(refusal.code), std::string(app::name_of(refusal)), refusal.message};
}

Problem not_found(std::string code, const std::string& detail) { return {404, std::move(code), detail}; }

Problem busy(const std::string& detail) { return {503, "busy", detail + "; try again in a second"}; }

}  // namespace sluice::serve::api
