import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes what the page server serves, the same bytes every time: {@code java Generator.java FOLDER ACCOUNTS RUNS}.
 *
 * <p>A data set NAME is NAME.rows (JSON objects joined by commas), NAME.index (where each row starts, as little-endian
 * longs, and the size + 1), NAME.gz (each page's rows as raw deflate, ended by a sync flush) and NAME.gzindex (per page
 * offset, length, CRC-32 and length of the plain bytes).
 */
public final class Generator {
  private static final String[] CITIES = {
    "Seattle", "Tokyo", "東京都", "São Paulo", "Berlin", "Zürich", "Osaka", "London", "Lyon", "Austin"
  };
  private static final String[] WORDS = {
    "Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel", "Ivy", "Juniper", "Larch", "Maple"
  };
  private static final String[] FORMS = {
    "Ltd.", "Inc.", "GmbH", "K.K.", "(sample)", "\\\"Quoted\\\" Co.", "株式会社", "S.A."
  };
  private static final String[] STATES = {
    "SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "FAILED", "FAILED", "TIMEOUT", "STOPPED"
  };
  private static final String[] WORKERS = {"G.1X", "G.2X", "G.4X", "Standard"};
  private static final int JOBS = 100;
  private static final int RUNS_OF_JOB = 400;

  private final Path folder;

  private Generator(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int accounts = Integer.parseInt(arguments[1]);
    int runs = Integer.parseInt(arguments[2]);
    Generator generator = new Generator(folder);
    generator.accounts(accounts);
    generator.runs("job_runs", runs, i -> "nightly-load");
    generator.runs("fleet_runs", JOBS * RUNS_OF_JOB, i -> String.format(Locale.ROOT, "job-%03d", i / RUNS_OF_JOB));
    generator.compress("accounts", 5000);
    generator.compress("accounts_three", 5000);
    generator.compress("job_runs", 200);
    Files.writeString(folder.resolve("metadata.xml"), metadata());
  }

  /** One data set on its way to its files. */
  private static final class Rows implements Closeable {
    private final OutputStream out;
    private final Path index;
    private final ByteBuffer starts;
    private long position;

