/**
 * Rows as Apache Parquet, with Apache's own encoders and file metadata, and without its file
 * system: every row group is durable on its own.
 */
@NullMarked
package dev.quire.export.parquet;

import org.jspecify.annotations.NullMarked;
