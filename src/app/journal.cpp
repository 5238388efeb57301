#include "app/journal.hpp"

#include "domain/ledger/chain.hpp"

namespace sluice::app {

Hash chain_hash(const Hasher& hasher, const Hash& previous, const ledger::Entry::Header& header,
                std::span<const ledger::Posting> postings, const invoicing::Document* document) {
    std::string text(reinterpret_cast<const char*>(previous.data()), previous.size());
    text.reserve(1024);
    text += ledger::canonical_text(header, postings);
    if (document) ledger::append_canonical_text(text, *document);
    return hasher.of(text);
}

ChainedEntry append(const Hasher& hasher, JournalHead& head, ledger::Entry entry, const invoicing::Document* document) {
    head.hash = chain_hash(hasher, head.hash, entry.header(), entry.postings(), document);
    head.balance += entry.balance_effect();
    ++head.entries;
    head.last_entry = entry.header().id.value();
    return {std::move(entry), head.hash};
}

}  // namespace sluice::app
