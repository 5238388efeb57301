// What field :86: of MT940 says of a booking. Banks have filled it in three ways: with ?20 … ?33 as German banks do,
// with /NAME/ … /REMI/ as Dutch ones do, and freely.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::serve {

struct Mt940Info {
    std::string reference;
    std::string payer;
    std::string payer_account;
};

// `lines`: of the field, without their ends.
Mt940Info read_mt940_info(const std::vector<std::string_view>& lines);

}  // namespace sluice::serve
