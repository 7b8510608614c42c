package dev.quire.http;

import static dev.quire.http.Doors.fault;
import static dev.quire.http.Doors.fetch;
import static dev.quire.http.StubServer.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatesTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  @TempDir static Path folder;
  private static SSLContext context;

  private final FakeCall call = new FakeCall();

  @BeforeAll
  static void makes_certificates() throws Exception {
    KeyStore server = generate("server", "EC", "-ext", "san=dns:localhost,dns:api.example.com");
    KeyStore client = generate("client", "RSA");
    generate("elliptic", "EC");
    generate("old", "EC", "-startdate", "-3d", "-validity", "1");
    generate("early", "EC", "-startdate", "+3d");
    pem("ca.pem", server, "CERTIFICATE");
    pem("client.pem", client, "CERTIFICATE", "PRIVATE KEY");
    pem("pkcs1.pem", client, "RSA PRIVATE KEY", "CERTIFICATE");
    pem("secret.pem", client, "CERTIFICATE", "ENCRYPTED PRIVATE KEY");
    pem("cert.pem", client, "CERTIFICATE");
    pem("key.pem", client, "PRIVATE KEY");
    KeyStore elliptic = load("elliptic");
    pem("elliptic.pem", elliptic, "CERTIFICATE", "PRIVATE KEY");
    pem("other-key.pem", elliptic, "PRIVATE KEY");
    pem("sec1.pem", elliptic, "CERTIFICATE", "EC PRIVATE KEY");
    pem("old.pem", load("old"), "CERTIFICATE", "PRIVATE KEY");
    pem("early.pem", load("early"), "CERTIFICATE", "PRIVATE KEY");
    Files.writeString(folder.resolve("cut.pem"), "-----BEGIN CERTIFICATE-----\nMIIB");
    Files.writeString(folder.resolve("noise.bin"), "no certificate at all");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("client", client.getCertificate("k"));
    trusted.setCertificateEntry("elliptic", elliptic.getCertificate("k"));
    KeyManagerFactory own = KeyManagerFactory.getInstance("SunX509");
    own.init(server, PASSWORD);
    TrustManagerFactory others = TrustManagerFactory.getInstance("PKIX");
    others.init(trusted);
    context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), others.getTrustManagers(), null);
  }

  private static KeyStore generate(String name, String algorithm, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "k",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                folder.resolve(name + ".p12").toString()));
    command.addAll(List.of(more));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor()).as(output).isZero();
    return load(name);
  }

  private static KeyStore load(String name) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  private static void pem(String file, KeyStore keys, String... labels) throws Exception {
    StringBuilder text = new StringBuilder("Made for a test\n");
    for (String label : labels) {
      byte[] key = keys.getKey("k", PASSWORD).getEncoded();
      byte[] der =
          switch (label) {
            case "CERTIFICATE" -> keys.getCertificate("k").getEncoded();
            case "RSA PRIVATE KEY" -> Arrays.copyOfRange(key, 26, key.length);
            case "ENCRYPTED PRIVATE KEY" -> encrypted(key);
            default -> key;
          };
      text.append("-----BEGIN ").append(label).append("-----\n");
      text.append(Base64.getMimeEncoder().encodeToString(der));
      text.append("\n-----END ").append(label).append("-----\n");
    }
    Files.writeString(folder.resolve(file), text);
  }

  private static byte[] encrypted(byte[] key) throws Exception {
    String name = "PBEWithHmacSHA256AndAES_256";
    Cipher cipher = Cipher.getInstance(name);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(name).generateSecret(new PBEKeySpec(PASSWORD)));
    byte[] parameters = cipher.getParameters().getEncoded();
    byte[] oid = HexFormat.of().parseHex("06092a864886f70d01050d");
    boolean whole = HexFormat.of().formatHex(parameters).startsWith("06092a864886f70d01050d", 4);
    byte[] algorithm = whole ? parameters : tagged(0x30, oid, parameters);
    return tagged(0x30, algorithm, tagged(0x04, cipher.doFinal(key)));
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(content::writeBytes);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    out.write(0x82);
    out.write(content.size() >> 8);
    out.write(content.size());
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  /** Sockets that let nobody in without a certificate. */
  private static ServerSocketFactory strict() {
    return new ServerSocketFactory() {
      @Override
      public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
          throws IOException {
        SSLServerSocket socket =
            (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(port, backlog, address);
        socket.setNeedClientAuth(true);
        return socket;
      }

      @Override
      public ServerSocket createServerSocket(int port) {
        throw new UnsupportedOperationException();
      }

      @Override
      public ServerSocket createServerSocket(int port, int backlog) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  private static HttpDoor door(String url, String... pairs) {
    List<String> config =
        new ArrayList<>(List.of("http.attempts", "1", "http.ca_file", file("ca.pem")));
    for (int i = 0; i < pairs.length; i += 2) {
      boolean isFile = !pairs[i].endsWith("password") && pairs[i].startsWith("http.c");
      config.addAll(List.of(pairs[i], isFile ? file(pairs[i + 1]) : pairs[i + 1]));
    }
    return Doors.open(TimeSource.system(), url, config.toArray(new String[0]));
  }

  @Test
  void a_certificate_of_the_ca_file_is_trusted() {
    try (StubServer server = StubServer.answering(context.getServerSocketFactory(), ok("x"))) {
      String url = "https://localhost:" + server.port();
      try (HttpDoor door = door(url)) {
        assertThat(fetch(door, call, url)).isEqualTo("x");
      }
    }
  }

  @Test
  void https_goes_through_a_proxy_that_sees_neither_request_nor_credentials() throws IOException {
    try (StubServer server =
            StubServer.answering(context.getServerSocketFactory(), ok("one"), ok("two"));
        TunnelProxy proxy = new TunnelProxy(server.port());
        HttpDoor door =
            door(
                "https://api.example.com/v1",
                "http.proxy",
                proxy.url(),
                "http.proxy_username",
                "me",
                "http.proxy_password",
                "pr0xy",
                "auth.type",
                "bearer",
                "auth.token",
                "s3cret")) {
      assertThat(fetch(door, call, "https://api.example.com/v1/a")).isEqualTo("one");
      assertThat(fetch(door, call, "https://api.example.com/v1/b")).isEqualTo("two");
      assertThat(server.request(0).line()).isEqualTo("GET /v1/a HTTP/1.1");
      assertThat(server.request(0).header("Authorization")).isEqualTo("Bearer s3cret");
      assertThat(server.request(0).headers()).doesNotContainKey("Proxy-Authorization");
      assertThat(proxy.heads())
          .containsExactly(
              "CONNECT api.example.com:443 HTTP/1.1\r\nHost: api.example.com:443\r\n"
                  + "Proxy-Authorization: Basic "
                  + Authenticators.base64("me", "pr0xy")
                  + "\r\n\r\n");
    }
  }

  @Test
  void a_certificate_of_the_ca_file_must_still_be_for_this_host() {
    try (StubServer server = StubServer.answering(context.getServerSocketFactory(), ok("x"))) {
      String url = "https://127.0.0.1:" + server.port();
      try (HttpDoor door = door(url)) {
        assertThat(Doors.kind(door, call, url)).isEqualTo(ErrorKind.TLS);
      }
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void a_certificate_outside_of_the_ca_file_is_refused_with_a_hint() {
    try (StubServer server = StubServer.answering(context.getServerSocketFactory(), ok("x"))) {
      String url = "https://localhost:" + server.port();
      try (HttpDoor door = door(url, "http.ca_file", "cert.pem")) {
        SourceException fault = fault(door, call, url);
        assertThat(fault.kind()).isEqualTo(ErrorKind.TLS);
        assertThat(fault).hasMessageContaining("http.ca_file");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "client.pem,,",
    "pkcs1.pem,,",
    "elliptic.pem,,",
    "secret.pem,,changeit",
    "cert.pem,key.pem,",
    "client.p12,,changeit"
  })
  void a_client_certificate_is_presented(String certificate, String key, String password) {
    List<String> config = new ArrayList<>(List.of("http.client_certificate", certificate));
    if (key != null) {
      config.addAll(List.of("http.client_key", key));
    }
    if (password != null) {
      config.addAll(List.of("http.client_key_password", password));
    }
    try (StubServer server = StubServer.answering(strict(), ok("x"))) {
      String url = "https://localhost:" + server.port();
      try (HttpDoor door = door(url, config.toArray(new String[0]))) {
        assertThat(fetch(door, call, url)).isEqualTo("x");
      }
    }
  }

  @Test
  void a_service_that_wants_a_certificate_refuses_those_who_have_none() {
    try (StubServer server = StubServer.answering(strict(), ok("x"))) {
      String url = "https://localhost:" + server.port();
      try (HttpDoor door = door(url)) {
        assertThat(fault(door, call, url).kind()).isIn(ErrorKind.TLS, ErrorKind.UNREACHABLE);
      }
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void the_certificate_goes_to_the_source_and_not_to_its_token_endpoint() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens = StubServer.answering(strict(), ok("{\"access_token\":\"t\"}"))) {
      try (HttpDoor door =
          door(
              api.url(),
              "http.client_certificate",
              "client.pem",
              "auth.type",
              "oauth2",
              "auth.client_id",
              "i",
              "auth.client_secret",
              "s",
              "auth.token_url",
              "https://localhost:" + tokens.port())) {
        assertThat(fault(door, call, api.url()).kind()).isIn(ErrorKind.TLS, ErrorKind.UNREACHABLE);
      }
      assertThat(tokens.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http.ca_file | none.pem | does not exist",
        "http.ca_file | cut.pem | no whole PEM file",
        "http.ca_file | noise.bin | no PEM block CERTIFICATE",
        "http.ca_file | key.pem | no PEM block CERTIFICATE",
        "http.ca_file | old.pem | every certificate in it has expired",
        "http.client_certificate | none.pem | does not exist",
        "http.client_certificate | noise.bin | neither PEM nor PKCS#12",
        "http.client_certificate | cert.pem | no private key",
        "http.client_certificate | sec1.pem | openssl pkcs8 -topk8",
        "http.client_certificate | old.pem | CN=old expired at",
        "http.client_certificate | early.pem | CN=early is not valid before",
        "http.client_certificate | secret.pem | needs the key 'http.client_key_password'",
        "http.client_key | key.pem | needs http.client_certificate"
      })
  void a_file_that_is_not_right_is_refused_at_the_start(String key, String name, String says) {
    SourceException fault = fault(() -> door("https://localhost:1", key, name));
    assertThat(fault.kind()).isEqualTo(ErrorKind.CONFIGURATION);
    assertThat(fault).hasMessageContaining("sources.crm.http.c").hasMessageContaining(says);
  }

  @Test
  void a_key_that_belongs_to_another_certificate_is_refused() {
    SourceException fault =
        fault(
            () ->
                door(
                    "https://localhost:1",
                    "http.client_certificate",
                    "cert.pem",
                    "http.client_key",
                    "other-key.pem"));
    assertThat(fault).hasMessageContaining("belongs to none of the certificates");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret.pem", "client.p12"})
  void a_wrong_password_is_refused_and_not_shown(String name) {
    SourceException fault =
        fault(
            () ->
                door(
                    "https://localhost:1",
                    "http.client_certificate",
                    name,
                    "http.client_key_password",
                    "wr0ng"));
    assertThat(fault).hasMessageContaining("does not open").hasMessageNotContaining("wr0ng");
  }
}
