#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <thread>

#include "serve/http/server.hpp"
#include "support/http_client.hpp"
#include "support/http_service.hpp"

namespace sluice::serve::http {
namespace {

using namespace std::chrono_literals;
using test::HttpClient;
using test::ScriptedService;

template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;

void write_to(const std::string& path, const auto& write) {
    FILE* file = std::fopen(path.c_str(), "w");
    ASSERT_NE(file, nullptr);
    write(file);
    std::fclose(file);
}

// A key and a certificate that it has signed itself, for an hour.
void make_certificate(const std::string& certificate_file, const std::string& key_file) {
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    auto* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1,
                               0);
    X509_set_issuer_name(certificate.get(), name);
    X509_set_pubkey(certificate.get(), key.get());
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    write_to(certificate_file, [&](FILE* file) { PEM_write_X509(file, certificate.get()); });
    write_to(key_file,
             [&](FILE* file) { PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
}

class HttpsServer : public testing::Test {
protected:
    static std::string file(const std::string& name) {
        return testing::TempDir() + "sluice-tls-" + std::to_string(getpid()) + "-" + name;
    }
    static void SetUpTestSuite() {
        make_certificate(file("certificate.pem"), file("key.pem"));
        make_certificate(file("other-certificate.pem"), file("other-key.pem"));
        std::ofstream(file("nonsense.pem")) << "nonsense\n";
    }
    static void TearDownTestSuite() {
        for (const auto* name :
             {"certificate.pem", "key.pem", "other-certificate.pem", "other-key.pem", "nonsense.pem"})
            std::remove(file(name).c_str());
    }
    static ServerOptions options() {
        ServerOptions options;
        options.port = 0;
        options.certificate_file = file("certificate.pem");
        options.private_key_file = file("key.pem");
        return options;
    }
    static std::string why_not(const std::string& certificate_file, const std::string& key_file) {
        auto wrong = options();
        wrong.certificate_file = certificate_file;
        wrong.private_key_file = key_file;
        ScriptedService service;
        try {
            Server server(wrong, service);
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "it could";
    }
};

class TlsClient {
public:
    explicit TlsClient(std::uint16_t port, int most_recent_version = 0) : context_(SSL_CTX_new(TLS_client_method())) {
        SSL_CTX_set_max_proto_version(context_.get(), most_recent_version);
        SSL_CTX_set_security_level(context_.get(), 0);  // to be able to try what is too old
        socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to);
        const timeval patience{5, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ssl_.reset(SSL_new(context_.get()));
        SSL_set_fd(ssl_.get(), socket_);
        is_secure_ = SSL_connect(ssl_.get()) == 1;
    }
    TlsClient(const TlsClient&) = delete;
    TlsClient& operator=(const TlsClient&) = delete;
    ~TlsClient() { ::close(socket_); }

    bool is_secure() const { return is_secure_; }
    void send(const std::string& text) {
        if (is_secure_) SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size()));
    }
    // Until that many bytes came, or the end.
    std::string receive(std::size_t count) {
        std::string received;
        char bytes[4096];
        while (is_secure_ && received.size() < count) {
            const int got = SSL_read(ssl_.get(), bytes, sizeof bytes);
            if (got <= 0) break;
            received.append(bytes, static_cast<std::size_t>(got));
        }
        return received;
    }
    std::string receive_all() { return receive(std::string::npos); }
    bool ended_in_order() const { return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }

private:
    std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>> context_;
    std::unique_ptr<SSL, Freed<SSL_free>> ssl_;
    int socket_ = -1;
    bool is_secure_ = false;
};

TEST_F(HttpsServer, ServesRequestsOverOneHandshakeAndEndsInOrder) {
    bool secure = false;
    ScriptedService service([&](Request request, Answer answer) {
        secure = request.secure;
        answer({200, "text/plain", request.target + ";"});
    });
    Server server(options(), service);
    server.start();
    TlsClient client(server.port());
    ASSERT_TRUE(client.is_secure());
    client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
    std::string text = client.receive(1);
    client.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    text += client.receive_all();
    for (const auto* target : {"/1;", "/2;", "/3;"}) EXPECT_NE(text.find(target), std::string::npos) << text;
    EXPECT_TRUE(client.ended_in_order());
    EXPECT_TRUE(secure);
}

TEST_F(HttpsServer, LargeBodiesAndAnswersArriveWhole) {
    ScriptedService service([](Request request, Answer answer) { answer({200, "text/plain", request.body}); });
    Server server(options(), service);
    server.start();
    TlsClient client(server.port());
    const std::string body(3'000'000, 'b');
    client.send("POST /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3000000\r\n\r\n");
    client.send(body);
    EXPECT_TRUE(client.receive_all().ends_with("\r\n\r\n" + body));
}

TEST_F(HttpsServer, ARefusalArrivesAlthoughTheBodyIsNotRead) {
    ScriptedService service;
    Server server(options(), service);
    server.start();
    TlsClient client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + std::string(100'000, 'b'));
    EXPECT_TRUE(client.receive_all().starts_with("HTTP/1.1 413 "));
}

TEST_F(HttpsServer, TheAnswerMayComeFromAnotherThread) {
    std::jthread worker;
    ScriptedService service([&](Request, Answer answer) {
        worker = std::jthread([answer] { answer({200, "text/plain", "later"}); });
    });
    Server server(options(), service);
    server.start();
    TlsClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(client.receive_all().ends_with("later"));
}

TEST_F(HttpsServer, SpeaksTls12AndNothingOlder) {
    ScriptedService service;
    Server server(options(), service);
    server.start();
    EXPECT_TRUE(TlsClient(server.port(), TLS1_3_VERSION).is_secure());
    EXPECT_TRUE(TlsClient(server.port(), TLS1_2_VERSION).is_secure());
    EXPECT_FALSE(TlsClient(server.port(), TLS1_1_VERSION).is_secure());
}

TEST_F(HttpsServer, ClientsThatDoNotFinishAHandshakeAreCutOff) {
    auto impatient = options();
    impatient.header_timeout = 300ms;
    ScriptedService service;
    Server server(impatient, service);
    server.start();
    HttpClient silent(server.port());
    HttpClient slow(server.port());
    slow.send("\x16\x03\x01");
    EXPECT_TRUE(silent.is_closed_within(5s));
    EXPECT_TRUE(slow.is_closed_within(5s));
    HttpClient plain(server.port());
    EXPECT_EQ(plain.get("/").status, 0);
}

TEST_F(HttpsServer, AHeadThatIsNeverFinishedIsAnsweredAndCutOff) {
    auto impatient = options();
    impatient.header_timeout = 300ms;
    ScriptedService service;
    Server server(impatient, service);
    server.start();
    TlsClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost:");
    EXPECT_TRUE(client.receive_all().starts_with("HTTP/1.1 408 "));
    EXPECT_TRUE(client.ended_in_order());
}

TEST_F(HttpsServer, StopEndsItsConnections) {
    ScriptedService service;
    Server server(options(), service);
    server.start();
    TlsClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(client.receive(1).starts_with("HTTP/1.1 200"));
    const auto begin = std::chrono::steady_clock::now();
    server.stop(10s);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

TEST_F(HttpsServer, SaysWhatIsWrongWithItsFiles) {
    const auto certificate = file("certificate.pem");
    const auto key = file("key.pem");
    const auto missing = file("missing.pem");
    const auto nonsense = file("nonsense.pem");
    EXPECT_EQ(why_not(certificate, ""), "TLS needs both a certificate file and a private key file");
    EXPECT_EQ(why_not("", key), "TLS needs both a certificate file and a private key file");
    EXPECT_EQ(why_not(missing, key), "cannot read the certificate file " + missing + ": No such file or directory");
    EXPECT_EQ(why_not(certificate, missing),
              "cannot read the private key file " + missing + ": No such file or directory");
    EXPECT_TRUE(
        why_not(nonsense, key).starts_with("the certificate file " + nonsense + " holds no certificate in PEM: "));
    EXPECT_TRUE(
        why_not(certificate, nonsense).starts_with("the private key file " + nonsense + " holds no unencrypted key"));
    EXPECT_EQ(why_not(certificate, file("other-key.pem")),
              "the private key in " + file("other-key.pem") + " is not the one of the certificate in " + certificate);
}

}  // namespace
}  // namespace sluice::serve::http
