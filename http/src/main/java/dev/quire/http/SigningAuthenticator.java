package dev.quire.http;

import dev.quire.spi.CallContext;
import java.util.List;

/** Authenticates with the signer of a connector. Thread-safe. */
final class SigningAuthenticator implements Authenticator {
  private final RequestSigner signer;
  private final Secrets secrets = new Secrets();

  SigningAuthenticator(RequestSigner signer) {
    this.signer = signer;
  }

  @Override
  public Signed apply(HttpRequest request, CallContext context) {
    RequestSigner.Signature signature = signer.sign(request, context);
    secrets.add(signature.secrets().toArray(new String[0]));
    return new Signed(request.url(), signature.headers(), signature.credential());
  }

  @Override
  public boolean refresh(Signed rejected, CallContext context) {
    return signer.refresh(
        new RequestSigner.Signature(rejected.headers(), rejected.credential(), List.of()), context);
  }

  @Override
  public Secrets secrets() {
    return secrets;
  }
}
