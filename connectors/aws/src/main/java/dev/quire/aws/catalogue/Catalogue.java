package dev.quire.aws.catalogue;

import dev.quire.aws.model.ServiceModel;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The operations that page, of all services. A service's part is unpacked when it is first asked
 * for, and kept. Thread-safe.
 *
 * <p>The file: eight bytes that name the format and its version; the index, then one block per
 * service, each deflated and with a CRC-32. The numbers around a block are of four bytes.
 */
public final class Catalogue {
  static final byte[] MAGIC = {'Q', 'U', 'I', 'R', 'E', 'A', 'W', 1};
  static final String RESOURCE = "catalogue.bin";
  private static final int LARGEST_BLOCK = 64 << 20;

  private final byte[] file;
  private final String place;
  private final String origin;
  private final SortedMap<String, Entry> index;
  private final Map<String, ServiceModel> read = new ConcurrentHashMap<>();

  /** Where a service's block is. */
  record Entry(String service, int operations, int at, int packed, int unpacked, int check) {}

  private Catalogue(byte[] file, String place) {
    this.file = file;
    this.place = place;
    SortedMap<String, Entry> entries = new TreeMap<>();
    try {
      if (!Arrays.equals(file, 0, Math.min(file.length, MAGIC.length), MAGIC, 0, MAGIC.length)) {
        throw new IllegalArgumentException("it does not begin as one");
      }
      int packed = fourBytes(MAGIC.length);
      int start = MAGIC.length + 12;
      BlockReader in =
          new BlockReader(
              unpack(new Entry("", 0, start, packed, fourBytes(start - 8), fourBytes(start - 4))));
      this.origin = in.text();
      int at = start + packed;
      for (int left = in.count(); left > 0; left--) {
        Entry entry =
            new Entry(in.text(), in.integer(), at, in.integer(), in.integer(), (int) in.number());
        entries.put(entry.service(), entry);
        at = Math.addExact(at, entry.packed());
      }
      if (at != file.length) {
        throw new IllegalArgumentException("it ends at byte " + file.length + ", not " + at);
      }
    } catch (RuntimeException e) {
      throw damaged(e);
    }
    this.index = entries;
  }

  /** The catalogue that comes with the product. */
  public static Catalogue bundled() {
    return Bundled.CATALOGUE;
  }

  /**
   * A catalogue of the user's own.
   *
   * @throws SourceException CONFIGURATION when the file cannot be read or is no catalogue
   */
  public static Catalogue read(Path path) {
    try {
      return of(Files.readAllBytes(path), path.toString());
    } catch (IOException e) {
      throw new SourceException(
              ErrorKind.CONFIGURATION, "the catalogue " + path + " cannot be read", e)
          .withHint("Make one with 'quire aws update-catalogue', or leave 'catalogue' out.");
    }
  }

  static Catalogue of(byte[] file, String place) {
    return new Catalogue(file, place);
  }

  /** Where the models come from: {@code botocore 1.40.72}. */
  public String origin() {
    return origin;
  }

  /** The names of all services, sorted. */
  public List<String> services() {
    return List.copyOf(index.keySet());
  }

  /** How many operations a service has; reads nothing. */
  public int operations(String service) {
    return Optional.ofNullable(index.get(service)).map(Entry::operations).orElse(0);
  }

  /**
   * Finds a service by its exact name.
   *
   * @throws SourceException CONFIGURATION when its part of the file is damaged
   */
  public Optional<ServiceModel> findService(String name) {
    Entry entry = index.get(name);
    return entry == null
        ? Optional.empty()
        : Optional.of(read.computeIfAbsent(name, unused -> service(entry)));
  }

  /** All services, for those who walk through everything. */
  public List<ServiceModel> all() {
    List<ServiceModel> all = new ArrayList<>();
    for (String service : index.keySet()) {
      findService(service).ifPresent(all::add);
    }
    return all;
  }

  private ServiceModel service(Entry entry) {
    try {
      return ServiceReader.read(unpack(entry));
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  /** The services whose blocks were unpacked so far. */
  Set<String> unpacked() {
    return Set.copyOf(read.keySet());
  }

  private int fourBytes(int at) {
    return ByteBuffer.wrap(file, at, Integer.BYTES).getInt();
  }

  private byte[] unpack(Entry entry) {
    Objects.checkFromIndexSize(entry.at(), entry.packed(), file.length);
    if (entry.unpacked() < 0 || entry.unpacked() > LARGEST_BLOCK) {
      throw new IllegalArgumentException("a block of " + entry.unpacked() + " bytes");
    }
    byte[] block = new byte[entry.unpacked()];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(file, entry.at(), entry.packed());
      if (inflater.inflate(block) != block.length || check(block) != entry.check()) {
        throw new IllegalArgumentException("a block is not what it was");
      }
      return block;
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("a block cannot be unpacked", e);
    } finally {
      inflater.end();
    }
  }

  static int check(byte[] block) {
    CRC32 crc = new CRC32();
    crc.update(block);
    return (int) crc.getValue();
  }

  private SourceException damaged(RuntimeException cause) {
    return new SourceException(
            ErrorKind.CONFIGURATION,
            "the catalogue " + place + " is damaged or is none: " + cause.getMessage(),
            cause)
        .withHint("Make it again with 'quire aws update-catalogue'.");
  }

  /** Reads the resource once, when it is first needed. */
  private static final class Bundled {
    static final Catalogue CATALOGUE = load();

    private static Catalogue load() {
      try (InputStream in =
          Objects.requireNonNull(Catalogue.class.getResourceAsStream(RESOURCE), RESOURCE)) {
        return of(in.readAllBytes(), "of this version");
      } catch (IOException e) {
        throw new SourceException(ErrorKind.INTERNAL, "the catalogue cannot be read", e);
      }
    }
  }
}
