package dev.quire.aws.access;

import dev.quire.http.HttpRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
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
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Signs as AWS's own SDK does: the oracle of {@link SigV4}. */
record SdkSigner(String region, String service, boolean unsignedBody) {
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  Map<String, String> sign(HttpRequest request, AwsCredentialsIdentity identity, Instant now) {
    boolean s3 = service.equals("s3");
    Map<String, String> added = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    SIGNER
        .sign(
            to -> {
              to.identity(identity)
                  .request(unsigned(request))
                  .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                  .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                  .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !s3)
                  .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, !s3)
                  .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, !unsignedBody)
                  .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC));
              request
                  .body()
                  .ifPresent(bytes -> to.payload(ContentStreamProvider.fromByteArrayUnsafe(bytes)));
            })
        .request()
        .forEachHeader((name, values) -> added.put(name, String.join(",", values)));
    added.remove("Host");
    added.keySet().removeAll(request.headers().keySet());
    return added;
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
}
