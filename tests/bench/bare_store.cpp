#include "bare_store.hpp"

namespace sluice::bench {

std::unique_ptr<BareStore> open_bare_store(const std::string& address) {
    const std::string sqlite = "sqlite:";
    return address.starts_with(sqlite) ? open_bare_sqlite(address.substr(sqlite.size())) : open_bare_postgres(address);
}

std::string comma_list(const std::vector<std::string>& columns, const std::string& before) {
    std::string list;
    for (const auto& column : columns) list += (list.empty() ? "" : ", ") + before + column;
    return list;
}

std::string select_from(const Written& what, const std::string& condition) {
    const auto columns = what.columns.empty() ? "t.*" : comma_list(what.columns, "t.");
    return "SELECT " + columns + " FROM " + what.table + " t WHERE " + condition + " AND " + what.condition +
           " ORDER BY 1, 2";
}

}  // namespace sluice::bench