    Rows(Path folder, String name, int rows) throws IOException {
      out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(name + ".rows")), 1 << 20);
      index = folder.resolve(name + ".index");
      starts = ByteBuffer.allocate(8 * (rows + 1)).order(ByteOrder.LITTLE_ENDIAN);
    }

    void add(StringBuilder row) throws IOException {
      if (position > 0) {
        out.write(',');
        position++;
      }
      starts.putLong(position);
      byte[] bytes = row.toString().getBytes(StandardCharsets.UTF_8);
      out.write(bytes);
      position += bytes.length;
      row.setLength(0);
    }

    @Override
    public void close() throws IOException {
      starts.putLong(position + 1);
      out.close();
      Files.write(index, starts.array());
    }
  }

  private void accounts(int rows) throws IOException {
    SplittableRandom random = new SplittableRandom(20261121);
    String[] owners = IntStream.range(0, 50).mapToObj(i -> id(random)).toArray(String[]::new);
    long created = 1577836800L;
    try (Rows all = new Rows(folder, "accounts", rows); Rows three = new Rows(folder, "accounts_three", rows)) {
      StringBuilder row = new StringBuilder(1024);
      for (int i = 0; i < rows; i++) {
        created += random.nextInt(200);
        String start = "{\"@odata.etag\":\"W/\\\"" + (7_000_000 + i * 3L) + "\\\"\",\"accountid\":\"" + id(random)
            + "\",\"name\":\"" + one(WORDS, random) + " " + one(WORDS, random) + " " + one(FORMS, random) + " " + i + "\"";
        String revenue = random.nextInt(10) < 2 ? "null" : money(random.nextLong(10_000_000_000L));
        row.append(start).append(",\"accountnumber\":").append(orNull(2, "ACC-" + (100_000 + random.nextInt(900_000)), random))
            .append(",\"emailaddress1\":").append(orNull(3, "contact" + random.nextInt(100_000) + "@example.com", random))
            .append(",\"address1_city\":").append(orNull(3, one(CITIES, random), random))
            .append(",\"revenue\":").append(revenue)
            .append(",\"numberofemployees\":").append(random.nextInt(10) < 4 ? "null" : "" + random.nextInt(20_000))
            .append(",\"importsequencenumber\":").append(i)
            .append(",\"statecode\":").append(random.nextInt(10) < 8 ? 0 : 1)
            .append(",\"createdon\":\"").append(Instant.ofEpochSecond(created))
            .append("\",\"modifiedon\":\"").append(Instant.ofEpochSecond(created + random.nextInt(50_000_000)))
            .append("\",\"_ownerid_value\":\"").append(one(owners, random)).append("\"}");
        all.add(row);
        row.append(start).append(",\"revenue\":").append(revenue).append('}');
        three.add(row);
      }
    }
  }

  private static String id(SplittableRandom random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static String one(String[] choices, SplittableRandom random) {
    return choices[random.nextInt(choices.length)];
  }

  private static String orNull(int nullsInTen, String text, SplittableRandom random) {
    return random.nextInt(10) < nullsInTen ? "null" : '"' + text + '"';
  }

  /** Money as Dataverse writes it, with ten decimals. */
  private static String money(long cents) {
    long rest = cents % 100;
    return cents / 100 + (rest < 10 ? ".0" : ".") + rest + "00000000";
  }

  private interface JobOfRun {
    String name(int run);
  }

  private void runs(String name, int rows, JobOfRun job) throws IOException {
    SplittableRandom random = new SplittableRandom(777);
    long at = 1_790_000_000_000L;
    try (Rows all = new Rows(folder, name, rows)) {
      StringBuilder row = new StringBuilder(2048);
      for (int i = 0; i < rows; i++) {
        at -= random.nextInt(600_000);
        run(row, random, i, at, job.name(i));
        all.add(row);
      }
    }
  }

  private static void run(StringBuilder row, SplittableRandom random, int number, long at, String job) {
    int seconds = 20 + random.nextInt(3600);
    int workers = 2 + random.nextInt(30);
    String state = one(STATES, random);
    String end = seconds(at + seconds * 1000L + random.nextInt(1000));
    row.append("{\"AllocatedCapacity\":").append(workers)
        .append(",\"Arguments\":{\"--job-bookmark-option\":\"job-bookmark-enable\",\"--source-path\":\"s3://raw-zone/events/dt=")
        .append(Instant.ofEpochMilli(at).toString(), 0, 10)
        .append("/\",\"--target-path\":\"s3://curated-zone/events/\",\"--run-number\":\"").append(number)
        .append("\"},\"Attempt\":").append(random.nextInt(10) == 0 ? 1 : 0).append(",\"CompletedOn\":").append(end);
    if (state.equals("FAILED")) {
      row.append(",\"ErrorMessage\":\"Task 3 in stage 12.0 failed 4 times, most recent failure:\\n\\tlost task 3.3 (\\\"executor ")
          .append(random.nextInt(20)).append("\\\"), see the log of the driver for what was thrown\"");
    }
    row.append(",\"ExecutionClass\":\"STANDARD\",\"ExecutionTime\":").append(seconds)
        .append(",\"GlueVersion\":\"4.0\",\"Id\":\"jr_").append(hex(random)).append("\",\"JobMode\":\"SCRIPT\",\"JobName\":\"")
        .append(job).append("\",\"JobRunState\":\"").append(state).append("\",\"LastModifiedOn\":").append(end)
        .append(",\"LogGroupName\":\"/aws-glue/jobs\",\"MaxCapacity\":").append(workers)
        .append(".0,\"MaxRetries\":0,\"NumberOfWorkers\":").append(workers).append(",\"PredecessorRuns\":[");
    if (random.nextInt(4) == 0) {
      row.append("{\"JobName\":\"upstream-ingest\",\"RunId\":\"jr_").append(hex(random)).append("\"}");
    }
    row.append("],\"StartedOn\":").append(seconds(at)).append(",\"Timeout\":2880");
    if (random.nextInt(3) > 0) {
      row.append(",\"TriggerName\":\"nightly-").append(random.nextInt(20)).append('"');
    }
    row.append(",\"WorkerType\":\"").append(one(WORKERS, random)).append("\"}");
  }

  private static String hex(SplittableRandom random) {
    return (id(random) + id(random)).replace("-", "");
  }

  /** Seconds since 1970 as AWS prints them, {@code 1.790000000123E9}. */
  private static String seconds(long millis) {
    String digits = Long.toString(millis);
    String mantissa = digits.charAt(0) + "." + digits.substring(1).replaceFirst("0+$", "");
    return (mantissa.endsWith(".") ? mantissa + "0" : mantissa) + "E9";
  }

  private void compress(String name, int page) throws IOException {
    long[] starts = starts(name);
    int rows = starts.length - 1;
    int pages = (rows + page - 1) / page;
    ByteBuffer index = ByteBuffer.allocate(32 * pages).order(ByteOrder.LITTLE_ENDIAN);
    byte[][] zipped = new byte[pages][];
    long[] checks = new long[pages];
    long[] lengths = new long[pages];
    try (FileChannel file = FileChannel.open(folder.resolve(name + ".rows"));
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(name + ".gz")))) {
      IntStream.range(0, pages).parallel().forEach(i -> {
        long from = starts[i * page];
        byte[] plain = bytes(file, from, (int) (starts[Math.min(rows, (i + 1) * page)] - 1 - from));
        CRC32 check = new CRC32();
        check.update(plain);
        zipped[i] = deflated(plain);
        checks[i] = check.getValue();
        lengths[i] = plain.length;
      });
      long position = 0;
      for (int i = 0; i < pages; i++) {
        index.putLong(position).putLong(zipped[i].length).putLong(checks[i]).putLong(lengths[i]);
        out.write(zipped[i]);
        position += zipped[i].length;
      }
    }
    Files.write(folder.resolve(name + ".gzindex"), index.array());
  }

  private long[] starts(String name) throws IOException {
    ByteBuffer index = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name + ".index"))).order(ByteOrder.LITTLE_ENDIAN);
    long[] starts = new long[index.remaining() / 8];
    index.asLongBuffer().get(starts);
    return starts;
  }

  private static byte[] bytes(FileChannel file, long from, int length) {
    try {
      ByteBuffer bytes = ByteBuffer.allocate(length);
      while (bytes.hasRemaining()) {
        file.read(bytes, from + bytes.position());
      }
      return bytes.array();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] deflated(byte[] plain) {
    Deflater deflater = new Deflater(6, true);
    deflater.setInput(plain);
    byte[] target = new byte[plain.length + 1024];
    int length = deflater.deflate(target, 0, target.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(target, length);
  }

  private static String metadata() {
    return """
        <?xml version="1.0" encoding="utf-8"?>
        <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
          <edmx:DataServices>
            <Schema Namespace="Microsoft.Dynamics.CRM" xmlns="http://docs.oasis-open.org/odata/ns/edm">
              <EntityType Name="account">
                <Key><PropertyRef Name="accountid"/></Key>
                <Property Name="accountid" Type="Edm.Guid" Nullable="false"/>
                <Property Name="name" Type="Edm.String"/>
                <Property Name="accountnumber" Type="Edm.String"/>
                <Property Name="emailaddress1" Type="Edm.String"/>
                <Property Name="address1_city" Type="Edm.String"/>
                <Property Name="revenue" Type="Edm.Decimal" Scale="Variable"/>
                <Property Name="numberofemployees" Type="Edm.Int32"/>
                <Property Name="importsequencenumber" Type="Edm.Int32"/>
                <Property Name="statecode" Type="Edm.Int32"/>
                <Property Name="createdon" Type="Edm.DateTimeOffset"/>
                <Property Name="modifiedon" Type="Edm.DateTimeOffset"/>
                <Property Name="_ownerid_value" Type="Edm.Guid"/>
              </EntityType>
              <EntityContainer Name="System">
                <EntitySet Name="accounts" EntityType="Microsoft.Dynamics.CRM.account"/>
              </EntityContainer>
            </Schema>
          </edmx:DataServices>
        </edmx:Edmx>
        """;
  }
}
