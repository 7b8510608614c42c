package dev.quire.thirdparty.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP interface that Lambda gives a runtime (as AWS documents it: next, response, error), and
 * AWS's own runtime client in a process that asks it for events. Thread-safe.
 */
final class LambdaRuntime implements AutoCloseable {
  private static final String API = "/2018-06-01/runtime/";
  private static final int LONGEST_ANSWER_SECONDS = 120;

  private final HttpServer server;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final Path log;
  private final Process process;

  /** What the runtime said of an event. */
  record Answer(boolean failed, String body) {}

  /**
   * @param handler its class
   * @param folder the function's package
   */
  LambdaRuntime(String handler, Path folder, Map<String, String> environment) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(API + "invocation/next", this::next);
    server.createContext(API + "invocation/", this::answered);
    server.createContext(API + "init/error", exchange -> end(exchange, "init/error"));
    server.start();
    log = folder.resolve("runtime.log");
    process = start(handler, folder, environment);
  }

  private Process start(String handler, Path folder, Map<String, String> environment)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                handler));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    builder
        .environment()
        .put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + server.getAddress().getPort());
    builder.environment().put("LAMBDA_TASK_ROOT", folder.toString());
    builder.environment().put("_HANDLER", handler);
    return builder.start();
  }

  private void next(HttpExchange exchange) throws IOException {
    try {
      byte[] event = events.take().getBytes(StandardCharsets.UTF_8);
      Map<String, String> headers =
          Map.of(
              "Content-Type", "application/json",
              "Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
              "Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 900_000),
              "Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700",
              "Lambda-Runtime-Invoked-Function-Arn",
                  "arn:aws:lambda:us-east-1:123456789012:function:quire");
      headers.forEach(exchange.getResponseHeaders()::add);
      exchange.sendResponseHeaders(200, event.length);
      exchange.getResponseBody().write(event);
      exchange.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answered(HttpExchange exchange) throws IOException {
    end(exchange, exchange.getRequestURI().getPath());
  }

  private void end(HttpExchange exchange, String path) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    answers.add(new Answer(path.endsWith("error"), body));
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
  }

  /** What comes of an event. */
  Answer invoke(String event) throws IOException, InterruptedException {
    events.add(event);
    Answer answer = answers.poll(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS);
    if (answer == null) {
      throw new IOException("the runtime has not answered: " + Files.readString(log));
    }
    return answer;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    server.stop(0);
  }
}
