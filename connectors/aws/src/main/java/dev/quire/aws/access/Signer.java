package dev.quire.aws.access;

import dev.quire.aws.model.OperationModel.Auth;
import dev.quire.http.HttpRequest;
import dev.quire.http.RequestSigner;
import dev.quire.spi.CallContext;
import dev.quire.spi.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Signs requests to one endpoint with signature version 4. Thread-safe. */
public final class Signer implements RequestSigner {
  private final Credentials credentials;
  private final SigV4 signature;
  private final Auth auth;
  private final TimeSource time;

  public Signer(Credentials credentials, Endpoint endpoint, Auth auth, TimeSource time) {
    this.credentials = credentials;
    this.signature =
        new SigV4(endpoint.signingRegion(), endpoint.signingName(), auth == Auth.UNSIGNED_BODY);
    this.auth = auth;
    this.time = time;
  }

  @Override
  public Signature sign(HttpRequest request, CallContext context) {
    if (credentials.areNone() || auth == Auth.NONE) {
      return new Signature(Map.of(), "", List.of());
    }
    AwsCredentialsIdentity identity = credentials.require(context);
    Map<String, String> added = signature.sign(request, identity, time.now());
    added.keySet().removeAll(request.headers().keySet());
    return new Signature(added, identity.accessKeyId() + token(identity), secrets(identity, added));
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
