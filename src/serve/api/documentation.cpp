#include "serve/api/documentation.hpp"

#include <stdexcept>

#include "serve/api/embedded_files.hpp"

namespace sluice::serve::api {

const std::string& described_api() {
    static const std::string text = [] {
        for (const auto& file : embedded_files())
            if (file.path == "/api/openapi.json") return std::string(file.bytes);
        throw std::logic_error("the description of the API is not embedded");
    }();
    return text;
}

void add_documentation(std::string_view path, http::Response& response) {
    for (const auto& file : embedded_files()) {
        if (file.path != path) continue;
        response.content_type = file.content_type;
        response.body = file.bytes;
        if (file.gzipped) response.headers.emplace_back("Content-Encoding", "gzip");
        response.headers.emplace_back(
            "Content-Security-Policy",
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
            "frame-ancestors 'none'");
    }
}

}  // namespace sluice::serve::api
