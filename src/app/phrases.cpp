#include "app/phrases.hpp"

#include <algorithm>

#include "app/words.hpp"
#include "values/check.hpp"

namespace sluice::app {
namespace {

struct InEnglish {
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(Date date) const { return date.text(); }
    std::string operator()(Money money) const { return words(money); }
    std::string operator()(const Price& price) const {
        return price.amount.text(price.currency.minor_digits()) + " " + std::string(price.currency.code());
    }
};

const Fact* find_fact(const Phrase& phrase, std::string_view name) {
    const auto found =
        std::find_if(phrase.facts.begin(), phrase.facts.end(), [&](const Fact& fact) { return fact.name == name; });
    return found == phrase.facts.end() ? nullptr : &*found;
}

std::string_view form_for(const Phrase& phrase) {
    const auto& form = phrase.key.form();
    const auto* fact = find_fact(phrase, "count");
    const auto* count = fact ? std::get_if<std::int64_t>(&fact->value) : nullptr;
    return count && *count == 1 && !form.one.empty() ? form.one : form.text;
}

}  // namespace

std::string text(const Phrase& phrase) {
    std::string told;
    for (auto form = form_for(phrase);;) {
        const auto begin = form.find('{');
        told += form.substr(0, begin);
        if (begin == std::string_view::npos) return told;
        const auto end = form.find('}', begin);
        const auto* fact = find_fact(phrase, form.substr(begin + 1, end - begin - 1));
        check(fact != nullptr, "a phrase has the facts that its form names");
        told += std::visit(InEnglish{}, fact->value);
        form.remove_prefix(end + 1);
    }
}

std::string text(const std::vector<Phrase>& phrases) {
    std::string told;
    for (const auto& phrase : phrases) {
        if (!told.empty()) told += phrase.key.form().parting;
        told += text(phrase);
    }
    return told;
}

}  // namespace sluice::app
