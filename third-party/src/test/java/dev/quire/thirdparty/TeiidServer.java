package dev.quire.thirdparty;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.servlet.DispatcherType;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.jspecify.annotations.Nullable;
import org.teiid.jdbc.ConnectionImpl;
import org.teiid.odata.api.Client;
import org.teiid.olingo.service.LocalClient;
import org.teiid.olingo.web.ODataFilter;
import org.teiid.olingo.web.ODataServlet;
import org.teiid.runtime.EmbeddedConfiguration;
import org.teiid.runtime.EmbeddedServer;

/** Teiid inside this JVM: OData v4 over views that make up their rows. Thread-safe. */
final class TeiidServer implements AutoCloseable {
  private static final String DATABASE = "shop";
  private static final String SCHEMA = "data";

  // Held, because the logging system forgets loggers, and their levels, that nobody holds.
  private static final Logger LOGGER = Logger.getLogger("org.teiid");

  private final EmbeddedServer teiid = new EmbeddedServer();
  private final Server web = new Server();
  private final ServerConnector port = new ServerConnector(web, 1, 2);

  private TeiidServer() {}

  /** Starts it over the views of a script, open to all. */
  static TeiidServer start(String views) throws Exception {
    return start(views, authorization -> true);
  }

  /**
   * Starts it over the views of a script.
   *
   * @param gate told the header {@code Authorization}, or null; says whether to let it in
   */
  static TeiidServer start(String views, Predicate<@Nullable String> gate) throws Exception {
    LOGGER.setLevel(Level.OFF);
    TeiidServer server = new TeiidServer();
    EmbeddedConfiguration configuration = new EmbeddedConfiguration();
    configuration.setUseDisk(false);
    server.teiid.start(configuration);
    String script =
        "CREATE DATABASE %1$s VERSION '1'; USE DATABASE %1$s VERSION '1'; %n".formatted(DATABASE)
            + "CREATE VIRTUAL SCHEMA %1$s; SET SCHEMA %1$s;%n%2$s".formatted(SCHEMA, views);
    server.teiid.deployVDB(new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)), true);
    server.serve(gate);
    return server;
  }

  int port() {
    return port.getLocalPort();
  }

  /** The path of the service root. */
  static String path() {
    return "/odata4/" + DATABASE + "/" + SCHEMA;
  }

  String url() {
    return "http://127.0.0.1:" + port() + path();
  }

  /** Connects to it by its own driver. */
  Connection connect() throws SQLException {
    return teiid.getDriver().connect("jdbc:teiid:" + DATABASE, new Properties());
  }

  @Override
  public void close() throws Exception {
    web.stop();
    teiid.stop();
  }

  private void serve(Predicate<@Nullable String> gate) throws Exception {
    port.setHost("127.0.0.1");
    web.addConnector(port);
    ServletContextHandler context = new ServletContextHandler();
    context.setContextPath("/odata4");
    context.addServlet(new ServletHolder(new ODataServlet()), "/*");
    context.addFilter(
        new FilterHolder(new Gatekeeper(gate)), "/*", EnumSet.of(DispatcherType.REQUEST));
    context.addFilter(new FilterHolder(new InProcess()), "/*", EnumSet.of(DispatcherType.REQUEST));
    web.setHandler(context);
    web.start();
  }

  /** The servlet filter, asking the server in this JVM instead of one behind a socket. */
  private final class InProcess extends ODataFilter {
    @Override
    public Client buildClient(String vdb, String version, Properties properties) {
      return new LocalClient(vdb, version, properties, new ConcurrentHashMap<>()) {
        @Override
        public Connection open() throws SQLException {
          connection = LocalClient.buildConnection(teiid.getDriver(), vdb, "1", new Properties());
          return connection;
        }

        @Override
        public ConnectionImpl getConnection() {
          return connection;
        }
      };
    }
  }

  /** Answers 401 to whom the gate does not admit. */
  private record Gatekeeper(Predicate<@Nullable String> gate) implements Filter {
    @Override
    public void init(FilterConfig config) {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      if (gate.test(((HttpServletRequest) request).getHeader("Authorization"))) {
        chain.doFilter(request, response);
      } else {
        ((HttpServletResponse) response).setHeader("WWW-Authenticate", "Bearer");
        ((HttpServletResponse) response).sendError(401);
      }
    }

    @Override
    public void destroy() {}
  }
}
