package dev.larder.local.template;

import java.io.IOException;

/** A template that cannot be deployed here; the message names the stack, the resource and what is wrong with it. */
public final class TemplateException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message what, where, and what to do */
    public TemplateException(String message) {
        super(message);
    }
}
