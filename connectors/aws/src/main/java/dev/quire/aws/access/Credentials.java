package dev.quire.aws.access;

import dev.quire.http.Excerpt;
import dev.quire.http.StatementLock;
import dev.quire.spi.CallContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * The credentials of one account. Looked up when first needed and kept as long as they last; the
 * SDK renews those that end. Thread-safe.
 */
public final class Credentials {
  private final Access access;
  private final Optional<String> role;
  private final String region;
  private final StatementLock lock;
  private volatile @Nullable AwsCredentialsProvider provider;

  /**
   * @param role to be assumed with what the configuration gives
   * @param region whose token service is asked for the role
   */
  public Credentials(Access access, Optional<String> role, String region, TimeSource time) {
    this.access = access;
    this.role = role.or(() -> access.find(Access.ROLE));
    this.region = region;
    this.lock = new StatementLock(time);
  }

  boolean areNone() {
    return access.isAnonymous();
  }

  /**
   * What to sign with; may ask AWS for a session.
   *
   * @throws SourceException AUTHENTICATION when there is nothing to sign with
   */
  AwsCredentialsIdentity require(CallContext context) {
    try {
      return provider(context).resolveCredentials();
    } catch (SdkException e) {
      throw missing(e);
    }
  }

  /** Forgets what was looked up, so that files and sessions are read anew. */
  void forget() {
    provider = null;
  }

  private AwsCredentialsProvider provider(CallContext context) {
    AwsCredentialsProvider known = provider;
    if (known != null) {
      return known;
    }
    return lock.hold(
        context,
        "looking up credentials of source '" + access.config().name() + "'",
        () -> {
          AwsCredentialsProvider made = provider;
          if (made == null) {
            made = role.map(this::assumed).orElseGet(this::base);
            made.resolveCredentials();
            provider = made;
          }
          return made;
        });
  }

  private AwsCredentialsProvider base() {
    Optional<String> id = access.find(Access.KEY_ID);
    if (id.isPresent()) {
      String secret = access.config().require(Access.SECRET_KEY.name()).strip();
      Optional<String> token = access.find(Access.SESSION_TOKEN);
      return StaticCredentialsProvider.create(
          token.isPresent()
              ? AwsSessionCredentials.create(id.get(), secret, token.get())
              : AwsBasicCredentials.create(id.get(), secret));
    }
    return access
        .find(Access.PROFILE)
        .map(name -> (AwsCredentialsProvider) ProfileCredentialsProvider.create(name))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  private AwsCredentialsProvider assumed(String arn) {
    StsClientBuilder sts =
        StsClient.builder()
            .region(Region.of(region))
            .credentialsProvider(base())
            .httpClient(UrlConnectionHttpClient.create())
            .fipsEnabled(access.fips())
            .dualstackEnabled(access.dualStack());
    access.endpoint().ifPresent(url -> sts.endpointOverride(URI.create(url)));
    String session = access.find(Access.SESSION_NAME).orElse("quire");
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts.build())
        .refreshRequest(
            request ->
                request
                    .roleArn(arn)
                    .roleSessionName(session)
                    .externalId(access.find(Access.EXTERNAL_ID).orElse(null)))
        .build();
  }

  /** The chain lists all its parts with all that they know; which they are is enough. */
  private static String reason(SdkException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith("Unable to load credentials from any of the providers")
        ? "neither the environment nor web identity, ~/.aws, container or instance have any"
        : Excerpt.of(message, 400);
  }

  private SourceException missing(SdkException e) {
    String source = access.config().name();
    String who = role.map(arn -> "the role " + arn + " cannot be assumed").orElse("no credentials");
    return new SourceException(
            ErrorKind.AUTHENTICATION, "source '" + source + "': " + who + ": " + reason(e), e)
        .withHint(
            "Give sources."
                + source
                + ".credentials, or profile (aws sso login, if it uses SSO), or set"
                + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; for public data credentials:"
                + " anonymous.");
  }
}
