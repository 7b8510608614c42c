package dev.quire.it.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The module rules of docs/architecture.md. Each has a planted violation in {@link
 * PlantedViolationsTest}.
 */
enum Rules {
  SPI_DEPENDS_ON_THE_JDK_ALONE(
      classes()
          .that()
          .resideInAPackage("dev.quire.spi..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.quire.spi..", "java..", "org.jspecify..")),

  THE_PAGE_CHAIN_KNOWS_THE_SPI_ALONE(
      classes()
          .that()
          .resideInAPackage("dev.quire.chain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.quire.chain..", "dev.quire.spi..", "java..", "org.jspecify..")),

  HTTP_KNOWS_THE_SPI_ALONE(
      classes()
          .that()
          .resideInAPackage("dev.quire.http..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.quire.http..",
              "dev.quire.spi..",
              "java..",
              "javax.net..",
              "javax.crypto..",
              "javax.security..",
              "org.jspecify..")),

  JSON_DEPENDS_ON_THE_JDK_ALONE(
      classes()
          .that()
          .resideInAPackage("dev.quire.json..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.quire.json..", "java..", "org.jspecify..")),

  CONNECTORS_KNOW_SPI_HTTP_AND_JSON_ALONE(
      classes()
          .that()
          .resideInAnyPackage("dev.quire.odata..", "dev.quire.aws..", "dev.quire.rest..")
          .should(knowSpiHttpAndJsonAlone())),

  DUCKDB_KNOWS_THE_SPI_ALONE(
      classes()
          .that()
          .resideInAPackage("dev.quire.duckdb")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.quire.duckdb", "dev.quire.spi..", "org.duckdb..", "java..", "org.jspecify..")),

  FILES_KNOW_SPI_AND_DUCKDB_ALONE(
      classes()
          .that()
          .resideInAPackage("dev.quire.files..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.quire.files..",
              "dev.quire.duckdb",
              "dev.quire.spi..",
              "org.duckdb..",
              "java..",
              "org.jspecify..")),

  THE_ENGINE_KNOWS_NO_CONNECTOR(
      noClasses()
          .that()
          .resideInAPackage("dev.quire.engine..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.quire..")
                  .and(
                      resideOutsideOfPackages(
                          "dev.quire.engine..", "dev.quire.spi..", "dev.quire.chain..")))),

  EXPORTS_KNOW_THE_ENGINE_AND_NO_CONNECTOR(
      noClasses()
          .that()
          .resideInAPackage("dev.quire.export..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.quire..")
                  .and(
                      resideOutsideOfPackages(
                          "dev.quire.export..",
                          "dev.quire.engine..",
                          "dev.quire.spi..",
                          "dev.quire.chain..",
                          "dev.quire.duckdb..")))),

  /** The driver; exports into databases; and those that speak to DuckDB, whose interface it is. */
  ONLY_JDBC_SPEAKS_JAVA_SQL(
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.quire.jdbc..",
              "dev.quire.export.jdbc..",
              "dev.quire.duckdb..",
              "dev.quire.files..")
          .should()
          .dependOnClassesThat(
              isOneOf(Driver.class, Connection.class, Statement.class, ResultSet.class))),

  ONLY_HTTP_USES_A_CLIENT(
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.quire.http..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.net.http..").or(isOneOf(java.net.URLConnection.class)))
          .orShould()
          .callConstructorWhere(opensASocket())),

  TIME_COMES_FROM_A_CLOCK(
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.quire.spi.SystemTime")
          .should()
          .callMethodWhere(asksTheMachineForTheTime())),

  NOTHING_DEPENDS_ON_THE_LOCALE(noClasses().should().callMethodWhere(asksTheMachineForItsLocale())),

  NO_PACKAGE_CYCLES(slices().matching("dev.quire.(**)").should().beFreeOfCycles()),

  ONLY_THE_COMMAND_LINE_PRINTS(
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.quire.cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")),

  NO_CLASS_WITHOUT_A_SUBJECT(
      noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager)$"));

  private final ArchRule rule;

  Rules(ArchRule rule) {
    this.rule = rule.as(name());
  }

  ArchRule rule() {
    return rule;
  }

  private static DescribedPredicate<JavaClass> isOneOf(Class<?>... types) {
    Set<String> names = new java.util.HashSet<>();
    Arrays.stream(types).map(Class::getName).forEach(names::add);
    return DescribedPredicate.describe(
        "is one of " + names, candidate -> names.contains(candidate.getName()));
  }

  /** Servers are handed the sockets that they accept; only a client makes one. */
  private static DescribedPredicate<JavaCall<?>> opensASocket() {
    return DescribedPredicate.describe(
        "opens a socket",
        call ->
            call.getTargetOwner().isAssignableTo(java.net.Socket.class)
                || call.getTargetOwner().isAssignableTo(java.nio.channels.SocketChannel.class));
  }

  /** {@code formatted} is left alone: it is used to join texts, which no locale changes. */
  private static DescribedPredicate<JavaCall<?>> asksTheMachineForItsLocale() {
    return DescribedPredicate.describe(
        "asks the machine for its locale",
        call -> {
          String owner = call.getTargetOwner().getName();
          List<JavaClass> parameters = call.getTarget().getRawParameterTypes();
          return switch (call.getName()) {
            case "toLowerCase", "toUpperCase" ->
                owner.equals("java.lang.String") && parameters.isEmpty();
            case "format" ->
                owner.equals("java.lang.String") && !parameters.get(0).isEquivalentTo(Locale.class);
            case "ofPattern" ->
                owner.equals("java.time.format.DateTimeFormatter") && parameters.size() == 1;
            case "getDefault" -> owner.equals("java.util.Locale");
            default -> false;
          };
        });
  }

  private static DescribedPredicate<JavaCall<?>> asksTheMachineForTheTime() {
    return DescribedPredicate.describe(
        "asks the machine for the time",
        call -> {
          String owner = call.getTargetOwner().getName();
          return switch (call.getName()) {
            case "currentTimeMillis", "nanoTime" -> owner.equals("java.lang.System");
            case "sleep" ->
                owner.equals("java.lang.Thread") || owner.equals("java.util.concurrent.TimeUnit");
            case "now" -> owner.startsWith("java.time.");
            default -> false;
          };
        });
  }

  /** Besides itself: {@code dev.quire.NAME} is one connector. */
  private static ArchCondition<JavaClass> knowSpiHttpAndJsonAlone() {
    return new ArchCondition<>("know spi, http, json and themselves alone") {
      @Override
      public void check(JavaClass connector, ConditionEvents events) {
        for (Dependency dependency : connector.getDirectDependenciesFromSelf()) {
          String module = module(dependency.getTargetClass());
          boolean known = Set.of("", "spi", "http", "json", module(connector)).contains(module);
          if (!known) {
            events.add(SimpleConditionEvent.violated(connector, dependency.getDescription()));
          }
        }
      }
    };
  }

  /** The third part of a package's name; empty for what is not the product's. */
  private static String module(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.", 4);
    return type.getPackageName().startsWith("dev.quire.") ? parts[2] : "";
  }
}
