package dev.quire.files;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the files that make tables: those of a folder, each a table, and each folder in it; or one
 * table of all that fit a pattern. Looks again each time it is asked. Immutable.
 */
final class FileSets {
  private static final Pattern WILD = Pattern.compile("[*?\\[{]");
  private static final int DEEPEST = 32;

  private final Path place;
  private final Optional<String> table;

  /**
   * @param place a folder, a file, or a pattern of files
   * @param table the name of the only table, where the place is no folder
   */
  FileSets(Path place, Optional<String> table) {
    this.place = place;
    this.table = table;
  }

  /** All tables, sorted by name. */
  List<FileSet> all() {
    if (Files.isDirectory(place) && table.isEmpty()) {
      return inFolder();
    }
    List<Path> files = files();
    String name = table.orElseGet(() -> name(place));
    return List.of(FileSet.of(name, files, place.toString()));
  }

  /** What a pattern is about: {@code runs} of {@code runs-*.csv}. */
  private static String name(Path place) {
    String last = place.getFileName() == null ? "" : place.getFileName().toString();
    String fixed = WILD.split(last, 2)[0];
    String bare =
        (fixed.equals(last) ? FileFormat.withoutEnding(last) : fixed)
            .replaceFirst("[^\\p{L}\\p{N}]+$", "");
    return bare.isEmpty() ? "rows" : bare;
  }

  private List<Path> files() {
    List<Path> found =
        Files.isDirectory(place)
            ? below(place, FileSets::isData)
            : Files.isRegularFile(place) ? List.of(place) : matching();
    if (found.isEmpty()) {
      throw new SourceException(
              ErrorKind.CONFIGURATION,
              Files.isDirectory(place)
                  ? "there are no files to read in " + place
                  : "there is no file " + place)
          .withHint("Relative paths start at the folder of the configuration.");
    }
    return found;
  }

  private List<Path> matching() {
    String text = place.toString();
    if (!WILD.matcher(text).find()) {
      return List.of();
    }
    Path start = place;
    while (start.getParent() != null && WILD.matcher(start.toString()).find()) {
      start = start.getParent();
    }
    String pattern = text.replace("\\", "\\\\");
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    return Files.isDirectory(start) ? below(start, matcher::matches) : List.of();
  }

  private static List<Path> below(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> files = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
      return files.filter(Files::isRegularFile).filter(wanted).sorted().toList();
    } catch (IOException | RuntimeException e) {
      throw unreadable(folder, e);
    }
  }

  private static SourceException unreadable(Path folder, Exception e) {
    return new SourceException(
        ErrorKind.CONFIGURATION,
        e instanceof NoSuchFileException
            ? "there is no folder " + folder
            : "the folder " + folder + " cannot be read: " + e,
        e);
  }

  /** Whether a file has rows: not one that is hidden, unfinished or of no known format. */
  private static boolean isData(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".") && !name.startsWith("_") && FileFormat.of(file).isPresent();
  }

  private List<FileSet> inFolder() {
    Map<String, List<Path>> named = new LinkedHashMap<>();
    for (Path entry : entries()) {
      String name = entry.getFileName().toString();
      if (Files.isDirectory(entry)) {
        List<Path> files = below(entry, FileSets::isData);
        if (!files.isEmpty()) {
          named.put(name, files);
        }
      } else if (isData(entry)) {
        named.computeIfAbsent(FileFormat.withoutEnding(name), each -> new ArrayList<>()).add(entry);
      }
    }
    List<FileSet> sets = new ArrayList<>();
    named.forEach((name, files) -> sets.addAll(tables(name, files)));
    return sets;
  }

  /** Two files that differ in their endings alone are tables by their whole names. */
  private List<FileSet> tables(String name, List<Path> files) {
    boolean isFolder = !place.equals(files.get(0).getParent());
    if (isFolder || files.size() == 1) {
      String shown = isFolder ? place.resolve(name).toString() : files.get(0).toString();
      return List.of(FileSet.of(name, files, shown));
    }
    return files.stream()
        .map(file -> FileSet.of(file.getFileName().toString(), List.of(file), file.toString()))
        .toList();
  }

  private List<Path> entries() {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(place)) {
      for (Path entry : stream) {
        if (!entry.getFileName().toString().startsWith(".")) {
          entries.add(entry);
        }
      }
    } catch (IOException e) {
      throw unreadable(place, e);
    }
    Collections.sort(entries);
    return entries;
  }
}
