package dev.quire.files.planted;

/** Breaks a module rule on purpose. */
public final class FilesThatKnowHttp {
  public dev.quire.http.HttpDoor door;
}
