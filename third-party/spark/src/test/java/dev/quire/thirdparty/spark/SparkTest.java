package dev.quire.thirdparty.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleServer;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Spark's JDBC source, on this machine alone, reads the sample service, Teiid and moto through the
 * jar.
 */
class SparkTest {
  private static final int ACCOUNTS = 12_001;

  private static final ClassLoader BEFORE = Thread.currentThread().getContextClassLoader();
  private static URLClassLoader driver;
  private static SampleServer server;
  private static OtherServers others;
  private static SparkSession spark;

  @BeforeAll
  static void start() throws Exception {
    Path jar = Path.of(System.getProperty("quire.jdbc.jar", "no.jar"));
    Assumptions.assumeTrue(Files.exists(jar), "mvn verify makes the driver's jar");
    // Spark's own threads take their class loader from the thread that starts it.
    driver = new URLClassLoader(new URL[] {jar.toUri().toURL()}, BEFORE);
    Thread.currentThread().setContextClassLoader(driver);
    server = SampleServer.start(SampleOptions.DEFAULT.withAccounts(ACCOUNTS).withContacts(500));
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.sql.warehouse.dir", Path.of("target/warehouse").toUri().toString())
            .getOrCreate();
  }

  @AfterAll
  static void stop() throws Exception {
    if (others != null) {
      others.close();
    }
    if (spark != null) {
      spark.stop();
      server.close();
      Thread.currentThread().setContextClassLoader(BEFORE);
      driver.close();
    }
  }

  private static DataFrameReader reader() {
    return reader("odata:source=crm;profile=dataverse;url=" + server.baseUrl());
  }

  private static DataFrameReader reader(String url) {
    return spark
        .read()
        .format("jdbc")
        .option("driver", "dev.quire.jdbc.QuireDriver")
        .option("url", "jdbc:quire:" + url + ";types=plain")
        .option("fetchsize", "1000");
  }

  private static OtherServers others() throws Exception {
    if (others == null) {
      others = OtherServers.start();
    }
    return others;
  }

  private static Dataset<Row> accounts() {
    return reader().option("dbtable", "crm.accounts").load();
  }

  /** One row that Quire has computed. */
  private static Row computed(String columns, String condition) {
    String sql = "SELECT " + columns + " FROM crm.accounts WHERE " + condition;
    return reader().option("query", sql).load().collectAsList().get(0);
  }

  @Test
  void a_table_is_read_whole_with_spark_s_own_types() {
    Dataset<Row> accounts = accounts();

    assertThat(accounts.schema().apply("createdon").dataType()).isEqualTo(DataTypes.TimestampType);
    assertThat(accounts.schema().apply("accountid").dataType()).isEqualTo(DataTypes.StringType);
    assertThat(accounts.count()).isEqualTo(ACCOUNTS);
    assertThat(accounts.select("accountid").distinct().count()).isEqualTo(ACCOUNTS);
    Row ours = computed("SUM(revenue), MAX(createdon), COUNT(name)", "TRUE");
    Row theirs = accounts.agg(sum("revenue"), max("createdon")).collectAsList().get(0);
    assertThat(theirs.getDecimal(0)).isEqualByComparingTo(ours.getDecimal(0)).isPositive();
    assertThat(theirs.getTimestamp(1)).isEqualTo(ours.getTimestamp(1));
    assertThat(accounts.filter("name IS NOT NULL").count()).isEqualTo(ours.getLong(2));
  }

  @Test
  void filters_and_columns_of_a_data_frame_are_sent_to_the_service() {
    int before = server.requests().size();
    List<Row> rows = accounts().filter("statecode = 1").select("name").collectAsList();

    assertThat(rows.size()).isEqualTo((int) computed("COUNT(*)", "statecode = 1").getLong(0));
    assertThat(rows).hasSizeBetween(1, ACCOUNTS - 1);
    assertThat(server.requests().subList(before, server.requests().size()))
        .filteredOn(request -> request.target().contains("/accounts?"))
        .allSatisfy(request -> assertThat(request.target()).doesNotContain("revenue"))
        .anySatisfy(request -> assertThat(request.target()).contains("statecode", "eq"));
  }

  @Test
  void partitions_by_number_hold_every_row_once() {
    Dataset<Row> parts =
        reader()
            .option("dbtable", "crm.accounts")
            .option("partitionColumn", "revenue")
            .option("lowerBound", "1000")
            .option("upperBound", "900000")
            .option("numPartitions", "4")
            .load();

    assertThat(parts.rdd().getNumPartitions()).isEqualTo(4);
    assertThat(parts.select("accountid").distinct().count()).isEqualTo(ACCOUNTS);
    BigDecimal total = parts.agg(sum("revenue")).collectAsList().get(0).getDecimal(0);
    assertThat(total).isEqualByComparingTo(computed("SUM(revenue)", "TRUE").getDecimal(0));
  }

  @Test
  void partitions_by_moment_hold_every_row_once() {
    Row ends = computed("MIN(createdon), MAX(createdon)", "TRUE");
    Dataset<Row> parts =
        reader()
            .option("dbtable", "(SELECT accountid, createdon FROM crm.accounts) AS moments")
            .option("partitionColumn", "createdon")
            .option("lowerBound", ends.getTimestamp(0).toString())
            .option("upperBound", ends.getTimestamp(1).toString())
            .option("numPartitions", "3")
            .load();

    assertThat(parts.rdd().getNumPartitions()).isEqualTo(3);
    assertThat(parts.select(col("accountid")).distinct().count()).isEqualTo(ACCOUNTS);
  }

  @Test
  void teiid_is_read_whole() throws Exception {
    Row sales =
        reader("odata:source=data;page_size=300;url=" + others().teiid())
            .option("dbtable", "data.sales")
            .load()
            .agg(count("id"), countDistinct("id"), max("serial"), count("label"))
            .head();

    assertThat(sales.getLong(0)).isEqualTo(1_000);
    assertThat(sales.getLong(1)).isEqualTo(1_000);
    assertThat(sales.getLong(2)).isEqualTo(9007199254740993L + 999);
    assertThat(sales.getLong(3)).as("every seventh is NULL").isEqualTo(1_000 - 143);
  }

  @Test
  void moto_is_read_whole() throws Exception {
    Row runs =
        reader(
                "aws:region=us-east-1;credentials.access_key_id=id;"
                    + "credentials.secret_access_key=secret;endpoint="
                    + others().moto())
            .option("query", "SELECT * FROM aws.glue.get_job_runs WHERE JobName = 'etl'")
            .load()
            .agg(count("Id"), countDistinct("Id"), max("JobName"))
            .head();

    assertThat(runs.getLong(0)).isEqualTo(1_234);
    assertThat(runs.getLong(1)).isEqualTo(1_234);
    assertThat(runs.getString(2)).isEqualTo("etl");
  }
}
