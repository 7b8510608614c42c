package dev.quire.aws.access;

import dev.quire.aws.model.OperationModel.Auth;
import dev.quire.http.HttpRequest;
import dev.quire.http.RequestSigner;
import dev.quire.spi.CallContext;
import dev.quire.spi.TimeSource;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Signs requests to one endpoint with signature version 4. Thread-safe. */
public final class Signer implements RequestSigner {
  private final Credentials credentials;
  private final Endpoint endpoint;
  private final Auth auth;
  private final TimeSource time;

  public Signer(Credentials credentials, Endpoint endpoint, Auth auth, TimeSource time) {
    this.credentials = credentials;
    this.endpoint = endpoint;
    this.auth = auth;
    this.time = time;
  }

  @Override
  public Signature sign(HttpRequest request, CallContext context) {
    if (credentials.areNone() || auth == Auth.NONE) {
      return new Signature(Map.of(), "", List.of());
    }
    AwsCredentialsIdentity identity = credentials.require(context);
    Map<String, String> added = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    signed(request, identity)
        .request()
        .forEachHeader((name, values) -> added.put(name, String.join(",", values)));
    added.remove("Host");
    added.keySet().removeAll(request.headers().keySet());
    return new Signature(added, identity.accessKeyId() + token(identity), secrets(identity, added));
  }

  private SignedRequest signed(HttpRequest request, AwsCredentialsIdentity identity) {
    boolean s3 = endpoint.signingName().equals("s3");
    return SdkSigner.SIGNER.sign(
        to -> {
          to.identity(identity)
              .request(unsigned(request))
              .putProperty(AwsV4HttpSigner.REGION_NAME, endpoint.signingRegion())
              .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, endpoint.signingName())
              .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !s3)
              .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, !s3)
              .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, auth != Auth.UNSIGNED_BODY)
              .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(time.now(), ZoneOffset.UTC));
          request
              .body()
              .ifPresent(bytes -> to.payload(ContentStreamProvider.fromByteArrayUnsafe(bytes)));
        });
  }

  /** Loaded with the first signature. */
  private static final class SdkSigner {
    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();
  }

  private static SdkHttpRequest unsigned(HttpRequest request) {
    URI url = URI.create(request.url());
    SdkHttpRequest.Builder builder =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(request.method()))
            .protocol(url.getScheme())
            .host(url.getHost())
            .encodedPath(url.getRawPath().isEmpty() ? "/" : url.getRawPath());
    if (url.getPort() >= 0) {
      builder.port(url.getPort());
    }
    request.headers().forEach(builder::putHeader);
    parameters(url).forEach(builder::putRawQueryParameter);
    return builder.build();
  }

  private static Map<String, List<String>> parameters(URI url) {
    Map<String, List<String>> parameters = new TreeMap<>();
    if (url.getRawQuery() != null) {
      for (String pair : url.getRawQuery().split("&")) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.computeIfAbsent(decoded(name), n -> new ArrayList<>()).add(decoded(value));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String token(AwsCredentialsIdentity identity) {
    return identity instanceof AwsSessionCredentialsIdentity session ? session.sessionToken() : "";
  }

  private static List<String> secrets(
      AwsCredentialsIdentity identity, Map<String, String> headers) {
    List<String> secrets = new ArrayList<>(List.of(identity.secretAccessKey()));
    if (identity instanceof AwsSessionCredentialsIdentity session) {
      secrets.add(session.sessionToken());
    }
    String authorization = headers.getOrDefault("Authorization", "");
    int signature = authorization.indexOf("Signature=");
    if (signature >= 0) {
      secrets.add(authorization.substring(signature + 10));
    }
    return secrets;
  }

  @Override
  public boolean refresh(Signature rejected, CallContext context) {
    if (credentials.areNone() || auth == Auth.NONE) {
      return false;
    }
    credentials.forget();
    AwsCredentialsIdentity fresh = credentials.require(context);
    return !rejected.credential().equals(fresh.accessKeyId() + token(fresh));
  }
}
