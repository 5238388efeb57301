// Appending to a subscriber's journal: each entry's hash covers the hash before it, the entry and its document.
#pragma once

#include "app/ports/store.hpp"

namespace sluice::app {

// The hash of an entry after `previous`. `document`: the one it books, with its lines in order of printing; else null.
Hash chain_hash(const Hasher& hasher, const Hash& previous, const ledger::Entry::Header& header,
                std::span<const ledger::Posting> postings, const invoicing::Document* document);

// Advances `head` by the entry.
ChainedEntry append(const Hasher& hasher, JournalHead& head, ledger::Entry entry, const invoicing::Document* document);

}  // namespace sluice::app
