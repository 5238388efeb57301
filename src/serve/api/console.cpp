#include "serve/api/console.hpp"

#include <algorithm>

#include "serve/api/embedded_files.hpp"

namespace sluice::serve::api {
namespace {

constexpr std::string_view root = "/console/";
constexpr std::string_view assets = "/console/assets/";
constexpr std::string_view page = "/console/index.html";

// Scripts come from here alone. Styles may be inline: the component library puts rules for its responsive layout and
// the lock of scrolling behind a dialog into <style> elements, and a page that is the same for everybody has no nonce.
constexpr std::string_view content_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const EmbeddedFile* file_at(std::string_view path) {
    const auto& files = console_files();
    const auto found = std::find_if(files.begin(), files.end(), [&](const auto& file) { return file.path == path; });
    return found == files.end() ? nullptr : &*found;
}

http::Response redirect_to_root() {
    http::Response response{.status = 302, .content_type = "text/plain; charset=utf-8", .body = {}};
    response.headers.emplace_back("Location", root);
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
}

http::Response response_of(const EmbeddedFile& file) {
    http::Response response{.content_type = std::string(file.content_type), .body = std::string(file.bytes)};
    if (file.gzipped) response.headers.emplace_back("Content-Encoding", "gzip");
    // An asset's name holds the hash of what is in it.
    response.headers.emplace_back("Cache-Control",
                                  file.path.starts_with(assets) ? "public, max-age=31536000, immutable" : "no-cache");
    response.headers.emplace_back("Content-Security-Policy", content_security_policy);
    response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    response.headers.emplace_back("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
    return response;
}

}  // namespace

std::optional<http::Response> console_answer(std::string_view method, std::string_view path) {
    if (method != "GET" && method != "HEAD") return std::nullopt;
    if (path == "/" || path == "/console") return redirect_to_root();
    if (!path.starts_with(root)) return std::nullopt;
    if (const auto* file = file_at(path)) return response_of(*file);
    // A script of an older console is not to be answered with a page.
    if (path.starts_with(assets)) return std::nullopt;
    return response_of(*file_at(page));
}

}  // namespace sluice::serve::api
