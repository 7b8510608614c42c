package dev.quire.aws.access;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/** The regions to ask, of the configuration or else of this machine's settings. */
public final class Regions {
  private Regions() {}

  /**
   * At least one region. Reads the environment and files, and sends nothing.
   *
   * @throws SourceException CONFIGURATION when nobody names one
   */
  public static List<String> of(Access access) {
    return access.regions().isEmpty() ? List.of(standard(access)) : access.regions();
  }

  private static void requireProfile(Access access, String name) {
    if (ProfileFile.defaultProfileFile().profile(name).isEmpty()) {
      throw access
          .config()
          .fault(Access.PROFILE.name(), "~/.aws/config has no profile '" + name + "'")
          .withHint("'aws configure list-profiles' shows those that there are.");
    }
  }

  private static String standard(Access access) {
    Optional<String> profile = access.find(Access.PROFILE);
    profile.ifPresent(name -> requireProfile(access, name));
    try {
      Region region =
          profile.isPresent()
              ? new AwsProfileRegionProvider(ProfileFile::defaultProfileFile, profile.get())
                  .getRegion()
              : new AwsRegionProviderChain(
                      new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                  .getRegion();
      if (region != null) {
        return region.id();
      }
    } catch (SdkClientException e) {
      // said below
    }
    String source = access.config().name();
    throw new SourceException(
            ErrorKind.CONFIGURATION, "source '" + source + "' has no region to ask")
        .withHint("Set sources." + source + ".region, or AWS_REGION, or region in ~/.aws/config.");
  }
}
