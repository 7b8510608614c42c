package dev.quire.jdbcit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar alone, in a class loader that sees nothing but it and the JDK. */
class JarTest {
  private static final long MOST_BYTES = 25_000_000;

  @Test
  void it_is_one_file_under_25_mb_that_shows_no_library() throws Exception {
    assertThat(Files.size(DriverJar.path())).isLessThan(MOST_BYTES);
    try (JarFile jar = new JarFile(DriverJar.path().toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
          .isEqualTo("dev.quire.jdbc");
      List<String> names = jar.stream().map(JarEntry::getName).toList();
      assertThat(names)
          .filteredOn(name -> name.endsWith(".class"))
          .allMatch(name -> name.startsWith("dev/quire/"));
      assertThat(names)
          .filteredOn(name -> name.startsWith("META-INF/services/") && !name.endsWith("/"))
          .contains("META-INF/services/java.sql.Driver")
          .allMatch(
              name ->
                  name.startsWith("META-INF/services/dev.quire.")
                      || name.equals("META-INF/services/java.sql.Driver"));
      assertThat(text(jar, "META-INF/services/java.sql.Driver").strip())
          .isEqualTo("dev.quire.jdbc.QuireDriver");
      assertThat(text(jar, "META-INF/services/dev.quire.spi.Connector"))
          .contains("ODataConnector", "RestConnector", "AwsConnector");
      assertThat(text(jar, "META-INF/NOTICE")).contains("the authors of Quire", "Calcite");
      assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
      assertThat(text(jar, "META-INF/THIRD-PARTY.txt")).contains("Janino", "SLF4J");
    }
  }

  /** No class names these, so that a build which drops what is not reached would drop them. */
  @Test
  void it_has_the_sign_ins_that_the_aws_sdk_finds_by_name() throws Exception {
    String services = "dev/quire/shaded/software/amazon/awssdk/services/";
    try (JarFile jar = new JarFile(DriverJar.path().toFile())) {
      assertThat(jar.stream().map(JarEntry::getName))
          .contains(
              services + "sso/auth/SsoProfileCredentialsProviderFactory.class",
              services + "ssooidc/SsoOidcProfileTokenProviderFactory.class",
              services + "sts/internal/StsProfileCredentialsProviderFactory.class",
              services + "sts/internal/StsWebIdentityCredentialsProviderFactory.class");
    }
  }

  private static String text(JarFile jar, String name) throws Exception {
    return new String(
        jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void it_runs_statements_of_every_kind_with_nothing_beside_it() throws Exception {
    try (DriverJar sample = DriverJar.withSample();
        URLClassLoader alone =
            new URLClassLoader(
                new URL[] {DriverJar.path().toUri().toURL()},
                ClassLoader.getPlatformClassLoader())) {
      Driver driver = ServiceLoader.load(Driver.class, alone).findFirst().orElseThrow();
      assertThat(driver.getClass().getClassLoader()).isSameAs(alone);
      try (Connection connection = driver.connect(sample.url(), new Properties())) {
        for (String statement : STATEMENTS) {
          assertThat(rows(connection, statement)).as(statement).isPositive();
        }
      }
    }
  }

  /** Something of every operator, and functions that run as generated code. */
  private static final List<String> STATEMENTS =
      List.of(
          "VALUES 1, 2",
          "SELECT accountid, name, revenue FROM accounts ORDER BY createdon LIMIT 3",
          "SELECT statecode, COUNT(*), SUM(revenue), AVG(revenue) FROM accounts GROUP BY statecode",
          "SELECT UPPER(name), COUNT(*) FROM accounts GROUP BY UPPER(name) LIMIT 5",
          "SELECT a.name, c.fullname FROM accounts a JOIN contacts c"
              + " ON c._parentcustomerid_value = a.accountid LIMIT 5",
          "SELECT a.name FROM accounts a FULL JOIN contacts c ON a.name = c.fullname LIMIT 5",
          "SELECT name FROM accounts WHERE accountid IN"
              + " (SELECT _parentcustomerid_value FROM contacts) LIMIT 2",
          "SELECT name, ROW_NUMBER() OVER (PARTITION BY statecode ORDER BY revenue)"
              + " FROM (SELECT * FROM accounts LIMIT 50) AS t",
          "SELECT LAG(name) OVER (ORDER BY name), SUM(revenue) OVER (ORDER BY name"
              + " ROWS 2 PRECEDING) FROM (SELECT * FROM accounts LIMIT 10) AS t",
          "SELECT LISTAGG(name, ',') FROM (SELECT name FROM accounts LIMIT 5) AS t",
          "SELECT JSON_VALUE('{\"a\":{\"b\":3}}', '$.a.b'), JSON_OBJECT('a': 1)",
          "SELECT MD5('x'), REGEXP_REPLACE('abc', 'b', 'x'), POWER(2, 3), LOG10(100)",
          "SELECT TIMESTAMPDIFF(MONTH, createdon, CURRENT_TIMESTAMP),"
              + " FLOOR(createdon TO MONTH) FROM accounts LIMIT 2",
          "SELECT name FROM accounts UNION SELECT fullname FROM contacts LIMIT 7",
          "WITH c AS (SELECT COUNT(*) AS n FROM contacts) SELECT n * 2 FROM c",
          "SELECT source, name FROM sys.tables",
          "EXPLAIN SELECT name FROM accounts WHERE statecode = 0");

  private static int rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int count = 0;
      while (rows.next()) {
        rows.getObject(1);
        count++;
      }
      return count;
    }
  }
}
