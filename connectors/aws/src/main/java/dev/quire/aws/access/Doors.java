package dev.quire.aws.access;

import dev.quire.aws.model.OperationModel.Auth;
import dev.quire.http.HttpDoor;
import dev.quire.spi.ConnectorContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The doors of one source: one for each endpoint and account, so that what is signed for one goes
 * to no other, and each is throttled by itself. Thread-safe.
 */
public final class Doors implements AutoCloseable {
  private final Access access;
  private final ConnectorContext host;
  private final Map<Who, Credentials> credentials = new ConcurrentHashMap<>();
  private final Map<Key, HttpDoor> doors = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** Credentials of the configuration, or of a role in some account. */
  private record Who(Optional<String> role, String region) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Who that && role.equals(that.role) && region.equals(that.region);
    }

    @Override
    public int hashCode() {
      return 31 * role.hashCode() + region.hashCode();
    }
  }

  private record Key(Endpoint endpoint, Optional<String> role, Auth auth) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && endpoint.equals(that.endpoint)
          && role.equals(that.role)
          && auth == that.auth;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * endpoint.hashCode() + role.hashCode()) + auth.ordinal();
    }
  }

  public Doors(Access access, ConnectorContext host) {
    this.access = access;
    this.host = host;
  }

  /**
   * The door to an endpoint.
   *
   * @param role to be assumed; empty for the credentials of the configuration
   * @param region where a token service is asked for the role
   */
  public HttpDoor to(Endpoint endpoint, Auth auth, Optional<String> role, String region) {
    return doors.computeIfAbsent(
        new Key(endpoint, role, auth), key -> open(key, credentials(role, region)));
  }

  private Credentials credentials(Optional<String> role, String region) {
    Who who = new Who(role, role.or(() -> access.find(Access.ROLE)).isEmpty() ? "" : region);
    return credentials.computeIfAbsent(
        who, unused -> new Credentials(access, role, region, host.time()));
  }

  private HttpDoor open(Key key, Credentials whose) {
    Signer signer = new Signer(whose, key.endpoint(), key.auth(), host.time());
    HttpDoor door = HttpDoor.open(access.config(), host, key.endpoint().base(), signer);
    if (closed) {
      door.close();
    }
    return door;
  }

  @Override
  public void close() {
    closed = true;
    doors.values().forEach(HttpDoor::close);
  }
}
