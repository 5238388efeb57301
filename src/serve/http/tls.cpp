#include "serve/http/tls.hpp"

#include <openssl/err.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace sluice::serve::http {
namespace {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

void require_readable(const std::string& what, const std::string& file) {
    const std::ifstream stream(file);
    if (!stream) throw std::runtime_error("cannot read the " + what + " file " + file + ": " + std::strerror(errno));
}

void use_certificate(ssl::context& context, const std::string& file) {
    require_readable("certificate", file);
    error_code ec;
    context.use_certificate_chain_file(file, ec);
    if (ec) throw std::runtime_error("the certificate file " + file + " holds no certificate in PEM: " + ec.message());
}

void use_private_key(ssl::context& context, const ServerOptions& options) {
    const auto& file = options.private_key_file;
    require_readable("private key", file);
    error_code ec;
    context.use_private_key_file(file, ssl::context::pem, ec);
    if (ec && ERR_GET_REASON(static_cast<unsigned long>(ec.value())) != X509_R_KEY_VALUES_MISMATCH)
        throw std::runtime_error("the private key file " + file + " holds no unencrypted key in PEM: " + ec.message());
    if (ec || SSL_CTX_check_private_key(context.native_handle()) != 1)
        throw std::runtime_error("the private key in " + file + " is not the one of the certificate in " +
                                 options.certificate_file);
}

}  // namespace

ssl::context make_tls_context(const ServerOptions& options) {
    if (options.certificate_file.empty() || options.private_key_file.empty())
        throw std::runtime_error("TLS needs both a certificate file and a private key file");
    ssl::context context(ssl::context::tls_server);
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    context.set_options(ssl::context::default_workarounds | ssl::context::no_compression | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(context.native_handle(), SSL_MODE_RELEASE_BUFFERS);  // idle connections take no 32 KiB
    // Without this, OpenSSL would ask the terminal for the passphrase of an encrypted key.
    context.set_password_callback([](std::size_t, ssl::context::password_purpose) { return std::string(); });
    use_certificate(context, options.certificate_file);
    use_private_key(context, options);
    return context;
}

}  // namespace sluice::serve::http
