package dev.quire.spi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;

/** A file that its owner alone can read, and that is replaced as a whole. */
public final class OwnerFile {
  private OwnerFile() {}

  /**
   * Puts this content in place of what was there; the folder must exist.
   *
   * @throws IOException when it cannot be written, and then the old content stays
   */
  public static void replace(Path file, byte[] content) throws IOException {
    Path target = file.toAbsolutePath();
    Path fresh =
        Files.createTempFile(
            target.getParent(), target.getFileName() + ".", ".new", ownerOnly(target));
    try {
      AclFileAttributeView acl = Files.getFileAttributeView(fresh, AclFileAttributeView.class);
      if (acl != null) {
        acl.setAcl(List.of(ownersEntry(acl)));
      }
      Files.write(fresh, content);
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static AclEntry ownersEntry(AclFileAttributeView acl) throws IOException {
    return AclEntry.newBuilder()
        .setType(AclEntryType.ALLOW)
        .setPrincipal(acl.getOwner())
        .setPermissions(EnumSet.allOf(AclEntryPermission.class))
        .build();
  }
}
