// Parameters that are well-formed come back when they are encoded again; any bytes survive percent-encoding.
#include <algorithm>

#include "fuzz/fuzz.hpp"
#include "serve/api/query_string.hpp"
#include "serve/text/utf8.hpp"

using namespace sluice;
using namespace sluice::serve::api;

namespace {

std::string encoded(const std::vector<QueryParameter>& parameters) {
    std::string query;
    for (const auto& each : parameters)
        query += (query.empty() ? "" : "&") + percent_encode(each.name) + "=" + percent_encode(each.value);
    return query;
}

bool same(const std::vector<QueryParameter>& a, const std::vector<QueryParameter>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.name == y.name && x.value == y.value && x.fault == y.fault;
    });
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = fuzz::text(data, size);
    for (const auto plus : {Plus::is_plus, Plus::is_space}) {
        fuzz::must(percent_decode(percent_encode(bytes), plus) == bytes, "any bytes survive percent-encoding");
        const auto decoded = percent_decode(bytes, plus);
        fuzz::must(!decoded || decoded->size() <= bytes.size(), "decoding makes nothing longer");
    }
    auto parameters = split_query(bytes);
    std::erase_if(parameters, [](const auto& each) { return !each.fault.empty(); });
    for (const auto& each : parameters)
        fuzz::must(serve::is_utf8(each.name) && serve::is_utf8(each.value), "what is well-formed is UTF-8");
    fuzz::must(same(split_query(encoded(parameters)), parameters), "what is well-formed comes back");
    return 0;
}
