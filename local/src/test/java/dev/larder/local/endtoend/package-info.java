/** The whole, as its users meet it: real upstream, real clients, real templates, real functions, processes of their own. */
@NullMarked
package dev.larder.local.endtoend;

import org.jspecify.annotations.NullMarked;
