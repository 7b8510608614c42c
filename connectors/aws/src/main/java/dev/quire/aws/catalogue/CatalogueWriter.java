package dev.quire.aws.catalogue;

import dev.quire.aws.model.ServiceModel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/** Makes the file that {@link Catalogue} reads. */
public final class CatalogueWriter {
  private CatalogueWriter() {}

  /**
   * The bytes of a catalogue made from botocore's models. The same models give the same bytes.
   *
   * @param folder {@code botocore/data}, or the folder {@code botocore} around it
   * @throws dev.quire.spi.SourceException CONFIGURATION when there are no models
   */
  public static byte[] write(Path folder) {
    ModelFolder models = new ModelFolder(folder);
    Corrections corrections = Corrections.bundled();
    List<ServiceModel> services = new ArrayList<>();
    for (String name : models.services()) {
      ServiceModel service = new ServiceImporter(name, models, corrections).service();
      if (!service.operations().isEmpty()) {
        services.add(service);
      }
    }
    return write(models.origin(), services);
  }

  static byte[] write(String origin, List<ServiceModel> services) {
    BlockWriter index = new BlockWriter().text(origin).number(services.size());
    ByteArrayOutputStream blocks = new ByteArrayOutputStream();
    for (ServiceModel service : services) {
      byte[] block = ServiceWriter.write(service);
      byte[] packed = packed(block);
      index.text(service.name()).number(service.operations().size());
      index.number(packed.length).number(block.length);
      index.number(Integer.toUnsignedLong(Catalogue.check(block)));
      blocks.writeBytes(packed);
    }
    byte[] plain = index.bytes();
    byte[] packed = packed(plain);
    ByteBuffer head = ByteBuffer.allocate(Catalogue.MAGIC.length + 12).put(Catalogue.MAGIC);
    head.putInt(packed.length).putInt(plain.length).putInt(Catalogue.check(plain));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(head.array());
    file.writeBytes(packed);
    file.writeBytes(blocks.toByteArray());
    return file.toByteArray();
  }

  private static byte[] packed(byte[] block) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try {
      deflater.setInput(block);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 16];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }
}
