// Documents and lines as they are read back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/invoicing/document.hpp"

namespace sluice::app {

// A document as it is read back: frozen parts, and how much of it has been paid.
struct StoredDocument {
    invoicing::Document document;
    std::string subscriber_code;
    std::string unit_code;
    Money paid;
    std::vector<std::string> sub_service_codes;  // of each line, when they were asked for
    std::int64_t line_count = 0;
};

// A line with what explains it.
struct StoredLine {
    invoicing::Line line;
    customers::SubscriberId subscriber;
    std::string subscriber_code;
    std::string sub_service_code;
    std::optional<invoicing::DocumentId> document;
    std::string document_number;
    customers::OperatorId op;
};

}  // namespace sluice::app
