package dev.quire.cli;

import dev.quire.engine.Engine;
import dev.quire.spi.ConnectorContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import picocli.CommandLine;

/** Runs commands in this process, over a fake engine, in a folder with a configuration. */
final class CommandTrial {
  final FakeEngine engine = new FakeEngine();
  final Interrupts interrupts = new Interrupts();
  final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/nowhere"));
  final Path folder;

  /** The pages that a browser was asked to open. */
  final List<String> opened = new CopyOnWriteArrayList<>();

  Consumer<String> browser = opened::add;
  String input = "";
  Charset inputCharset = StandardCharsets.UTF_8;
  Surroundings.EngineOpener engines = (configuration, context) -> engine;
  OutputStream rawOut;
  Terminals terminals = Terminals.NONE;
  ConnectorContext context = ConnectorContext.system();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  CommandTrial(Path folder) {
    this.folder = folder;
    this.rawOut = out;
    configure("sources: {crm: {type: odata, url: 'http://localhost/odata'}}\n");
  }

  void configure(String yaml) {
    write("quire.yaml", yaml);
  }

  /** Uses the real engine, with a source {@code crm} at this service. */
  void serve(String url) {
    engines = Engine::open;
    configure("sources: {crm: {type: odata, profile: dataverse, url: '%s'}}\n".formatted(url));
  }

  void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int run(String... args) {
    return new CommandRunner(surroundings()).run(args);
  }

  CommandLine commandLine() {
    return new CommandRunner(surroundings()).commandLine();
  }

  Surroundings surroundings() {
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Surroundings(
        new ByteArrayInputStream(input.getBytes(inputCharset)),
        new StandardOutput(rawOut),
        errors,
        environment,
        folder,
        terminals,
        context,
        engines,
        interrupts,
        new Notices(errors, browser));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
