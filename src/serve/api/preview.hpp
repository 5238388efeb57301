// What commands would charge, now and on the next two billing dates: they are carried out, billed and undone.
#pragma once

#include <functional>
#include <vector>

#include "serve/api/desk.hpp"

namespace sluice::serve::api {

// `carry_out` runs in a transaction that is not kept; what it throws is the answer. Only the lines of `sub_services`
// are shown, as they are when it has run. Tax, rounding and proration are those of a bill run, for they come from the
// same decision.
boost::json::object preview_json(Desk& desk, Date date, const std::vector<app::SubServicePath>& sub_services,
                                 const std::function<void()>& carry_out);
inline http::Response preview(Desk& desk, Date date, const std::vector<app::SubServicePath>& sub_services,
                              const std::function<void()>& carry_out) {
    return ok(preview_json(desk, date, sub_services, carry_out));
}

}  // namespace sluice::serve::api
