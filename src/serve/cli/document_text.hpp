// Documents for people.
#pragma once

#include <boost/json.hpp>
#include <string>

namespace sluice::serve {

// Head, lines and total of a document as the API gives it.
std::string document_text(const boost::json::object& document);

// "issued", "paid", "issued, overdue" …
std::string state_text(const boost::json::object& document);
// The organization, else the contact.
std::string addressee(const boost::json::object& document);

}  // namespace sluice::serve
