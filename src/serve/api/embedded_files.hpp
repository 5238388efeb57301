// Files that travel inside the program: the API's description, the page that shows it, and the operator console.
#pragma once

#include <string_view>
#include <vector>

namespace sluice::serve::api {

struct EmbeddedFile {
    std::string_view path;          // where it is served: "/api/docs/viewer.js"
    std::string_view content_type;  // "text/html; charset=utf-8"
    std::string_view bytes;
    bool gzipped;  // `bytes` are compressed, to be sent as they are with Content-Encoding: gzip
};

// In the order of cmake/embed_files.cmake; the description as YAML comes first.
const std::vector<EmbeddedFile>& embedded_files();

// Of the operator console, as web/scripts/embed_console.mjs found them.
const std::vector<EmbeddedFile>& console_files();

}  // namespace sluice::serve::api
