package dev.quire.lambda;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects below one prefix of a bucket. Thread-safe. */
final class S3Folder implements AutoCloseable {
  private static final int FORBIDDEN = 403;

  private final S3Client client;
  private final String bucket;
  private final String prefix;

  /**
   * @param prefix ends with a slash
   */
  S3Folder(S3Client client, String bucket, String prefix) {
    this.client = client;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  String name() {
    return "s3://" + bucket + "/" + prefix;
  }

  /** The names of all objects, without the prefix. */
  List<String> list() throws IOException {
    return asked(
        () ->
            client.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .map(key -> key.substring(prefix.length()))
                .toList());
  }

  Optional<String> find(String object) throws IOException {
    return asked(
        () -> {
          try {
            return Optional.of(
                client
                    .getObjectAsBytes(r -> r.bucket(bucket).key(prefix + object))
                    .asString(StandardCharsets.UTF_8));
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  void put(String object, String text) throws IOException {
    asked(
        () ->
            client.putObject(
                r -> r.bucket(bucket).key(prefix + object), RequestBody.fromString(text)));
  }

  void put(String object, Path file) throws IOException {
    asked(
        () ->
            client.putObject(
                r -> r.bucket(bucket).key(prefix + object), RequestBody.fromFile(file)));
  }

  void delete(String object) throws IOException {
    asked(() -> client.deleteObject(r -> r.bucket(bucket).key(prefix + object)));
  }

  private <T> T asked(Supplier<T> question) throws IOException {
    try {
      return question.get();
    } catch (S3Exception e) {
      String problem = name() + ": " + e.awsErrorDetails().errorMessage();
      if (e.statusCode() == FORBIDDEN) {
        throw new SourceException(ErrorKind.PERMISSION, problem, e)
            .withHint(
                "The function's role needs s3:ListBucket on the bucket, and s3:GetObject,"
                    + " s3:PutObject and s3:DeleteObject below the prefix.");
      }
      throw new IOException(problem, e);
    } catch (SdkException e) {
      throw new IOException(name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
