package dev.quire.cli;

/** When the progress line is shown. */
enum ProgressMode {
  /** When standard error is a terminal that can redraw a line. */
  AUTO,
  /** Always. */
  ON,
  /** Never. */
  OFF
}
