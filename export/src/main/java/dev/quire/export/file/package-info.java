/** Files and folders of files that rows are written to and cut back in. */
@NullMarked
package dev.quire.export.file;

import org.jspecify.annotations.NullMarked;
